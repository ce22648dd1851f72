//! dump
use super::*;
use crate::noise::Coins;
#[test]
fn dump() {
    use std::io::Write;
    let Ok(dir) = std::env::var("SYNTH_DUMP") else { return };
    for style in Style::ALL {
        for seed in 0..8_u64 {
            let t = std::time::Instant::now();
            let h = random_home(style, &mut Coins::replayed(seed)).unwrap();
            let el = t.elapsed();
            if seed == 3 || seed == 6 {
                let t = std::time::Instant::now();
                let s = h.as_sensed(&mut Coins::replayed(seed)).unwrap();
                let el = t.elapsed();
                let mut f = std::fs::File::create(format!("{dir}/S_{style:?}_{seed}.txt")).unwrap();
                writeln!(f, "{} {} {} {} {}", s.grid.width(), s.grid.height(), (s.dock.x / h.grid.resolution_m()) as u32, (s.dock.y / h.grid.resolution_m()) as u32, el.as_micros()).unwrap();
                for c in s.grid.cells() { write!(f, "{}:0 ", *c as u8).unwrap(); }
                writeln!(f).unwrap();
            }
            let mut f = std::fs::File::create(format!("{dir}/{style:?}_{seed}.txt")).unwrap();
            writeln!(f, "{} {} {} {} {}", h.grid.width(), h.grid.height(), (h.dock.x / h.grid.resolution_m()) as u32, (h.dock.y / h.grid.resolution_m()) as u32, el.as_micros()).unwrap();
            let mut lab = vec![0_usize; h.grid.cells().len()];
            for r in &h.rooms { for run in &r.runs { for x in run.x..run.x + run.len { lab[(run.y * h.grid.width() + x) as usize] = r.kind.map_or(0, |k| k as usize + 1) + 100 * r.id.get() as usize; } } }
            for (c, l) in h.grid.cells().iter().zip(lab) { write!(f, "{}:{} ", *c as u8, l).unwrap(); }
            writeln!(f).unwrap();
            for k in &h.keep_outs { if let crate::home::KeepOut::Wall(l) = k { writeln!(f, "W {} {} {} {}", l.start.x, l.start.y, l.end.x, l.end.y).unwrap(); } else if let crate::home::KeepOut::Area(p) = k { let c = &p.exterior().0; writeln!(f, "A {} {} {} {}", c[0].x, c[0].y, c[2].x, c[2].y).unwrap(); } }
            writeln!(f, "V {}", h.windows.iter().map(|w| w.to_string()).collect::<Vec<_>>().join(",")).unwrap();
        }
    }
}
