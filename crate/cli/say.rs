//! What the command line prints. A reader that has seen enough (`chailou schema | head -1`) is no error, and no reason
//! to stop work whose result goes into files.

use std::fmt::Display;
use std::io::{ErrorKind, Write};

/// Prints a line; an `Err` is one sentence for the user, of a full disk for example.
pub fn say(line: impl Display) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    told(writeln!(out, "{line}").and_then(|()| out.flush()))
}

/// Prints a line where errors go, if anybody reads there.
pub fn complain(line: impl Display) {
    // Nothing is left to tell a failure to.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Prints `bytes` as they are; an `Err` is one sentence for the user.
pub fn print(bytes: &[u8]) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    told(out.write_all(bytes).and_then(|()| out.flush()))
}

fn told(outcome: std::io::Result<()>) -> Result<(), String> {
    match outcome {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot print: {error}")),
        _ => Ok(()),
    }
}
