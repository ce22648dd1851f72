//! The owner's names for what the release has numbers for.

use homeveil::grid::Span;
use std::error::Error;

use homeveil::home::{Room, RoomId, RoomKind};
use homeveil::key::Region;
use nalgebra::Isometry2;

use crate::robot::Robot;

impl Robot {
    /// The zone in which the middle of a room is drawn.
    pub(crate) fn zone_of(&self, room: RoomId) -> Result<u8, Box<dyn Error>> {
        let room = self.map.rooms.iter().find(|other| other.id() == room).ok_or("no such room")?;
        let run = room.runs().get(room.runs().len() / 2).ok_or("an empty room")?;
        let metres = |cell: u32| (f64::from(cell) + 0.5) * self.map.grid.resolution_m();
        let pose = Isometry2::translation(metres(run.x() + run.len() / 2), metres(run.y()));
        Ok(self.device.keeper().key()?.locate(pose)?.get())
    }

    /// Square metres by room.
    pub(crate) fn rooms_of(&self, region: &Region) -> String {
        let resolution = self.map.grid.resolution_m();
        let within = |room: &Room| {
            let runs = region.runs().flat_map(|own| {
                let common = |run: &Span| {
                    let end = (own.x() + own.len()).min(run.x() + run.len());
                    if own.y() == run.y() { end.saturating_sub(own.x().max(run.x())) } else { 0 }
                };
                room.runs().iter().map(common).collect::<Vec<_>>()
            });
            f64::from(runs.sum::<u32>()) * resolution * resolution
        };
        let rooms =
            self.map.rooms.iter().map(|room| (room.kind().map_or("room", RoomKind::name), within(room)));
        let list: Vec<String> =
            rooms.filter(|(_, m2)| *m2 > 0.0).map(|(kind, m2)| format!("{m2:.1} m² of {kind}")).collect();
        list.join(", ")
    }
}
