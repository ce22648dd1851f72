//! The doors of one room of a sketch.

use alloc::vec::Vec;

use zeroize::Zeroize;

use crate::grid::BitGrid;

/// The rooms that a room's doors lead to, ascending: as numbers, or as a bit a room where that is shorter. So a
/// thousand rooms around one hall, each with a door to each, take a hundred kilobytes and not two million.
///
/// One set of rooms has one form, so equal lists are equal values.
#[derive(Clone, PartialEq, Eq, Zeroize)]
pub(crate) enum DoorList {
    Numbers(Vec<u16>),
    Bits(BitGrid),
}

impl DoorList {
    /// The list of these rooms, ascending, of so many.
    pub(crate) fn of(doors: Vec<u16>, rooms: usize) -> Self {
        if doors.len() <= 4 * rooms.div_ceil(64)
            || doors.last().is_some_and(|&last| usize::from(last) >= rooms)
        {
            return Self::Numbers(doors);
        }
        let mut bits = BitGrid::of_numbers(rooms);
        for door in doors {
            bits.insert(door.into());
        }
        Self::Bits(bits)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Numbers(doors) => doors.len(),
            Self::Bits(bits) => bits.count(),
        }
    }

    /// The rooms, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        let (doors, bits) = match self {
            Self::Numbers(doors) => (&doors[..], None),
            Self::Bits(bits) => (&[][..], Some(bits)),
        };
        let ones = bits.into_iter().flat_map(BitGrid::iter).filter_map(|room| u16::try_from(room).ok());
        doors.iter().copied().chain(ones)
    }
}

private_debug!(DoorList);

#[cfg(test)]
mod tests {
    use super::DoorList;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_list_gives_its_rooms_in_either_form(doors in prop::collection::btree_set(0..300_u16, 0..300)) {
            let doors: Vec<u16> = doors.into_iter().collect();
            for rooms in [300, 4000] {
                let list = DoorList::of(doors.clone(), rooms);
                prop_assert_eq!(list.len(), doors.len());
                prop_assert_eq!(list.iter().collect::<Vec<_>>(), doors.clone());
            }
        }
    }
}
