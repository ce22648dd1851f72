//! How many instructions does giving out a release take, on one home? `benches/giving_out.sh` counts them on many,
//! under valgrind: they must not depend on the home, but on the release alone.
//!
//! A device draws, its power is cut, and it boots from its store: then it gives out the release once. The one argument
//! is the number of a made-up home; what is printed is the start of the release's digest.

use homeveil::home::Footprint;
use homeveil::keeper::{ConsentRecord, Device, MemoryStore, UnixTime};
use homeveil::synth::Population;
use homeveil::{Coins, Keeper, Odds, Policy};
use sha2::{Digest, Sha256};

const NOW: UnixTime = UnixTime::from_secs(1_790_000_000);

/// What is counted.
#[inline(never)]
fn give_it_out(device: &mut Device<MemoryStore>) -> String {
    device.release(NOW).expect("a consent holds and all is drawn").to_json()
}

fn boot(store: MemoryStore, seed: u64) -> Device<MemoryStore> {
    // Of two plans, so that there is something to give away.
    let odds = Odds::new(2, 1).expect("not below 1");
    let policy = Policy::builder().odds(odds).build().expect("the default with a budget below its cap");
    let keeper = Keeper::open_with(store, policy, Coins::replayed(seed));
    Device::of(keeper.expect("a good store")).expect("a good store")
}

fn main() {
    // `cargo bench` runs it once, on home 0.
    let number = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(0);
    let robot = Footprint::disc_m(0.17).expect("a valid radius");
    let home = Population::Evaluation.home(number).into_builder(robot).build().expect("a valid home");
    let mut device = boot(MemoryStore::default(), number);
    let consent = ConsentRecord::given("c-1", "Robot Maker", NOW, NOW.later_by_s(31_536_000));
    device.consent(consent.purpose(Device::<MemoryStore>::PURPOSE), NOW).expect("a valid consent");
    let redaction = Policy::default().redaction().keep_unlabelled();
    device.on_map(&home, &redaction, NOW).expect("a consent holds");
    device.release(NOW).expect("drawn");
    let mut device = boot(device.into_store(), !number);
    let digest = Sha256::digest(give_it_out(&mut device));
    let start = digest.iter().take(8).fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    println!("{start:016x}");
}
