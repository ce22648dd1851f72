//! The process started again, as a child.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

/// The command that starts this process again, to be given arguments.
pub(super) fn itself() -> Command {
    piped(Command::new(std::env::current_exe().unwrap()))
}

/// The same with its files no larger than so many blocks of 512 bytes, where a larger one is an error and no signal.
pub(super) fn with_small_files(blocks: u32) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg("trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"").arg(blocks.to_string());
    shell.arg(std::env::current_exe().unwrap());
    piped(shell)
}

/// The same on a disk of its own of so many KiB, mounted on a folder, where the system lets us mount one.
pub(super) fn with_small_disk(kib: u32, folder: &Path) -> Option<Command> {
    let unshared = |script: &str, args: [&OsStr; 2]| {
        let mut shell = Command::new("unshare");
        shell.args(["-rm", "sh", "-c", script]).args(args);
        shell
    };
    let mount = "mount -t tmpfs -o size=\"$0\" tmpfs \"$1\"";
    let size = format!("{kib}k");
    let args = [size.as_ref(), folder.as_os_str()];
    let can_mount = unshared(mount, args).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    let mut command = unshared(&format!("{mount} && shift && exec \"$@\""), args);
    command.arg(std::env::current_exe().unwrap());
    can_mount.then(|| piped(command))
}

fn piped(mut command: Command) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What a process that is over has said: whole lines, and no word of a panic.
pub(super) fn said(output: &Output) -> Vec<String> {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("panicked"), "{errors}");
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')).map(str::to_owned).collect()
}

/// A life that does what it is told.
pub(super) struct Obedient {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Obedient {
    /// Starts one, and gives what it says first.
    pub(super) fn start(folder: &Path) -> (Self, String) {
        let mut child = itself().arg("obey").arg(folder).stdin(Stdio::piped()).spawn().unwrap();
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut obedient = Self { child, to, from };
        let first = obedient.answer();
        (obedient, first)
    }

    pub(super) fn tell(&mut self, word: &str) -> String {
        writeln!(self.to, "{word}").unwrap();
        self.answer()
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    pub(super) fn kill(mut self) {
        self.child.kill().unwrap();
        said(&self.child.wait_with_output().unwrap());
    }
}
