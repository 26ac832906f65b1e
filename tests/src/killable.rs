//! A process of the tests' own that is killed, and looks at what it does.

#![allow(clippy::unwrap_used, reason = "a test may")]

use std::{
    io,
    process::{Child, Command, ExitStatus},
    time::Duration,
};

/// What another process does to a database gives no word.
#[expect(
    clippy::disallowed_methods,
    reason = "another process's work is looked at, there is nothing to wait on"
)]
pub async fn look_again() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}

/// A running process, killed when it is dropped.
pub struct Killable(Child);

impl Killable {
    /// Starts it.
    ///
    /// # Errors
    /// When there is no such program.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        command.spawn().map(Self)
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Waits until it has ended by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            look_again().await;
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("/bin/bash").args(["-c", &format!("kill -{name} {}", self.id())]).status();
        assert!(sent.unwrap().success());
    }

    /// Asks it to end, as an operating system does.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.0.try_wait().unwrap().is_none()
    }
}

impl Drop for Killable {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to kill.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
