//! How long commands live.

use homeveil::keeper::{CommandId, Device, KeeperError, Slot, StoreError};
use homeveil::{Coins, Keeper, OptIn, Policy, Redaction, Release};

use super::{Flash, at, boot, consent, home, ready};
use crate::props::noisy;

#[test]
fn a_command_that_was_not_answered_is_not_done() {
    let (policy, flash) = (Policy::builder().opt_in(OptIn::TrueDuration).build().unwrap(), Flash::default());
    for slot in [Slot::Queue, Slot::Log] {
        let mut device = ready(&flash, &policy);
        flash.0.borrow_mut().foreign = vec![slot];
        let changed = KeeperError::Store(StoreError::Changed);
        assert_eq!(device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap_err(), changed);
        flash.0.borrow_mut().foreign.clear();
        assert!(device.pending(at(2)).unwrap().is_empty() && device.on_tick(at(7300)).unwrap().is_empty());
        // Its number was not used; and what could not be said is said later.
        assert!(device.on_command(br#"{"id":1,"goal":"all"}"#, at(7300)).unwrap().command.is_some());
        flash.0.borrow_mut().foreign = vec![slot];
        assert_eq!(device.finished(0, CommandId::new(1), 60, at(7400)).unwrap_err(), changed);
        flash.0.borrow_mut().foreign = vec![Slot::Log];
        assert_eq!(device.on_tick(at(14_500)).unwrap_err(), changed);
        flash.0.borrow_mut().foreign.clear();
        assert_eq!(device.on_tick(at(14_500)).unwrap().len(), 1);
        flash.0.borrow_mut().blobs.clear();
    }
}

/// Under the default policy the release of every epoch is the same bytes, and the queue is tied to the release.
#[test]
fn commands_do_not_outlive_their_epoch() {
    for policy in [Policy::default(), noisy()] {
        for boots in [false, true] {
            let flash = Flash::default();
            let mut device = ready(&flash, &policy);
            device.release(at(1)).unwrap();
            device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
            device.new_epoch(at(2)).unwrap();
            if boots {
                device = boot(&flash, &policy).unwrap();
            }
            device.on_map(&home(), &Redaction::none(), at(3)).unwrap();
            device.release(at(3)).unwrap();
            assert!(
                device.pending(at(3)).unwrap().is_empty() && device.on_tick(at(9000)).unwrap().is_empty()
            );
        }
        // Where the queue cannot be stored without them, the epoch is not opened.
        let flash = Flash::default();
        let mut device = ready(&flash, &policy);
        device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap();
        flash.0.borrow_mut().full = vec![Slot::Queue];
        assert_eq!(device.new_epoch(at(2)).unwrap_err(), StoreError::Failed.into());
        assert_eq!(device.keeper().epoch(), 0);
    }
}

/// Also where nobody could give them up before: all draws of the default policy give the same bytes.
#[test]
fn commands_do_not_outlive_their_draw() {
    let policy = Policy::default();
    let ask = |device: &mut Device<Flash>| {
        device.on_map(&home(), &Redaction::none(), at(1)).unwrap();
        device.on_command(br#"{"id":1,"goal":"all"}"#, at(1)).unwrap().command.unwrap();
        device.release(at(1)).unwrap()
    };
    let check = |device: &mut Device<Flash>, before: &Release| {
        device.on_map(&home(), &Redaction::none(), at(3)).unwrap();
        let release = device.release(at(3)).unwrap();
        // All but what the certificate says was spent, which for λ = 1 is nothing.
        assert!(release == *before && device.pending(at(3)).unwrap().is_empty());
        assert!(device.on_tick(at(9000)).unwrap().is_empty());
        let again = device.on_command(br#"{"id":1,"goal":"all"}"#, at(9000)).unwrap();
        assert!(again.command.is_none(), "its number stays used");
    };
    // The state was lost, and the owner starts over.
    let flash = Flash::default();
    let before = ask(&mut ready(&flash, &policy));
    flash.0.borrow_mut().blobs.remove(&Slot::State);
    let keeper = Keeper::start_over(flash.clone(), policy.clone(), Coins::replayed(9)).unwrap();
    let mut device = Device::of(keeper).unwrap();
    device.consent(consent("c-1"), at(2)).unwrap();
    check(&mut device, &before);
    // The lead has opened another epoch.
    let (leads, followers) = (Flash::default(), Flash::default());
    let import = |lead: &mut Device<Flash>| {
        let (flash, bytes) = (followers.clone(), lead.export(at(1)).unwrap());
        let keeper = Keeper::import_with(flash, policy.clone(), &bytes, Coins::replayed(2));
        Device::of(keeper.unwrap()).unwrap()
    };
    let mut lead = ready(&leads, &policy);
    let before = ask(&mut import(&mut lead));
    lead.new_epoch(at(2)).unwrap();
    lead.on_map(&home(), &Redaction::none(), at(2)).unwrap();
    check(&mut import(&mut lead), &before);
    // The new epoch is stored, and the robot heard that it is not.
    let flash = Flash::default();
    let mut device = ready(&flash, &policy);
    let saves = flash.0.borrow().saves;
    flash.0.borrow_mut().cut = Some((saves, true));
    assert_eq!(device.new_epoch(at(0)).unwrap_err(), StoreError::Failed.into());
    (flash.0.borrow_mut().off, flash.0.borrow_mut().cut) = (false, None);
    let before = ask(&mut device);
    let mut device = boot(&flash, &policy).unwrap();
    assert_eq!(device.keeper().epoch(), 1);
    check(&mut device, &before);
}
