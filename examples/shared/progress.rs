//! Progress.

use std::cell::Cell;
use std::io::{IsTerminal as _, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How often a line is written where nobody sees a bar.
const LINE_EVERY: Duration = Duration::from_secs(60);

/// How far a long run has come, on standard error: a bar on a terminal, which goes when it is dropped, and a line a
/// minute where the output is piped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    last_line: Option<Cell<Instant>>,
}

/// A run of so many steps.
#[must_use]
pub fn progress(steps: usize) -> Progress {
    let bar = ProgressBar::new(steps as u64);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len}, {eta} left  {msg}");
    let bar = if let Ok(style) = style { bar.with_style(style) } else { bar };
    let last_line = (!stderr().is_terminal()).then(|| Cell::new(Instant::now()));
    Progress { bar, last_line }
}

impl Progress {
    /// So many steps more are done.
    pub fn inc(&self, steps: u64) {
        self.bar.inc(steps);
        if let Some(last) = &self.last_line
            && last.get().elapsed() >= LINE_EVERY
        {
            last.set(Instant::now());
            let (done, all) = (self.bar.position(), self.bar.length().unwrap_or(0));
            let gone = self.bar.elapsed().as_secs();
            let left = gone * all.saturating_sub(done) / done.max(1);
            eprintln!("{done} of {all} done in {gone} s, about {left} s left  {}", self.bar.message());
        }
    }

    /// What the run is at.
    pub fn set_message(&self, message: String) {
        self.bar.set_message(message);
    }

    /// Writes something else meanwhile.
    pub fn suspend(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    /// The run is over.
    pub fn finish_and_clear(&self) {
        self.bar.finish_and_clear();
    }
}
