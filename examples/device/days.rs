//! The seven days.

use std::error::Error;
use std::fs;
use std::path::Path;

use homeveil::home::RoomId;
use homeveil::keeper::{ConsentRecord, Keeper, Outbox, UnixTime};
use homeveil::synth::{Change, RobotMap, sample_home};
use homeveil::{Coins, Policy};

use crate::cloud::Cloud;
use crate::flash::{Cut, Flash};
use crate::picture;
use crate::robot::{PURPOSE, Robot};
use crate::told::Told;

const MONDAY: UnixTime = UnixTime::from_secs(1_795_392_000);
const DAY_S: u64 = 86_400;
const NINE_S: u64 = 9 * 3600;

/// The sample home numbers its rooms so.
const OFFICE: RoomId = RoomId::new(4);
const KITCHEN_AREA: u32 = 3;
const OFFICE_AREA: u32 = 4;

type Done = Result<(), Box<dyn Error>>;

pub(crate) fn week(out: Option<&Path>, coins: Coins) -> Done {
    let mut map = RobotMap::from(sample_home());
    let mut cloud = Cloud::default();
    let mut robot = Robot::new(map.clone(), Policy::default(), coins, MONDAY)?;
    let days: [(&str, fn(&mut Robot, &mut Cloud, &mut Told, &mut RobotMap) -> Done); 7] = [
        ("Monday: the first map, consent, the release", monday),
        ("Tuesday: toys on the floor", tuesday),
        ("Wednesday: the office door is shut", wednesday),
        ("Thursday: mapped anew, turned and shifted", thursday),
        ("Friday: power cuts in the middle of a save", friday),
        ("Saturday: a path, and a second robot takes over", saturday),
        ("Sunday: consent withdrawn", sunday),
    ];
    for (number, (title, day)) in (0..).zip(days) {
        robot.now = MONDAY.later_by_s(number * DAY_S + NINE_S);
        robot.asked.clear();
        let mut told = Told::default();
        day(&mut robot, &mut cloud, &mut told, &mut map)?;
        robot.evening(MONDAY.later_by_s((number + 1) * DAY_S - 1), &mut told);
        told.print(title);
        if let Some(out) = out {
            fs::create_dir_all(out)?;
            let file = out.join(format!("day-{}.png", number + 1));
            fs::write(file, picture::of_day(&robot, cloud.floor()?)?.to_png())?;
        }
    }
    Ok(())
}

fn monday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, _: &mut RobotMap) -> Done {
    told.owner(format!(
        "mapped {:.0} m² of floor, {} rooms",
        robot.home.floor_m2(),
        robot.home.rooms().len()
    ));
    if let Err(error) = robot.send_release(cloud, told) {
        told.owner(format!("no release: {error}"));
    }
    let until = robot.now.later_by_s(365 * DAY_S);
    let record = ConsentRecord::given("consent-1", "Robot Maker", robot.now, until).purpose(PURPOSE);
    robot.keeper.consent(record.build()?)?;
    told.owner("consent given: for the service asked for, a year");
    robot.send_release(cloud, told)?;
    told.owner(format!("odds spent: {} of {}", robot.keeper.spent(), robot.policy.odds_cap()));
    robot.bind(told)?;
    robot.hear(&cloud.command(Cloud::area(KITCHEN_AREA), told)?, told)
}

fn tuesday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, map: &mut RobotMap) -> Done {
    *map = map.changed(Change::Furniture { blocks: 4, seed: 5 });
    robot.maps(map)?;
    robot.send_release(cloud, told)?;
    for goal in [cloud.zone(1)?, cloud.spot(2)?, homeveil::key::Goal::Rect(cloud.rect(3)?)] {
        robot.hear(&cloud.command(goal, told)?, told)?;
    }
    Ok(())
}

fn wednesday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, map: &mut RobotMap) -> Done {
    robot.maps(&map.changed(Change::Shut(OFFICE)))?;
    robot.send_release(cloud, told)?;
    robot.hear(&cloud.command(Cloud::area(OFFICE_AREA), told)?, told)?;
    let rect = cloud.rect(2)?;
    let region = robot.keeper.key()?.lift_rect(rect)?;
    robot.keeper.edit_key(0, |key| key.bar_rect(rect))??;
    told.owner(format!("owner bars a rectangle on the release: {:.1} m² at home", region.area_m2()));
    robot.barred = vec![region];
    robot.hear(&cloud.command(homeveil::key::Goal::Rect(rect), told)?, told)
}

fn thursday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, map: &mut RobotMap) -> Done {
    for change in
        [Change::QuarterTurn, Change::Shift { left: 30, below: 12 }, Change::Furniture { blocks: 2, seed: 8 }]
    {
        *map = map.changed(change);
    }
    robot.barred.clear();
    robot.maps(map)?;
    robot.send_release(cloud, told)?;
    told.owner("the door is open again, areas are still bound, what was barred still is");
    robot.hear(&cloud.command(Cloud::area(OFFICE_AREA), told)?, told)?;
    let rect = cloud.rect(2)?;
    robot.hear(&cloud.command(homeveil::key::Goal::Rect(rect), told)?, told)?;
    robot.hear(&cloud.command(cloud.zone(2)?, told)?, told)
}

fn friday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, map: &mut RobotMap) -> Done {
    robot.hear(&cloud.command(Cloud::area(KITCHEN_AREA), told)?, told)?;
    for cut in [Cut::Before, Cut::After] {
        *map = map.changed(Change::Furniture { blocks: 1, seed: 9 });
        robot.maps(map)?;
        robot.flash.cut_at_next_save(cut);
        match robot.send_release(cloud, told) {
            Ok(()) => return Err("the power cut did not come".into()),
            Err(error) => {
                told.owner(format!("power cut {cut:?} a save had its effect ({error})").to_lowercase())
            }
        }
        robot.restart()?;
        told.owner("restarted: key, ledger and queue are there");
        robot.send_release(cloud, told)?;
    }
    Ok(())
}

fn saturday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, _: &mut RobotMap) -> Done {
    robot.hear(&cloud.command(cloud.path(4)?, told)?, told)?;
    let bytes = robot.keeper.export();
    told.owner(format!(
        "the new robot takes the household over: {} bytes; the old one is erased",
        bytes.len()
    ));
    let (flash, queue) = (Flash::default(), robot.flash.queue());
    robot.keeper = Keeper::take_over(flash.clone(), robot.policy.clone(), &bytes)?;
    let release = robot.keeper.release(&robot.home, &robot.redaction, PURPOSE, robot.now)?;
    robot.outbox = Some(Outbox::restored(&release, &robot.policy, &queue)?);
    flash.save_queue(queue);
    robot.flash = flash;
    robot.send_release(cloud, told)
}

fn sunday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, _: &mut RobotMap) -> Done {
    robot.keeper.withdraw(robot.now)?;
    told.owner("consent withdrawn; recipients are to be told");
    match robot.send_release(cloud, told) {
        Ok(()) => Err("released without consent".into()),
        Err(error) => {
            told.owner(format!("no release: {error}"));
            robot.outbox = None;
            told.owner("the robot cleans on, by its owner's word alone");
            Ok(())
        }
    }
}
