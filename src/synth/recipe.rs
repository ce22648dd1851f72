//! Random homes: the wishes for one, and the steps from coins to a drawing.

use core::ops::RangeInclusive;

use super::chance::below;
use super::draw::HomeDrawing;
use super::furniture::{Furnishing, furnish};
use super::plan::{Axis, Draft, MOST_ROOMS, RIM, RectDm, RoomList, Space, Style, draft, openings, windows};
use crate::home::{RobotMap, RoomKind};
use crate::noise::{CoinError, Coins};

/// Least and greatest area of a random home between its walls, in square metres.
pub const AREA_M2: RangeInclusive<u32> = 9..=400;

/// Square metres that even a small room needs; with less, the least sides of the rooms do not fit.
const LEAST_M2_A_ROOM: u32 = 7;

/// The area may miss the range by one part in so many, because lengths are whole decimetres.
const TOLERANCE: u32 = 30;

/// The wishes for a random home.
///
/// ```
/// use homeveil::Coins;
/// use homeveil::synth::{Furnishing, HomeRecipe, Style};
/// let home = HomeRecipe::new(Style::LShape)
///     .rooms(6..=9)
///     .area_m2(70..=120)
///     .furnishing(Furnishing::Bare)
///     .cells_per_decimetre(1)
///     .draw(&mut Coins::replayed(7))?;
/// assert!((6..=9).contains(&home.rooms.len()));
/// # Ok::<(), homeveil::noise::CoinError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeRecipe {
    style: Style,
    rooms: RangeInclusive<u32>,
    area_m2: RangeInclusive<u32>,
    furnishing: Furnishing,
    cells_per_decimetre: u32,
}

impl HomeRecipe {
    /// A furnished home of a style, with its usual number of rooms, 9 to 400 m² large, in cells of 0.05 m.
    #[must_use]
    pub const fn new(style: Style) -> Self {
        Self {
            style,
            rooms: style.usual_rooms(),
            area_m2: AREA_M2,
            furnishing: Furnishing::Furnished,
            cells_per_decimetre: 2,
        }
    }

    /// The number of rooms, clamped to 1 to [`MOST_ROOMS`] (4 for a studio). If the area is too small for them,
    /// there are fewer.
    #[must_use]
    pub fn rooms(mut self, rooms: RangeInclusive<u32>) -> Self {
        let most = if self.style == Style::Studio { 4 } else { MOST_ROOMS };
        self.rooms = within(&rooms, &(1..=most));
        self
    }

    /// The area between the walls in square metres, with furniture, clamped to [`AREA_M2`]. The home has it to within
    /// a thirtieth, because lengths are whole decimetres.
    #[must_use]
    pub fn area_m2(mut self, area_m2: RangeInclusive<u32>) -> Self {
        self.area_m2 = within(&area_m2, &AREA_M2);
        self
    }

    /// With or without furniture.
    #[must_use]
    pub const fn furnishing(mut self, furnishing: Furnishing) -> Self {
        self.furnishing = furnishing;
        self
    }

    /// The resolution: 1 (cells of 0.1 m, for quick tests), 2 (0.05 m), 4 (0.025 m) or 5 (0.02 m), clamped to 1
    /// to 5.
    #[must_use]
    pub fn cells_per_decimetre(mut self, cells: u32) -> Self {
        self.cells_per_decimetre = cells.clamp(1, 5);
        self
    }

    /// Draws a home. The same coins give the same home on every machine, and the same walls, doors and
    /// furniture at every resolution.
    ///
    /// Rooms and area are drawn between the bounds: the number of rooms as the least of three uniform draws,
    /// since small homes are more common; the area as what the rooms want, times a factor of 0.75 to 1.35 for
    /// the whole home.
    ///
    /// # Errors
    /// The coins fail.
    ///
    /// # Complexity
    /// O(cells of the drawing + rooms² · walls).
    pub fn draw(&self, coins: &mut Coins) -> Result<RobotMap, CoinError> {
        Ok(self.plan(coins)?.paint(self.cells_per_decimetre))
    }

    /// Draws all but the cells.
    pub(super) fn plan(&self, coins: &mut Coins) -> Result<HomeDrawing, CoinError> {
        let (fewest, most) = self.rooms.clone().into_inner();
        let mut rooms = most;
        for _ in 0..3 {
            rooms = rooms.min(fewest + below(coins, most - fewest + 1)?);
        }
        let (least, most) = self.area_m2.clone().into_inner();
        let mut rooms = rooms.min(most / LEAST_M2_A_ROOM).max(1);
        let (kinds, spaces) = loop {
            let least = least.max(rooms * LEAST_M2_A_ROOM).min(most);
            let room_list = RoomList::draw(self.style, rooms as usize, coins)?;
            let factor = 75 + u32::midpoint(below(coins, 61)?, below(coins, 61)?);
            let wish = (room_list.area() * factor / 100).clamp(least * 100, most * 100);
            let draft = draft(self.style, &room_list, coins)?;
            let symmetry = below(coins, 8)?;
            let placed = proportion(&draft, wish, symmetry);
            // The least sides of so many rooms may take up more than there is.
            if rooms == 1 || TOLERANCE * placed.area <= (TOLERANCE + 1) * most * 100 {
                break (room_list.kinds, placed.spaces);
            }
            rooms -= 1;
        };
        finished(self.style, kinds, spaces, self.furnishing, coins)
    }
}

impl RobotMap {
    /// The random home of a seed: style, number of rooms and size are drawn from it, the resolution is 0.05 m.
    ///
    /// The same seed gives the same home on every machine. A smaller seed allows fewer rooms (one for every two
    /// binary digits of the seed), so a property test that shrinks its seed ends at a small home. With proptest, a
    /// strategy for homes is:
    ///
    /// ```
    /// use homeveil::home::RobotMap;
    /// use proptest::prelude::*;
    ///
    /// fn homes() -> impl Strategy<Value = RobotMap> {
    ///     any::<u64>().prop_map(RobotMap::from_seed)
    /// }
    /// # let _ = homes();
    /// ```
    ///
    /// # Panics
    /// Never: replayed coins do not fail.
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        let digits = u64::BITS - seed.leading_zeros();
        let mut coins = Coins::replayed(seed);
        let home = Style::random(&mut coins).and_then(|style| {
            let recipe = HomeRecipe::new(style);
            let (fewest, most) = (*style.usual_rooms().start(), *style.usual_rooms().end());
            let most = most.min(digits.div_ceil(2).max(1));
            // One home in eight has no furniture.
            let furnishing = if coins.below(8)? == 0 { Furnishing::Bare } else { Furnishing::Furnished };
            recipe.rooms(fewest.min(most)..=most).furnishing(furnishing).draw(&mut coins)
        });
        home.expect("replayed coins do not fail, and no bound is zero")
    }
}

/// The range with both ends clamped to the limits; a range that ends before it begins is its first number.
fn within(range: &RangeInclusive<u32>, limits: &RangeInclusive<u32>) -> RangeInclusive<u32> {
    let start = (*range.start()).clamp(*limits.start(), *limits.end());
    start..=(*range.end()).clamp(start, *limits.end())
}

/// Doors, windows, furniture and dock of a home whose rooms have their places.
pub(super) fn finished(
    style: Style,
    kinds: Vec<RoomKind>,
    spaces: Vec<Space>,
    furnishing: Furnishing,
    coins: &mut Coins,
) -> Result<HomeDrawing, CoinError> {
    let openings = openings(style, &spaces, &kinds, coins)?;
    let windows = windows(&spaces, &kinds, coins)?;
    let (furniture, dock) = furnish(furnishing, &spaces, &kinds, &openings, coins)?;
    Ok(HomeDrawing { kinds, spaces, openings, windows, furniture, dock })
}

/// Rooms in their places.
pub(super) struct Placed {
    pub(super) spaces: Vec<Space>,
    /// Their area in square decimetres.
    area: u32,
}

/// Places the tree so that its area is as near to the wish, in square decimetres, as whole decimetres allow, and
/// turns the result by one of the eight symmetries.
pub(super) fn proportion(draft: &Draft, wish: u32, symmetry: u32) -> Placed {
    let (least_width, least_height) = (draft.tree.least(Axis::X), draft.tree.least(Axis::Y));
    let mut gross = u64::from(wish) * 115 / 100;
    let mut best = Placed { spaces: Vec::new(), area: 0 };
    for _ in 0..12 {
        let height = u32::try_from((gross * u64::from(draft.ratio) / 100).isqrt()).unwrap_or(u32::MAX);
        let height = height.min(draft.most_height).max(least_height);
        let width = u32::try_from(gross / u64::from(height.max(1))).unwrap_or(u32::MAX).max(least_width);
        let mut spaces = Vec::new();
        draft.tree.place(RectDm::new(RIM, RIM, RIM + width, RIM + height), &mut spaces);
        let area: u32 = spaces.iter().map(|space| space.rect.area()).sum();
        if best.spaces.is_empty() || wish.abs_diff(area) < wish.abs_diff(best.area) {
            turn(&mut spaces, width + 2 * RIM, height + 2 * RIM, symmetry);
            best = Placed { spaces, area };
        }
        if wish.abs_diff(area) * 100 <= wish {
            break;
        }
        gross = (gross * u64::from(wish)).div_ceil(u64::from(area.max(1)));
    }
    best
}

/// One of the eight symmetries.
fn turn(spaces: &mut [Space], width: u32, height: u32, symmetry: u32) {
    for Space { rect, .. } in spaces {
        if symmetry & 1 > 0 {
            *rect = rect.mirrored(width);
        }
        if symmetry & 2 > 0 {
            *rect = rect.turned().mirrored(height).turned();
        }
        if symmetry & 4 > 0 {
            *rect = rect.turned();
        }
    }
}
