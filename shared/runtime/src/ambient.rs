//! The real clock and the real randomness: the only place that touches them.

use jiff::Timestamp;
use rand::{TryRng as _, rngs::SysRng};
use redress_domain::{Clock, Random};

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else is given")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The operating system's randomness: fit for keys.
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, out: &mut [u8]) {
        SysRng.try_fill_bytes(out).expect("an operating system that can run us gives randomness");
    }
}
