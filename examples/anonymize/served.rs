//! What the zones serve of the home, in words for its owner.

use homeveil::home::RoomKind;
use homeveil::key::ServedFloor;

/// The report, and warnings where it should not be passed over.
pub(crate) fn told(served: &ServedFloor) -> String {
    let mut lines = vec![
        "What of the home is served (for the owner's eyes only)".to_owned(),
        format!("  in zones: {:.1} m² of {:.1} m² free floor", served.in_zones_m2(), served.free_m2()),
        format!("  redacted: {:.1} m²", served.redacted_m2()),
        format!(
            "  left out: {:.1} m² ({:.1} m² of it in no room). Zones hold {:.0} % of what is not redacted",
            served.outside_m2(),
            served.without_room_m2(),
            // Rounded down, so that what is left out shows, but for the rounding of sums.
            (served.share() * 100.0 + 1e-6).floor()
        ),
    ];
    for room in served.rooms() {
        if let Some(why) = room.out_of_reach() {
            let kind = room.kind().map_or("kind not known", RoomKind::name);
            lines.push(format!("  room {} ({kind}), {:.1} m²: {why}", room.id(), room.area_m2()));
        }
    }
    if served.leaves_much_out() {
        lines.push(
            "*** More than a tenth of the floor is left out. See the rooms above and the private map; --dock X,Y says \
             which piece of floor is the home. ***"
                .to_owned(),
        );
    }
    if served.is_no_home() {
        lines.push(
            "*** The zones hold more than 1,000 m²: this is no home. Was the unknown saved as free floor? ***".to_owned(),
        );
    }
    lines.join("\n")
}
