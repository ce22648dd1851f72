//! A week of a household and of the cloud that its robot talks to.

use homeveil::keeper::{Command, Keeper, MemoryStore, Message, Order, Outbox, Received, UnixTime};
use homeveil::{Coins, Policy, Release};

use super::cloud::command;
use super::day::Day;
use super::dice::Dice;
use super::household::Household;
use super::tally::Tally;
use super::{COMMANDS, DAY_S, DAYS, MONDAY, PURPOSE};

/// A household, and all that its cloud knows.
struct Life<'a> {
    household: Household,
    release: Release,
    outbox: Outbox,
    cloud: Dice,
    /// All that the cloud was told after the release.
    told: String,
    tally: &'a mut Tally,
}

/// A week of a household: the release, and all that the cloud was told after it.
pub(super) fn live(number: u64, policy: &Policy, script: u64, tally: &mut Tally) -> (String, String) {
    let mut household = Household::new(number, policy);
    let first = Day::first(&mut household, tally);
    let release = household.keeper.release(PURPOSE, MONDAY).unwrap();
    let outbox = Outbox::new(&release, policy);
    let cloud = Dice(Coins::replayed(script));
    let mut life = Life { household, release, outbox, cloud, told: String::new(), tally };
    life.spend(first);
    for number in 1..DAYS {
        let day = Day::next(number, &mut life.household, life.tally);
        life.spend(day);
    }
    (life.release.to_json(), life.told)
}

impl Life<'_> {
    fn spend(&mut self, mut day: Day) {
        let now = MONDAY.later_by_s(day.number * DAY_S);
        let drawn = self.household.keeper.release(PURPOSE, now).unwrap();
        assert_eq!(drawn.to_json(), self.release.to_json(), "day {}: another release", day.number);
        day.hold_key(&self.household);
        for _ in 0..self.household.dice.below(4) {
            self.household.edit(&mut day, self.tally);
            day.hold_key(&self.household);
        }
        if self.household.dice.one_in(6) {
            self.lose_power();
            day.hold_key(&self.household);
        }
        if self.household.saw_home_last {
            self.household.at_home = Some(self.household.keeper.key().unwrap().clone());
        }
        let mut time = now.secs();
        for number in 0..COMMANDS {
            time += self.cloud.below(DAY_S / COMMANDS);
            self.send_what_is_due(time);
            let json = command(&mut self.cloud, 1 + day.number * COMMANDS + number);
            self.do_command(&json, time, &day);
        }
    }

    /// The robot boots from its store.
    fn lose_power(&mut self) {
        let Self { household, outbox, release, .. } = self;
        let open = |store| Keeper::open_with(store, household.policy.clone(), Coins::replayed(0)).unwrap();
        let old = std::mem::replace(&mut household.keeper, open(MemoryStore::default()));
        household.keeper = open(old.into_store());
        *outbox = Outbox::restored(release, &household.policy, &outbox.to_bytes()).unwrap();
    }

    fn say(&mut self, message: &Message, at: u64) {
        self.told.extend([at.to_string().as_str(), " ", &message.to_json(), "\n"]);
    }

    fn send_what_is_due(&mut self, time: u64) {
        while let Some(at) = self.outbox.next_due().filter(|at| at.secs() <= time) {
            for message in self.outbox.due(at) {
                self.say(&message, at.secs());
            }
        }
    }

    /// Answers a command, and does what it asks for even where the answer is no: it must do no harm either.
    fn do_command(&mut self, json: &[u8], time: u64, day: &Day) {
        let Received { answer, command: todo } = self.outbox.receive(json, UnixTime::from_secs(time));
        self.say(&answer, time);
        self.tally.goals += 1;
        self.tally.accepted += u64::from(todo.is_some());
        let Ok(command) = Command::from_json(json) else { return };
        let Order::Go { goals, .. } = &command.order else { return };
        let pose = self.household.pose(&day.truth);
        for goal in goals {
            day.hold(&self.household, pose, goal, self.tally);
        }
    }
}
