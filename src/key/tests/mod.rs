//! The key on made-up and drawn homes.

mod asked;
mod barred;
mod cases;
mod choices;
mod doors;
mod drawings;
mod follows;
mod kept;
mod kept_out;
mod later_maps;
mod laws;
mod overlaps;
mod routes;
mod shut_rooms;
mod which_map;
