//! What was found, for the terminal, for programs, and for people.

mod html;
mod json;
mod page;
mod plane;
mod sections;
mod table;

pub use json::to_json;
pub use page::{Shown, page};
pub use table::{ours, overview};
