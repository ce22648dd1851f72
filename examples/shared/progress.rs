//! Progress.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of so many steps on standard error. It is shown on a terminal only, and goes when it is dropped.
#[must_use]
pub fn progress(steps: usize) -> ProgressBar {
    let bar = ProgressBar::new(steps as u64);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len}, {eta} left  {msg}");
    if let Ok(style) = style { bar.with_style(style) } else { bar }
}
