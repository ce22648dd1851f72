//! Cutting connected floor in two connected parts, over runs of cells.

mod bisect;
mod ranks;

pub(in crate::key) use bisect::{Halves, Order, Scissors, area, moments};
