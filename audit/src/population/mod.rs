//! Homes, and what is true of them.
//!
//! A [`Population`] has two halves. Attackers learn on [`Half::Design`], and so do mechanisms that are fitted to homes;
//! figures are of [`Half::Evaluation`]. [`Made`] are made-up homes as people's homes were counted
//! ([`homeveil::synth::Population`]), [`MapFolder`] the maps of a folder, [`RoomPolygons`] homes drawn as outlines of
//! rooms, and [`Skipping`] any of them without the first.

mod attribute;
mod made;
mod maps;
mod polygons;
mod skipping;
mod subject;
mod tiny;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

pub use attribute::Attribute;
pub use made::Made;
pub use maps::MapFolder;
pub use polygons::RoomPolygons;
pub use skipping::Skipping;
pub use subject::{RADIUS_M, RoomFact, Subject};
pub(crate) use tiny::Tiny;

use crate::AuditError;

/// A half of a population.
///
/// ```
/// assert_ne!(homeveil_audit::population::Half::Design, homeveil_audit::population::Half::Evaluation);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Homes that attackers learn from.
    Design,
    /// Homes that figures are of.
    Evaluation,
}

/// Where homes come from. [`Made`] has an example.
pub trait Population: Sync {
    /// What these homes are, for a heading.
    fn name(&self) -> String;

    /// How many homes a half has; nothing where there is no end.
    fn count(&self, half: Half) -> Option<usize>;

    /// A home by its number.
    ///
    /// # Errors
    /// The home cannot be read or is refused.
    fn subject(&self, half: Half, number: usize) -> Result<Subject, AuditError>;

    /// The first homes of a half, as many as there are and at most so many.
    ///
    /// # Errors
    /// As [`Population::subject`]; or there are none.
    fn subjects(&self, half: Half, most: usize) -> Result<Vec<Subject>, AuditError> {
        let count = self.count(half).map_or(most, |count| count.min(most));
        if count == 0 {
            return Err(AuditError::NoHomes);
        }
        let numbers: Vec<usize> = (0..count).collect();
        in_parallel(&numbers, |&number| self.subject(half, number)).into_iter().collect()
    }
}

/// Does the same with each item, on all cores, and keeps their order. Who is done takes the next item.
pub(crate) fn in_parallel<T: Sync, U: Send>(items: &[T], work: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(items.len().max(1));
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, U)> = thread::scope(|scope| {
        let take = || {
            let numbers = core::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
            numbers.map_while(|number| Some((number, work(items.get(number)?)))).collect::<Vec<_>>()
        };
        let hands: Vec<_> = (1..workers).map(|_| scope.spawn(take)).collect();
        let mut done = take();
        for hand in hands {
            done.extend(hand.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::in_parallel;

    #[test]
    fn work_on_all_cores_keeps_its_order() {
        for count in [0, 1, 2, 7, 100] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(
                in_parallel(&items, |&item| item * 3),
                items.iter().map(|item| item * 3).collect::<Vec<_>>()
            );
        }
    }
}
