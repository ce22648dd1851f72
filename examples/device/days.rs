//! What happens on each of the seven days.

use std::error::Error;

use homeveil::home::RobotMap;
use homeveil::home::{RoomId, RoomKind};
use homeveil::keeper::{ConsentRecord, Device, Keeper, Language, Slot, Store};
use homeveil::key::Goal;
use homeveil::synth::Change;

use crate::cloud::Cloud;
use crate::flash::{Cut, Flash};
use crate::robot::Robot;
use crate::told::Told;

pub(crate) const DAY_S: u64 = 86_400;

/// The sample home numbers its rooms so.
const LIVING: RoomId = RoomId::new(2);
const OFFICE: RoomId = RoomId::new(4);
const KITCHEN_AREA: u32 = 3;
const OFFICE_AREA: u32 = 4;

pub(crate) type Done = Result<(), Box<dyn Error>>;

pub(crate) fn monday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, _: &mut RobotMap) -> Done {
    told.owner(format!(
        "mapped {:.0} m² of floor, {} rooms",
        robot.home.floor_m2(),
        robot.home.rooms().len()
    ));
    if let Err(error) = robot.send_release(cloud, told) {
        told.owner(format!("no release: {error}"));
    }
    let until = robot.now.later_by_s(365 * DAY_S);
    let record =
        ConsentRecord::given("consent-1", "Robot Maker", robot.now, until).purpose(Device::<Flash>::PURPOSE);
    robot.device.consent(record, robot.now)?;
    told.owner("consent given: for the service asked for, a year");
    robot.send_release(cloud, told)?;
    told.owner(format!("odds spent: {} of {}", robot.device.keeper().spent(), robot.policy.odds_cap()));
    robot.bind(told)?;
    robot.hear(&cloud.command(Cloud::area(KITCHEN_AREA), told)?, told)?;
    let bedroom = robot.bound.iter().find(|(_, kind)| *kind == RoomKind::Bedroom).ok_or("no bedroom")?.0;
    told.owner(format!("\"clean my room\": the bedroom is redacted, and only area {bedroom} leads there"));
    robot.hear(&cloud.command(Cloud::area(bedroom), told)?, told)
}

pub(crate) fn tuesday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, map: &mut RobotMap) -> Done {
    *map = map.changed(Change::Furniture { blocks: 4, seed: 5 });
    robot.maps(map)?;
    robot.send_release(cloud, told)?;
    for goal in [cloud.zone(1)?, cloud.spot(2)?, Goal::Rect(cloud.rect(3)?)] {
        robot.hear(&cloud.command(goal, told)?, told)?;
    }
    Ok(())
}

pub(crate) fn wednesday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, map: &mut RobotMap) -> Done {
    robot.maps(&map.changed(Change::Shut(OFFICE)))?;
    robot.send_release(cloud, told)?;
    robot.hear(&cloud.command(Cloud::area(OFFICE_AREA), told)?, told)?;
    let rect = cloud.rect(robot.zone_of(LIVING)?)?;
    let region = robot.device.keeper().key()?.lift_rect(rect)?;
    robot.device.edit_key(0, |key| key.bar_rect(rect))??;
    told.owner(format!("owner bars a rectangle on the release: {:.1} m² at home", region.area_m2()));
    robot.barred = vec![region];
    robot.hear(&cloud.command(Goal::Rect(rect), told)?, told)
}

pub(crate) fn thursday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, map: &mut RobotMap) -> Done {
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
    let zone = robot.zone_of(LIVING)?;
    let rect = cloud.rect(zone)?;
    robot.hear(&cloud.command(Goal::Rect(rect), told)?, told)?;
    robot.hear(&cloud.command(cloud.zone(zone)?, told)?, told)
}

pub(crate) fn friday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, map: &mut RobotMap) -> Done {
    robot.hear(&cloud.command(Cloud::area(KITCHEN_AREA), told)?, told)?;
    for cut in [Cut::Before, Cut::After] {
        *map = map.changed(Change::Furniture { blocks: 1, seed: 9 });
        robot.maps(map)?;
        robot.flash.cut_at_next_save(cut);
        let Err(error) = robot.send_release(cloud, told) else {
            return Err("the power cut did not come".into());
        };
        told.owner(format!("power cut {cut:?} a save had its effect: {error}").to_lowercase());
        robot.restart()?;
        told.owner("restarted: key, ledger and queue are there");
        robot.send_release(cloud, told)?;
    }
    Ok(())
}

pub(crate) fn saturday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, _: &mut RobotMap) -> Done {
    robot.hear(&cloud.command(cloud.path(4)?, told)?, told)?;
    let bytes = robot.device.export(robot.now)?;
    told.owner(format!(
        "the new robot takes the household over: {} bytes; the old one is erased",
        bytes.len()
    ));
    let mut flash = Flash::default();
    let keeper = Keeper::take_over(flash.clone(), robot.policy.clone(), &bytes)?;
    for slot in [Slot::Queue, Slot::Log] {
        if let Some(blob) = robot.flash.load(slot)? {
            flash.save(slot, &blob)?;
        }
    }
    robot.device = Device::of(keeper)?;
    robot.flash = flash;
    robot.send_release(cloud, told)
}

pub(crate) fn sunday(robot: &mut Robot, cloud: &mut Cloud, told: &mut Told, _: &mut RobotMap) -> Done {
    robot.device.withdraw(robot.now)?;
    told.owner("consent withdrawn; recipients are to be told");
    match robot.send_release(cloud, told) {
        Ok(()) => Err("released without consent".into()),
        Err(error) => {
            told.owner(format!("no release: {error}"));
            let refused = robot.hear(&cloud.command(Cloud::area(KITCHEN_AREA), told)?, told);
            told.owner(format!("no answer: {}", refused.err().ok_or("a command without consent")?));
            told.owner("the robot cleans on, by its owner's word alone");
            robot.device.log().text(Language::English).lines().for_each(|line| told.owner(line));
            Ok(())
        }
    }
}
