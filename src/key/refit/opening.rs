//! A key that leads nowhere today, and how it opens again.

use crate::key::known::Closed;
use crate::key::{HouseKey, KeyError};

impl HouseKey {
    /// Whether the key leads anywhere on today's map. It leads nowhere where the map is not recognized and something
    /// that the owner barred or redacted has no certain place on it ([`HouseKey::refit`]). It opens with a map that is
    /// recognized, when the owner confirms today's ([`HouseKey::confirm_map`]), or when the owner removes all bars
    /// ([`HouseKey::unbar`]) where it is closed for these alone.
    ///
    /// # Errors
    /// [`KeyError::UnplacedBars`] or [`KeyError::UnplacedRedaction`].
    pub const fn check_open(&self) -> Result<(), KeyError> {
        match self.closed {
            Closed { bars: true, .. } => Err(KeyError::UnplacedBars),
            Closed { redaction: true, .. } | Closed { room: true, .. } => Err(KeyError::UnplacedRedaction),
            _ => Ok(()),
        }
    }

    /// Closes the drive, or opens it again.
    pub(in crate::key) fn open_again(&mut self) {
        if self.closed.is_closed() {
            self.drive.close();
        } else {
            self.drive.open_again(self.resolution_m);
        }
    }
}
