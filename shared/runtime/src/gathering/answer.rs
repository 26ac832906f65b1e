//! What an answer says of each system, in the campaign's words.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use redress_contracts::{
    Contract as _, from_timestamp,
    v1::{Action, Failure, SystemOutcome, Task, TaskOutcome, TaskSystem},
};
use redress_domain::{
    Status, SystemName,
    backoff::Backoff,
    campaign::{Campaign, Gathered, Leg, Report},
};

use crate::Moment;

/// When a provider says no time, or is past it, its operation is looked at after this.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// An answer to a task, by system.
pub(super) struct Answer<'a> {
    systems: BTreeMap<SystemName, Said<'a>>,
    reports: BTreeMap<SystemName, Report>,
}

struct Said<'a> {
    asked: &'a TaskSystem,
    outcome: Option<&'a SystemOutcome>,
}

/// What became of some of a task's systems.
pub(super) struct Part {
    pub(super) ended: Vec<SystemOutcome>,
    pub(super) again: Option<Again>,
}

/// What is to be asked again, and when.
pub(super) struct Again {
    pub(super) at: Timestamp,
    pub(super) tries: u32,
    poll: bool,
    systems: Vec<TaskSystem>,
}

impl<'a> Answer<'a> {
    /// Of the systems that were asked; others in the answer are nobody's question.
    pub(super) fn new(task: &'a Task, outcome: &'a TaskOutcome, now: Timestamp) -> Self {
        let said = |asked: &'a TaskSystem| {
            let outcome = outcome.systems.iter().find(|outcome| outcome.system == asked.system);
            Some((asked.system.parse().ok()?, Said { asked, outcome }))
        };
        let systems: BTreeMap<SystemName, Said<'a>> = task.systems.iter().filter_map(said).collect();
        // What is left out is asked again: an answer that names no system at all must not end in silence.
        let report = |said: &Said<'_>| {
            said.outcome.map_or(Report::Retry { not_before: None }, |outcome| report(outcome, now))
        };
        let reports = systems.iter().map(|(name, said)| (name.clone(), report(said))).collect();
        Self { systems, reports }
    }

    /// The systems, in two parts where some are to be asked again and some are to be polled: one task asks
    /// all its systems the same, and an operation that is under way must not be begun again.
    pub(super) fn parts(&self) -> Vec<Vec<SystemName>> {
        let retried = self.reports.values().any(|report| matches!(report, Report::Retry { .. }));
        let apart = |name: &&SystemName| retried && matches!(self.reports[*name], Report::Pending { .. });
        let (polled, rest): (Vec<&SystemName>, Vec<&SystemName>) = self.systems.keys().partition(apart);
        let parts = [rest, polled].map(|part| part.into_iter().cloned().collect::<Vec<SystemName>>());
        parts.into_iter().filter(|part| !part.is_empty()).collect()
    }

    /// Counts one part in.
    pub(super) fn gather(
        &self,
        systems: Vec<SystemName>,
        tries: u32,
        campaign: &mut Campaign,
        moment: &Moment<'_>,
    ) -> Part {
        let mut leg = Leg { open: systems, tries, ended: BTreeMap::new() };
        // The low half of a fresh id is random.
        let dice = moment.ids.task().0.as_u128() as u32;
        let gathered = campaign.gather(&mut leg, &self.reports, &Backoff::REMOTE, moment.now, dice);
        let again = match gathered {
            Gathered::Again { at, poll } => {
                let systems = leg.open.iter().map(|name| self.asked_again(name)).collect();
                Some(Again { at, tries: leg.tries, poll, systems })
            }
            Gathered::Stale | Gathered::Waiting | Gathered::Complete => None,
        };
        Part { ended: leg.ended.keys().map(|name| self.ended(name)).collect(), again }
    }

    fn asked_again(&self, name: &SystemName) -> TaskSystem {
        let said = &self.systems[name];
        let pending = said.outcome.and_then(|outcome| outcome.pending.as_ref());
        let operation = pending.map_or(&said.asked.operation, |pending| &pending.operation);
        TaskSystem { operation: operation.clone(), ..said.asked.clone() }
    }

    /// The outcome that ended the system; that of one which is given up says so.
    fn ended(&self, name: &SystemName) -> SystemOutcome {
        let last = self.systems[name].outcome;
        if let (Some(last), Report::Final(_)) = (last, self.reports[name]) {
            return last.clone();
        }
        let silent = || SystemOutcome {
            system: name.to_string(),
            reason: "its connector did not answer for it".to_owned(),
            failure: Some(Failure { code: "no_answer".to_owned(), ..Failure::default() }),
            ..SystemOutcome::default()
        };
        let last = last.cloned().unwrap_or_else(silent);
        let failure = Failure { r#final: true, retry_at: None, ..last.failure.unwrap_or_default() };
        SystemOutcome { status: Status::Failed.number(), failure: Some(failure), ..last }
    }
}

impl Again {
    /// The task to send: the last one, about these systems.
    pub(super) fn task(&self, last: &Task) -> Task {
        let action = if self.poll { Action::Poll as i32 } else { last.action };
        Task { action, systems: self.systems.clone(), ..last.clone() }
    }
}

fn report(outcome: &SystemOutcome, now: Timestamp) -> Report {
    match Status::of_number(outcome.status) {
        // Trying again cannot help: the plan is another one.
        status if outcome.plan_changed => Report::Final(status.unwrap_or(Status::Refused)),
        Ok(Status::Pending) => {
            let expected = outcome.pending.as_ref().and_then(|pending| pending.expected_by.as_ref());
            let expected = expected.and_then(from_timestamp).filter(|at| *at > now);
            Report::Pending { look_at: expected.unwrap_or(now + LOOK_AGAIN) }
        }
        Ok(Status::Failed) => {
            let failure = outcome.failure.as_ref();
            match failure.is_some_and(|failure| failure.r#final) {
                true => Report::Final(Status::Failed),
                false => Report::Retry {
                    not_before: failure.and_then(|f| f.retry_at.as_ref()).and_then(from_timestamp),
                },
            }
        }
        Ok(status) => Report::Final(status),
        // A word that is not known here: from a newer connector, or none at all.
        Err(_) => Report::Retry { not_before: None },
    }
}
