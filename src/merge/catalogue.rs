//! Plans by what is seen of them, for the search.

use alloc::vec::Vec;
use core::cell::OnceCell;
use core::ops::Range;

use super::cost::Rules;
use super::merged::K;
use crate::atlas::{LayoutCode, Plan};
use crate::grid::sorted::sorted;

/// The plans by what is seen of them: layout, then drawing, then root.
pub(super) struct Catalogue {
    /// In the order of their layouts' codes.
    views: Vec<(LayoutCode, SeenDrawing)>,
    pub(super) drawings: Vec<DrawingPlans>,
    pub(super) trees: Vec<Tree>,
}

/// A drawing as it is seen under a symmetry.
#[derive(Default)]
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
        let mut catalogue = Self { views: Vec::new(), drawings: Vec::new(), trees: Vec::new() };
        let mut first = 0;
        for plans in plans.chunk_by(|a, b| core::ptr::eq(a.drawing(), b.drawing())) {
            let drawing = plans[0].drawing();
            for view in drawing.views() {
                let rects = view.rects.iter().map(|&rect| (drawing.units[rect], narrow(rect)));
                let view_of = SeenDrawing { drawing: catalogue.drawings.len(), rects: rects.collect() };
                catalogue.views.push((view.layout, view_of));
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
        catalogue.views = sorted(catalogue.views, |a, b| a.0.cmp(&b.0));
        catalogue
    }

    /// Whether the code of some layout that is seen begins so.
    pub(super) fn begins(&self, code: LayoutCode) -> bool {
        let next = self.views.partition_point(|view| view.0 < code);
        self.views.get(next).is_some_and(|view| view.0.begins(code))
    }

    /// What looks like a layout.
    pub(super) fn like(&self, code: LayoutCode) -> impl Iterator<Item = &SeenDrawing> {
        let first = self.views.partition_point(|view| view.0 < code);
        self.views[first..].iter().take_while(move |view| view.0 == code).map(|view| &view.1)
    }
}

/// A number of zones or below.
fn narrow(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
