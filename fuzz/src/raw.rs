//! Homes out of the fuzzer's bytes.

use arbitrary::{Arbitrary, Unstructured};
use geo_types::{Coord, Line, LineString, Polygon};
use homeveil::grid::{Cell, OccupancyGrid, Span};
use homeveil::home::{Footprint, Home, HomeBuilder, KeepOut, Room, RoomId, RoomKind};
use nalgebra::Point2;

const MOST_CELLS: usize = 1600;

/// A coordinate in metres: mostly near the home, now and then any number.
#[derive(Clone, Copy, Debug)]
pub struct Place(pub f64);

impl<'a> Arbitrary<'a> for Place {
    fn arbitrary(from: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(Self(match u8::arbitrary(from)? {
            0..=239 => f64::from(i8::arbitrary(from)?) / 10.0,
            _ => f64::arbitrary(from)?,
        }))
    }
}

/// A point of two coordinates.
#[must_use]
pub const fn point([x, y]: [Place; 2]) -> Coord {
    Coord { x: x.0, y: y.0 }
}

/// A polygon of these corners.
#[must_use]
pub fn outline(corners: &[[Place; 2]]) -> Polygon<f64> {
    Polygon::new(corners.iter().map(|&at| point(at)).collect::<LineString<f64>>(), Vec::new())
}

/// A room; runs that are none are left out.
#[derive(Arbitrary, Debug)]
pub struct RawRoom {
    id: u8,
    kind: u8,
    runs: Vec<[u8; 3]>,
}

/// Grid, rooms, dock and keep-outs.
#[derive(Arbitrary, Debug)]
pub struct RawHome {
    width: u8,
    resolution: u8,
    radius: u8,
    /// Two bits a cell.
    cells: Vec<u8>,
    rooms: Vec<RawRoom>,
    dock: Option<[Place; 2]>,
    areas: Vec<Vec<[Place; 2]>>,
    walls: Vec<[Place; 4]>,
    segmented: bool,
}

impl RawHome {
    /// Its grid, of up to 1,600 cells.
    #[must_use]
    pub fn grid(&self) -> Option<OccupancyGrid> {
        let width = u32::from(self.width).clamp(1, 64);
        let codes = self.cells.iter().flat_map(|byte| [byte & 3, byte >> 2 & 3, byte >> 4 & 3, byte >> 6]);
        let cell = |code: u8| [Cell::Free, Cell::Occupied, Cell::Unknown, Cell::Free][usize::from(code)];
        let mut cells: Vec<Cell> = codes.take(MOST_CELLS).map(cell).collect();
        let height = u32::try_from(cells.len()).expect("a few cells") / width;
        cells.truncate((width * height) as usize);
        let resolution_m = [0.05, 0.1, 0.02, 0.5, 0.005][usize::from(self.resolution) % 5];
        OccupancyGrid::new(width, height, resolution_m, cells).ok()
    }

    /// The home, if it is one.
    #[must_use]
    pub fn build(&self) -> Option<Home> {
        self.build_on(self.grid()?, |[x, y, len]| Span::new(x.into(), y.into(), len.into()).ok(), |x| x)
    }

    /// Its mirror image, with the keep-outs where they were: they are nothing to a release.
    #[must_use]
    pub fn build_mirrored(&self) -> Option<Home> {
        let grid = self.grid()?;
        let (width, resolution_m) = (grid.width(), grid.resolution_m());
        let cells = grid.cells().chunks(width as usize).flat_map(|row| row.iter().rev().copied()).collect();
        let mirrored = OccupancyGrid::new(width, grid.height(), resolution_m, cells).ok()?;
        let run = |[x, y, len]: [u8; 3]| {
            let start = width.checked_sub(u32::from(x) + u32::from(len))?;
            Span::new(start, y.into(), len.into()).ok()
        };
        self.build_on(mirrored, run, |x| f64::from(width) * resolution_m - x)
    }

    /// The home on a grid, with its runs there, and the dock where its column is.
    fn build_on(
        &self,
        grid: OccupancyGrid,
        run: impl Fn([u8; 3]) -> Option<Span>,
        column: impl Fn(f64) -> f64,
    ) -> Option<Home> {
        let robot =
            Footprint::disc_m([0.17, 0.02, 0.1, 1.0][usize::from(self.radius) % 4]).expect("a radius");
        let rooms = self.rooms.iter().map(|room| {
            let kind = RoomKind::ALL.get(usize::from(room.kind)).copied();
            let runs = room.runs.iter().filter_map(|&cells| run(cells));
            Room::new(RoomId::new(room.id.into()), kind, runs.collect())
        });
        let wall = |&[a, b, c, d]: &[Place; 4]| KeepOut::Wall(Line::new(point([a, b]), point([c, d])));
        let mut builder: HomeBuilder = Home::builder(grid, robot)
            .rooms(rooms)
            .keep_out(self.areas.iter().map(|area| KeepOut::Area(outline(area))))
            .keep_out(self.walls.iter().map(wall));
        if let Some([x, y]) = self.dock {
            builder = builder.dock(Point2::new(column(x.0), y.0));
        }
        if self.segmented {
            builder = builder.segmented();
        }
        builder.build().ok()
    }
}
