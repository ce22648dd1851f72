//! A cloud that knows the release alone.

use geo_types::Rect;
use homeveil::atlas::ZoneId;
use homeveil::keeper::{Command, CommandId, Order};
use homeveil::key::{AreaId, Goal};
use nalgebra::Point2;

use super::dice::Dice;

/// What a cloud that knows the number of zones asks for, nonsense included.
pub(super) fn command(dice: &mut Dice, id: u64) -> Vec<u8> {
    let at = |dice: &mut Dice| match dice.below(12) {
        0 => Point2::new(dice.metres(-3.0, 20.0), dice.metres(-3.0, 20.0)),
        1 => Point2::new(1e300, -0.0),
        _ => Point2::new(dice.metres(0.0, 9.6), dice.metres(0.0, 9.6)),
    };
    let goal = |dice: &mut Dice| match dice.below(10) {
        0 | 1 => Goal::Zone(ZoneId::new(u8::try_from(dice.below(6)).unwrap())),
        2 => Goal::Area(AreaId::new(u32::try_from(dice.below(20)).unwrap())),
        3 => Goal::Spot(at(dice)),
        4 => {
            let (a, b) = (at(dice), at(dice));
            Goal::Rect(Rect::new((a.x, a.y), (b.x, b.y)))
        }
        5..8 => Goal::Drive(at(dice)),
        8 => Goal::Path((0..dice.below(5)).map(|_| at(dice)).collect()),
        _ => Goal::All,
    };
    let client = u32::try_from(dice.below(2)).unwrap();
    let id = CommandId::new(if dice.one_in(20) { id / 2 } else { id });
    let order = match dice.below(24) {
        0 => return br#"{"id":1,"floor":0,"goal":{"home":[]}}"#.to_vec(),
        1 => Order::Stop,
        2 => Order::Pause,
        3 | 4 => Order::Resume,
        5 => Order::Dock,
        6 => Order::Cancel(CommandId::new(id.get().saturating_sub(1))),
        _ => {
            let several = if dice.one_in(4) { 3 } else { 1 };
            let goals = (0..several).map(|_| goal(dice)).collect();
            let repeats = if dice.one_in(6) { u8::try_from(dice.below(12)).unwrap() } else { 1 };
            Order::Go { floor: u8::from(dice.one_in(20)), goals, repeats }
        }
    };
    serde_json::to_vec(&Command { client, id, order }).unwrap()
}
