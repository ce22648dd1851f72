//! The homes of the population.

use super::brief::Brief;
use super::graph::{GraphShape, REDACTED, kept_graph};
use crate::home::{RobotMap, RoomKind};
use crate::noise::{CoinError, Coins};
use crate::synth::chance::below;
use crate::synth::draw::HomeDrawing;
use crate::synth::furniture::Furnishing;
use crate::synth::plan::{RoomList, Style, draft};
use crate::synth::recipe::{finished, proportion};

/// Most layouts tried for a shape of door graph.
const MOST_TRIES: u32 = 60;

/// A half of the population.
///
/// ```
/// use homeveil::synth::Population;
/// let (flat, house) = (Population::Design.home(0), Population::Design.home(1));
/// assert!(flat.rooms.len() <= house.rooms.len());
/// assert!(Population::Evaluation.home(1).grid.cells() != house.grid.cells());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Population {
    /// Homes to choose by.
    Design,
    /// Homes to measure on.
    Evaluation,
}

impl Population {
    /// The home of a number: furnished, as a robot's laser sees it in cells of 0.05 m, with the true rooms. Even
    /// numbers are small flats, odd ones family homes. The same number is the same home on every machine.
    ///
    /// # Panics
    /// Never: replayed coins do not fail.
    ///
    /// # Complexity
    /// As [`RobotMap::as_sensed`].
    #[must_use]
    pub fn home(self, number: u64) -> RobotMap {
        let home =
            self.plan(number).and_then(|(_, drawing, mut coins)| drawing.paint(2).as_sensed(&mut coins));
        let seen = home.expect("replayed coins do not fail");
        RobotMap { rooms: seen.truth, ..seen.map }
    }

    /// The home of a number before it is painted, the rooms that it was to have, and the coins that are left.
    pub(super) fn plan(self, number: u64) -> Result<(Brief, HomeDrawing, Coins), CoinError> {
        // Design homes have the even seeds.
        let mut coins = Coins::replayed(number.wrapping_mul(2) | u64::from(self == Self::Evaluation));
        let brief = if number.is_multiple_of(2) {
            Brief::small_flat(&mut coins)?
        } else {
            Brief::family_home(&mut coins)?
        };
        let kept = brief.kinds.iter().filter(|kind| !REDACTED.contains(kind)).count();
        let shape = GraphShape::random(kept, &mut coins)?;
        let mut tries = 0;
        loop {
            let drawing = layout(&brief, &mut coins)?;
            let graph = kept_graph(&drawing.kinds, &drawing.rooms_of_doors());
            tries += 1;
            if tries == MOST_TRIES || kept < 4 || GraphShape::of(&graph) == shape {
                return Ok((brief, drawing, coins));
            }
        }
    }
}

/// The rooms of a brief laid out in some style that has room for them.
fn layout(brief: &Brief, coins: &mut Coins) -> Result<HomeDrawing, CoinError> {
    let list = RoomList { kinds: brief.kinds.clone(), areas: brief.areas.clone() };
    let halls = list.of(RoomKind::Hallway).len();
    let fits = |style: Style| match style {
        Style::Studio => list.kinds.len() <= 4 && !list.of(RoomKind::Living).is_empty(),
        Style::Apartment => true,
        Style::Loop => list.kinds.len() >= 4,
        Style::House | Style::LShape | Style::OpenPlan => list.kinds.len() >= 3 + usize::from(halls == 0),
    };
    let styles: Vec<Style> = Style::ALL.into_iter().filter(|&style| fits(style)).collect();
    let style = styles[below(coins, u32::try_from(styles.len()).unwrap_or(1))? as usize];
    let draft = draft(style, &list, coins)?;
    let spaces = proportion(&draft, brief.area(), below(coins, 8)?).spaces;
    finished(style, list.kinds, spaces, Furnishing::Furnished, coins)
}
