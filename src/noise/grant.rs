//! That nobody counts a draw.

use serde::{Deserialize, Serialize};

/// Who accounts for a draw, as the certificate shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum GrantKind {
    /// The device's keeper: once an epoch, and all epochs together below its cap.
    Keeper,
    /// Nobody: for research. Draws of one home average out.
    Unaccounted,
}

/// Says that nobody counts a draw: each call of [`anonymize`](crate::anonymize) uses one up, and it cannot be copied,
/// so that no draw is made by accident. A [`Keeper`](crate::Keeper) counts its draws and needs none. The certificate of
/// a release says whether a keeper counted it
/// ([`Certificate::is_accounted`](crate::release::Certificate::is_accounted)).
///
/// ```compile_fail
/// use homeveil::Grant;
/// let grant = Grant::unaccounted();
/// drop(grant);
/// drop(grant); // used twice
/// ```
/// ```compile_fail
/// let grant = homeveil::Grant::unaccounted().clone();
/// ```
#[derive(Debug)]
pub struct Grant {
    kind: GrantKind,
}

impl Grant {
    /// A grant nobody accounts for: for research, shown in the certificate. A device takes its releases from its
    /// [`Keeper`](crate::Keeper).
    #[must_use]
    pub const fn unaccounted() -> Self {
        Self { kind: GrantKind::Unaccounted }
    }

    /// Uses it up for a draw.
    pub(crate) const fn redeem(self) -> GrantKind {
        self.kind
    }
}
