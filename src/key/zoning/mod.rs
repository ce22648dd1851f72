//! From rooms to zones: rooms are cut in halves where the assignment says so, and the floor is shared out.

pub(super) mod halves;
pub(super) mod seeds;
pub(super) mod zones;
