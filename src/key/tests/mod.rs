//! The key on made-up and drawn homes.

pub(super) mod cases;
mod drawn;
