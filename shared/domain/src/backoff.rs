//! When to try again: exponential, with jitter, heeding what the other side asked for, and with an end.

use jiff::SignedDuration;

/// How often and how patiently something is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The longest wait before the second try.
    pub first: SignedDuration,
    /// No wait is longer, save where the other side asked for more.
    pub longest: SignedDuration,
    /// Tries in all.
    pub tries_max: u32,
}

impl Backoff {
    /// For a task on an outside system: 17 tries over about a day.
    pub const REMOTE: Self =
        Self { first: SignedDuration::from_secs(2), longest: SignedDuration::from_hours(6), tries_max: 17 };

    /// The wait after `tries` tries have failed, or none when it is time to stop.
    ///
    /// Half of the exponential wait is certain and half is drawn from `dice` (any 32 random bits), so that
    /// many who failed together do not come again together. `asked` (Retry-After) is a lower bound.
    pub fn wait(&self, tries: u32, dice: u32, asked: Option<SignedDuration>) -> Option<SignedDuration> {
        if tries >= self.tries_max {
            return None;
        }
        let factor = 1i32 << tries.saturating_sub(1).min(30);
        let ceiling = self.first.checked_mul(factor).unwrap_or(self.longest).min(self.longest);
        let half = ceiling / 2;
        let jitter = half.mul_f64(f64::from(dice) / f64::from(u32::MAX));
        Some((half + jitter).max(asked.unwrap_or(SignedDuration::ZERO)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: Backoff = Backoff {
        first: SignedDuration::from_secs(1),
        longest: SignedDuration::from_secs(60),
        tries_max: 40,
    };

    #[test]
    fn waits_double_up_to_the_longest_and_then_end() {
        for tries in 1..40 {
            let ceiling = 2f64.powi(tries - 1).min(60.0);
            let least = POLICY.wait(tries as u32, 0, None).unwrap().as_secs_f64();
            let most = POLICY.wait(tries as u32, u32::MAX, None).unwrap().as_secs_f64();
            assert_eq!((least, most), (ceiling / 2.0, ceiling), "try {tries}");
        }
        assert_eq!(POLICY.wait(40, 0, None), None);
    }

    #[test]
    fn a_remote_system_may_be_away_for_half_a_day_and_is_given_up_after_two() {
        for (dice, longer_than, shorter_than) in [(0, 10, 48), (u32::MAX, 20, 48)] {
            let waits = (1..).map_while(|tries| Backoff::REMOTE.wait(tries, dice, None));
            let hours = waits.map(|wait| wait.as_secs_f64()).sum::<f64>() / 3600.0;
            assert!(hours > f64::from(longer_than) && hours < f64::from(shorter_than), "{hours}");
        }
    }

    #[test]
    fn what_the_other_side_asked_for_is_heeded_even_past_the_longest() {
        let asked = SignedDuration::from_secs(600);
        assert_eq!(POLICY.wait(1, 0, Some(asked)), Some(asked));
    }
}
