//! What the zones serve of the home, in words for its owner.

use homeveil::home::RoomKind;
use homeveil::key::{OutOfReach, ServedFloor, ServedRoom};

/// The report, and warnings where it should not be passed over.
pub(crate) fn told(served: &ServedFloor) -> String {
    let mut lines = vec![
        "What of the home is served (for the owner's eyes only)".to_owned(),
        format!("  in zones: {:.1} m² of {:.1} m² free floor", served.in_zones_m2(), served.free_m2()),
        format!("  of these the robot can clean today: {:.1} m²", served.today_m2()),
        format!("  redacted: {:.1} m²", served.redacted_m2()),
        left_out(served),
    ];
    lines.extend(served.rooms().iter().map(room));
    if served.unnamed_m2() >= 0.05 {
        lines.push(format!(
            "  {:.1} m² in zones are in no room: doorways, or what was seen through doors and windows",
            served.unnamed_m2()
        ));
    }
    lines.extend(warning(served).map(|warning| format!("*** {warning} ***")));
    let in_rooms = served.in_zones_m2() - served.unnamed_m2();
    if served.unnamed_m2() > in_rooms * MUCH {
        lines.push(
            "*** Much of what the zones hold is in no room: was the outside saved as free floor? The private map shows it. ***"
                .to_owned(),
        );
    }
    if served.is_no_home() {
        lines.push(
            "*** There are more than 1,000 m² of free floor: this is no home. Was the unknown saved as free floor, or is the \
             resolution (pixelSize) too large? ***"
                .to_owned(),
        );
    }
    lines.join("\n")
}

/// Unnamed floor over the floor of rooms that the owner is warned of: doorways are less.
const MUCH: f64 = 0.5;

/// What is in no zone, and the share of the rest; of nothing there is none.
fn left_out(served: &ServedFloor) -> String {
    let (outside, nowhere) = (served.outside_m2(), served.without_room_m2());
    let text = format!("  left out: {outside:.1} m² ({nowhere:.1} m² of it in no room)");
    if served.free_m2() <= served.redacted_m2() {
        return text;
    }
    // Rounded down, so that what is left out shows, but for the rounding of sums and of these figures.
    let share = (served.share() * 100.0 + if outside < 0.05 { 0.5 } else { 1e-6 }).floor();
    format!("{text}. Zones hold {share:.0} % of what is not redacted")
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
    let left = room.area_m2() - room.in_zones_m2();
    let why = match room.out_of_reach() {
        Some(OutOfReach::Apart) if !zones.is_empty() => format!("; {left:.1} m² of it {}", OutOfReach::Apart),
        why => why.map(|why| format!("; {why}")).unwrap_or_default(),
    };
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
        "More than a tenth of the floor is in no zone: see the rooms above and the private map. The home is the piece \
         of floor with the dock; --dock X,Y gives another."
    } else if served.shut_m2() >= served.without_room_m2() {
        "More than a tenth of the floor is out of the robot's reach today: the rooms above say why. It keeps its zones."
    } else {
        "More than a tenth of the floor is in no room and no zone: seen through windows, or unknown that was saved \
         as free floor. The private map shows it."
    })
}
