//! How a command ends: exit code 0, done; 1, refused or failed; 2, wrong usage.

use std::error::Error;
use std::process::ExitCode;

/// Runs what was asked for, where it could be read off the command line.
pub(crate) fn command<T>(
    asked: Result<T, Box<dyn Error>>,
    usage: &str,
    run: impl FnOnce(T) -> Result<(), Box<dyn Error>>,
) -> ExitCode {
    match asked.map(run) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            eprintln!("refused: {error}");
            ExitCode::from(1)
        }
        Err(error) => {
            eprintln!("{error}\n{usage}");
            ExitCode::from(2)
        }
    }
}
