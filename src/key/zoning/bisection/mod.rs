//! Cutting connected cells in two: the one engine behind halves of rooms and patches of charts.
//!
//! It takes a set of cells as runs, a rank for every cell and a number of cells, and gives two sets. The first
//! cells by rank make the lower side, the rest the higher one. Of each side the largest piece stays, and its
//! other pieces change sides. A piece that changes sides touches the side it goes to, since the whole set is
//! connected, so both sides are connected afterwards.
//!
//! Its two callers differ in what they ask on top. A chart ([`bisect_spans`]) makes a hundred cuts and needs
//! about the right number of cells at each: the cut is aimed again by as much as it missed. A room
//! ([`bisect_once`]) is cut once and has to keep its doors on the right side: `zoning::halves` tries straight
//! lines, then distances from the doors, and evens out what is left cell by cell. Aiming a room's cut again
//! could push it across a door, and evening out every cut of a chart would cost more than the chart.
//!
//! Everything is done in integers with stated ties. The engine does not choose the ranks, and if the set is not
//! connected, its sides need not be either.

mod bisect;
mod ranks;
mod spans;

pub(in crate::key) use bisect::{BisectionBuffers, Halves, along, bisect_once, bisect_spans};
pub(in crate::key) use spans::{SetPart, SpanPieces, area, cells, moments, spans_of};
