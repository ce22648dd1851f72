//! A household over days: all that its keeper ever gives out.

use homeveil::atlas::{Codebook, Plan};
use homeveil::keeper::{ConsentRecord, Keeper, KeeperError, MemoryStore, Purpose, UnixTime};
use homeveil::noise::Channel;
use homeveil::release::Caps;
use homeveil::{Coins, Odds, Policy};

use super::{Law, Limits, Mechanism, Seen};
use crate::AuditError;
use crate::population::Subject;

/// What happens to a household from one release to the next. What leaves is all releases in the order of their days,
/// each as the JSON that a recipient gets, a line each.
///
/// Within an epoch nothing may come of days, restarts and updates: all releases are one, and the caps are those of one.
/// Over epochs odds multiply up to the ledger's cap.
///
/// ```
/// use homeveil::Coins;
/// use homeveil_audit::mechanism::{Household, Mechanism};
/// let home = homeveil_audit::population::Subject::new(homeveil::synth::sample_home())?;
/// let seen = Household::Days.release(&home, &mut Coins::replayed(1))?;
/// let releases: Vec<&str> = std::str::from_utf8(&seen.bytes).unwrap_or_default().lines().collect();
/// assert!(releases.len() == 6 && releases.iter().all(|release| *release == releases[0]));
/// let plan = homeveil::Release::from_json(releases[0].as_bytes())?.floors()[0].plan();
/// assert_eq!(Household::Days.summary(&seen), Some(vec![plan.to_string(); 6].join("\n").into_bytes()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Household {
    /// Maps come day by day.
    Days,
    /// The robot is switched off in between.
    Restarts,
    /// Every update brings other codebooks.
    Updates,
    /// The owner opens a new epoch every time.
    Epochs,
}

impl Household {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Days, Self::Restarts, Self::Updates, Self::Epochs];

    /// Releases that are asked for.
    const fn times(self) -> u32 {
        if self.is_of_one_epoch() { 6 } else { 4 }
    }

    /// Releases that the ledger pays for where each is of a new epoch; what comes after them is a constant.
    pub const PAID: usize = 2;

    /// Whether all of them are of one epoch, and so one and the same.
    #[must_use]
    pub const fn is_of_one_epoch(self) -> bool {
        !matches!(self, Self::Epochs)
    }
}

/// What an attacker of a household can count on is that its keeper works.
fn works<T>(result: Result<T, KeeperError>) -> Result<T, AuditError> {
    result.map_err(|error| AuditError::Learning(error.to_string()))
}

/// What these households draw under: λ = 2 for a release, 4 over all epochs, so that the ledger pays for
/// [`Household::PAID`].
fn policy() -> Result<Policy, AuditError> {
    Ok(Policy::builder().odds(Odds::new(2, 1)?).odds_cap(Odds::new(4, 1)?).build()?)
}

/// The shipped codebook with one plan more after every other update, and where it has but one plan: nothing could come
/// of days and updates by a constant.
fn codebook(policy: &Policy, update: u32) -> Option<Codebook> {
    let shipped = Codebook::of(policy.zones(), policy.odds())?;
    let mut plans: Vec<_> = shipped.plans().iter().map(Plan::id).collect();
    if update % 2 == 1 || plans.len() == 1 {
        let further = Codebook::of(policy.zones(), Odds::new(64, 1).ok()?)?;
        plans.extend(further.plans().iter().map(Plan::id).find(|plan| !plans.contains(plan)));
    }
    let preferred = shipped.preferred().min(u32::try_from(plans.len()).ok()? - 1).max(1);
    Codebook::of_plans(policy.zones(), &plans, preferred).ok()
}

impl Mechanism for Household {
    fn name(&self) -> String {
        let what = match self {
            Self::Days => "six days",
            Self::Restarts => "six restarts",
            Self::Updates => "six updates",
            Self::Epochs => "four new epochs, at most 4 in all",
        };
        format!("a household, λ = 2, {what}")
    }

    fn about(&self) -> String {
        "All releases that a keeper gives out for a home over time.".to_owned()
    }

    fn release(&self, subject: &Subject, coins: &mut Coins) -> Result<Seen, AuditError> {
        let policy = policy()?;
        let (now, purpose) = (UnixTime::from_secs(1_790_000_000), Purpose::RequestedServiceProvision);
        let mut open = |store, update| -> Result<Keeper<MemoryStore>, AuditError> {
            let coins = Coins::replayed(coins.below(u64::MAX)?);
            let mut keeper = works(Keeper::open_with(store, policy.clone(), coins))?;
            keeper.draw_from(codebook(&policy, update).ok_or(AuditError::NoHomes)?);
            Ok(keeper)
        };
        let mut keeper = open(MemoryStore::default(), 0)?;
        let consent = ConsentRecord::given("audit", "audit", now, now.later_by_s(1000)).purpose(purpose);
        works(keeper.consent(consent))?;
        let mut bytes = Vec::new();
        for time in 0..self.times() {
            if time > 0 {
                match self {
                    Self::Days => {}
                    Self::Restarts => keeper = open(keeper.into_store(), 0)?,
                    Self::Updates => keeper = open(keeper.into_store(), time)?,
                    Self::Epochs => works(keeper.new_epoch())?,
                }
            }
            works(keeper.on_map(subject.home(), subject.redaction(), purpose, now))?;
            let release = works(keeper.release(purpose, now))?;
            bytes.extend(release.to_json().into_bytes());
            bytes.push(b'\n');
        }
        Ok(Seen { bytes, grid: None, regions_m2: Vec::new(), outcome: None })
    }

    /// That of one release, by which rivals are found: the laws of all releases differ where these do.
    fn law(&self, subject: &Subject) -> Option<Law> {
        let policy = policy().ok()?;
        let codebook = codebook(&policy, 0)?;
        let channel = Channel::new(codebook.count(), codebook.preferred(), policy.odds()).ok()?;
        Some(super::plans::law(channel, subject.ranking(&codebook, true).ok()?.as_ref()))
    }

    fn law_is_of_a_part(&self) -> bool {
        true
    }

    /// Which plans were drawn, and how often: of draws that do not depend on one another the order says nothing.
    fn summary(&self, seen: &Seen) -> Option<Vec<u8>> {
        let text = String::from_utf8_lossy(&seen.bytes);
        let after = text.split("\"plan\":").skip(1);
        let number =
            |rest: &str| rest.split(|sign: char| !sign.is_ascii_digit()).next().unwrap_or("").to_owned();
        let mut plans: Vec<String> = after.map(number).collect();
        plans.sort_unstable();
        Some(plans.join("\n").into_bytes())
    }

    fn limits(&self) -> Limits {
        let Ok(policy) = policy() else { return Limits::default() };
        let odds = if *self == Self::Epochs { policy.odds_cap() } else { policy.odds() };
        let caps = Some(Caps::of_odds(odds));
        Limits { exact: caps, general: caps }
    }
}
