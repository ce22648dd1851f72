//! Rooms as their owner tells them apart: by number, kind, size and place.

use homeveil::grid::Span;
use homeveil::home::{Home, Room, RoomKind};

/// A line for each room of a home: the robot's number, the kind, square metres, and the side of the home where the map
/// shows it. For the owner's eyes only.
#[must_use]
pub fn described(home: &Home) -> String {
    let rooms = home.rooms();
    let runs = || rooms.iter().flat_map(Room::runs);
    let columns = Extent::of(runs().flat_map(|run| [run.columns().start, run.columns().end]));
    let rows = Extent::of(runs().flat_map(|run| [run.y(), run.y() + 1]));
    let line = |room: &Room| {
        let kind = room.kind().map_or("kind not known", RoomKind::name);
        let m2 = cells(room) * home.resolution_m() * home.resolution_m();
        let across = columns.third(middle(room, |run| run.x() + run.columns().end), ["left", "", "right"]);
        let up = rows.third(middle(room, |run| 2 * run.y() + 1), ["lower", "", "upper"]);
        let side = match (up, across) {
            ("", "") => "middle".to_owned(),
            _ => format!("{up} {across}").trim().to_owned(),
        };
        format!("  room {}: {kind}, {m2:.1} m², {side}\n", room.id())
    };
    rooms.iter().map(line).collect()
}

fn cells(room: &Room) -> f64 {
    room.runs().iter().map(|run| f64::from(run.len())).sum()
}

/// The mean of a room's cells along an axis; a run gives twice its own.
fn middle(room: &Room, twice: fn(&Span) -> u32) -> f64 {
    let sum: f64 = room.runs().iter().map(|run| f64::from(run.len()) * f64::from(twice(run))).sum();
    sum / 2.0 / cells(room)
}

/// What the rooms take up of an axis, in cells.
struct Extent {
    start: f64,
    end: f64,
}

impl Extent {
    fn of(edges: impl Iterator<Item = u32> + Clone) -> Self {
        let [start, end] = [edges.clone().min(), edges.max()].map(|edge| f64::from(edge.unwrap_or(0)));
        Self { start, end }
    }

    /// The name of the third that a place is in.
    const fn third(&self, at: f64, names: [&'static str; 3]) -> &'static str {
        let part = (at - self.start) / (self.end - self.start);
        if part < 1.0 / 3.0 {
            names[0]
        } else if part > 2.0 / 3.0 {
            names[2]
        } else {
            names[1]
        }
    }
}
