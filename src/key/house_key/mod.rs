//! The key itself: the tables that it is (`house_key`), how they are made of a home and a plan (`build`), and how they
//! are stored (`storage`).

pub(super) mod build;
mod house_key;
mod storage;

pub use house_key::HouseKey;
