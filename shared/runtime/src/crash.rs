//! Points at which a test ends the process, as `kill -9` would. Without the feature `crashpoints` they are
//! nothing at all.
//!
//! `REDRESS_CRASH=<point>:<n>` ends the process when it comes to the point for the n-th time, from 1.

/// The points, in the order in which a message passes them.
pub const POINTS: [&str; 12] = [
    "before attempt",
    "before commit",
    "after commit",
    "before ack",
    "after ack",
    "before publish",
    "after publish",
    "before mark sent",
    "after mark sent",
    "before intent",
    "before effect",
    "after effect",
];

/// Comes to a point.
#[cfg(feature = "crashpoints")]
pub fn point(name: &str) {
    use std::sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    };
    static WHERE: LazyLock<Option<(String, u64)>> = LazyLock::new(|| {
        let text = std::env::var("REDRESS_CRASH").ok()?;
        let (name, nth) = text.rsplit_once(':')?;
        Some((name.to_owned(), nth.parse().ok()?))
    });
    static PASSED: AtomicU64 = AtomicU64::new(0);
    debug_assert!(POINTS.contains(&name), "{name} is not in the list of points");
    if let Some((here, nth)) = &*WHERE
        && here == name
        && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *nth
    {
        std::process::abort();
    }
}

/// Comes to a point: nothing, in this build.
#[cfg(not(feature = "crashpoints"))]
#[inline]
pub fn point(_name: &str) {}
