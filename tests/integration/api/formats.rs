//! The files a release is written to, read back.

use homeveil::atlas::{Codebook, FRAME};
use homeveil::formats::{read_valetudo, write_map_server, write_svg, write_valetudo};
use homeveil::grid::Cell;
use homeveil::release::Floor;
use homeveil::{Coins, Odds, Redaction};

use super::json::home;
use crate::props::{drawn, policy};

/// Every floor of the shipped codebooks for K = 4, and one that a release came with.
fn floors() -> Vec<Floor> {
    let mut floors =
        drawn(&home(), &Redaction::none(), &policy(3, 64, 1), Coins::replayed(5)).0.floors().to_vec();
    for p in [1, 2, 16, 64] {
        let book = Codebook::of(4, Odds::new(p, 1).unwrap()).unwrap();
        floors.extend(book.plans().iter().map(Floor::draw));
    }
    floors
}

#[test]
fn the_map_server_files_hold_the_grid() {
    for floor in floors() {
        let files = write_map_server(&floor, "release.pgm");
        let field = |name: &str| {
            let line = files.yaml.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            line.unwrap().trim().to_owned()
        };
        assert_eq!(field("image"), "release.pgm");
        assert_eq!((field("mode"), field("negate")), ("trinary".to_owned(), "0".to_owned()));
        assert!((field("resolution").parse::<f64>().unwrap() - FRAME.resolution).abs() < 1e-12);
        let [free, occupied] =
            ["free_thresh", "occupied_thresh"].map(|name| field(name).parse::<f64>().unwrap());
        assert!((free - 0.196).abs() < 1e-12, "a greater one makes unknown cells free");
        // P5, width, height, most, one byte a pixel from the upper left.
        let mut parts = files.pgm.splitn(5, u8::is_ascii_whitespace);
        let head: Vec<String> =
            parts.by_ref().take(4).map(|part| String::from_utf8(part.to_vec()).unwrap()).collect();
        assert_eq!(head, ["P5", "192", "192", "255"]);
        let pixels = parts.next().unwrap();
        assert_eq!(pixels.len(), floor.grid().cells().len());
        for (row, pixels) in (0..FRAME.height).rev().zip(pixels.chunks_exact(FRAME.width as usize)) {
            for (column, &pixel) in (0..).zip(pixels) {
                let dark = f64::from(255 - pixel) / 255.0;
                let cell = match dark {
                    _ if dark > occupied => Cell::Occupied,
                    _ if dark < free => Cell::Free,
                    _ => Cell::Unknown,
                };
                assert_eq!(floor.grid().get(column, row), Some(cell));
            }
        }
    }
}

#[test]
fn the_valetudo_file_holds_grid_zones_and_dock() {
    for floor in floors() {
        let map = read_valetudo(write_valetudo(&floor).as_bytes()).unwrap();
        assert!(map.grid == *floor.grid());
        assert_eq!(map.rooms.len(), floor.zones().len());
        assert!(map.rooms.iter().all(|room| room.kind().is_none()), "zones have no kind");
        let dock = map.dock.unwrap();
        let near = |metres: f64, cell: u32| (metres / FRAME.resolution - f64::from(cell) - 0.5).abs() < 0.5;
        assert!(near(dock.x, floor.dock().x) && near(dock.y, floor.dock().y));
        assert!(map.keep_outs.is_empty());
    }
}

#[test]
fn the_picture_shows_every_zone_and_no_script() {
    for floor in floors() {
        let svg = write_svg(&floor);
        assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
        assert!(!svg.contains("<script") && !svg.contains("href"));
        assert!(svg.matches("<rect").count() >= floor.zones().len());
    }
}
