//! The week: one day after the other is lived, told and drawn.

use std::path::Path;

use homeveil::home::RobotMap;
use homeveil::keeper::UnixTime;
use homeveil::synth::sample_home;
use homeveil::{Coins, Policy};
use homeveil_examples::{Failure, write_private};

use crate::cloud::Cloud;
use crate::days::{self, Done};
use crate::picture;
use crate::robot::Robot;
use crate::told::Told;

const MONDAY: UnixTime = UnixTime::from_secs(1_795_392_000);
const NINE_S: u64 = 9 * 3600;

type Day = fn(&mut Robot, &mut Cloud, &mut Told, &mut RobotMap) -> Done;

pub(crate) fn live(out: Option<&Path>, coins: Coins) -> Result<String, Failure> {
    let mut text = String::new();
    let mut map = sample_home();
    let mut cloud = Cloud::default();
    let mut robot = Robot::new(map.clone(), Policy::default(), coins, MONDAY)?;
    let days: [(&str, Day); 7] = [
        ("Monday: the first map, consent, the release", days::monday),
        ("Tuesday: toys on the floor", days::tuesday),
        ("Wednesday: the office door is shut", days::wednesday),
        ("Thursday: mapped again, turned and shifted", days::thursday),
        ("Friday: power cuts in the middle of a save", days::friday),
        ("Saturday: a path, and a second robot takes over", days::saturday),
        ("Sunday: consent withdrawn", days::sunday),
    ];
    for (number, (title, day)) in (0..).zip(days) {
        robot.now = MONDAY.later_by_s(number * days::DAY_S + NINE_S);
        robot.asked.clear();
        let mut told = Told::default();
        day(&mut robot, &mut cloud, &mut told, &mut map)?;
        robot.evening(MONDAY.later_by_s((number + 1) * days::DAY_S - 1), &mut told)?;
        text += &told.into_text(title);
        if let Some(out) = out {
            let file = out.join(format!("day-{}.png", number + 1));
            write_private(&file, picture::of_day(&robot, cloud.floor()?)?.to_png())?;
        }
    }
    Ok(text)
}
