//! A floor of a release as an SVG picture.
//!
//! It is drawn from the plan's rectangles, not from its cells, so it stays sharp at any size. Each zone is a
//! rectangle in its colour; its outline is two walls wide, so that neighbours' outlines coincide. A door is a gap
//! with a thin line for its threshold. A cell is four units, and all numbers are integers. There is no scale bar:
//! the scale of a release is false by design.

use super::picture::palette::{DOCK, DOCK_SIGN, Rgb, UNKNOWN, WALL, zone_color};
use crate::atlas::ZoneId;
use crate::grid::CellRect;
use crate::release::Floor;

/// Units of the drawing in a cell.
const CELL: u32 = 4;

/// Paper around the plan, in units.
const MARGIN: u32 = 24;

/// Side of the dock's mark in units.
const DOCK_SIDE: u32 = 36;

/// Writes a floor of a release as an SVG picture.
///
/// # Complexity
/// O(zones + doors); the cells are not looked at.
///
/// ```
/// use homeveil::formats::write_svg;
/// use homeveil::home::Footprint;
/// use homeveil::{Coins, Grant, Policy, anonymize, synth};
///
/// let home = synth::sample_home().into_builder(Footprint::disc_m(0.17)?).build()?;
/// let (policy, coins) = (Policy::default(), &mut Coins::os());
/// let (release, _) = anonymize(&home, &policy.redaction(), &policy, Grant::unaccounted(), coins)?;
/// let svg = write_svg(&release.floors()[0]);
/// assert_eq!(svg.matches(r#"<rect class="zone""#).count(), 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn write_svg(floor: &Floor) -> String {
    let (width, height) = (floor.grid().width() * CELL, floor.grid().height() * CELL);
    let mut lines = vec![
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{MARGIN} -{MARGIN} {} {}" role="img">"#,
            width + 2 * MARGIN,
            height + 2 * MARGIN
        ),
        format!("<title>Floor plan of {} zones</title>", floor.zones().len()),
        format!(
            r#"<rect x="-{MARGIN}" y="-{MARGIN}" width="{}" height="{}" rx="{MARGIN}" fill="{}"/>"#,
            width + 2 * MARGIN,
            height + 2 * MARGIN,
            hex(UNKNOWN)
        ),
        format!(r#"<g stroke="{}" stroke-width="{}" stroke-linejoin="round">"#, hex(WALL), 2 * CELL),
    ];
    lines.extend(floor.zones().iter().map(|zone| {
        format!(r#"<rect class="zone" {} fill="{}"/>"#, place(zone.rect, height), hex(zone_color(zone.id)))
    }));
    lines.push("</g>".to_owned());
    for door in floor.doors() {
        lines.push(r#"<g class="door">"#.to_owned());
        let leaves = door.zones.iter().filter_map(|&id| Some((id, in_zone(floor, id, door.rect)?)));
        lines.extend(
            leaves.map(|(id, leaf)| {
                format!(r#"<rect {} fill="{}"/>"#, place(leaf, height), hex(zone_color(id)))
            }),
        );
        lines.push(threshold(door.rect, height));
        lines.push("</g>".to_owned());
    }
    lines.push(format!(
        r#"<g fill="{}" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="20" font-weight="600" text-anchor="middle">"#,
        hex(WALL)
    ));
    lines.extend(floor.zones().iter().map(|zone| {
        let (x, y) = (
            (2 * zone.rect.x + zone.rect.width) * CELL / 2,
            height - (2 * zone.rect.y + zone.rect.height) * CELL / 2,
        );
        // A third of the font size lower, so that the letters and not their baseline are in the middle.
        format!(r#"<text x="{x}" y="{}">Zone {}</text>"#, y + 7, zone.id)
    }));
    lines.push("</g>".to_owned());
    lines.push(dock_mark(floor.dock().x * CELL + CELL / 2, height - floor.dock().y * CELL - CELL / 2));
    lines.push("</svg>\n".to_owned());
    lines.join("\n")
}

/// A rounded square with a flash, around a point.
fn dock_mark(x: u32, y: u32) -> String {
    format!(
        r#"<g class="dock" transform="translate({x} {y})"><rect x="-{half}" y="-{half}" width="{DOCK_SIDE}" height="{DOCK_SIDE}" rx="10" fill="{}"/><path d="M3 -13L-9 3H-1L-3 13L9 -3H1Z" fill="{}"/></g>"#,
        hex(DOCK),
        hex(DOCK_SIGN),
        half = DOCK_SIDE / 2,
    )
}

/// The line between the two rows of cells of a door.
fn threshold(door: CellRect, height: u32) -> String {
    let (left, top) = (door.x * CELL, height - (door.y + door.height) * CELL);
    let (width, depth) = (door.width * CELL, door.height * CELL);
    let line = if door.width < door.height {
        format!("M{} {top}v{depth}", left + width / 2)
    } else {
        format!("M{left} {}h{width}", top + depth / 2)
    };
    format!(
        r#"<path d="{line}" stroke="{}" stroke-width="1" stroke-dasharray="4 4" fill="none"/>"#,
        hex(WALL)
    )
}

/// The part of a door that lies in a zone, and one row of cells behind it: a renderer would leave a hair of the
/// wall at an edge that two shapes share.
fn in_zone(floor: &Floor, zone: ZoneId, door: CellRect) -> Option<CellRect> {
    let door = if door.width < door.height {
        CellRect { x: door.x.saturating_sub(1), width: door.width + 2, ..door }
    } else {
        CellRect { y: door.y.saturating_sub(1), height: door.height + 2, ..door }
    };
    let rect = floor.zones().iter().find(|other| other.id == zone)?.rect;
    let (x, y) = (door.x.max(rect.x), door.y.max(rect.y));
    let width = (door.x + door.width).min(rect.x + rect.width).checked_sub(x)?;
    let height = (door.y + door.height).min(rect.y + rect.height).checked_sub(y)?;
    Some(CellRect { x, y, width, height })
}

/// Place and size of a rectangle of cells, y down.
fn place(rect: CellRect, height: u32) -> String {
    format!(
        r#"x="{}" y="{}" width="{}" height="{}""#,
        rect.x * CELL,
        height - (rect.y + rect.height) * CELL,
        rect.width * CELL,
        rect.height * CELL
    )
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::super::samples::{floors, floors_of};
    use super::{CELL, write_svg};
    use crate::grid::Cell;

    /// Every tag is closed in order, every attribute quoted, and there is one root.
    fn assert_balanced(svg: &str) {
        let mut open = Vec::new();
        for tag in svg.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').unwrap();
            assert_eq!(tag.matches('"').count() % 2, 0);
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name));
            } else if !tag.ends_with('/') {
                assert!(open.is_empty() == (name == "svg"));
                open.push(name);
            }
        }
        assert!(open.is_empty());
    }

    #[test]
    fn the_picture_is_well_formed_and_shows_every_zone_and_door() {
        for floor in floors() {
            let svg = write_svg(&floor);
            assert_balanced(&svg);
            assert!(!svg.contains("NaN") && !svg.contains("inf"));
            let zones = floor.zones();
            assert_eq!(svg.matches(r#"<rect class="zone""#).count(), zones.len());
            assert_eq!(svg.matches(r#"<g class="door">"#).count(), zones.len() - 1);
            assert_eq!(svg.matches(r#"<g class="dock""#).count(), 1);
            for (number, zone) in (1..).zip(zones) {
                assert!(svg.contains(&format!(">Zone {number}</text>")));
                assert!(svg.contains(&format!(
                    r#"<rect class="zone" x="{}" y="{}" width="{}" height="{}" "#,
                    zone.rect.x * CELL,
                    (192 - zone.rect.y - zone.rect.height) * CELL,
                    zone.rect.width * CELL,
                    zone.rect.height * CELL
                )));
            }
        }
    }

    #[test]
    fn a_door_is_cut_through_the_walls_of_both_its_zones() {
        for floor in floors() {
            for door in floor.doors() {
                for zone in door.zones {
                    // One row of cells through the zone's own wall, one of its floor.
                    let leaf = super::in_zone(&floor, zone, door.rect).unwrap();
                    assert_eq!(leaf.area(), door.rect.area());
                    let cells = (leaf.x..leaf.x + leaf.width)
                        .flat_map(|x| (leaf.y..leaf.y + leaf.height).map(move |y| (x, y)));
                    for (x, y) in cells {
                        assert_eq!(floor.grid().get(x, y), Some(Cell::Free));
                        assert!(floor.zones()[zone.index()].rect.contains(x, y));
                    }
                }
            }
        }
    }

    #[test]
    fn the_picture_of_the_first_plan_is_this() {
        assert_eq!(write_svg(&floors_of(2)[0]), GOLDEN);
    }

    const GOLDEN: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-24 -24 816 816" role="img">
<title>Floor plan of 2 zones</title>
<rect x="-24" y="-24" width="816" height="816" rx="24" fill="#f6f1e8"/>
<g stroke="#3a3638" stroke-width="8" stroke-linejoin="round">
<rect class="zone" x="0" y="0" width="96" height="768" fill="#82acd8"/>
<rect class="zone" x="96" y="0" width="672" height="768" fill="#e99d6c"/>
</g>
<g class="door">
<rect x="88" y="352" width="8" height="64" fill="#82acd8"/>
<rect x="96" y="352" width="8" height="64" fill="#e99d6c"/>
<path d="M96 352v64" stroke="#3a3638" stroke-width="1" stroke-dasharray="4 4" fill="none"/>
</g>
<g fill="#3a3638" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="20" font-weight="600" text-anchor="middle">
<text x="48" y="391">Zone 1</text>
<text x="432" y="391">Zone 2</text>
</g>
<g class="dock" transform="translate(26 742)"><rect x="-18" y="-18" width="36" height="36" rx="10" fill="#74245c"/><path d="M3 -13L-9 3H-1L-3 13L9 -3H1Z" fill="#ffffff"/></g>
</svg>
"##;
}
