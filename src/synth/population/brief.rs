//! Which rooms a home of the population has, and how large they are, from the counts.

use crate::home::RoomKind::{
    self, Bathroom, Bedroom, Dining, Hallway, Kitchen, Laundry, Living, Nursery, Office, Storage, Toilet,
};
use crate::noise::{CoinError, Coins};
use crate::synth::chance::{below, between, index, shuffled};
use crate::synth::plan::RoomList;

/// Homes in a hundred by the number of rooms that are kept.
type Shares = &'static [(u32, u32)];

/// Of small flats, 1,186 of them.
pub(super) const FLAT_KEPT: Shares = &[(1, 33), (2, 22), (3, 27), (4, 15), (5, 3)];

/// Of family homes, 3,486 of them; their shares add up to 102, as rounded ones do.
pub(super) const FAMILY_KEPT: Shares =
    &[(1, 1), (2, 2), (3, 11), (4, 20), (5, 20), (6, 17), (7, 12), (8, 8), (9, 5), (10, 4), (11, 2)];

/// The same by the number of rooms in all.
pub(super) const FAMILY_ALL: Shares = &[
    (3, 3),
    (4, 6),
    (5, 12),
    (6, 16),
    (7, 13),
    (8, 11),
    (9, 9),
    (10, 8),
    (11, 6),
    (12, 5),
    (13, 6),
    (14, 4),
    (15, 2),
];

/// Square decimetres of small flats at shares of a thousand; between these in proportion.
pub(super) const FLAT_DM2: [(u32, u32); 3] = [(0, 900), (500, 2850), (1000, 8600)];

/// Per cent of the usual areas of rooms that those of family homes have, so that the middle home has 110 m² with its
/// walls. These take a tenth.
const FAMILY_SCALE: [u32; 2] = [110, 150];

/// Square decimetres of a closet.
const CLOSET_DM2: u32 = 150;

/// The rooms of a home.
pub(super) struct Brief {
    /// The most important first. Closets that are floor of another room are left out.
    pub(super) kinds: Vec<RoomKind>,
    /// In square decimetres.
    pub(super) areas: Vec<u32>,
    /// Closets that are left out, by kind.
    pub(super) closets: Vec<RoomKind>,
}

impl Brief {
    /// Square decimetres of the whole home.
    pub(super) fn area(&self) -> u32 {
        let closets = self.closets.iter().map(|_| CLOSET_DM2);
        self.areas.iter().copied().chain(closets).sum()
    }

    /// A small flat: a room to live in and a bath, then a kitchen and a hall, then more.
    pub(super) fn small_flat(coins: &mut Coins) -> Result<Self, CoinError> {
        // Larger flats have more rooms.
        let size = below(coins, 1000)?;
        let kept = quantile(FLAT_KEPT, size);
        let mut kinds = vec![Living];
        kinds.extend(shuffled(vec![Kitchen, Hallway], coins)?);
        kinds.extend(shuffled(vec![Storage, Office], coins)?);
        kinds.truncate(kept as usize);
        kinds.push(Bathroom);
        if below(coins, 2)? == 0 {
            kinds.push(Toilet);
        }
        if kept >= 3 && below(coins, 2)? == 0 {
            kinds.push(Bedroom);
        }
        let near = (size + below(coins, 201)?).saturating_sub(100).min(1000);
        let area_dm2 = flat_dm2(near);
        Self::sized(kinds, Vec::new(), coins, |_| area_dm2)
    }

    /// A family home.
    pub(super) fn family_home(coins: &mut Coins) -> Result<Self, CoinError> {
        // Homes with more rooms keep more.
        let size = below(coins, 1000)?;
        let (all, kept) = (quantile(FAMILY_ALL, size), quantile(FAMILY_KEPT, size));
        // Of a hundred homes so many have a living room, a kitchen, and so on; the counts are means.
        let mut usual = vec![(Hallway, 100), (Kitchen, 90), (Living, 85), (Dining, 14)];
        usual.truncate(kept as usize);
        let mut kinds = Vec::new();
        for (kind, share) in usual {
            if below(coins, 100)? < share || kept == 1 {
                kinds.push(kind);
            }
        }
        if !kinds.contains(&Living) && !kinds.contains(&Kitchen) {
            kinds.push(Living);
        }
        // Storage rooms to others as .7 to 2.1.
        while kinds.len() < kept as usize {
            let other = [Office, Laundry][index(coins, 2)?];
            kinds.push(if below(coins, 4)? == 0 { Storage } else { other });
        }
        let private = [Bathroom, Bedroom, Bedroom, Toilet, Nursery, Bedroom, Bathroom, Nursery, Bedroom];
        kinds.extend(private.into_iter().cycle().take(all.saturating_sub(kept).max(1) as usize));
        let mut closets = Vec::new();
        let mut rooms = Vec::new();
        for kind in kinds {
            let one_in = match kind {
                Storage => 2,
                Office | Laundry => 4,
                _ => 0,
            };
            if one_in > 0 && below(coins, one_in)? == 0 { closets.push(kind) } else { rooms.push(kind) }
        }
        // Day rooms first, as layouts expect them.
        rooms.sort_by_key(|kind| match kind {
            Living => 0,
            Bathroom => 1,
            Hallway => 2,
            Kitchen => 3,
            _ => 4,
        });
        let scale = between(coins, FAMILY_SCALE[0], FAMILY_SCALE[1])?;
        Self::sized(rooms, closets, coins, |wish| wish * scale / 100)
    }

    /// The rooms with areas in the usual proportions.
    fn sized(
        kinds: Vec<RoomKind>,
        closets: Vec<RoomKind>,
        coins: &mut Coins,
        area_dm2: impl Fn(u32) -> u32,
    ) -> Result<Self, CoinError> {
        let list = RoomList::sized(kinds, coins)?;
        let (wish, area) = (list.area(), area_dm2(list.area()));
        let areas = list.areas.iter().map(|own| (own * area / wish.max(1)).max(1)).collect();
        Ok(Self { kinds: list.kinds, areas, closets })
    }
}

/// The number that so many homes in a thousand are below.
fn quantile(shares: Shares, per_mille: u32) -> u32 {
    let all: u32 = shares.iter().map(|(_, share)| share).sum();
    let mut passed = 0;
    for &(number, share) in shares {
        passed += share;
        if per_mille * all < passed * 1000 {
            return number;
        }
    }
    shares.last().map_or(1, |last| last.0)
}

/// The area in square decimetres that so many small flats in a thousand are below.
const fn flat_dm2(per_mille: u32) -> u32 {
    let [low, middle, high] = FLAT_DM2;
    let (from, to) = if per_mille < middle.0 { (low, middle) } else { (middle, high) };
    from.1 + (to.1 - from.1) * (per_mille - from.0) / (to.0 - from.0)
}
