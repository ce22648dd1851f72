//! The key on made-up and drawn homes.

mod asked;
mod cases;
mod choices;
mod doors;
mod drawings;
mod follows;
mod later_maps;
mod laws;
mod routes;
