//! The connectors are asked for what the plan names, and their answers gathered.

use std::collections::BTreeMap;

use redress_connector::VAULT;
use redress_contracts::{
    Contract as _, Envelope, add_unsearched, digest_of, is_searched,
    state::ExportState,
    v1::{
        Action, Collect, Collected, CollectionCompleted, DraftSummary, Failure, Plan, SystemInventory,
        SystemOutcome, SystemPlan, Task, TaskOutcome, TaskSystem, event::What,
    },
};
use redress_domain::{ConnectorName, Kind, Status, SystemName};
use redress_runtime::{Decision, Moment, Next, Steps, gathering};

use super::{
    answers::{answer, event},
    expire,
};
use crate::State;

/// Begins anew, whatever was before.
pub(super) fn begin(
    state: &State,
    envelope: &Envelope,
    collect: &Collect,
    steps: &Steps,
    moment: &Moment<'_>,
) -> Next<State> {
    let kept = ExportState {
        command_id: envelope.id.to_string(),
        asked_by: envelope.source.to_string(),
        events: state.kept.events,
        ..ExportState::default()
    };
    if let Some(failure) = unfit(collect) {
        let state = State { kept, closed_at: Some(moment.now) };
        return anew(cannot(state, envelope, failure, moment)).with(gathering::stop(steps));
    }
    let (asked, ended) = asked(collect.plan.as_ref());
    let common = Task {
        action: Action::Collect as i32,
        kind: collect.kind,
        identifiers: collect.identifiers.clone(),
        due_at: collect.due_at,
        ..Task::default()
    };
    let (campaign, begun) = gathering::begin(&common, asked, moment);
    let kept =
        ExportState { command: Some(collect.clone()), campaign: Some(campaign), systems: ended, ..kept };
    let state = State { kept, closed_at: None };
    let next = if campaign.legs == 0 { complete(state, moment) } else { Next::to(state) };
    anew(next).with(gathering::stop(steps)).with(begun)
}

/// A package that was there is none any more, and has no end.
fn anew(next: Next<State>) -> Next<State> {
    Next { timers_cleared: vec![expire::TIMER.to_owned()], ..next }
}

/// Takes an answer.
pub(super) fn gather(
    state: &State,
    outcome: &TaskOutcome,
    steps: &Steps,
    moment: &Moment<'_>,
) -> Decision<State> {
    let campaign = state.kept.campaign.unwrap_or_default();
    let taken = match gathering::take(&campaign, outcome, steps, moment) {
        Ok(Some(taken)) => taken,
        Ok(None) => return Decision::Seen,
        Err(why) => return Decision::Refused(why),
    };
    let mut state = state.clone();
    state.kept.campaign = Some(taken.campaign);
    state.kept.systems.extend(taken.ended);
    let next = if taken.complete { complete(state, moment) } else { Next::to(state) };
    next.with(taken.moves).into()
}

fn unfit(collect: &Collect) -> Option<&'static str> {
    if !matches!(Kind::of_number(collect.kind), Ok(Kind::Access | Kind::Export)) {
        return Some("only an access or an export is collected");
    }
    if collect.plan.as_ref().map(digest_of) != collect.plan_digest || collect.plan.is_none() {
        return Some("the plan is not the one that its digest names");
    }
    None
}

/// The systems to ask, by connector; and those that are not asked, each with its end.
fn asked(plan: Option<&Plan>) -> (BTreeMap<ConnectorName, Vec<TaskSystem>>, Vec<SystemOutcome>) {
    let (mut asked, mut ended) = (BTreeMap::<ConnectorName, Vec<TaskSystem>>::new(), Vec::new());
    for plan in plan.into_iter().flat_map(|plan| &plan.systems) {
        if plan.datasets.iter().all(|dataset| dataset.count == 0) {
            ended.push(end(plan, Status::NotFound, String::new()));
            continue;
        }
        match (plan.connector.parse(), plan.system.parse::<SystemName>()) {
            (Ok(connector), Ok(_)) => asked.entry(connector).or_default().push(system(plan)),
            _ => {
                let reason = "The plan names no connector that could be asked.".to_owned();
                ended.push(end(plan, Status::Failed, reason));
            }
        }
    }
    (asked, ended)
}

fn system(plan: &SystemPlan) -> TaskSystem {
    TaskSystem {
        system: plan.system.clone(),
        map: plan.map.clone(),
        policy: plan.policy.clone(),
        plan: Some(plan.clone()),
        operation: String::new(),
    }
}

fn end(plan: &SystemPlan, status: Status, reason: String) -> SystemOutcome {
    let failed = Failure { r#final: true, retry_at: None, code: "bad_plan".to_owned() };
    SystemOutcome {
        system: plan.system.clone(),
        status: status.number(),
        reason,
        failure: (status == Status::Failed).then_some(failed),
        ..SystemOutcome::default()
    }
}

/// What the outcomes leave out: that less came than was planned, and what the plan cannot name, because nothing was
/// found there, or because it was not searched.
fn fill_up(outcomes: &mut Vec<SystemOutcome>, collect: &Collect) {
    let plans = || collect.plan.iter().flat_map(|plan| &plan.systems);
    for outcome in outcomes.iter_mut() {
        let planned = plans().filter(|plan| plan.system == outcome.system).flat_map(|plan| &plan.datasets);
        let planned: u64 = planned.map(|dataset| dataset.count).sum();
        let collected: u64 = outcome.datasets.iter().map(|dataset| dataset.done).sum();
        let well = matches!(Status::of_number(outcome.status), Ok(Status::Done | Status::NotFound));
        if well && collected < planned {
            outcome.status = Status::Partial.number();
            outcome.reason = format!("{collected} of the {planned} records that were planned are there.");
        }
    }
    let is_new = |system: &&SystemInventory| outcomes.iter().all(|outcome| outcome.system != system.system);
    let holds = |system: &SystemInventory| system.findings.iter().any(|finding| finding.count > 0);
    let empty = collect.searched.iter().filter(is_new).filter(|it| is_searched(it) && !holds(it));
    let empty: Vec<SystemOutcome> = empty.map(|system| not_found(&system.system)).collect();
    outcomes.extend(empty);
    add_unsearched(outcomes, &collect.searched);
}

fn not_found(system: &str) -> SystemOutcome {
    let (system, status) = (system.to_owned(), Status::NotFound.number());
    SystemOutcome { system, status, ..SystemOutcome::default() }
}

/// Every system has an end: says so.
fn complete(mut state: State, moment: &Moment<'_>) -> Next<State> {
    if let Some(command) = &state.kept.command {
        fill_up(&mut state.kept.systems, command);
    }
    state.kept.systems.sort_by(|a, b| a.system.cmp(&b.system));
    let outcomes = state.kept.systems.clone();
    let draft = Some(draft(&outcomes));
    let failure = of_the_vault(&outcomes).unwrap_or_default();
    let mut messages = Vec::new();
    if failure.is_empty() {
        let done = CollectionCompleted { outcomes: outcomes.clone(), draft: draft.clone() };
        messages.extend(event(&mut state, What::CollectionCompleted(done), moment));
    } else {
        state.kept.command = None;
        state.closed_at = Some(moment.now);
    }
    let body = Collected {
        request: moment.request.to_string(),
        answers: state.kept.command_id.clone(),
        outcomes,
        draft,
        failure,
        last_sequence: state.kept.events,
    };
    if let (Ok(to), Ok(command)) = (state.kept.asked_by.parse(), state.kept.command_id.parse()) {
        messages.push(answer(&to, command, &body, moment));
    }
    Next { messages, ..Next::to(state) }
}

/// Why nothing can be made of it although the systems gave everything: what they gave could not be kept. That is no
/// gap for a person to accept, and is mended elsewhere.
fn of_the_vault(outcomes: &[SystemOutcome]) -> Option<String> {
    let ours = |outcome: &&SystemOutcome| outcome.failure.as_ref().is_some_and(|it| it.code == VAULT);
    outcomes.iter().find(ours).map(|outcome| format!("{}: {}", outcome.system, outcome.reason))
}

/// What was collected, in figures. The digest is over all outcomes, and so over each dataset's own.
fn draft(outcomes: &[SystemOutcome]) -> DraftSummary {
    let datasets = || outcomes.iter().flat_map(|outcome| &outcome.datasets);
    let all = CollectionCompleted { outcomes: outcomes.to_vec(), draft: None };
    DraftSummary {
        records: datasets().map(|dataset| dataset.done).sum(),
        bytes: datasets().map(|dataset| dataset.bytes).sum(),
        manifest: Some(digest_of(&all)),
    }
}

fn cannot(state: State, envelope: &Envelope, why: &str, moment: &Moment<'_>) -> Next<State> {
    let body = Collected {
        request: moment.request.to_string(),
        answers: envelope.id.to_string(),
        failure: why.to_owned(),
        last_sequence: state.kept.events,
        ..Collected::default()
    };
    let messages = vec![answer(&envelope.source, envelope.id, &body, moment)];
    Next { messages, ..Next::to(state) }
}
