//! Hostile inputs: one table over all entry points. A row has a name, an input and what must come of it: a
//! release that verifies, with a key that answers, or one typed error.
//!
//! Every row goes through the whole pipeline from its entry point: what parses becomes a home, with its own rooms and
//! with segmented ones, the home a release under three policies, the release a key, and the key is asked
//! everything. What single parsers refuse is tried in more detail next to them.

mod files;
mod grids;
mod homes;
mod received;
mod words;
mod wrapped;

use std::error::Error;

use geo_types::{Coord, Rect};
use homeveil::formats::{MapFileError, read_map, read_map_server, read_valetudo};
use homeveil::grid::{Cell, GridError, OccupancyGrid};
use homeveil::home::{Footprint, Home, HomeBuilder, HomeError};
use homeveil::keeper::{ConsentRecord, Keeper, KeeperError, MemoryStore, Purpose, Slot, Store, UnixTime};
use homeveil::key::AreaId;
use homeveil::release::ReleaseError;
use homeveil::{
    AnonymizeError, BlobError, Coins, Grant, HouseKey, Policy, Redaction, Release, anonymize, utility,
};
use nalgebra::{Isometry2, Point2};

use crate::props::{noisy, policy};

/// What an entry point is given.
#[expect(clippy::large_enum_variant, reason = "a few hundred rows")]
pub(super) enum Input {
    Grid { width: u32, height: u32, resolution_m: f64, cells: Vec<Cell> },
    Home(HomeBuilder, Redaction),
    Drawing(f64, String),
    Valetudo(Vec<u8>),
    MapServer(Vec<u8>, Vec<u8>),
    MapFile(Vec<u8>, Option<f64>),
    Release(Vec<u8>),
    Key(Vec<u8>),
    State(Vec<u8>),
}

/// The typed error that ends a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Grid(GridError),
    Home(HomeError),
    MapFile(MapFileError),
    Anonymize(AnonymizeError),
    Release(ReleaseError),
    Key(BlobError),
    Keeper(KeeperError),
}

impl Refusal {
    pub(super) fn error(&self) -> &(dyn Error + 'static) {
        match self {
            Self::Grid(error) => error,
            Self::Home(error) => error,
            Self::MapFile(error) => error,
            Self::Anonymize(error) => error,
            Self::Release(error) => error,
            Self::Key(error) => error,
            Self::Keeper(error) => error,
        }
    }
}

/// Every error is its variant of [`Refusal`].
macro_rules! refusals {
    ($($variant:ident($error:ty)),*) => {
        $(impl From<$error> for Refusal {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        })*
    };
}

refusals!(
    Grid(GridError),
    Home(HomeError),
    MapFile(MapFileError),
    Anonymize(AnonymizeError),
    Release(ReleaseError),
    Key(BlobError),
    Keeper(KeeperError)
);

/// A row of the table.
pub(super) struct Row {
    name: String,
    input: Input,
    expected: Result<(), Refusal>,
}

impl Row {
    /// An input that yields a release.
    pub(super) fn good(name: impl Into<String>, input: Input) -> Self {
        Self { name: name.into(), input, expected: Ok(()) }
    }

    /// An input that is refused.
    pub(super) fn bad(name: impl Into<String>, input: Input, refusal: impl Into<Refusal>) -> Self {
        Self { name: name.into(), input, expected: Err(refusal.into()) }
    }
}

/// Runs the rows and gives the errors they ended with.
pub(super) fn run(rows: Vec<Row>) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let mut wrong = Vec::new();
    for Row { name, input, expected } in rows {
        let outcome = outcome(input);
        if outcome != expected {
            wrong.push(format!("{name}: {outcome:?}, expected {expected:?}"));
        }
        refusals.extend(outcome.err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    refusals
}

pub(super) fn robot() -> Footprint {
    Footprint::disc_m(0.17).unwrap()
}

/// Measures a release, whether it verifies or not, against a home of four rooms and its key.
fn measure(release: &Release) {
    let drawing = ["aaaaaaaabbbbbbbb"; 6].join("\n") + "\n" + &["ccccccccdddddddd"; 6].join("\n");
    let home = Home::from_drawing(0.25, robot(), &drawing, &[]).unwrap().build().unwrap();
    let (_, key) = crate::props::drawn(&home, &Redaction::none(), &noisy(), Coins::replayed(1));
    let measures = utility::graph_measures(&home, &Redaction::none(), release, &key);
    assert!(matches!(measures, Ok(_) | Err(utility::MeasureError::UnknownPlan)), "{measures:?}");
}

/// An input through the whole pipeline.
fn outcome(input: Input) -> Result<(), Refusal> {
    match input {
        Input::Grid { width, height, resolution_m, cells } => {
            let grid = OccupancyGrid::new(width, height, resolution_m, cells)?;
            whole_way(&Home::builder(grid, robot()), &Redaction::none())
        }
        Input::Home(builder, redaction) => whole_way(&builder, &redaction),
        Input::Drawing(resolution_m, drawing) => {
            whole_way(&Home::from_drawing(resolution_m, robot(), &drawing, &[])?, &Redaction::none())
        }
        Input::Valetudo(json) => whole_way(&read_valetudo(&json)?.into_builder(robot()), &Redaction::none()),
        Input::MapServer(yaml, image) => {
            let map = read_map_server(&yaml, &image)?;
            whole_way(&map.into_builder(robot()), &Redaction::none())
        }
        Input::MapFile(bytes, resolution_m) => {
            whole_way(&read_map(&bytes, resolution_m)?.into_builder(robot()), &Redaction::none())
        }
        Input::Release(json) => {
            let release = Release::from_json(&json)?;
            measure(&release);
            release.verify()?;
            assert!(Release::from_json(release.to_json().as_bytes()) == Ok(release));
            Ok(())
        }
        Input::Key(bytes) => {
            let key = HouseKey::from_secret_bytes(&bytes)?;
            ask(&key);
            assert_eq!(*key.to_secret_bytes(), bytes, "one key has one encoding");
            Ok(())
        }
        Input::State(state) => {
            let mut store = MemoryStore::default();
            store.save(Slot::State, &state).unwrap();
            let mut keeper = Keeper::open_with(store, noisy(), Coins::replayed(3))?;
            let home = Home::from_drawing(0.1, robot(), "aaaaaa\naaaaaa\naaaaaa\naaaaaa", &[])?.build()?;
            // Damaged or not, what is opened can be used.
            let _ = keeper.consent(consent());
            keeper.on_map(&home, &Redaction::none(), PURPOSE, NOW)?;
            keeper.release(PURPOSE, NOW)?.verify()?;
            Ok(())
        }
    }
}

const PURPOSE: Purpose = Purpose::RequestedServiceProvision;
const NOW: UnixTime = UnixTime::from_secs(1_790_000_000);

fn consent() -> ConsentRecord {
    let record = ConsentRecord::given("c-1", "Robot Maker", NOW, NOW.later_by_s(86_400));
    record.purpose(PURPOSE)
}

/// From a builder to the answers of the key, with the rooms given and with segmented ones.
fn whole_way(builder: &HomeBuilder, redaction: &Redaction) -> Result<(), Refusal> {
    let shown = format!("{builder:?}");
    assert!(!shown.contains(|c: char| c.is_ascii_digit()), "{shown}");
    let segmented = builder.clone().segmented();
    for builder in [builder.clone(), segmented] {
        let home = builder.build()?;
        for policy in [noisy(), Policy::sealed(), policy(2, 8, 1)] {
            let coins = &mut Coins::replayed(11);
            let (release, key) = anonymize(&home, redaction, &policy, Grant::unaccounted(), coins)?;
            release.verify_under(&policy)?;
            assert!(Release::from_json(release.to_json().as_bytes())? == release);
            ask(&key);
            assert!(HouseKey::from_secret_bytes(&key.to_secret_bytes())? == key);
            let shown = format!("{home:?}{key:?}{redaction:?}");
            assert!(!shown.contains(|c: char| c.is_ascii_digit()), "{shown}");
        }
    }
    Ok(())
}

/// Asks the key for every zone and area, for places inside and outside, and holds the answers against one
/// another.
fn ask(key: &HouseKey) {
    let mut cells = 0;
    let mut all = Vec::new();
    for zone in (0..7).map(homeveil::atlas::ZoneId::new) {
        let Ok(region) = key.lift_zone(zone) else { continue };
        assert!(!region.is_empty());
        cells += region.len();
        all.extend(region.runs().flat_map(|run| (run.columns()).map(move |x| (x, run.y()))));
    }
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), cells, "no cell is in two zones");
    let places = [-1.0, 0.0, 0.7, 3.3, 4.8, 9.59, 9.6, f64::NAN, f64::INFINITY, f64::MAX, f64::MIN];
    for (x, y) in places.iter().flat_map(|&x| places.map(|y| (x, y))) {
        if let Ok(real) = key.lift_point(Point2::new(x, y)) {
            assert!(key.project(Isometry2::translation(real.x, real.y)).is_ok());
        }
        let _ = (key.project(Isometry2::translation(x, y)), key.locate(Isometry2::translation(x, y)));
        let corner = |at: f64| Coord { x: at, y: at };
        let _ = key.lift_rect(Rect::new(corner(x), corner(y)));
    }
    for area in 0..=key.areas() {
        assert_eq!(key.lift_area(AreaId::new(area)).is_ok(), area < key.areas());
    }
}

/// Each part of the table is a test; no error of it says a number of the home.
macro_rules! parts {
    ($($name:ident: $rows:expr;)*) => {
        $(#[test]
        fn $name() {
            let refusals = run($rows);
            assert!(!refusals.is_empty(), "something is refused");
            for refusal in &refusals {
                words::tell_no_number(refusal.error());
            }
        })*
    };
}

parts! {
    grids: grids::rows();
    rooms_docks_keep_outs_and_redactions: homes::rows();
    valetudo_maps: files::valetudo();
    map_server_maps: files::map_server();
    maps_in_wrappings: wrapped::rows();
    releases_keys_and_states_received: received::rows();
}
