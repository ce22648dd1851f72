//! Numbers of areas.

use serde::{Deserialize, Serialize};

number! {
    /// Number of an area, from 0. A key has as many areas as its policy says.
    ///
    /// ```
    /// use homeveil::key::AreaId;
    /// assert_eq!(serde_json::to_string(&AreaId::new(3))?, "3");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    AreaId(u32)
}
