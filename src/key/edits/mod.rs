//! What the owner binds and bars on today's map: `areas`, `bars`.
//!
//! Each deed becomes a mark of the known map (`refit`), so that later maps have it too. What is drawn on the release
//! is lifted to the home first.

mod areas;
mod bars;
