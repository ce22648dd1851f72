//! Any text as a drawing of a home.
#![no_main]

use homeveil::home::{Footprint, Home, RoomKind};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (f64, f64, [u8; 3], &str)| {
    let (resolution_m, radius_m, kinds, drawing) = input;
    // Larger ones take long and find nothing that smaller ones do not.
    let (rows, columns) = (drawing.lines().count(), drawing.lines().map(str::len).max().unwrap_or(0));
    if rows * columns > 1 << 12 {
        return;
    }
    let radius_m = if (0.02..=1.0).contains(&radius_m) { radius_m } else { 0.1 };
    let resolution_m = if resolution_m.is_nan() { 0.1 } else { resolution_m };
    let robot = Footprint::disc_m(radius_m).expect("a radius");
    let kinds: Vec<(char, RoomKind)> = ('a'..='c')
        .zip(kinds)
        .map(|(letter, kind)| (letter, RoomKind::ALL[usize::from(kind) % RoomKind::ALL.len()]))
        .collect();
    for resolution_m in [resolution_m, 0.1] {
        let Ok(builder) = Home::from_drawing(resolution_m, robot, drawing, &kinds) else { continue };
        let home = builder.build().expect("a drawing that is a grid is a home");
        homeveil_fuzz::whole_way(&home, 1);
    }
});
