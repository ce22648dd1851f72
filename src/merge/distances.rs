//! How far parts of a home are from one another.

use alloc::vec::Vec;

use super::parts::Parts;
use crate::atlas::{Legs, MAX_ZONES, members};

/// Distances that are known, of the rooms of a sketch. For the key alone: a ranking knows no metre.
pub(crate) struct RoomDistances {
    /// From the dock to the middle of each room.
    pub(crate) first: Vec<u32>,
    /// Between the middles of those pairs of rooms that were asked for; of others the greatest number.
    pub(crate) between: Vec<Vec<u32>>,
    /// Half the side of a square of the same area as all rooms.
    pub(crate) scale: u32,
}

private_debug!(RoomDistances);

/// Distances of parts.
pub(super) struct Distances {
    first: Vec<u32>,
    between: Vec<Vec<u32>>,
}

/// Half the side of the square of all floor, where no distance is known.
const SCALE: u32 = 1 << 15;

impl Distances {
    /// Where no distances of rooms are known, each part counts as a square, and two that touch are apart by half a
    /// side of either. From the dock to the middle of its own part it is half a side.
    ///
    /// # Complexity
    /// O(parts³).
    pub(super) fn of(parts: &Parts, known: Option<&RoomDistances>) -> Self {
        let count = parts.list.len();
        let scale = u64::from(known.map_or(SCALE, |known| known.scale));
        let total = parts.total().max(1);
        let half = |part: usize| {
            let square = u128::from(parts.list[part].area) * u128::from(scale * scale) / u128::from(total);
            u32::try_from(square.isqrt()).unwrap_or(u32::MAX)
        };
        let halves: Vec<u32> = (0..count).map(half).collect();
        let room = |part: usize| parts.list[part].rooms[0];
        let mut between = vec![vec![u32::MAX; count]; count];
        for a in 0..count {
            between[a][a] = 0;
            for b in members(parts.list[a].touches) {
                between[a][b] = match known {
                    Some(known) if room(a) != room(b) => known.between[room(a)][room(b)],
                    _ => halves[a] + halves[b],
                };
            }
        }
        for via in 0..count {
            for a in 0..count {
                for b in 0..count {
                    between[a][b] = between[a][b].min(between[a][via].saturating_add(between[via][b]));
                }
            }
        }
        let first = (0..count).map(|part| match known {
            Some(known) => known.first[room(part)],
            None => between[0][part].saturating_add(halves[0]),
        });
        Self { first: first.collect(), between }
    }

    /// Distances of zones: a zone is where its floor is nearest to, of equally near parts the first.
    pub(super) fn legs(&self, parts: &Parts, sets: &[u32]) -> Legs {
        let far = |set: u32, from: usize| -> u128 {
            members(set).map(|to| u128::from(parts.list[to].area) * u128::from(self.between[from][to])).sum()
        };
        let mut places = [0; MAX_ZONES as usize];
        for (place, &set) in places.iter_mut().zip(sets) {
            *place = members(set).min_by_key(|&part| far(set, part)).unwrap_or(0);
        }
        let mut legs = Legs::default();
        for (a, &from) in places.iter().enumerate().take(sets.len()) {
            legs.first[a] = self.first[from];
            for (b, &to) in places.iter().enumerate().take(sets.len()) {
                legs.between[a][b] = self.between[from][to];
            }
        }
        legs
    }
}
