//! What a process says of itself: lines on stderr, for people on a terminal and as JSON for whatever gathers them
//! (`RUST_LOG` says how much); spans and figures, for whoever the settings name.

mod exporting;

use std::io::{IsTerminal as _, stderr};

use tracing_subscriber::{EnvFilter, fmt};

pub use exporting::{Exporting, Waits, refused};

/// Begins to write. `usual` is how much where `RUST_LOG` says nothing, such as `info`.
pub fn start(usual: &str) {
    // A database's notices about our own temporary tables are news to nobody, and that the broker is away we say
    // ourselves, once.
    let usual = format!("{usual},sqlx::postgres::notice=warn,lapin=off");
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let lines = fmt().with_env_filter(filter).with_writer(stderr);
    // An error says that somebody began before.
    match stderr().is_terminal() {
        true => lines.with_target(false).try_init(),
        false => lines.json().try_init(),
    }
    .unwrap_or_default();
}
