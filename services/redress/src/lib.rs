//! The one binary, as a library: the composition root of all roles. What each role does is its crate's; here
//! stands only which there are, what they are given, and how a process starts and ends.

pub mod cli;
pub mod local;
pub mod lock;
pub mod node;
pub mod of_intake;
pub mod parts;
pub mod reference;
pub mod roles;
pub mod settings;
pub mod telemetry;

/// Every TLS connection of this process goes by rustls with ring. Harmless to call again.
pub fn choose_tls() {
    // An error says that it was chosen before.
    rustls::crypto::ring::default_provider().install_default().unwrap_or_default();
}
