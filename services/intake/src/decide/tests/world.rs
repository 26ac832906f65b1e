//! One request and what the loop would keep of it: its row, its timers, what was sent.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};
use prost::Message as _;
use redress_contracts::{
    ContentType, Contract as _, Envelope, digest_of, to_timestamp,
    v1::{self, Actor, Admission, Deed, Event, SealedIdentifier, deed, event::What},
};
use redress_domain::{
    Clock as _, Ids, Kind, MessageId, Regime, RequestId, Role, State, TenantId, VerificationLevel,
    life::{Waits, Work},
};
use redress_runtime::{Decision, Input, Moment, Out, Service as _, Steps};
use redress_store::{Resend, StateRow};

use crate::{
    approvals::ApprovalSettings,
    decide::{Answer, Intake, IntakeMessage, turn::SWEEP},
    settings::{TenantSettings, Tenants},
    state::Request,
    testing::{TestClock, ids},
};

/// Its promises are looked after at each step.
pub(super) struct World {
    pub(super) clock: Arc<TestClock>,
    pub(super) ids: Ids,
    intake: Intake,
    tenant: TenantId,
    request: RequestId,
    pub(super) state: Option<Request>,
    pub(super) timers: BTreeMap<String, (Timestamp, Vec<u8>)>,
    /// Commands as they were sent: to whom, and what.
    pub(super) commands: Vec<(String, Out)>,
    pub(super) resent: Vec<MessageId>,
    pub(super) events: Vec<Event>,
    pub(super) indexed: Vec<Vec<u8>>,
}

impl Default for World {
    fn default() -> Self {
        let clock = Arc::new(TestClock::default());
        let ids = ids(&clock);
        Self {
            request: ids.request(),
            ids,
            clock,
            intake: Intake::default(),
            tenant: "dublin".parse().unwrap(),
            state: None,
            timers: BTreeMap::new(),
            commands: Vec::new(),
            resent: Vec::new(),
            events: Vec::new(),
            indexed: Vec::new(),
        }
    }
}

impl World {
    /// A request that is taken in, in a tenant that approves this beforehand.
    pub(super) fn with_approvals(kind: Kind, approvals: Vec<ApprovalSettings>) -> Self {
        let mut world = Self::default();
        let tenant = TenantSettings {
            name: world.tenant.clone(),
            clear_subjects: false,
            verification_level: VerificationLevel::Authenticated,
            regimes: vec![Regime::Gdpr],
            time_zone: "Europe/Dublin".to_owned(),
            holidays: BTreeSet::new(),
            hold_days: 0,
            placeholders: None,
            leave_undecided_identifiers: false,
            standing_approvals: approvals,
        };
        world.intake = Intake::new(Tenants::new([tenant]).unwrap());
        world.admit(kind, true).unwrap();
        world
    }

    /// A request that is taken in.
    pub(super) fn admitted(kind: Kind, verified: bool) -> Self {
        let mut world = Self::default();
        world.admit(kind, verified).unwrap();
        world
    }

    pub(super) fn admit(&mut self, kind: Kind, verified: bool) -> Result<bool, &'static str> {
        let identifier = |blind: u8, class| SealedIdentifier {
            kind: 1,
            class: class as i32,
            blind: vec![blind; 32],
            ..SealedIdentifier::default()
        };
        let admission = Admission {
            kind: kind.number(),
            identifiers: vec![
                identifier(1, v1::IdentifierClass::Unique),
                identifier(2, v1::IdentifierClass::Shared),
            ],
            due_at: Some(to_timestamp(self.clock.now() + SignedDuration::from_hours(24 * 30))),
            requester: Some(v1::Requester {
                kind: 2,
                words: Some(v1::Sealed { format: 1, body: vec![1] }),
                ..v1::Requester::default()
            }),
            verified,
            earlier: vec!["earlier".to_owned()],
            actor: Some(Actor { role: Role::Upstream.number(), name: "shop".to_owned() }),
            ..Admission::default()
        };
        self.tell(IntakeMessage::Admission(Box::new(admission)), "intake")
    }

    pub(super) fn life(&self) -> &redress_domain::life::Life {
        &self.state.as_ref().unwrap().life
    }

    pub(super) fn kept(&self) -> &redress_contracts::state::IntakeState {
        &self.state.as_ref().unwrap().kept
    }

    /// True: a transition. False: seen. Else the code of the refusal.
    pub(super) fn deed(&mut self, what: deed::What) -> Result<bool, &'static str> {
        let actor = Actor { role: Role::TenantAdmin.number(), name: "nora".to_owned() };
        self.tell(IntakeMessage::Deed(Deed { what: Some(what), actor: Some(actor) }), "intake")
    }

    pub(super) fn approve(&mut self) -> Result<bool, &'static str> {
        let plan_digest = self.kept().plan_digest.clone();
        self.deed(deed::What::Approve(v1::Approve { plan_digest, ..v1::Approve::default() }))
    }

    /// Answers the command that stands with this; `answers` and `request` are filled in.
    pub(super) fn answer(&mut self, answer: Answer) -> Result<bool, &'static str> {
        let command = self.kept().command.clone();
        self.answer_to(&command, answer)
    }

    pub(super) fn answer_to(&mut self, command: &str, mut answer: Answer) -> Result<bool, &'static str> {
        let (request, answers) = (self.request.to_string(), command.to_owned());
        let sender = match &mut answer {
            Answer::Discovered(a) => ((a.request, a.answers) = (request, answers), "discovery").1,
            Answer::Collected(a) => ((a.request, a.answers) = (request, answers), "export").1,
            Answer::Released(a) => ((a.request, a.answers) = (request, answers), "export").1,
            Answer::Executed(a) => ((a.request, a.answers) = (request, answers), "deletion").1,
            Answer::Stopped(a) => ((a.request, a.answers) = (request, answers), "discovery").1,
        };
        self.tell(IntakeMessage::Answer(Box::new(answer)), sender)
    }

    /// The timer is due now.
    pub(super) fn fire(&mut self, name: &str) -> bool {
        let Some((at, body)) = self.timers.remove(name) else { return false };
        self.clock.advance(at.duration_since(self.clock.now()).max(SignedDuration::ZERO));
        self.decide(&Input::Timer { name: name.to_owned(), body }).unwrap()
    }

    fn tell(&mut self, message: IntakeMessage, source: &str) -> Result<bool, &'static str> {
        let envelope = Envelope {
            id: self.ids.message(),
            kind: String::new(),
            source: source.parse().unwrap(),
            time: self.clock.now(),
            tenant: self.tenant.clone(),
            request: self.request,
            state_version: 0,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        };
        self.decide(&Input::Message(envelope, message))
    }

    fn decide(&mut self, input: &Input<IntakeMessage>) -> Result<bool, &'static str> {
        let moment =
            Moment { now: self.clock.now(), ids: &self.ids, tenant: &self.tenant, request: self.request };
        let next = match self.intake.decide(self.state.as_ref(), input, &Steps::new(), &moment) {
            Decision::Next(next) => *next,
            Decision::Seen => return Ok(false),
            Decision::Early => panic!("intake keeps nothing early"),
            Decision::Refused(why) => return Err(why.code),
        };
        self.state = Some(next.state);
        next.timers_cleared.iter().for_each(|name| drop(self.timers.remove(name)));
        self.timers.extend(next.timers.into_iter().map(|(name, at, body)| (name, (at, body))));
        for out in next.messages {
            match out.route.is_event() {
                true => self.events.push(Event::decode(out.body.as_slice()).unwrap()),
                false => self.commands.push((out.route.key.clone(), out)),
            }
        }
        self.resent.extend(next.resend.iter().map(|resend| match resend {
            Resend::Message(_, id) | Resend::CausedBy(_, id) => *id,
        }));
        self.indexed.extend(next.index.into_iter().map(|row| row.blind));
        self.look();
        Ok(true)
    }

    /// What holds after every transition.
    fn look(&self) {
        let request = self.state.as_ref().unwrap();
        let life = &request.life;
        let sequences: Vec<u64> = self.events.iter().map(|event| event.sequence).collect();
        assert_eq!(sequences, (1..=sequences.len() as u64).collect::<Vec<_>>(), "dense");
        if let Some(work) = life.work() {
            let (to, sent) = self.commands.last().expect("somebody was asked");
            assert_eq!(request.kept.command, sent.id.to_string(), "{work:?} is not asked of anybody");
            assert!(asks(work).contains(&(to.as_str(), sent.kind.as_str())), "{work:?}: {to} {}", sent.kind);
            assert!(self.timers.contains_key(SWEEP), "{work:?} is not looked after");
        }
        let closed = life.state == State::Closed;
        assert_eq!(life.waits() == Waits::Closed, closed, "{life:?} waits for nothing");
        if closed {
            assert!(self.timers.is_empty() && request.kept.command.is_empty(), "{life:?}");
            let last = self.events.last().unwrap();
            let Some(What::RequestClosed(closed)) = &last.what else { panic!("{last:?} is not the end") };
            assert_eq!(closed.last_sequences, request.kept.last_sequences);
            assert_eq!(closed.last_sequences["intake"], last.sequence);
        }
        let mut row = self.row();
        request.write(&mut row);
        assert_eq!(Request::read(&row).as_ref(), Ok(request), "a row is read as it was written");
        assert_eq!((row.status.as_str(), row.closed_at.is_some()), (life.state.as_str(), closed));
    }

    fn row(&self) -> StateRow {
        StateRow {
            request: self.request,
            tenant: self.tenant.clone(),
            version: 1,
            format: 1,
            status: String::new(),
            due_at: None,
            body: Vec::new(),
            early: Vec::new(),
            closed_at: None,
        }
    }
}

/// Whom each kind of work may be asked of, and by what.
fn asks(work: Work) -> &'static [(&'static str, &'static str)] {
    const EXECUTE: &str = "redress.v1.Execute";
    match work {
        Work::Discover => &[("discovery", "redress.v1.Discover")],
        Work::Collect => &[("export", "redress.v1.Collect")],
        Work::Release => &[("export", "redress.v1.Release")],
        Work::Withdraw | Work::Restore | Work::Purge | Work::Poll => &[("deletion", EXECUTE)],
        Work::Apply => &[("rectification", EXECUTE), ("restriction", EXECUTE)],
        Work::Stop => &[
            ("discovery", "redress.v1.Stop"),
            ("export", "redress.v1.Stop"),
            ("deletion", "redress.v1.Stop"),
            ("rectification", "redress.v1.Stop"),
            ("restriction", "redress.v1.Stop"),
        ],
    }
}

/// Discovery's answer: rows in one system, with this many candidates.
pub(super) fn discovered(rows: u64, candidates: usize) -> v1::Discovered {
    let finding = v1::Finding { dataset: "guests".to_owned(), count: rows, ..v1::Finding::default() };
    let system = v1::SystemInventory {
        system: "bookings".to_owned(),
        asked: true,
        status: if rows > 0 { v1::Status::Done } else { v1::Status::NotFound } as i32,
        findings: vec![finding],
        ..v1::SystemInventory::default()
    };
    let candidate = |i| v1::Candidate { id: format!("c{i}"), ..v1::Candidate::default() };
    let dataset = v1::DatasetPlan { dataset: "guests".to_owned(), count: rows, ..v1::DatasetPlan::default() };
    let plan = v1::Plan {
        systems: vec![v1::SystemPlan { datasets: vec![dataset], ..v1::SystemPlan::default() }],
        ..v1::Plan::default()
    };
    v1::Discovered {
        inventory: Some(v1::Inventory {
            systems: vec![system],
            candidates: (0..candidates).map(candidate).collect(),
            rounds: 1,
        }),
        plan_digest: Some(digest_of(&plan)),
        plan: Some(plan),
        last_sequence: 3,
        ..v1::Discovered::default()
    }
}

/// Deletion's answer, with this status in its one system.
pub(super) fn executed(phase: v1::Phase, status: v1::Status) -> v1::Executed {
    let outcome = v1::SystemOutcome { status: status as i32, ..v1::SystemOutcome::default() };
    v1::Executed { phase: phase as i32, outcomes: vec![outcome], last_sequence: 2, ..v1::Executed::default() }
}
