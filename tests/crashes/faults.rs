//! Stores that fail: before they write, after it, halfway.

use std::cell::Cell;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::rc::Rc;

use homeveil::Coins;
use homeveil::keeper::{DirectoryStore, Slot, Store, StoreError};

use super::household::{Device, Homes, Household};
use super::life::act;

/// Where a save fails.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Nothing was written.
    Before,
    /// All was written, and the keeper is told that it was not.
    After,
    /// Half of the blob lies in the file that was to take the slot's place.
    Short,
    /// Half of the blob lies in the slot: what no file system does that renames in one step.
    Torn,
}

const FAULTS: [Fault; 4] = [Fault::Before, Fault::After, Fault::Short, Fault::Torn];

/// A folder whose next save but a few fails.
struct Faulty {
    store: DirectoryStore,
    folder: PathBuf,
    next: Rc<Cell<Option<(u64, Fault)>>>,
}

impl Store for Faulty {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.load(slot)
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        let Some((saves, fault)) = self.next.get() else { return self.store.save(slot, blob) };
        if saves > 0 {
            self.next.set(Some((saves - 1, fault)));
            return self.store.save(slot, blob);
        }
        self.next.set(None);
        let (file, half) = (self.folder.join(slot.name()), &blob[..blob.len() / 2]);
        match fault {
            Fault::Before => {}
            Fault::After => self.store.save(slot, blob)?,
            Fault::Short => {
                let mut new = OpenOptions::new();
                let mut new =
                    new.write(true).create(true).mode(0o600).open(file.with_extension("new")).unwrap();
                new.write_all(half).unwrap();
            }
            Fault::Torn => {
                self.store.save(slot, blob)?;
                std::fs::write(file, half).unwrap();
            }
        }
        Err(StoreError::Failed)
    }
}

/// Injects so many faults. After each the same keeper goes on, or another one is opened.
pub(super) fn run(faults: u64, seed: u64) -> String {
    let (homes, mut coins) = (Homes::new(), Coins::replayed(seed));
    let (mut injected, mut households, mut given, mut damaged) = (0, 0, 0, 0);
    while injected < faults {
        let mut household = Household::new("faulty");
        households += 1;
        let next = Rc::new(Cell::new(None));
        for _ in 0..10 {
            let folder = household.folder.clone();
            let store = DirectoryStore::open(&folder).unwrap();
            let Ok(mut device) = Device::open(Faulty { store, folder, next: Rc::clone(&next) }) else {
                // A damaged state is no fresh start.
                damaged += 1;
                break;
            };
            let saves = coins.below(8).unwrap();
            let fault = FAULTS[usize::try_from(coins.below(4).unwrap()).unwrap()];
            next.set(Some((saves, fault)));
            let mut acts_left = 60;
            while acts_left > 0 {
                household.heard(&act(&mut device, &homes, &mut coins));
                acts_left -= 1;
                // It goes on for a while, or not.
                if next.get().is_none() {
                    acts_left = acts_left.min(coins.below(12).unwrap());
                }
            }
            injected += u64::from(next.take().is_none());
            household.check_rights();
        }
        given += household.times;
    }
    format!(
        "{injected} faults in {households} households: {given} releases given out, one an epoch; {damaged} states were \
         damaged and refused"
    )
}
