//! Fan out, gather, retry, remains: the one machine behind discovery, export, deletion, rectification and
//! restriction. A campaign is one round of tasks for one request; each task (a [`Leg`]) asks one connector
//! about some of its systems. Pure: a service's `decide` keeps campaign and legs in its rows.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::{Status, SystemName, backoff::Backoff};

/// What a task's answer says of one system, as far as the campaign cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// An end: nothing more is asked of this system in this campaign.
    Final(Status),
    /// Ask again, not before the time that the system itself named.
    Retry {
        /// Retry-After, as a time.
        not_before: Option<Timestamp>,
    },
    /// An operation of the provider is under way: look again then.
    Pending {
        /// By when the provider expects to be done.
        look_at: Timestamp,
    },
}

/// One task of a campaign: the open systems of one connector, and how often they were tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// Systems without an end yet.
    pub open: Vec<SystemName>,
    /// Tries of this task so far; the first answer is the first try.
    pub tries: u32,
    /// Ends so far.
    pub ended: BTreeMap<SystemName, Status>,
}

/// How many legs a campaign waits for. Kept in the request's row; each leg is a row of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Campaign {
    /// Legs sent out.
    pub legs: u32,
    /// Legs whose every system has an end.
    pub ended: u32,
}

/// What to do after an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gathered {
    /// This answer adds nothing: the leg had ended, or it speaks of systems that were not asked.
    Stale,
    /// Other legs are still out.
    Waiting,
    /// Send this leg's task again for its open systems, then.
    Again {
        /// Not before this time.
        at: Timestamp,
        /// Whether only to look after operations under way.
        poll: bool,
    },
    /// Every leg has ended.
    Complete,
}

impl Campaign {
    /// A campaign that sends out `legs` tasks. One of none is complete from the start.
    pub fn new(legs: u32) -> Self {
        Self { legs, ended: 0 }
    }

    /// Whether every leg has ended.
    pub fn is_complete(&self) -> bool {
        self.ended >= self.legs
    }

    /// Takes one answer of one leg. Systems that the answer leaves out count as to be retried. `dice` is 32
    /// random bits for the jitter.
    pub fn gather(
        &mut self,
        leg: &mut Leg,
        answer: &BTreeMap<SystemName, Report>,
        backoff: &Backoff,
        now: Timestamp,
        dice: u32,
    ) -> Gathered {
        if leg.open.is_empty() || !leg.open.iter().any(|system| answer.contains_key(system)) {
            return Gathered::Stale;
        }
        let next_look = leg.settle(answer);
        if leg.open.is_empty() {
            return self.end_leg();
        }
        if let Some(at) = next_look.only_pending() {
            // A provider that is late already is not asked without a pause.
            let soonest = now.checked_add(backoff.first).unwrap_or(at);
            return Gathered::Again { at: at.max(soonest), poll: true };
        }
        leg.tries += 1;
        let asked = next_look.not_before.map(|at| at.duration_since(now).max(SignedDuration::ZERO));
        match backoff.wait(leg.tries, dice, asked).and_then(|wait| now.checked_add(wait).ok()) {
            Some(at) => Gathered::Again { at, poll: false },
            None => {
                leg.give_up();
                self.end_leg()
            }
        }
    }

    fn end_leg(&mut self) -> Gathered {
        self.ended += 1;
        if self.is_complete() { Gathered::Complete } else { Gathered::Waiting }
    }
}

/// What the still open systems of a leg wait for.
#[derive(Default)]
struct NextLook {
    retries: u32,
    not_before: Option<Timestamp>,
    look_at: Option<Timestamp>,
}

impl NextLook {
    fn only_pending(&self) -> Option<Timestamp> {
        if self.retries == 0 { self.look_at } else { None }
    }
}

impl Leg {
    /// A leg that asks about these systems.
    pub fn new(systems: impl IntoIterator<Item = SystemName>) -> Self {
        Self { open: systems.into_iter().collect(), tries: 0, ended: BTreeMap::new() }
    }

    fn settle(&mut self, answer: &BTreeMap<SystemName, Report>) -> NextLook {
        let mut next = NextLook::default();
        let mut open = Vec::new();
        for system in self.open.drain(..) {
            match answer.get(&system).copied().unwrap_or(Report::Retry { not_before: None }) {
                Report::Final(status) => {
                    self.ended.insert(system, status);
                    continue;
                }
                Report::Retry { not_before } => {
                    next.retries += 1;
                    next.not_before = next.not_before.max(not_before);
                }
                Report::Pending { look_at } => {
                    next.look_at = Some(next.look_at.map_or(look_at, |at| at.min(look_at)));
                }
            }
            open.push(system);
        }
        self.open = open;
        next
    }

    fn give_up(&mut self) {
        for system in self.open.drain(..) {
            self.ended.insert(system, Status::Failed);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BACKOFF: Backoff =
        Backoff { first: SignedDuration::from_secs(1), longest: SignedDuration::from_secs(8), tries_max: 3 };

    fn name(i: usize) -> SystemName {
        format!("s{i}").parse().unwrap()
    }

    fn now() -> Timestamp {
        "2026-06-10T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn an_answer_that_leaves_a_system_out_asks_for_it_again_and_ends_as_failed() {
        let mut campaign = Campaign::new(1);
        let mut leg = Leg::new([name(0), name(1)]);
        let answer = BTreeMap::from([(name(0), Report::Final(Status::Done))]);
        let again = campaign.gather(&mut leg, &answer, &BACKOFF, now(), 0);
        assert!(matches!(again, Gathered::Again { poll: false, .. }), "{again:?}");
        assert_eq!(leg.open, [name(1)]);
        assert_eq!(campaign.gather(&mut leg, &answer, &BACKOFF, now(), 0), Gathered::Stale);
        let retry = BTreeMap::from([(name(1), Report::Retry { not_before: None })]);
        assert!(matches!(campaign.gather(&mut leg, &retry, &BACKOFF, now(), 0), Gathered::Again { .. }));
        assert_eq!(campaign.gather(&mut leg, &retry, &BACKOFF, now(), 0), Gathered::Complete);
        assert_eq!(leg.ended, BTreeMap::from([(name(0), Status::Done), (name(1), Status::Failed)]));
    }

    #[test]
    fn waiting_for_the_provider_costs_no_try() {
        let mut campaign = Campaign::new(1);
        let mut leg = Leg::new([name(0)]);
        let look_at = now() + SignedDuration::from_hours(1);
        let pending = BTreeMap::from([(name(0), Report::Pending { look_at })]);
        for _ in 0..100 {
            let gathered = campaign.gather(&mut leg, &pending, &BACKOFF, now(), 0);
            assert_eq!(gathered, Gathered::Again { at: look_at, poll: true });
        }
        assert_eq!(leg.tries, 0);
    }

    #[test]
    fn a_system_that_names_a_time_is_not_asked_before() {
        let mut campaign = Campaign::new(1);
        let mut leg = Leg::new([name(0), name(1)]);
        let at = now() + SignedDuration::from_hours(2);
        let answer = BTreeMap::from([
            (name(0), Report::Retry { not_before: None }),
            (name(1), Report::Retry { not_before: Some(at) }),
        ]);
        let gathered = campaign.gather(&mut leg, &answer, &BACKOFF, now(), 0);
        assert_eq!(gathered, Gathered::Again { at, poll: false });
    }

    fn report() -> impl Strategy<Value = Report> {
        prop_oneof![
            3 => (0..Status::ALL.len()).prop_map(|i| Report::Final(Status::ALL[i])),
            1 => Just(Report::Retry { not_before: None }),
            1 => (0i64..10_000).prop_map(|s| Report::Pending { look_at: now() + SignedDuration::from_secs(s) }),
        ]
    }

    proptest! {
        /// Whatever comes in whatever order, twice or not: a campaign completes exactly once, when every
        /// system of every leg has an end, and says so with that very answer.
        #[test]
        fn a_campaign_completes_exactly_once(
            answers in prop::collection::vec((0usize..4, prop::collection::btree_map(0usize..3, report(), 0..4)), 0..200)
        ) {
            let mut campaign = Campaign::new(4);
            let mut legs: Vec<Leg> = (0..4).map(|_| Leg::new((0..3).map(name))).collect();
            let mut completed = 0;
            for (i, answer) in answers {
                let answer = answer.into_iter().map(|(s, report)| (name(s), report)).collect();
                let before = (campaign, legs[i].clone());
                let gathered = campaign.gather(&mut legs[i], &answer, &BACKOFF, now(), 7);
                if gathered == Gathered::Stale {
                    prop_assert_eq!(&before, &(campaign, legs[i].clone()));
                }
                completed += u32::from(gathered == Gathered::Complete);
                for leg in &legs {
                    prop_assert_eq!(leg.open.len() + leg.ended.len(), 3);
                    prop_assert!(leg.tries <= BACKOFF.tries_max);
                }
                let all_ended = legs.iter().all(|leg| leg.open.is_empty());
                prop_assert_eq!(campaign.is_complete(), all_ended);
                prop_assert_eq!(completed, u32::from(all_ended));
            }
        }
    }
}
