//! A household's keeper, and what its releases may be.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use homeveil::home::{Footprint, Home};
use homeveil::keeper::{ConsentRecord, Keeper, Purpose, Store, UnixTime};
use homeveil::{MappedFloor, Odds, Policy, Redaction};

const PURPOSE: Purpose = Purpose::RequestedServiceProvision;
const NOW: UnixTime = UnixTime::from_secs(1_790_000_000);

/// Eight floors, each drawn apart: two draws are hardly ever the same.
fn policy() -> Policy {
    let odds = |p| Odds::new(p, 1).unwrap();
    Policy::builder().odds(odds(2)).floors(8).odds_cap(odds(1 << 24)).build().unwrap()
}

/// The maps that a robot makes.
pub(super) struct Homes([Home; 2]);

impl Homes {
    pub(super) fn new() -> Self {
        let drawings = [
            "
            ##############
            #aaaa#bbbbbbb#
            #aAaabbbbbbbb#
            #aaaa#bbbbbbb#
            #aaaaccccccdd#
            #aaaaccccccdd#
            ##############
            ",
            "
            ##############
            #aaaabbbb#ccc#
            #aAaabbbb#ccc#
            #aaaabbbbcccc#
            ##############
            ",
        ];
        Self(drawings.map(|drawing| {
            let footprint = Footprint::disc_m(0.1).unwrap();
            Home::from_drawing(0.1, footprint, drawing, &[]).unwrap().build().unwrap()
        }))
    }

    pub(super) fn get(&self, number: u64) -> &Home {
        &self.0[usize::try_from(number).unwrap()]
    }
}

/// A robot with a keeper.
pub(super) struct Device<S> {
    keeper: Keeper<S>,
    consents: u64,
}

impl<S: Store> Device<S> {
    pub(super) fn open(store: S) -> Result<Self, String> {
        let keeper = Keeper::open(store, policy()).map_err(|error| error.to_string())?;
        Ok(Self { keeper, consents: 0 })
    }

    /// The owner takes the consent back, where there is one, and gives another.
    pub(super) fn consent_again(&mut self) -> Result<(), String> {
        let old = self.keeper.consent_record().map(|record| record.record_id.clone());
        if old.is_some() {
            self.keeper.withdraw(NOW).map_err(|error| error.to_string())?;
        }
        self.consents += 1;
        let id = format!("{}-{}", std::process::id(), self.consents);
        let record = ConsentRecord::given(id, "Robot Maker", NOW, NOW.later_by_s(31_536_000));
        self.keeper.consent(record.purpose(PURPOSE)).map_err(|error| error.to_string())
    }

    /// Shows the keeper today's map.
    pub(super) fn show(&mut self, home: &Home) -> Result<(), String> {
        if self.keeper.consent_record().is_none() {
            self.consent_again()?;
        }
        let redaction = Redaction::none();
        let mut floors = [None; 8];
        floors[0] = Some(MappedFloor::new(home, &redaction));
        self.keeper.on_maps(&floors, PURPOSE, NOW).map_err(|error| error.to_string())
    }

    /// The line that says that there is a release.
    pub(super) fn release(&mut self) -> Result<String, String> {
        let released = self.keeper.release(PURPOSE, NOW);
        let json = released.map_err(|error| error.to_string())?.to_json();
        let mut hash = DefaultHasher::new();
        json.hash(&mut hash);
        Ok(format!("released {} {:016x}", self.keeper.epoch(), hash.finish()))
    }

    pub(super) fn new_epoch(&mut self) -> Result<(), String> {
        self.keeper.new_epoch().map_err(|error| error.to_string())
    }
}

/// All that a household has given out, and its folder.
pub(super) struct Household {
    pub(super) folder: PathBuf,
    /// The release of each epoch.
    given: BTreeMap<u32, String>,
    /// How often a release was given out.
    pub(super) times: u64,
}

impl Household {
    pub(super) fn new(name: &str) -> Self {
        let parent = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crashes");
        let folder = parent.join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&parent).unwrap();
        Self::at(folder)
    }

    pub(super) const fn at(folder: PathBuf) -> Self {
        Self { folder, given: BTreeMap::new(), times: 0 }
    }

    pub(super) fn epochs(&self) -> u64 {
        self.given.len().try_into().unwrap()
    }

    /// Notes what a life said.
    pub(super) fn heard(&mut self, line: &str) {
        let Some((epoch, release)) = line.strip_prefix("released ").and_then(|rest| rest.split_once(' '))
        else {
            return;
        };
        let first = self.given.entry(epoch.parse().unwrap()).or_insert_with(|| release.to_owned());
        assert_eq!(first, release, "two releases in epoch {epoch} of {}", self.folder.display());
        self.times += 1;
    }

    /// No other user can read the folder or a file in it. Gives how many files are half written.
    pub(super) fn check_rights(&self) -> u64 {
        use std::os::unix::fs::MetadataExt;
        // A life that goes on may have removed it.
        let others = |path: &Path| path.symlink_metadata().map_or(0, |file| file.mode() & 0o077);
        if !self.folder.exists() {
            return 0;
        }
        assert_eq!(others(&self.folder), 0, "others can look into {}", self.folder.display());
        let files = std::fs::read_dir(&self.folder).unwrap().map(|file| file.unwrap().path());
        let half = files.inspect(|file| assert_eq!(others(file), 0, "others can read {}", file.display()));
        half.filter(|file| file.extension().is_some()).count().try_into().unwrap()
    }
}

impl Drop for Household {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
