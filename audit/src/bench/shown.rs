//! Pictures of a few homes and of what leaves.

use homeveil::Coins;

use super::run::{Bench, seed};
use crate::AuditError;
use crate::mechanism::Mechanism;
use crate::report::Shown;

impl Bench {
    /// The first homes of the evaluation half, each with its map as it is and with what every mechanism lets out.
    ///
    /// # Errors
    /// A home is refused, or the coins fail.
    pub fn shown(&self, homes: usize, mechanisms: &[Box<dyn Mechanism>]) -> Result<Vec<Shown>, AuditError> {
        let mut all = Vec::new();
        for (number, home) in (0..).zip(self.evaluation().iter().take(homes)) {
            let mut maps = vec![("the robot's map".to_owned(), home.map().grid.clone())];
            for mechanism in mechanisms {
                let name = mechanism.name();
                let seen = mechanism.release(home, &mut Coins::replayed(seed(&name, 1, number)))?;
                maps.extend(seen.grid.map(|grid| (name, grid)));
            }
            let rooms = home.rooms().len();
            all.push(Shown { home: format!("{rooms} rooms, {:.0} m²", home.free_m2()), maps });
        }
        Ok(all)
    }
}
