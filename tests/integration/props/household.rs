//! A household: one release an epoch, whatever the version of the library, and a ledger that stops.

use homeveil::atlas::{Codebook, PlanId};
use homeveil::home::{Footprint, Home};
use homeveil::keeper::{ConsentRecord, Keeper, KeeperError, MemoryStore, Purpose, UnixTime};
use homeveil::{Coins, Odds, Policy, Redaction, Release};
use proptest::prelude::*;

use super::noisy;
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
        self.0.on_map(home, &Redaction::none(), PURPOSE, NOW)?;
        self.0.release(PURPOSE, NOW)
    }

    /// The release as JSON, and all that is stored.
    fn release_and_store(mut self, home: &Home) -> (String, MemoryStore) {
        let release = self.release(home).unwrap().to_json();
        (release, self.0.into_store())
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

    fn the_ledger_stops_at_its_cap_and_the_household_goes_on(flat in flats(1..=6), seed: u64) {
        let (policy, home) = (terms(), flat.draw().home());
        let mut device = Device::open(MemoryStore::default(), &policy, seed);
        for spent in [16, 256] {
            let release = device.release(&home).unwrap();
            prop_assert_eq!(release.certificate().odds_spent, Odds::new(spent, 1).unwrap());
            prop_assert!(release.verify_under(&policy).is_ok());
            device.new_epoch();
            device = device.restarted(&policy, seed);
        }
        // From here on every household has the one sealed plan.
        let sealed = device.release(&home).unwrap();
        let other = Home::from_drawing(0.5, Footprint::disc_m(0.1).unwrap(), "aaaa\naAaa\naaaa", &[]);
        let mut others = Device::open(MemoryStore::default(), &policy, !seed);
        for _ in 0..3 {
            others.release(&other.clone().unwrap().build().unwrap()).unwrap();
            others.new_epoch();
        }
        prop_assert_eq!(others.release(&home).unwrap().to_json(), sealed.to_json());
        let certificate = sealed.verify_under(&policy).unwrap();
        prop_assert_eq!((certificate.odds, certificate.plans), (Odds::SEALED, 1));
        prop_assert_eq!(certificate.odds_spent, Odds::new(256, 1).unwrap());
    }

    fn an_update_of_the_library_reissues_what_was_drawn(flat in flats(2..=6), later in flats(1..=6), seed: u64) {
        let (policy, home) = (terms(), flat.draw().home());
        let first = Device::open(MemoryStore::default(), &policy, seed).release_and_store(&home);
        // Another version of the library ships other plans, and its policy another number of zones.
        for (policy, plans) in [(policy.clone(), [142_598, 149_718, 320_258].as_slice()), (noisy(), &[])] {
            let (json, store) = (&first.0, first.1.clone());
            let mut updated = Device::open(store, &policy, !seed);
            if !plans.is_empty() {
                let plans: Vec<PlanId> = plans.iter().copied().map(PlanId::new).collect();
                updated.0.draw_from(Codebook::of_plans(4, &plans, 1).unwrap());
            }
            for map in [&home, &later.draw().home()] {
                prop_assert_eq!(&updated.release(map).unwrap().to_json(), json);
            }
            prop_assert_eq!(updated.0.spent(), Odds::new(16, 1).unwrap());
            updated.new_epoch();
            let next = updated.release(&home).unwrap();
            prop_assert!(plans.is_empty() || plans.contains(&next.floors()[0].plan()));
        }
    }
}
