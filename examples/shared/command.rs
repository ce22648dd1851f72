//! How a command ends.

use std::error::Error;
use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

/// Anything that goes wrong in an example.
pub type Failure = Box<dyn Error>;

/// Parses the command line, runs, and prints what the run says. The help, whose first paragraph is the usage, is
/// printed on `--help`.
///
/// Exit code 0: done, also where nobody reads on (`| head -1`); 1: refused or failed; 2: wrong usage.
pub fn command<T>(
    help: &str,
    parse: impl FnOnce(lexopt::Parser) -> Result<T, Failure>,
    run: impl FnOnce(T) -> Result<String, Failure>,
) -> ExitCode {
    if std::env::args_os().skip(1).any(|arg| arg == "--help" || arg == "-h") {
        return print(help);
    }
    match parse(lexopt::Parser::from_env()).map(run) {
        Ok(Ok(text)) => print(&text),
        Ok(Err(error)) => {
            eprintln!("refused: {error}");
            ExitCode::from(1)
        }
        Err(error) => {
            let usage = help.split("\n\n").next().unwrap_or(help);
            eprintln!("{error}\n{usage}");
            ExitCode::from(2)
        }
    }
}

/// Prints the text. A closed pipe is no failure: whoever reads has read enough.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => ExitCode::from(1),
        _ => ExitCode::SUCCESS,
    }
}
