//! What happened in all weeks together.

/// What happened in all weeks together.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) weeks: u64,
    pub(super) goals: u64,
    pub(super) accepted: u64,
    pub(super) cleaned: u64,
    pub(super) driven: u64,
    pub(super) nothing: u64,
    pub(super) no_way: u64,
    pub(super) refits: u64,
    /// Maps that were not recognized, of those that show the home.
    pub(super) unsure: u64,
    /// Maps that were recognized under another transform than the true one, or on another floor.
    pub(super) lost: u64,
    /// Days on which the key led nowhere.
    pub(super) closed: u64,
    /// Homes with an area that is bound to a redacted room, and how often such a room was cleaned.
    pub(super) hidden_areas: u64,
    pub(super) cleaned_hidden: u64,
    /// Days with a map of another floor, a map hardly begun, a map without names or with other numbers, a turned one.
    pub(super) odd: u64,
    pub(super) twins: u64,
    /// What owners did, by kind, and how often on an odd day, on a lost one, or on another storey.
    pub(super) barred: u64,
    pub(super) redacted: u64,
    pub(super) removed: u64,
    pub(super) bound: u64,
    pub(super) unbarred: u64,
    pub(super) confirmed: u64,
    pub(super) on_odd_days: u64,
    /// Days on which the home came back after others, and was compared with the key that had not seen those.
    pub(super) returns: u64,
    /// Days on another storey that was known.
    pub(super) upstairs: u64,
}
