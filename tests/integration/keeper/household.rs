//! Drives a household's devices through the steps, and writes down all that leaves them.

use homeveil::home::{Home, RoomId};
use homeveil::keeper::{ConsentRecord, Device, KeeperError, Message, Purpose, Received, Slot, UnixTime};
use homeveil::key::AreaId;
use homeveil::{Coins, Keeper, MappedFloor, Odds, Policy, Redaction, Release};
use nalgebra::Isometry2;
use proptest::prelude::*;

use super::Step;
use super::flash::Flash;
use super::model::Model;

/// A household's robot and the model next to it.
struct Household<'a> {
    /// Homes for the first release of an epoch, and for all later ones.
    homes: [&'a [Home]; 2],
    policies: Vec<Policy>,
    policy: Policy,
    seed: u64,
    spite: u64,
    flash: Flash,
    device: Device<Flash>,
    model: Model,
    sent: Vec<String>,
}

/// All that left the device, in order.
pub(super) fn run(
    first: &[Home],
    later: &[Home],
    steps: &[Step],
    spite: u64,
    seed: u64,
    floors: u8,
) -> Result<Vec<String>, TestCaseError> {
    let policies = policies(floors);
    let policy = policies[0].clone();
    let flash = Flash::new(spite);
    let device = open(&flash, &policy, seed).unwrap();
    let mut household = Household {
        homes: [first, later],
        policies,
        policy,
        seed,
        spite,
        flash,
        device,
        model: Model::new(),
        sent: Vec::new(),
    };
    for step in steps {
        household.step(step)?;
    }
    Ok(household.sent)
}

fn open(flash: &Flash, policy: &Policy, seed: u64) -> Result<Device<Flash>, KeeperError> {
    Device::of(Keeper::open_with(flash.clone(), policy.clone(), Coins::replayed(seed))?)
}

/// The policies of a robot's life. The first pays for three epochs; with the others the cap changes, the number of
/// zones, the areas, the floors.
fn policies(floors: u8) -> Vec<Policy> {
    let odds = |p: u32| Odds::new(p, 1).unwrap();
    let cap = odds(if floors == 1 { 64 } else { 4096 });
    let first = || Policy::builder().zones(3).odds(odds(4)).odds_cap(cap).floors(floors).done_after_s(7);
    let others = [
        first().odds_cap(odds(1 << 20)),
        first().odds_cap(odds(if floors == 1 { 4 } else { 16 })).areas(20),
        first().zones(4).odds(odds(2)),
        first().floors(3 - floors).odds_cap(odds(1 << 10)),
        first().redacted_kinds([]),
    ];
    core::iter::once(first()).chain(others).map(|policy| policy.build().unwrap()).collect()
}

const fn at(seconds: u64) -> UnixTime {
    UnixTime::from_secs(seconds)
}

impl Household<'_> {
    fn step(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match step {
            Step::Consent { id, purposes, given, lasts, refused } => {
                let ask = if *refused { ConsentRecord::refused } else { ConsentRecord::given };
                let id = format!("{id} {given} {lasts} {refused} {purposes:?}");
                let record = ask(id, "Maker".to_owned(), at(*given), at(given + lasts));
                let record = purposes.iter().fold(record, |record, &purpose| record.purpose(purpose));
                let result = self.device.consent(record.clone(), at(*given));
                self.model.consented(&record, *refused, result);
            }
            Step::Withdraw(now) => {
                self.model.saw(*now);
                let result = self.device.withdraw(at(*now));
                self.model.withdrew(result);
            }
            Step::Release { homes, purpose, now, bad_redaction } => {
                self.release(*homes, *purpose, *now, *bad_redaction)?;
            }
            Step::NewEpoch(now) => {
                let result = self.device.new_epoch(at(*now));
                self.model.saved(result);
            }
            Step::Update(number) => {
                self.policy = self.policies[usize::from(*number) % self.policies.len()].clone();
                self.restart()?;
            }
            Step::Room(room) => self.flash.room_for_keys(*room),
            Step::Command(json, now) => self.command(json, *now)?,
            Step::Due(now) => {
                self.model.saw(*now);
                let due = self.device.on_tick(at(*now));
                prop_assert!(matches!(due, Ok(_) | Err(KeeperError::Store(_))), "{:?}", due);
                for message in due.unwrap_or_default() {
                    self.send(&message, *now)?;
                }
            }
            Step::Bind(home, area, room) => self.bind(*home, *area, *room),
            Step::Restart => self.restart()?,
            Step::SecondRobot(home, purpose, now) => self.second_robot(*home, *purpose, *now)?,
            Step::TakeOver => self.take_over()?,
            Step::DamageState(at, bit) => self.damage_state(*at, *bit)?,
            Step::DamageKey(at, bit) => {
                let slot = Slot::Key { floor: 0 };
                // The same damage twice would be none.
                if let Some(mut blob) = self.flash.blob(slot).filter(|_| self.device.keeper().key().is_ok()) {
                    flip(&mut blob, *at, *bit);
                    self.flash.set(slot, blob);
                    self.restart()?;
                    prop_assert!(self.device.keeper().key().is_err());
                }
            }
        }
        Ok(())
    }

    /// A command comes, and the robot looks what it means.
    fn command(&mut self, json: &str, now: u64) -> Result<(), TestCaseError> {
        match self.device.on_command(json.as_bytes(), at(now)) {
            Ok(Received { answer, command }) => {
                self.model.heard(now, None)?;
                prop_assert_eq!(answer.is_accepted(), command.is_some());
                self.send(&answer, now)?;
                if let Some(command) = command {
                    let _ = self.device.tasks(&command, Isometry2::translation(0.5, 0.5), at(now));
                }
            }
            Err(error @ (KeeperError::Consent(_) | KeeperError::ClockJumped)) => {
                self.model.heard(now, Some(error))?;
            }
            Err(error) => {
                let may_fail = matches!(error, KeeperError::Store(_) | KeeperError::NotDrawn);
                prop_assert!(may_fail, "{}", error);
                // The consent was asked for before.
                self.model.saw(now);
            }
        }
        Ok(())
    }

    /// A message leaves, if there is power.
    fn send(&mut self, message: &Message, now: u64) -> Result<(), TestCaseError> {
        if self.flash.is_off() {
            return Ok(());
        }
        if self.device.check_stored().is_err() {
            self.model.forgets();
        }
        self.model.told(message, now)?;
        self.sent.push(message.to_json());
        Ok(())
    }

    /// The owner binds an area to a room, redacted or not.
    fn bind(&mut self, home: u8, area: u8, room: u8) {
        let homes = self.homes[1];
        let home = &homes[usize::from(home) % homes.len()];
        let rooms = home.rooms();
        let room = rooms[usize::from(room) % rooms.len()].id();
        let saves = self.flash.key_saves();
        let edited = self.device.edit_key(0, |key| key.bind_rooms(AreaId::new(area.into()), home, &[room]));
        // What changes nothing is not stored. That depends on the home, and a cut of this store must not.
        if edited.is_ok() && self.flash.key_saves() == saves {
            self.flash.saves_no_key();
        }
    }

    fn release(
        &mut self,
        homes: [u8; 2],
        purpose: Purpose,
        now: u64,
        bad_redaction: bool,
    ) -> Result<(), TestCaseError> {
        let epoch = self.device.keeper().epoch();
        let choice = self.homes[usize::from(self.model.has_released(epoch))];
        let none = Redaction::none();
        let bad = Redaction::none().rooms([RoomId::new(u32::MAX)]);
        let redaction = if bad_redaction { &bad } else { &none };
        let floor = |pick: u8| {
            // One floor in four is not there, but for the first.
            let home = &choice[usize::from(pick) % choice.len()];
            Some(MappedFloor::new(home, redaction)).filter(|_| pick % 4 != 3)
        };
        let mut floors =
            vec![Some(MappedFloor::new(&choice[usize::from(homes[0]) % choice.len()], redaction))];
        if self.device.keeper().key_of(1) != Err(KeeperError::UnknownFloor) {
            floors.push(floor(homes[1]));
        }
        let fitted = self.device.on_maps(&floors, at(now));
        // Also where the redaction does not fit the map, or there is no room for the key.
        let has_keys =
            (0..).zip(&floors).all(|(n, floor)| floor.is_none() || self.device.keeper().key_of(n).is_ok());
        prop_assert!(fitted.is_err() || has_keys);
        let result = self.device.release_for(purpose, at(now));
        if let Ok(release) = &result {
            // Under the policy of its day.
            let is_verified = self.policies.iter().any(|policy| release.verify_under(policy).is_ok());
            prop_assert!(is_verified, "{:?}", release.verify());
        }
        let left = result.as_ref().map(Release::to_json).map_err(|&error| error);
        self.model.asked(purpose, now, epoch, &left)?;
        if let Ok(release) = result {
            let spent = self.model.spent();
            prop_assert!(release.certificate().odds_spent >= spent && self.device.keeper().spent() >= spent);
            self.sent.extend(left);
        }
        Ok(())
    }

    /// The power was off.
    fn restart(&mut self) -> Result<(), TestCaseError> {
        self.flash.restart();
        // Other coins: the draw must not depend on them once there is a record.
        self.seed = self.seed.wrapping_add(0x9e37_79b9);
        let opened = open(&self.flash, &self.policy, self.seed);
        prop_assert!(opened.is_ok(), "{:?}", opened.err());
        self.device = opened.unwrap();
        self.model.restarted(self.device.keeper().consent_record())
    }

    /// Another robot of the household asks for the release.
    fn second_robot(&mut self, home: u8, purpose: Purpose, now: u64) -> Result<(), TestCaseError> {
        let flash = Flash::new(self.spite ^ 1);
        let bytes = self.device.keeper().export();
        let Ok(mut second) = Keeper::import(flash, self.policy.clone(), &bytes) else { return Ok(()) };
        prop_assert_eq!(second.new_epoch(), Err(KeeperError::Follower));
        let home = &self.homes[1][usize::from(home) % self.homes[1].len()];
        let none = Redaction::none();
        let mut floors = vec![Some(MappedFloor::new(home, &none))];
        if second.key_of(1) != Err(KeeperError::UnknownFloor) {
            floors.push(None);
        }
        let epoch = second.epoch();
        let _ = second.on_maps(&floors, purpose, at(now));
        if let Ok(release) = second.release(purpose, at(now)) {
            let json = release.to_json();
            if let Some(first) = self.model.release_of(epoch) {
                prop_assert_eq!(first, &json);
            }
            let mut model = self.model.clone();
            model.asked(purpose, now, epoch, &Ok(json.clone()))?;
            self.model.left_elsewhere(model);
            self.sent.push(json);
        }
        Ok(())
    }

    /// The robot is replaced.
    fn take_over(&mut self) -> Result<(), TestCaseError> {
        let bytes = self.device.keeper().export();
        let flash = Flash::new(self.spite.rotate_left(7));
        for _ in 0..64 {
            flash.restart();
            if let Ok(keeper) = Keeper::take_over(flash.clone(), self.policy.clone(), &bytes) {
                drop(keeper);
                for slot in [Slot::Queue, Slot::Log] {
                    self.flash.blob(slot).into_iter().for_each(|blob| flash.set(slot, blob));
                }
                self.flash = flash;
                self.model.saved(Ok(()));
                return self.restart();
            }
        }
        Ok(())
    }

    /// A flipped bit of the state is noticed, and nothing is drawn from it.
    fn damage_state(&self, at: i32, bit: u8) -> Result<(), TestCaseError> {
        let Some(blob) = self.flash.blob(Slot::State) else { return Ok(()) };
        let mut damaged = blob;
        flip(&mut damaged, at, bit);
        let flash = Flash::new(0);
        flash.set(Slot::State, damaged);
        let error = Keeper::open(flash, self.policy.clone()).unwrap_err();
        prop_assert!(matches!(error, KeeperError::State(_)));
        Ok(())
    }
}

/// Flips a bit at a place, which is counted from the end where it is below zero.
fn flip(blob: &mut [u8], at: i32, bit: u8) {
    let length = i32::try_from(blob.len()).unwrap();
    blob[usize::try_from(at.rem_euclid(length)).unwrap()] ^= 1 << bit;
}
