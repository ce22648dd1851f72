//! A whole vendor program without default features: a label grid in, commands answered, a restart, an update.
//!
//! `cargo run -p homeveil-examples --no-default-features --example vendor`

use std::error::Error;

use homeveil::grid::Cell;
use homeveil::home::{Footprint, Home, HomeError, RoomId, RoomKind};
use homeveil::keeper::{ConsentRecord, Device, KeeperError, Language, MemoryStore, Received, UnixTime};
use homeveil::key::{AreaId, Task};
use homeveil::nalgebra::{Isometry2, Point2};
use homeveil::{Coins, Keeper, Policy};

/// The robot's map, a label for each 0.5 m: `#` a wall, `.` never seen, all else a room.
const MAP: [&str; 9] = [
    "..###############",
    "..#kkkkk#bbbbbbb#",
    "###kkkkk#bbbbbbb#",
    "#llkkkkk#bbbbbbb#",
    "#lllllll#bbbbbbb#",
    "#llllllllhhhhbbb#",
    "#lllllllhhhhhhtt#",
    "#lllllll#hhhh#tt#",
    "#################",
];

fn map() -> Result<Home, HomeError> {
    use RoomKind::{Bedroom, Hallway, Kitchen, Living, Toilet};
    let labels: Vec<u8> = MAP.iter().rev().flat_map(|row| row.bytes()).collect(); // from the lower left
    let kinds = [(b'l', Living), (b'k', Kitchen), (b'b', Bedroom), (b'h', Hallway), (b't', Toilet)];
    let cells = [(b'#', Cell::Occupied), (b'.', Cell::Unknown)];
    let cell = |label| cells.iter().find(|own| own.0 == label).map(|own| own.1);
    let robot = Footprint::disc_m(0.17)?;
    Home::from_labels([17, 9], 0.5, robot, &labels, cell, &kinds)?.dock(Point2::new(0.75, 0.75)).build()
}

/// Power on. `MemoryStore` stands for flash here, and bytes that anybody can guess for a hardware's random generator.
fn boot(flash: MemoryStore, policy: Policy) -> Result<Device<MemoryStore>, KeeperError> {
    let never_ship_this = |bytes: &mut [u8]| {
        bytes.fill(7);
        Ok(())
    };
    Device::of(Keeper::open_with(flash, policy, Coins::from_entropy(never_ship_this))?)
}

fn main() -> Result<(), Box<dyn Error>> {
    if std::env::args().any(|arg| arg == "--help") {
        println!("usage: vendor\n\nA robot's day from its map to the cloud. No options.");
        return Ok(());
    }
    let (home, pose) = (map()?, Isometry2::translation(0.75, 0.75));
    let now = UnixTime::from_secs(1_790_000_000);
    let mut robot = boot(MemoryStore::default(), Policy::default())?;
    let consent = ConsentRecord::given("consent-1", "Robot Maker", now, now.later_by_s(365 * 86_400));
    robot.consent(consent.purpose(Device::<MemoryStore>::PURPOSE), now)?;
    robot.on_map(&home, &robot.keeper().redaction(), now)?; // the policy's kinds, bedrooms among them
    let release = robot.release(now)?.to_json(); // for the cloud
    // "Clean my room": the owner gives area 3 a meaning, and the robot alone knows which.
    let bedroom = RoomId::new(b'b'.into());
    robot.edit_key(0, |key| key.bind_rooms(AreaId::new(3), &home, &[bedroom]))??;
    for json in [r#"{"id":1,"goals":[{"zone":1},{"area":3}]}"#, r#"{"id":2,"goal":{"zone":9}}"#] {
        let Received { answer, command } = robot.on_command(json.as_bytes(), now)?;
        println!("{json} -> {}", answer.to_json()); // for the cloud
        let tasks = command.map_or(Ok(Vec::new()), |command| robot.tasks(&command, pose, now))?;
        for task in tasks {
            match task {
                Ok(Task::Clean(region)) => println!("  clean {:.1} m²", region.area_m2()),
                other => println!("  for the owner: {other:?}"),
            }
        }
    }
    let mut robot = boot(robot.into_store(), Policy::default())?; // a power cut
    println!("after a restart: {} command under way", robot.pending(now)?.len());
    let mut robot = boot(robot.into_store(), Policy::builder().areas(20).zone_s(3600).build()?)?; // an update
    assert_eq!(robot.release(now)?.to_json(), release, "the same bytes ever after");
    robot.on_tick(now.later_by_s(4500))?.iter().for_each(|message| println!("{}", message.to_json()));
    println!("{}", robot.log().text(Language::English)); // for the owner
    Ok(())
}

#[test]
fn the_program_runs() {
    main().unwrap();
}
