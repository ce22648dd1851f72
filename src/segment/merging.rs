//! Merging.
use super::basins::{Basins, wide};
use super::params::Lengths;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) peak: u32,
    pub(super) area: u64,
    pub(super) broad: u64,
    pub(super) walls: u64,
    pub(super) gaps: u64,
    next: Vec<(u32, u32, u32)>,
}

pub(super) struct Graph {
    pub(super) parent: Vec<u32>,
    pub(super) regions: Vec<Region>,
}

impl Graph {
    pub(super) fn find(&mut self, mut r: u32) -> u32 {
        while self.parent[r as usize] != r {
            let up = self.parent[r as usize];
            self.parent[r as usize] = self.parent[up as usize];
            r = self.parent[r as usize];
        }
        r
    }
    fn join(&mut self, a: u32, b: u32) -> u32 {
        let (a, b) = (self.find(a), self.find(b));
        if a == b { return a; }
        let (a, b) = if self.regions[a as usize].next.len() >= self.regions[b as usize].next.len() { (a, b) } else { (b, a) };
        self.parent[b as usize] = a;
        let next = std::mem::take(&mut self.regions[b as usize].next);
        let o = self.regions[b as usize].clone();
        let r = &mut self.regions[a as usize];
        r.peak = r.peak.max(o.peak);
        r.area += o.area;
        r.broad += o.broad;
        r.walls += o.walls;
        r.gaps += o.gaps;
        r.next.extend(next);
        a
    }
    /// Current neighbours.
    fn settle(&mut self, r: u32) {
        let mut next = std::mem::take(&mut self.regions[r as usize].next);
        for n in &mut next { n.0 = self.find(n.0); }
        next.retain(|n| n.0 != r);
        next.sort_unstable();
        next.dedup_by(|b, a| a.0 == b.0 && { a.1 = a.1.max(b.1); a.2 += b.2; true });
        self.regions[r as usize].next = next;
    }

    fn alike(&self, a: u32, b: u32, saddle: u32, l: &Lengths) -> bool {
        let (a, b) = (&self.regions[a as usize], &self.regions[b as usize]);
        let w = wide(saddle);
        let (pa, pb) = (wide(a.peak), wide(b.peak));
        if w >= l.hall || w >= l.alike * pa.max(pb) { return true; }
        if w >= l.door && w >= l.split * pa.min(pb) { return true; }
        let narrow = |r: &Region| r.broad as f64 <= 0.4 * r.area as f64;
        narrow(a) && narrow(b) && w >= l.corridor * pa.min(pb)
    }
    fn kruskal(&mut self, basins: &Basins, order: &[usize], l: &Lengths) -> bool {
        let mut any = false;
        for &i in order {
            let c = basins.contacts[i];
            let (a, b) = (self.find(c.pair[0]), self.find(c.pair[1]));
            if a == b { continue; }
            if self.alike(a, b, c.saddle, l) {
                self.join(a, b);
                any = true;
            }
        }
        any
    }
    fn absorb(&mut self, l: &Lengths) {
        let g = self;
        let mut heap: BinaryHeap<Reverse<(u64, u32)>> = (0..g.regions.len() as u32).filter(|&r| g.parent[r as usize] == r).map(|r| Reverse((g.regions[r as usize].area, r))).collect();
        while let Some(Reverse((area, r))) = heap.pop() {
            if g.parent[r as usize] != r || g.regions[r as usize].area != area { continue; }
            g.settle(r);
            let region = &g.regions[r as usize];
            let Some(&(best, saddle, _)) = region.next.iter().max_by_key(|n| (n.1, n.2, Reverse(n.0))) else { continue };
            let open = wide(saddle) >= l.alike * wide(region.peak);
            let room = area as f64 >= if open { l.least_hall } else { l.least_room } && wide(region.peak) >= l.narrow;
            if !room {
                let joined = g.join(r, best);
                heap.push(Reverse((g.regions[joined as usize].area, joined)));
            }
        }
    }
}

pub(super) fn merge(basins: &Basins, lengths: &Lengths) -> Graph {
    let mut g = Graph {
        parent: (0..basins.list.len() as u32).collect(),
        regions: basins.list.iter().map(|b| Region { peak: b.peak, area: u64::from(b.area), broad: b.broad.into(), walls: b.walls.into(), gaps: b.gaps.into(), next: Vec::new() }).collect(),
    };
    for c in &basins.contacts {
        let [a, b] = c.pair;
        g.regions[a as usize].next.push((b, c.saddle, c.cells));
        g.regions[b as usize].next.push((a, c.saddle, c.cells));
    }
    let mut order: Vec<usize> = (0..basins.contacts.len()).collect();
    order.sort_by_key(|&i| Reverse(basins.contacts[i].saddle));
    g.kruskal(basins, &order, lengths);
    loop {
        g.absorb(lengths);
        if !g.kruskal(basins, &order, lengths) { break; }
    }
    g
}
