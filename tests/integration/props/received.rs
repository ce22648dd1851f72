//! What whoever receives a release can hold against it, and what a key keeps to itself.

use homeveil::home::RoomId;
use homeveil::{Coins, Redaction, Release};
use proptest::prelude::*;
use serde_json::Value;

use super::{drawn, policy};
use crate::strategies::{Square, flats};

laws! {
    cases;

    /// A rectangle, door or dock moved, or a run of cells that is something else: each is refused.
    fn a_drawing_that_is_not_its_plan_is_refused(flat in flats(1..=6), seed: u64, by in 1_u32..9, pick: u8) {
        let (release, _) = drawn(&flat.draw().home(), &Redaction::none(), &policy(4, 4, 1), Coins::replayed(seed));
        prop_assert!(release.verify().is_ok());
        let mut json: Value = serde_json::from_str(&release.to_json()).unwrap();
        let floor = &mut json["floors"][0];
        let places = ["/zones/0/rect/x", "/zones/2/rect/width", "/doors/1/rect/y", "/dock/x", "/dock/y", "/grid"];
        let value = floor.pointer_mut(places[usize::from(pick) % places.len()]).unwrap();
        if let Some(runs) = value.as_array_mut() {
            // Values and lengths take turns.
            let run = by as usize * 2 % runs.len();
            runs[run] = if runs[run] == 0 { 100 } else { 0 }.into();
        } else {
            *value = (value.as_u64().unwrap() + u64::from(by)).into();
        }
        let changed = Release::from_json(json.to_string().as_bytes());
        prop_assert!(changed.is_err() || changed.unwrap().verify().is_err());
    }

    /// No zone that the cloud may name holds a cell of a redacted room.
    fn zones_hold_no_cell_of_a_redacted_room(flat in flats(2..=8), pick: u8, seed: u64) {
        let flat = flat.docked();
        let room = u8::try_from(usize::from(pick) % flat.rooms.len()).unwrap();
        let drawing = flat.draw();
        let redaction = Redaction::none().rooms([RoomId::new(flat.ids[usize::from(room)].0)]);
        let (release, key) = drawn(&drawing.home(), &redaction, &policy(3, 4, 1), Coins::replayed(seed));
        let zones = release.floors()[0].zones().iter().filter_map(|zone| key.lift_zone(zone.id).ok());
        for at in zones.flat_map(|region| region.points().collect::<Vec<_>>()) {
            let (x, y) = drawing.cell_of(at);
            prop_assert!(drawing.at(x, y) != Square::Room(room));
        }
    }
}
