//! A plan drawn as one floor of a release.

use alloc::vec::Vec;

use crate::atlas::{Dock, Door, FRAME, Plan, PlanId, Zone};
use crate::grid::{Cell, CellRect, OccupancyGrid};

/// One floor of a release: a plan of the atlas, drawn.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (none, policy) = (Redaction::none(), Policy::default());
/// # let (release, _) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::replayed(7))?;
/// let floor = &release.floors()[0];
/// assert_eq!(floor.zones().len(), usize::from(policy.zones()));
/// assert_eq!(floor.doors().len(), floor.zones().len() - 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Floor {
    pub(super) plan: PlanId,
    pub(super) zones: Vec<Zone>,
    pub(super) doors: Vec<Door>,
    pub(super) dock: Dock,
    pub(super) grid: OccupancyGrid,
}

impl Floor {
    /// Columns and rows of the grid of every floor of every release.
    pub const SIDES: [u32; 2] = [FRAME.width, FRAME.height];

    /// Side of a cell of every such grid, in nominal metres: it says nothing of any home.
    pub const RESOLUTION_M: f64 = FRAME.resolution;

    staged! {
        /// Draws a plan: a wall of one cell inside every zone's rectangle, doors cut through.
        ///
        /// # Panics
        /// Never: the frame is a valid grid.
        ///
        /// # Complexity
        /// O(cells of the frame).
        #[must_use]
        fn draw(plan: &Plan) -> Self {
            let mut cells = vec![Cell::Occupied; (FRAME.width * FRAME.height) as usize];
            let mut clear = |rect: CellRect| {
                for y in rect.y..rect.y + rect.height {
                    let row = (y * FRAME.width) as usize;
                    cells[row + rect.x as usize..row + (rect.x + rect.width) as usize].fill(Cell::Free);
                }
            };
            let (zones, doors) = (plan.zones(), plan.doors());
            for Zone { rect, .. } in &zones {
                clear(CellRect { x: rect.x + 1, y: rect.y + 1, width: rect.width - 2, height: rect.height - 2 });
            }
            for Door { rect, .. } in &doors {
                clear(*rect);
            }
            let grid = OccupancyGrid::new(FRAME.width, FRAME.height, FRAME.resolution, cells)
                .expect("the frame's sides, resolution and number of cells are valid");
            Self { plan: plan.id(), zones, doors, dock: plan.dock(), grid }
        }
    }

    /// The plan's number in the atlas.
    #[must_use]
    pub const fn plan(&self) -> u32 {
        self.plan.get()
    }

    pub(crate) const fn plan_id(&self) -> PlanId {
        self.plan
    }

    /// The zones in order of their numbers.
    #[must_use]
    pub fn zones(&self) -> &[Zone] {
        &self.zones
    }

    /// The doors in order of their zones.
    #[must_use]
    pub fn doors(&self) -> &[Door] {
        &self.doors
    }

    /// Where the robot charges.
    #[must_use]
    pub const fn dock(&self) -> Dock {
        self.dock
    }

    /// The occupancy grid.
    #[must_use]
    pub const fn grid(&self) -> &OccupancyGrid {
        &self.grid
    }
}
