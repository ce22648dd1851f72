//! Which components of a grid enclose which.
//!
//! A component encloses what it parts from the outside: every path from there to the grid's border, over edges or
//! corners, crosses it. In the graph of components that touch over an edge or a corner, with the outside as one more
//! node, it is then a cut vertex, and each of its *holes* is one piece that falls off with it. All cut vertices and
//! their pieces come from one depth-first search (Hopcroft & Tarjan 1973, "Efficient algorithms for graph
//! manipulation"): a child of a vertex is in a hole of it if nothing below the child reaches past the vertex. What is
//! in a hole plays no part: a redacted room there must not decide what is around it.
//!
//! Only few components can enclose anything. All others are joined where they touch before the graph is made, which
//! leaves a handful of nodes on the maps of homes, and no more than an eighth of the cells on any grid.

use alloc::vec::Vec;

use super::components::{Component, Components};
use super::disjoint_sets::DisjointSets;
use super::shape::narrow;
use super::sorted::{sort_number_pairs, sorted};

/// No node, and no component.
const NONE: u32 = u32::MAX;

/// What components enclose, whatever that is.
pub(crate) struct Enclosures {
    /// The node of each component.
    node_of: Vec<u32>,
    /// When each node was met.
    met: Vec<u32>,
    /// None within another.
    outer: Vec<(u16, Hole)>,
    /// By the label of the component around: none within another of that label.
    of_label: Vec<(u16, Hole)>,
}

/// A piece that a component encloses: the nodes met from a place on, before another one.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Hole {
    from: u32,
    end: u32,
    /// The component.
    around: u32,
    /// Number of cells.
    cells: u32,
}

impl Enclosures {
    /// Finds what the components picked by `may` enclose.
    ///
    /// # Complexity
    /// O(runs · log runs) time, some 20 bytes a component and 12 bytes for each contact between components that may
    /// enclose something and others.
    pub(crate) fn of(components: &Components, may: impl Fn(&Component) -> bool) -> Self {
        let may = components
            .list
            .iter()
            .map(|component| component.label != 0 && component.has_hole && may(component));
        let may: Vec<bool> = may.collect();
        if !may.contains(&true) {
            return Self { node_of: Vec::new(), met: Vec::new(), outer: Vec::new(), of_label: Vec::new() };
        }
        let (node_of, nodes, pairs) = joined(components, &may);
        let mut inside = vec![0; nodes as usize];
        for (component, &node) in components.list.iter().zip(&node_of) {
            inside[node as usize] += component.area;
        }
        let mut ring = vec![NONE; nodes as usize];
        for ((number, &node), _) in (0..).zip(&node_of).zip(&may).filter(|(_, may)| **may) {
            ring[node as usize] = number;
        }
        let (met, holes) = Graph::of(pairs, nodes).holes(&ring, inside);
        let label_of = |hole: &Hole| components.list[hole.around as usize].label;
        let of_label = outermost(holes.iter().map(|hole| (label_of(hole), *hole)).collect());
        Self { node_of, met, outer: outermost(holes.into_iter().map(|hole| (0, hole)).collect()), of_label }
    }

    /// The outermost component that encloses a component.
    ///
    /// # Complexity
    /// O(log holes).
    pub(crate) fn hull(&self, inner: u32) -> Option<u32> {
        self.hole(&self.outer, 0, inner).map(|hole| hole.around)
    }

    /// Whether a component with a label is enclosed by another one of that label.
    ///
    /// # Complexity
    /// O(log holes).
    pub(crate) fn is_in_own(&self, label: u16, inner: u32) -> bool {
        self.hole(&self.of_label, label, inner).is_some()
    }

    /// That of some outermost holes with a label that a component is in.
    fn hole(&self, holes: &[(u16, Hole)], label: u16, inner: u32) -> Option<Hole> {
        let place = self.met[*self.node_of.get(inner as usize)? as usize];
        let after = holes.partition_point(|&(other, hole)| (other, hole.from) <= (label, place));
        let (other, hole) = holes[after.checked_sub(1)?];
        (other == label && place < hole.end).then_some(hole)
    }

    /// The components that are around holes and in none of another with their label, each with the number of cells of a
    /// hole.
    pub(crate) fn holes(&self) -> impl Iterator<Item = (u32, u32)> {
        self.of_label.iter().map(|(_, hole)| (hole.around, hole.cells))
    }
}

/// Those of some holes with labels that are in no other hole with their label, by label and place.
fn outermost(holes: Vec<(u16, Hole)>) -> Vec<(u16, Hole)> {
    let mut holes = sorted(holes, Ord::cmp);
    let mut last = (0, 0);
    holes.retain(|&(label, hole)| {
        let is_outer = last.0 != label || hole.from >= last.1;
        if is_outer {
            last = (label, hole.end);
        }
        is_outer
    });
    holes
}

/// The node of each component, with those that enclose nothing joined where they touch and with the outside, the
/// number of nodes, and the pairs of nodes that touch, each once. The outside is node 0.
fn joined(components: &Components, may: &[bool]) -> (Vec<u32>, u32, Vec<(u32, u32)>) {
    let count = narrow(components.list.len());
    let mut sets = DisjointSets::new(count + 1);
    let mut pairs = Pairs { pairs: Vec::new(), room: 1 << 14 };
    for (number, component) in (1..).zip(&components.list) {
        if component.at_edge {
            if may[number as usize - 1] {
                pairs.add(0, number);
            } else {
                sets.union(0, number);
            }
        }
    }
    components.touching(&mut |a, b| {
        let (own, other) = (a.component + 1, b.component + 1);
        if may[a.component as usize] || may[b.component as usize] {
            pairs.add(own, other);
        } else {
            sets.union(own, other);
        }
    });
    let (mut nodes, count) = sets.into_numbers();
    for pair in &mut pairs.pairs {
        let [a, b] = [pair.0, pair.1].map(|number| nodes[number as usize]);
        *pair = (a.min(b), a.max(b));
    }
    pairs.tidy();
    nodes.remove(0);
    (nodes, count, pairs.pairs)
}

/// Pairs of different numbers, in any order and several times.
struct Pairs {
    pairs: Vec<(u32, u32)>,
    /// How many there may be before they are tidied up.
    room: usize,
}

impl Pairs {
    fn add(&mut self, a: u32, b: u32) {
        let pair = (a.min(b), a.max(b));
        if self.pairs.last() == Some(&pair) {
            return;
        }
        // Two components may touch in many places.
        if self.pairs.len() == self.room {
            self.tidy();
            self.room = self.room.max(2 * self.pairs.len());
        }
        self.pairs.push(pair);
    }

    /// Puts them in order, each once.
    fn tidy(&mut self) {
        sort_number_pairs(&mut self.pairs);
        self.pairs.dedup();
    }
}

/// Nodes that touch.
struct Graph {
    /// Where the neighbours of each node begin, and the number of all as a last entry.
    first: Vec<u32>,
    neighbours: Vec<u32>,
}

impl Graph {
    fn of(pairs: Vec<(u32, u32)>, nodes: u32) -> Self {
        let mut first = vec![0_u32; nodes as usize + 1];
        for (a, b) in &pairs {
            first[*a as usize + 1] += 1;
            first[*b as usize + 1] += 1;
        }
        for node in 1..first.len() {
            first[node] += first[node - 1];
        }
        let mut next = first.clone();
        let mut neighbours = vec![0; 2 * pairs.len()];
        for (a, b) in pairs {
            for (from, to) in [(a, b), (b, a)] {
                neighbours[next[from as usize] as usize] = to;
                next[from as usize] += 1;
            }
        }
        Self { first, neighbours }
    }

    /// When each node is met from node 0 on, and the holes. `ring` has the components that may enclose something, by
    /// their nodes; `inside` is the number of cells of each node at first, and of all below it in the end.
    fn holes(self, ring: &[u32], mut inside: Vec<u32>) -> (Vec<u32>, Vec<Hole>) {
        let Self { first, neighbours } = self;
        let mut met = vec![NONE; ring.len()];
        let mut least = vec![NONE; ring.len()];
        let mut next = first.clone();
        let mut holes = Vec::new();
        let mut count = 1;
        (met[0], least[0]) = (0, 0);
        // The nodes from the outside to the current one.
        let mut path = vec![0_u32];
        while let Some(&node) = path.last() {
            let own = node as usize;
            if next[own] < first[own + 1] {
                let near = neighbours[next[own] as usize] as usize;
                next[own] += 1;
                if met[near] == NONE {
                    (met[near], least[near]) = (count, count);
                    count += 1;
                    path.push(narrow(near));
                } else {
                    least[own] = least[own].min(met[near]);
                }
                continue;
            }
            path.pop();
            let Some(&above) = path.last() else { break };
            let above = above as usize;
            if ring[above] != NONE && least[own] >= met[above] {
                holes.push(Hole { from: met[own], end: count, around: ring[above], cells: inside[own] });
            }
            least[above] = least[above].min(least[own]);
            inside[above] += inside[own];
        }
        (met, holes)
    }
}

private_debug!(Enclosures);

#[cfg(test)]
mod tests {
    use super::{Components, Enclosures};
    use crate::grid::Shape;
    use proptest::prelude::*;

    /// The definition: the cells outside a component that hang together over edges or corners with the inner one do
    /// not reach the border.
    fn encloses(numbers: &[u32], shape: Shape, outer: u32, inner: u32) -> bool {
        let place = |at: usize| i64::try_from(at).unwrap();
        let start = numbers.iter().position(|&number| number == inner).unwrap();
        let mut seen = vec![false; numbers.len()];
        let mut stack = vec![start];
        seen[start] = true;
        while let Some(cell) = stack.pop() {
            for (dx, dy) in (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy))) {
                let (x, y) = (place(cell % shape.width) + dx, place(cell / shape.width) + dy);
                let Some(near) = shape.cell(x, y) else { return false };
                if numbers[near] != outer && !seen[near] {
                    seen[near] = true;
                    stack.push(near);
                }
            }
        }
        true
    }

    fn check(labels: &[u16], shape: Shape) {
        let components = Components::of(labels, shape);
        let mut numbers = vec![0; shape.len()];
        for run in &components.runs {
            numbers[run.cells(shape.width)].fill(run.component);
        }
        let found = Enclosures::of(&components, |component| component.label < 3);
        let list = || (0..).zip(&components.list);
        let around = |inner: u32| {
            let rings = list().filter(|&(outer, own)| (1..3).contains(&own.label) && outer != inner);
            rings.filter(|&(outer, _)| encloses(&numbers, shape, outer, inner)).collect::<Vec<_>>()
        };
        for (inner, own) in list() {
            let all = around(inner);
            let outermost = all.iter().find(|&&(outer, _)| around(outer).is_empty());
            assert_eq!(found.hull(inner), outermost.map(|&(outer, _)| outer), "{labels:?} {own:?} {inner}");
            let in_own = all.iter().any(|(_, ring)| ring.label == own.label);
            assert_eq!(found.is_in_own(own.label, inner), in_own, "{labels:?} {own:?} {inner}");
        }
        // What a component encloses, over all of its holes.
        let rings = list().filter(|(_, own)| (1..3).contains(&own.label));
        for (outer, own) in rings.filter(|&(outer, own)| !found.is_in_own(own.label, outer)) {
            let within = |&(inner, _): &(u32, _)| inner != outer && encloses(&numbers, shape, outer, inner);
            let cells: u32 = list().filter(within).map(|(_, own)| own.area).sum();
            let holes = found.holes().filter(|&(around, _)| around == outer).map(|(_, cells)| cells);
            assert_eq!(holes.sum::<u32>(), cells, "{labels:?} {outer} {own:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn enclosures_are_what_floods_find(
            width in 3..12_usize, cells in prop::collection::vec(0..12_u16, 9..130),
        ) {
            // Mostly one label, so that there are rings.
            let cells: Vec<u16> = cells.into_iter().map(|cell| if cell > 3 { 1 } else { cell }).collect();
            let shape = Shape::of_rows(width, cells.len());
            check(&cells[..shape.len()], shape);
        }
    }

    #[test]
    fn rings_in_rings_enclose_all_within() {
        let drawing = "
            111111111111
            100000000001
            101111110101
            101000010001
            101010010201
            101111110001
            100000000001
            100202000001
            111111111111";
        let rows: Vec<&str> = drawing.split_whitespace().collect();
        let cells: Vec<u16> = rows.iter().flat_map(|row| row.bytes().map(|b| u16::from(b - b'0'))).collect();
        check(&cells, Shape::new(12, 9));
    }
}
