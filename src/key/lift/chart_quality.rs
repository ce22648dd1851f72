//! How smooth a key's charts are, in figures.
//!
//! A chart is good if what lies together on the release lies together in the home: a rectangle drawn on the
//! release should be one piece in the home, of the size it seems to have, with its neighbours where they are
//! drawn. No chart of a crooked home can have all of that everywhere. So it is measured, on places spread
//! evenly over each zone. The same key always gives the same figures.
//!
//! The figures are private: together they say something about the home. None goes into a release. They are
//! computed in floating point, and decide nothing.

use core::fmt;

use geo_types::Rect;

use crate::atlas::FRAME;
use crate::grid::components::Components;
use crate::grid::{CellRect, DisjointSets, Shape, Symmetry, narrow};
use crate::key::HouseKey;
use crate::key::chart::{NO_PATCH, ZoneTable};

/// Places along each side of a zone at which a rectangle is tried.
const PLACES: u32 = 8;

/// Side of the spot in cells of the frame: 1 m nominal.
const SPOT: u32 = 20;

/// Cells that a patch has to deserve to be asked to be proportional: of fewer, rounding alone takes more.
const LEAST_CELLS: f64 = 4.0;

/// How smooth the charts of a key are. Where there is nothing to measure, a figure is its best value.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (policy, none) = (Policy::default(), Redaction::none());
/// let (_, key) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// assert_eq!(key.chart_quality().blocks_connected, 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ChartQuality {
    /// Share of the aligned 8 × 8 blocks of the release whose cells are one piece. Best 1.
    pub blocks_connected: f64,
    /// The share of the cells of a rectangle, a third of a zone's sides large, that is in its largest piece: the
    /// mean over 8 × 8 places a zone. Best 1.
    pub third_in_one_piece: f64,
    /// The same, for the place that a tenth of all places are worse than.
    pub third_in_one_piece_tenth: f64,
    /// Share of the patches that have half to twice the cells that their rectangle deserves. Best 1.
    pub proportional: f64,
    /// Share of the pairs of patches side by side on the release whose cells touch. Best 1.
    pub neighbours_kept: f64,
    /// Mean cosine between the directions from a patch to its neighbour on the release and in the home, for the
    /// symmetry that fits the key best. Best 1.
    pub directions: f64,
    /// Cells lifted for a square of 1 m nominal over the cells it deserves, the median over 8 × 8 places a
    /// zone. Best 1.
    pub spot_over_cleaning: f64,
}

impl HouseKey {
    /// How smooth the charts are.
    ///
    /// # Complexity
    /// O(cells + patches²).
    #[must_use]
    pub fn chart_quality(&self) -> ChartQuality {
        ChartedCells::of(self).quality()
    }
}

/// The cells of the patches, as pieces and which of them touch.
struct ChartedCells<'a> {
    key: &'a HouseKey,
    pieces: Components,
    /// Pairs of pieces that touch, lower first, sorted.
    touches: Vec<(u32, u32)>,
    /// For each patch its cells, and the sums of their columns and rows.
    sums: Vec<[f64; 3]>,
    /// For each patch, the number of its pieces.
    parts: Vec<u32>,
}

impl<'a> ChartedCells<'a> {
    fn of(key: &'a HouseKey) -> Self {
        let labels: Vec<u16> = (0..key.near.len())
            .map(|cell| if key.is_charted(cell) { key.near[cell].saturating_add(1) } else { 0 })
            .collect();
        let pieces = Components::of(&labels, key.shape);
        let mut touches = Vec::new();
        pieces.contacts(&mut |a, b| {
            if a.label != 0 && b.label != 0 && a.component != b.component {
                touches.push((a.component.min(b.component), a.component.max(b.component)));
            }
        });
        touches.sort_unstable();
        touches.dedup();
        let mut sums = vec![[0.0; 3]; key.patches.len()];
        for run in pieces.runs.iter().filter(|run| run.label != 0) {
            let sum = &mut sums[usize::from(run.label - 1)];
            let len = f64::from(run.len());
            sum[0] += len;
            sum[1] += len * f64::from(run.span.start + run.span.end - 1) / 2.0;
            sum[2] += len * f64::from(run.span.y);
        }
        let mut parts = vec![0; key.patches.len()];
        for piece in pieces.list.iter().filter(|piece| piece.label != 0) {
            parts[usize::from(piece.label - 1)] += 1;
        }
        Self { key, pieces, touches, sums, parts }
    }

    fn quality(&self) -> ChartQuality {
        let blocks = self.key.zones.iter().flat_map(|zone| &zone.blocks).filter(|patch| **patch != NO_PATCH);
        let connected = blocks.map(|&patch| share(self.parts[usize::from(patch)] == 1));
        let mut thirds = self.places(|side| side.div_ceil(3), |_, _, taken| self.largest(taken));
        let mut spots = self.places(
            |side| SPOT.min(side),
            |zone, rect, taken| self.cells(taken) / self.due(zone, rect.area()),
        );
        let proportional = self.key.patches.iter().zip(&self.sums).filter_map(|(patch, sum)| {
            let due = self.due(usize::from(patch.zone), patch.rect.area());
            (due >= LEAST_CELLS).then(|| share((0.5..=2.0).contains(&(sum[0] / due))))
        });
        let pairs = self.neighbours();
        let kept = pairs.iter().map(|&(a, b)| share(self.touch(a, b)));
        let directions = Symmetry::ALL
            .map(|symmetry| mean(pairs.iter().filter_map(|&(a, b)| self.cosine(symmetry, a, b))));
        let third = mean(thirds.iter().copied());
        ChartQuality {
            blocks_connected: mean(connected),
            third_in_one_piece: third,
            third_in_one_piece_tenth: quantile(&mut thirds, 10),
            proportional: mean(proportional),
            neighbours_kept: mean(kept),
            directions: directions.into_iter().fold(-1.0, f64::max),
            spot_over_cleaning: quantile(&mut spots, 2),
        }
    }

    /// A figure for rectangles of some size at places spread evenly over every zone with cells, of the
    /// rectangle and the patches that it takes.
    fn places(
        &self,
        side: impl Fn(u32) -> u32,
        figure: impl Fn(usize, CellRect, &[usize]) -> f64,
    ) -> Vec<f64> {
        let mut figures = Vec::new();
        for (number, zone) in self.key.zones.iter().enumerate() {
            if self.key.patches.iter().all(|patch| usize::from(patch.zone) != number) {
                continue;
            }
            let (width, height) = (side(zone.rect.width), side(zone.rect.height));
            for row in 0..PLACES {
                for column in 0..PLACES {
                    let rect = CellRect {
                        x: zone.rect.x + (zone.rect.width - width) * column / (PLACES - 1),
                        y: zone.rect.y + (zone.rect.height - height) * row / (PLACES - 1),
                        width,
                        height,
                    };
                    figures.push(figure(number, rect, &self.taken(rect)));
                }
            }
        }
        figures
    }

    /// The patches that a rectangle of the frame is lifted to.
    fn taken(&self, rect: CellRect) -> Vec<usize> {
        let metres = |x: u32, y: u32| (f64::from(x) * FRAME.resolution, f64::from(y) * FRAME.resolution);
        let corners = (metres(rect.x, rect.y), metres(rect.x + rect.width, rect.y + rect.height));
        let taken = self.key.patches_of_rect(Rect::new(corners.0, corners.1)).unwrap_or_default();
        (0..taken.len()).filter(|&patch| taken[patch]).collect()
    }

    fn cells(&self, patches: &[usize]) -> f64 {
        patches.iter().map(|&patch| self.sums[patch][0]).sum()
    }

    /// The cells that an area of a zone's rectangle deserves.
    fn due(&self, zone: usize, area: u32) -> f64 {
        let own =
            self.key.patches.iter().zip(&self.sums).filter(|(patch, _)| usize::from(patch.zone) == zone);
        let cells: f64 = own.map(|(_, sum)| sum[0]).sum();
        cells * f64::from(area) / f64::from(self.key.zones[zone].rect.area())
    }

    /// The share of the cells of some patches that is in its largest connected piece.
    fn largest(&self, patches: &[usize]) -> f64 {
        let taken = |piece: u32| {
            let label = self.pieces.list[piece as usize].label;
            label != 0 && patches.contains(&usize::from(label - 1))
        };
        let mut sets = DisjointSets::new(narrow(self.pieces.list.len()));
        for &(a, b) in self.touches.iter().filter(|(a, b)| taken(*a) && taken(*b)) {
            sets.union(a, b);
        }
        let mut area = vec![0_u32; self.pieces.list.len()];
        for piece in (0..narrow(area.len())).filter(|&piece| taken(piece)) {
            area[sets.find(piece) as usize] += self.pieces.list[piece as usize].area;
        }
        let all: u32 = area.iter().sum();
        if all == 0 { 1.0 } else { f64::from(area.iter().copied().max().unwrap_or(0)) / f64::from(all) }
    }

    /// Patches side by side on the release, left or lower first.
    fn neighbours(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for zone in &self.key.zones {
            let (columns, _) = ZoneTable::sides(zone.rect);
            let shape = Shape::of_rows(columns as usize, zone.blocks.len());
            for (at, &one) in (0..).zip(&zone.blocks) {
                let [_, right, _, up] = shape.around(at);
                for other in [right, up].into_iter().filter_map(|near| zone.blocks.get(near as usize)) {
                    if one != *other && one != NO_PATCH && *other != NO_PATCH {
                        pairs.push((usize::from(one), usize::from(*other)));
                    }
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn touch(&self, a: usize, b: usize) -> bool {
        let patch = |piece: u32| usize::from(self.pieces.list[piece as usize].label) - 1;
        let mut touching = self.touches.iter().map(|&(one, other)| (patch(one), patch(other)));
        touching.any(|pair| pair == (a, b) || pair == (b, a))
    }

    fn cosine(&self, symmetry: Symmetry, a: usize, b: usize) -> Option<f64> {
        let drawn = |patch: usize| {
            let rect = self.key.patches[patch].rect;
            (i64::from(2 * rect.x + rect.width), i64::from(2 * rect.y + rect.height))
        };
        let real = |patch: usize| {
            let [cells, x, y] = self.sums[patch];
            (x / cells, y / cells)
        };
        let (from, to) = (drawn(a), drawn(b));
        let (dx, dy) = symmetry.apply((to.0 - from.0, to.1 - from.1));
        let [dx, dy] = [dx, dy].map(|cells| i32::try_from(cells).map_or(0.0, f64::from));
        let (from, to) = (real(a), real(b));
        let (ex, ey) = (to.0 - from.0, to.1 - from.1);
        let length = ((dx * dx + dy * dy) * (ex * ex + ey * ey)).sqrt();
        (length > 0.0).then(|| (dx * ex + dy * ey) / length)
    }
}

fn share(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// The mean, 1 of nothing.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 1.0 } else { sum / f64::from(count) }
}

/// The value that one in `of` values is no greater than, 1 of nothing.
fn quantile(values: &mut [f64], of: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / of).copied().unwrap_or(1.0)
}

/// One line.
impl fmt::Display for ChartQuality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "blocks {:.3}, thirds {:.3} (tenth {:.2}), proportional {:.3}, neighbours {:.3}, directions {:.3}, \
             spot {:.2}",
            self.blocks_connected,
            self.third_in_one_piece,
            self.third_in_one_piece_tenth,
            self.proportional,
            self.neighbours_kept,
            self.directions,
            self.spot_over_cleaning
        )
    }
}
