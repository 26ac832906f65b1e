//! Tests that cannot run here say so, and `tests/run` counts them as skipped.

use std::{fs::OpenOptions, io::Write, thread};

/// Says that the calling test cannot run here, and why (`reason`); the test returns right after it.
///
/// Prints `SKIPPED: <test>: <reason>` and adds that line to the file that `REDRESS_SKIPPED` names, because the
/// test harness swallows what a passing test prints. Gives an error when that file cannot be written.
pub fn skip(reason: &str) -> anyhow::Result<()> {
    let line = format!("SKIPPED: {}: {reason}\n", thread::current().name().unwrap_or("a test"));
    print!("{line}");
    if let Some(path) = std::env::var_os("REDRESS_SKIPPED") {
        // In one write, so that the lines of tests that run side by side do not mix.
        OpenOptions::new().create(true).append(true).open(path)?.write_all(line.as_bytes())?;
    }
    Ok(())
}
