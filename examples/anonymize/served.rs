//! What the zones serve of the home, in words for its owner.

use homeveil::home::RoomKind;
use homeveil::key::{ServedFloor, ServedRoom};

/// The report, and warnings where it should not be passed over.
pub(crate) fn told(served: &ServedFloor) -> String {
    let mut lines = vec![
        "What of the home is served (for the owner's eyes only)".to_owned(),
        format!("  in zones: {:.1} m² of {:.1} m² free floor", served.in_zones_m2(), served.free_m2()),
        format!("  of these the robot can clean today: {:.1} m²", served.today_m2()),
        format!("  redacted: {:.1} m²", served.redacted_m2()),
        format!(
            "  left out: {:.1} m² ({:.1} m² of it in no room). Zones hold {:.0} % of what is not redacted",
            served.outside_m2(),
            served.without_room_m2(),
            // Rounded down, so that what is left out shows, but for the rounding of sums and of these figures.
            (served.share() * 100.0 + if served.outside_m2() < 0.05 { 0.5 } else { 1e-6 }).floor()
        ),
    ];
    lines.extend(served.rooms().iter().map(room));
    if served.unnamed_m2() >= 0.05 {
        lines.push(format!(
            "  {:.1} m² in zones are in no room: seen through a door or a window, and joined to the zone there",
            served.unnamed_m2()
        ));
    }
    lines.extend(warning(served).map(|warning| format!("*** {warning} ***")));
    if served.is_no_home() {
        lines.push(
            "*** The zones hold more than 1,000 m²: this is no home. Was the unknown saved as free floor? ***".to_owned(),
        );
    }
    lines.join("\n")
}

/// A room: the zones to ask for, or why there are none.
fn room(room: &ServedRoom) -> String {
    let kind = room.kind().map_or("kind not known", RoomKind::name);
    let zones: Vec<String> = room.zones().iter().map(ToString::to_string).collect();
    let redacted = match (room.area_m2() > 0.0, room.redacted_m2()) {
        (false, _) => {
            return format!("  room {} ({kind}), {:.1} m²: redacted", room.id(), room.redacted_m2());
        }
        (true, 0.0) => String::new(),
        (true, m2) => format!("; {m2:.1} m² of it redacted"),
    };
    let place = match &zones[..] {
        [] => "in no zone".to_owned(),
        [one] => format!("zone {one}"),
        [some @ .., last] => format!("zones {} and {last}", some.join(", ")),
    };
    let why = room.out_of_reach().map(|why| format!("; {why}")).unwrap_or_default();
    format!("  room {} ({kind}), {:.1} m²: {place}{redacted}{why}", room.id(), room.area_m2())
}

/// What is left out, where it is more than a tenth, and what to do about it.
fn warning(served: &ServedFloor) -> Option<&'static str> {
    if served.in_zones_m2() <= 0.0 {
        return Some("The zones hold nothing: no command on this release cleans anything.");
    }
    if !served.leaves_much_out() {
        return None;
    }
    let in_rooms = served.outside_m2() - served.without_room_m2();
    Some(if in_rooms >= f64::max(served.shut_m2(), served.without_room_m2()) {
        "More than a tenth of the floor is in no zone: see the rooms above and the private map. --dock X,Y says which \
         piece of floor is the home."
    } else if served.shut_m2() >= served.without_room_m2() {
        "More than a tenth of the floor is out of the robot's reach today: the rooms above say why. It keeps its zones."
    } else {
        "More than a tenth of the floor is in no room and no zone: mostly what was seen through windows. The private map \
         shows it."
    })
}
