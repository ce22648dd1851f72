//! Any bytes as the state of a keeper, as they are and with head, size and checksum put right. A state that
//! is read gives the same release twice, or a typed error.
#![no_main]

use homeveil::home::Home;
use homeveil::keeper::{ConsentRecord, Keeper, MemoryStore, Purpose, Slot, Store, UnixTime};
use homeveil::{Coins, Policy, Redaction};
use homeveil_fuzz::noisy;
use libfuzzer_sys::fuzz_target;

const NOW: UnixTime = UnixTime::from_secs(1_790_000_000);
const PURPOSE: Purpose = Purpose::RequestedServiceProvision;

fn open(state: &[u8]) {
    let mut store = MemoryStore::default();
    store.save(Slot::State, state).expect("memory does not fail");
    let policy = policy();
    let Ok(mut keeper) = Keeper::open_with(store, policy.clone(), Coins::replayed(1)) else { return };
    let drawing = "aaaa#bbbb\naAaabbbbb\naaaa#bbbb\naaaa#bbbb";
    let home = Home::from_drawing(0.2, homeveil_fuzz::robot(), drawing, &[]).expect("it is a drawing");
    let home = home.build().expect("and a home");
    let record = ConsentRecord::given("c-1", "Robot Maker", NOW, NOW.later_by_s(86_400)).purpose(PURPOSE);
    // A state may hold a record of this id, or a clock that is past this one's end.
    let _ = keeper.consent(record);
    let none = Redaction::none();
    if keeper.on_map(&home, &none, PURPOSE, NOW).is_err() {
        return;
    }
    let release = keeper.release(PURPOSE, NOW).expect("it is drawn");
    let again = keeper.release(PURPOSE, NOW).expect("it is drawn");
    assert_eq!(again, release);
    let store = keeper.into_store();
    let mut keeper = Keeper::open_with(store, policy, Coins::replayed(2)).expect("what it saved it can open");
    assert_eq!(keeper.release(PURPOSE, NOW).expect("it is drawn"), release);
}

fuzz_target!(|bytes: &[u8]| {
    open(bytes);
    // The number of floors, and in version 3 the digest of the policy, are public; the fuzzer need not find them.
    open(&homeveil_fuzz::sealed(*b"HVKEEPER\x04\0\0\0", &[&[1], bytes].concat(), 16_384));
    let earlier = [&[1], policy().digest().as_bytes(), bytes].concat();
    open(&homeveil_fuzz::sealed(*b"HVKEEPER\x03\0\0\0", &earlier, 16_384));
});

fn policy() -> Policy {
    noisy().build().expect("a good policy")
}
