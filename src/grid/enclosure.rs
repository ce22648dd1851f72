//! Which components of a grid enclose which.
//!
//! A component encloses what it parts from the outside: every path from there to the grid's border, over edges or
//! corners, crosses it. In the graph of components that touch over an edge or a corner, with the outside as one more
//! node, it is then a cut vertex, and each of its *holes* is one piece that falls off with it. All cut vertices and
//! their pieces come from one depth-first search (Hopcroft & Tarjan 1973, "Efficient algorithms for graph
//! manipulation"): a child of a vertex is in a hole of it if nothing below the child reaches past the vertex.
//!
//! Only few components can enclose anything. All others are joined where they touch before the graph is made, which
//! leaves a handful of nodes on the maps of homes, and no more than an eighth of the cells on any grid.

use alloc::vec::Vec;

use super::components::{Component, Components};
use super::disjoint_sets::DisjointSets;
use super::shape::narrow;
use super::sorted::sorted;

/// A component around others has at least so many cells: a ring around one.
const LEAST_RING: u32 = 8;

/// Pieces that components enclose.
pub(crate) struct Enclosures {
    /// The node of each component.
    node_of: Vec<u32>,
    /// When each node was met.
    met: Vec<u32>,
    /// By node, then by place in the order of meeting.
    holes: Vec<Hole>,
}

/// A piece that a component encloses: the nodes met from a place on, before another one.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Hole {
    around: u32,
    from: u32,
    end: u32,
    labels: Labels,
}

/// What labels there are among those that count.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Labels {
    #[default]
    None,
    One(u16),
    Several,
}

impl Labels {
    const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, labels) | (labels, Self::None) => labels,
            (Self::One(a), Self::One(b)) if a == b => self,
            _ => Self::Several,
        }
    }
}

impl Enclosures {
    /// Finds what the components picked by `may` enclose. `counts` says which labels count for
    /// [`has_alone`](Self::has_alone).
    ///
    /// # Complexity
    /// O(runs · log runs) time, some 20 bytes a component and 12 bytes for each contact between components that may
    /// enclose something and others.
    pub(crate) fn of(
        components: &Components,
        may: impl Fn(&Component) -> bool,
        counts: impl Fn(u16) -> bool,
    ) -> Self {
        let may = components
            .list
            .iter()
            .map(|component| component.label != 0 && component.area >= LEAST_RING && may(component));
        let mut may: Vec<bool> = may.collect();
        if may.contains(&true) {
            may.iter_mut()
                .zip(components.bounds())
                .for_each(|(may, bounds)| *may &= bounds.shorter_side() >= 3);
        }
        if !may.contains(&true) {
            return Self { node_of: Vec::new(), met: Vec::new(), holes: Vec::new() };
        }
        let (node_of, nodes) = joined(components, &may);
        let mut labels = vec![Labels::None; nodes as usize];
        for (component, &node) in components.list.iter().zip(&node_of) {
            if counts(component.label) {
                labels[node as usize] = labels[node as usize].and(Labels::One(component.label));
            }
        }
        let mut encloses = vec![false; nodes as usize];
        for (&node, &may) in node_of.iter().zip(&may) {
            encloses[node as usize] = may;
        }
        let graph = Graph::of(components, &node_of, nodes);
        let (met, holes) = graph.holes(&encloses, labels);
        Self { node_of, met, holes }
    }

    /// Whether a component lies in a hole of another, and no label but its own counts there.
    ///
    /// # Complexity
    /// O(log holes).
    pub(crate) fn has_alone(&self, outer: u32, inner: u32, label: u16) -> bool {
        if self.holes.is_empty() {
            return false;
        }
        let [outer, inner] = [outer, inner].map(|component| self.node_of[component as usize]);
        let place = self.met[inner as usize];
        let after = self.holes.partition_point(|hole| (hole.around, hole.from) <= (outer, place));
        after.checked_sub(1).map(|last| self.holes[last]).is_some_and(|hole| {
            hole.around == outer
                && (hole.from..hole.end).contains(&place)
                && hole.labels.and(Labels::One(label)) == Labels::One(label)
        })
    }
}

/// The node of each component, with those that enclose nothing joined where they touch and with the outside, and the
/// number of nodes. The outside is node 0.
fn joined(components: &Components, may: &[bool]) -> (Vec<u32>, u32) {
    let count = narrow(components.list.len());
    let mut sets = DisjointSets::new(count + 1);
    for (number, component) in (1..).zip(&components.list) {
        if component.at_edge && !may[number as usize - 1] {
            sets.union(0, number);
        }
    }
    components.touching(|a, b| {
        if !may[a.component as usize] && !may[b.component as usize] {
            sets.union(a.component + 1, b.component + 1);
        }
    });
    let (mut nodes, count) = sets.into_numbers();
    nodes.remove(0);
    (nodes, count)
}

/// Nodes that touch.
struct Graph {
    /// Where the neighbours of each node begin, and the number of all as a last entry.
    first: Vec<u32>,
    neighbours: Vec<u32>,
}

impl Graph {
    fn of(components: &Components, node_of: &[u32], nodes: u32) -> Self {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut room = 1 << 12;
        let mut add = |a: u32, b: u32| {
            let pair = (a.min(b), a.max(b));
            if a == b || pairs.last() == Some(&pair) {
                return;
            }
            // Two nodes may touch in many places.
            if pairs.len() == room {
                pairs.sort_unstable();
                pairs.dedup();
                room = room.max(2 * pairs.len());
            }
            pairs.push(pair);
        };
        for (component, &node) in components.list.iter().zip(node_of) {
            if component.at_edge {
                add(0, node);
            }
        }
        components.touching(|a, b| add(node_of[a.component as usize], node_of[b.component as usize]));
        pairs.sort_unstable();
        pairs.dedup();
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

    /// When each node is met from node 0 on, and the holes of the nodes that may enclose something. `labels` are those
    /// of each node at first, and of all below it in the end.
    fn holes(self, encloses: &[bool], mut labels: Vec<Labels>) -> (Vec<u32>, Vec<Hole>) {
        const NEVER: u32 = u32::MAX;
        let Self { first, neighbours } = self;
        let mut met = vec![NEVER; encloses.len()];
        let mut least = vec![NEVER; encloses.len()];
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
                if met[near] == NEVER {
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
            if encloses[above] && least[own] >= met[above] {
                holes.push(Hole { around: narrow(above), from: met[own], end: count, labels: labels[own] });
            }
            least[above] = least[above].min(least[own]);
            labels[above] = labels[above].and(labels[own]);
        }
        (met, sorted(holes, Ord::cmp))
    }
}

private_debug!(Enclosures);

#[cfg(test)]
mod tests {
    use super::{Components, Enclosures};
    use crate::grid::Shape;
    use proptest::prelude::*;

    /// The definition: the cells outside a component that hang together over edges or corners with the inner one do
    /// not reach the border, and no other label is among them.
    fn has_alone(numbers: &[u32], labels: &[u16], shape: Shape, outer: u32, inner: u32) -> bool {
        let place = |at: usize| i64::try_from(at).unwrap();
        let start = numbers.iter().position(|&number| number == inner).unwrap();
        let mut seen = vec![false; numbers.len()];
        let mut stack = vec![start];
        seen[start] = true;
        while let Some(cell) = stack.pop() {
            if labels[cell] > 0 && labels[cell] != labels[start] {
                return false;
            }
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
        let found = Enclosures::of(&components, |component| component.label < 3, |label| label > 0);
        for (outer, one) in (0..).zip(&components.list).filter(|(_, one)| (1..3).contains(&one.label)) {
            for (inner, other) in (0..).zip(&components.list).filter(|(_, other)| other.label > 0) {
                let expected = outer != inner && has_alone(&numbers, labels, shape, outer, inner);
                assert_eq!(
                    found.has_alone(outer, inner, other.label),
                    expected,
                    "{labels:?} {one:?} {other:?}"
                );
            }
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
