//! Time and randomness that a test rules.

use std::sync::{
    Mutex,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use redress_domain::{Clock, Random};
use redress_runtime::SystemClock;

/// A clock that stands still until it is moved.
pub struct TestClock(AtomicI64);

impl Default for TestClock {
    /// Noon of an ordinary day.
    fn default() -> Self {
        Self(AtomicI64::new(1_781_092_800_000_000))
    }
}

impl TestClock {
    /// Moves the time on.
    pub fn advance(&self, by: SignedDuration) {
        let by = i64::try_from(by.as_micros()).expect("a test's time is short");
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).expect("a test's time is short")
    }
}

/// The machine's clock, which a test can put forward.
#[derive(Default)]
pub struct ForwardClock(AtomicI64);

impl ForwardClock {
    /// Puts it forward.
    pub fn advance(&self, by: SignedDuration) {
        let by = i64::try_from(by.as_micros()).expect("a test's time is short");
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl Clock for ForwardClock {
    fn now(&self) -> Timestamp {
        SystemClock.now() + SignedDuration::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Randomness from a seed: the same each time.
pub struct Dice(Mutex<StdRng>);

impl Dice {
    /// From this seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    /// A number below `end`.
    pub fn below(&self, end: u64) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes) % end
    }
}

impl Random for Dice {
    fn fill(&self, out: &mut [u8]) {
        self.0.lock().expect("no test panics while it throws").fill_bytes(out);
    }
}
