//! A process of the tests' own that is killed, and looks at what it does.

use std::{
    process::{Child, ExitStatus},
    time::Duration,
};

/// What another process does to a database gives no word.
#[expect(
    clippy::disallowed_methods,
    reason = "another process's work is looked at, there is nothing to wait on"
)]
pub(crate) async fn look_again() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}

/// A running process, killed when it is dropped.
pub(crate) struct Killable(pub(crate) Child);

impl Killable {
    /// Waits until it has ended by itself.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            look_again().await;
        }
    }

    /// Whether it still runs.
    pub(crate) fn runs(&mut self) -> bool {
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
