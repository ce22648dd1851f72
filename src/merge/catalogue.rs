//! Plans by what is seen of them, for the search.

use alloc::vec::Vec;
use core::cell::OnceCell;
use core::ops::Range;

use super::cost::Rules;
use super::merged::K;
use crate::atlas::{LayoutDigit, Plan};

/// The plans by what is seen of them: layout, then drawing, then root.
pub(super) struct Catalogue {
    /// How layouts begin, digit by digit (a trie): first nothing.
    begun: Vec<BegunLayout>,
    pub(super) drawings: Vec<DrawingPlans>,
    pub(super) trees: Vec<Tree>,
}

/// How the codes of some layouts begin.
#[derive(Default)]
struct BegunLayout {
    /// Where each next digit leads; 0 for nowhere.
    next: [usize; 4],
    /// The numbers of rectangles that what comes next may have, a whole part of a cut, as a set.
    sizes: u8,
    /// The rectangles that may be a plan's root, counted as they stand in the layout, as a set.
    roots: u8,
    /// What looks like this, where it is a whole layout.
    views: Vec<SeenDrawing>,
}

/// A drawing as it is seen under a symmetry.
pub(super) struct SeenDrawing {
    pub(super) drawing: usize,
    /// For each rectangle of the layout seen its area, and which of the drawing's rectangles it is.
    pub(super) rects: Vec<(u8, u8)>,
}

/// The plans of a drawing.
pub(super) struct DrawingPlans {
    /// All doors of theirs.
    pub(super) walls: u16,
    /// For each root its trees.
    pub(super) trees: [Range<usize>; K],
}

pub(super) struct Tree {
    pub(super) edges: u16,
    /// What it costs that its doors leave orders open, whatever the home is.
    pub(super) open: u32,
    /// Its place in the list.
    pub(super) plan: usize,
    /// The order that is planned on it, once that is asked for: most plans cost too much before.
    pub(super) order: OnceCell<[u8; K]>,
}

impl Catalogue {
    pub(super) fn of(plans: &[Plan], rules: &Rules) -> Self {
        let begun = vec![BegunLayout::default()];
        let mut catalogue = Self { begun, drawings: Vec::new(), trees: Vec::new() };
        let mut first = 0;
        for plans in plans.chunk_by(|a, b| core::ptr::eq(a.drawing(), b.drawing())) {
            let drawing = plans[0].drawing();
            let own = plans.iter().fold(0_u8, |own, plan| own | 1 << plan.root().index());
            for view in drawing.views() {
                let roots = (0..).zip(&view.rects).map(|(place, &rect)| (own >> rect & 1) << place).sum();
                let rects = view.rects.iter().map(|&rect| (drawing.units[rect], narrow(rect)));
                let view_of = SeenDrawing { drawing: catalogue.drawings.len(), rects: rects.collect() };
                let layout = catalogue.beginning_of(view.layout.digits(), roots);
                catalogue.begun[layout].views.push(view_of);
            }
            let mut trees: Vec<(usize, Tree)> = plans
                .iter()
                .enumerate()
                .map(|(i, plan)| {
                    let open = plan.unordered_pairs() * rules.open_order;
                    (
                        plan.root().index(),
                        Tree { edges: plan.edges(), open, plan: first + i, order: OnceCell::new() },
                    )
                })
                .collect();
            // By root, each's in their order: there are few roots, and a sort is much code.
            let mut by_root: Vec<(usize, Tree)> = Vec::with_capacity(trees.len());
            for root in 0..K {
                by_root.extend(trees.extract_if(.., |tree| tree.0 == root));
            }
            let trees = by_root;
            let start = catalogue.trees.len();
            let of_root = |root: usize| {
                let place = |root| start + trees.partition_point(|tree| tree.0 < root);
                place(root)..place(root + 1)
            };
            let walls = trees.iter().fold(0, |walls, tree| walls | tree.1.edges);
            catalogue.drawings.push(DrawingPlans { walls, trees: core::array::from_fn(of_root) });
            catalogue.trees.extend(trees.into_iter().map(|tree| tree.1));
            first += plans.len();
        }
        catalogue
    }

    /// A layout as the beginning that is all of it. What is not there yet is put down.
    fn beginning_of(&mut self, digits: impl Iterator<Item = LayoutDigit>, roots: u8) -> usize {
        let mut at = 0;
        // Where the cuts that have not ended begin, and how many rectangles came before.
        let (mut open, mut rects) = (Vec::new(), 0_u8);
        for digit in digits {
            let mut part = (at, rects);
            match digit {
                LayoutDigit::CutX | LayoutDigit::CutY => open.push(part),
                LayoutDigit::Rect => rects += 1,
                LayoutDigit::End => part = open.pop().unwrap_or(part),
            }
            self.begun[part.0].sizes |= 1 << (rects - part.1);
            if self.begun[at].next[digit as usize] == 0 {
                self.begun[at].next[digit as usize] = self.begun.len();
                self.begun.push(BegunLayout::default());
            }
            self.begun[at].roots |= roots;
            at = self.begun[at].next[digit as usize];
        }
        at
    }

    /// Whether some layout that begins so, with so many rectangles, may go on with a part of a set's zones, leave more
    /// of them for later, and have the dock's zone where a plan has its root.
    pub(super) fn goes_on(&self, begun: usize, rects: usize, set: usize, part: usize) -> bool {
        let BegunLayout { sizes, roots, .. } = self.begun[begun];
        let own = (1_u8 << part.count_ones()) - 1;
        let at_root = roots >> rects & if part & 1 == 1 { own } else { !own } != 0;
        part != set && sizes >> part.count_ones() & 1 == 1 && (set & 1 == 0 || at_root)
    }

    /// Where a digit leads from a beginning, if the code of some layout that is seen goes on so.
    pub(super) fn then(&self, at: usize, digit: LayoutDigit) -> Option<usize> {
        Some(self.begun[at].next[digit as usize]).filter(|&next| next != 0)
    }

    /// What looks like a layout.
    pub(super) fn like(&self, layout: usize) -> &[SeenDrawing] {
        &self.begun[layout].views
    }
}

/// A number of zones or below.
fn narrow(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
