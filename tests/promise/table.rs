//! Laws run side by side, and their results as a table.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Instant;

/// Characters of a failure that are printed.
const MOST_SAID: usize = 4000;

/// A line of the table.
pub(crate) struct Row {
    /// Printed where it changes.
    pub(crate) heading: String,
    pub(crate) check: String,
    pub(crate) cases: Option<u64>,
    pub(crate) holds: bool,
    /// What is printed where it does, and where it does not.
    pub(crate) words: [&'static str; 2],
    /// What failed.
    pub(crate) why: Option<String>,
}

/// Runs a check; what it says when it panics.
pub(crate) fn attempt<T>(check: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(check)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        text.unwrap_or_default().chars().take(MOST_SAID).collect()
    })
}

/// Makes a row of each item, on as many threads as there are cores, and prints them in the order of the items as they
/// come.
pub(crate) fn in_order<T: Sync>(items: &[T], row: impl Fn(&T) -> Row + Sync) -> Vec<Row> {
    // Failures are told at the end, not by every case as it fails.
    std::panic::set_hook(Box::new(|_| {}));
    let next = Mutex::new(0..items.len());
    let done = Mutex::new((0, items.iter().map(|_| None).collect::<Vec<Option<(Row, f64)>>>()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let Some(item) = next.lock().unwrap().next() else { break };
                    let begun = Instant::now();
                    let made = row(&items[item]);
                    let mut done = done.lock().unwrap();
                    done.1[item] = Some((made, begun.elapsed().as_secs_f64()));
                    let (printed, rows) = &mut *done;
                    while let Some(Some((row, seconds))) = rows.get(*printed) {
                        let new = *printed == 0
                            || rows[*printed - 1]
                                .as_ref()
                                .is_none_or(|(before, _)| before.heading != row.heading);
                        print(row, *seconds, new);
                        *printed += 1;
                    }
                }
            });
        }
    });
    let _ = std::panic::take_hook();
    done.into_inner().unwrap().1.into_iter().flatten().map(|(row, _)| row).collect()
}

fn print(row: &Row, seconds: f64, new: bool) {
    if new {
        println!("{}", row.heading);
    }
    let cases = row.cases.map_or_else(String::new, grouped);
    let result = row.words[usize::from(!row.holds)];
    println!("    {:<88} {cases:>12}  {result:<6}  {seconds:>5.1} s", row.check);
}

/// 1234567 as 1,234,567.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The last lines, and how the process ends.
pub(crate) fn end(rows: &[Row]) -> ExitCode {
    let failed: Vec<&Row> = rows.iter().filter(|row| !row.holds).collect();
    for row in &failed {
        println!("\n{}\n{}", row.check, row.why.as_deref().unwrap_or_default());
    }
    println!("\n{} of {} lines as they must be\n", rows.len() - failed.len(), rows.len());
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
