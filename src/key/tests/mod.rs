//! The key on made-up and drawn homes.

mod cases;
mod doors;
mod drawings;
mod laws;
mod routes;
