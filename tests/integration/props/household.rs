//! A household: one release an epoch, and a ledger that stops.

use homeveil::home::Home;
use homeveil::keeper::{ConsentRecord, Keeper, KeeperError, MemoryStore, Purpose, UnixTime};
use homeveil::{Coins, Odds, Policy, Redaction, Release};
use proptest::prelude::*;

use crate::strategies::{Flat, flats};

const NOW: UnixTime = UnixTime::from_secs(1_790_000_000);
const PURPOSE: Purpose = Purpose::RequestedServiceProvision;

/// A household's device. All that the laws below need of a keeper is here.
struct Device(Keeper<MemoryStore>);

impl Device {
    fn open(store: MemoryStore, policy: &Policy, seed: u64) -> Self {
        let mut keeper = Keeper::open_with(store, policy.clone(), Coins::replayed(seed)).unwrap();
        let consent = ConsentRecord::given("c-1", "Robot Maker", NOW, NOW.later_by_s(86_400));
        keeper.consent(consent.purpose(PURPOSE)).unwrap();
        Self(keeper)
    }

    fn release(&mut self, home: &Home) -> Result<Release, KeeperError> {
        self.0.release(home, &Redaction::none(), PURPOSE, NOW)
    }

    fn new_epoch(&mut self) {
        self.0.new_epoch().unwrap();
    }

    /// Power lost and back: nothing but the store stays.
    fn restarted(self, policy: &Policy, seed: u64) -> Self {
        Self::open(self.0.into_store(), policy, seed)
    }
}

/// λ = 16 a release and 256 for life, so that a second draw shows and two epochs are allowed.
fn terms() -> Policy {
    Policy::builder().odds(Odds::new(16, 1).unwrap()).odds_cap(Odds::new(256, 1).unwrap()).build().unwrap()
}

laws! {
    cases;

    fn once_an_epoch_whatever_the_map_and_however_often_the_robot_restarts(
        homes in proptest::collection::vec(flats(1..=6), 2..5),
        seeds: [u64; 2],
    ) {
        let (policy, home) = (terms(), |flat: &Flat| flat.draw().home());
        let mut device = Device::open(MemoryStore::default(), &policy, seeds[0]);
        let first = device.release(&home(&homes[0])).unwrap().to_json();
        for flat in &homes {
            prop_assert_eq!(device.release(&home(flat)).unwrap().to_json(), &*first);
            device = device.restarted(&policy, seeds[1]);
            prop_assert_eq!(device.release(&home(flat)).unwrap().to_json(), &*first);
        }
    }

    fn the_ledger_stops_at_its_cap(flat in flats(1..=6), seed: u64) {
        let (policy, home) = (terms(), flat.draw().home());
        let mut device = Device::open(MemoryStore::default(), &policy, seed);
        for spent in [16, 256] {
            let release = device.release(&home).unwrap();
            prop_assert_eq!(release.certificate().odds_spent, Odds::new(spent, 1).unwrap());
            prop_assert!(release.verify_under(&policy).is_ok());
            device.new_epoch();
            device = device.restarted(&policy, seed);
        }
        let refused = matches!(device.release(&home), Err(KeeperError::Cap { .. }));
        prop_assert!(refused);
    }
}
