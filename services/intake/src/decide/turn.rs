//! One transition in the making: the request as it will be, and what goes out with it.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use redress_contracts::{
    Contract as _, event_name,
    state::{self, IntakeState},
    to_timestamp,
    topology::Route,
    v1::{
        Actor, Admission, Event, IdentifierClass, RequestClosed, RequestStuck, Sealed, SealedIdentifier,
        event::What,
    },
};
use redress_domain::{
    Kind, MessageId, ServiceName,
    life::{Life, Refusal, Work},
};
use redress_runtime::{Decision, Moment, Next, Out, Refused};
use redress_store::{IndexRow, Resend};

use super::commands;
use crate::state::Request;

/// The timer that sends again what is not answered.
pub(super) const SWEEP: &str = "sweep";
/// The timer of the due date.
pub(super) const OVERDUE: &str = "overdue";

/// The first look after a command; each next one waits twice as long.
const SWEEP_FIRST: SignedDuration = SignedDuration::from_secs(30);
/// No look waits longer.
const SWEEP_LONGEST: SignedDuration = SignedDuration::from_hours(1);
/// Looks without an answer until a person is asked: about three days. The services' own patience with the
/// systems is about one, so that this is reached only when a service itself is silent.
pub(super) const SWEEPS_MAX: u32 = 80;
/// Lines of the timeline that are kept: the first, and the newest. The ledger has them all.
const TIMELINE_MAX: usize = 500;
/// Characters of a reason that are kept.
const REASON_CHARS_MAX: usize = 500;

/// A transition in the making.
pub(super) struct Turn<'a> {
    /// The request as it will be.
    pub(super) request: Request,
    pub(super) moment: &'a Moment<'a>,
    service: &'a ServiceName,
    actor: Option<Actor>,
    /// Where it stood, without the mark of being stuck: what it was asked for last.
    work_before: Option<Work>,
    worker_before: &'static str,
    stuck_before: bool,
    next: Next<()>,
}

impl<'a> Turn<'a> {
    /// Of a request that is there. `actor` is none where no person moves it.
    pub(super) fn of(
        service: &'a ServiceName,
        request: &Request,
        moment: &'a Moment<'a>,
        actor: Option<Actor>,
    ) -> Self {
        let life = Life { stuck: false, ..request.life.clone() };
        Self {
            work_before: life.work(),
            worker_before: commands::worker(request),
            stuck_before: request.life.stuck,
            request: request.clone(),
            moment,
            service,
            actor,
            next: Next::to(()),
        }
    }

    /// Of a request that is just taken in.
    pub(super) fn first(
        service: &'a ServiceName,
        kind: Kind,
        admission: &Admission,
        moment: &'a Moment<'a>,
    ) -> Self {
        // A hold before the purge is a later promise: nothing is withdrawn, a delete purges at once.
        let life = Life::new(kind, false);
        let kept = IntakeState { identifiers: admission.identifiers.clone(), ..IntakeState::default() };
        let request = Request { admission: admission.clone(), life, kept };
        Self::of(service, &request, moment, admission.actor.clone())
    }

    /// Moves the request on.
    ///
    /// # Errors
    /// Why that changes nothing.
    pub(super) fn advance(&mut self, input: redress_domain::life::Input) -> Result<(), Refusal> {
        let was_stuck = self.request.life.stuck;
        self.request.life = self.request.life.advance(input)?;
        if was_stuck && !self.request.life.stuck {
            self.request.kept.reason.clear();
        }
        Ok(())
    }

    /// Remembers that data was, or may have been, changed for good. Where it cannot have been, that is nothing.
    pub(super) fn changed(&mut self) {
        if let Ok(life) = self.request.life.advance(redress_domain::life::Input::Changed) {
            self.request.life = life;
        }
    }

    /// What is done as if this person had the turn.
    pub(super) fn in_the_name_of(&mut self, actor: Actor, what: impl FnOnce(&mut Self)) {
        let before = self.actor.replace(actor);
        what(self);
        self.actor = before;
    }

    /// Remembers why it is stuck.
    pub(super) fn reason(&mut self, reason: &str) {
        self.request.kept.reason = reason.chars().take(REASON_CHARS_MAX).collect();
    }

    /// Publishes an event, with its line in the timeline.
    pub(super) fn event(&mut self, what: What, detail: impl Into<String>) {
        self.event_with(what, detail, None);
    }

    /// Publishes an event; what a person wrote besides stands, sealed, in the timeline alone.
    pub(super) fn event_with(&mut self, what: What, detail: impl Into<String>, words: Option<Sealed>) {
        let sequence = self.request.kept.last_sequences.entry(self.service.to_string()).or_default();
        *sequence += 1;
        let event = Event {
            request: self.moment.request.to_string(),
            sequence: *sequence,
            at: Some(to_timestamp(self.moment.now)),
            actor: self.actor.clone(),
            what: Some(what),
        };
        let name = event_name(&event).unwrap_or_default();
        let route = Route::event(self.moment.tenant, name);
        self.next.messages.push(Out::new(self.moment.ids.message(), route, &event));
        self.line_with(name, detail, words);
    }

    /// Writes a line of the timeline.
    pub(super) fn line(&mut self, event: &str, detail: impl Into<String>) {
        self.line_with(event, detail, None);
    }

    /// Notes the candidates that the plan leaves out; gives how many.
    pub(super) fn leave_undecided(&mut self) -> u64 {
        let mut left: BTreeMap<String, u64> = BTreeMap::new();
        for candidate in self.request.undecided() {
            *left.entry(candidate.system.clone()).or_default() += 1;
        }
        self.request.kept.left_undecided = left;
        self.request.left_undecided()
    }

    /// Writes a line of the timeline; what a person wrote besides stands in it sealed.
    pub(super) fn line_with(&mut self, event: &str, detail: impl Into<String>, words: Option<Sealed>) {
        let timeline = &mut self.request.kept.timeline;
        if timeline.len() >= TIMELINE_MAX {
            timeline.remove(1);
        }
        timeline.push(state::Moment {
            at: Some(to_timestamp(self.moment.now)),
            event: event.to_owned(),
            actor: self.actor.clone(),
            detail: detail.into(),
            words,
        });
    }

    /// Makes the request findable by every identifier that names one person.
    pub(super) fn index(&mut self, identifiers: &[SealedIdentifier]) {
        let unique = identifiers.iter().filter(|it| it.class() == IdentifierClass::Unique);
        let rows = unique.map(|identifier| IndexRow {
            tenant: self.moment.tenant.clone(),
            blind: identifier.blind.clone(),
            request: self.moment.request,
        });
        self.next.index.extend(rows);
    }

    /// Sets a timer.
    pub(super) fn timer(&mut self, name: &str, at: jiff::Timestamp, body: Vec<u8>) {
        self.next.timers.push((name.to_owned(), at, body));
    }

    /// The command was answered.
    pub(super) fn answered(&mut self, sender: &ServiceName, last_sequence: u64) {
        self.request.kept.command.clear();
        self.next.timers_cleared.push(SWEEP.to_owned());
        let last = self.request.kept.last_sequences.entry(sender.to_string()).or_default();
        *last = last_sequence.max(*last);
    }

    /// Sends a new command for this work.
    pub(super) fn send(&mut self, work: Work) {
        let id = self.moment.ids.message();
        let out = commands::command(id, work, &self.request, self.moment.request);
        self.next.messages.push(out);
        self.request.kept.command = id.to_string();
        self.request.kept.asked_at = Some(to_timestamp(self.moment.now));
        self.sweep_after(0);
    }

    /// Sends the command again that stands.
    pub(super) fn send_again(&mut self) {
        if let Some(id) = self.command() {
            self.next.resend.push(Resend::Message(self.moment.request, id));
        }
    }

    /// Looks again after the command, when it was looked after this often.
    pub(super) fn sweep_after(&mut self, looks: u32) {
        let wait = SWEEP_FIRST.checked_mul(1 << looks.min(16)).unwrap_or(SWEEP_LONGEST).min(SWEEP_LONGEST);
        self.timer(SWEEP, self.moment.now + wait, looks.to_be_bytes().to_vec());
    }

    /// The command whose answer is waited for.
    pub(super) fn command(&self) -> Option<MessageId> {
        self.request.kept.command.parse().ok()
    }

    /// What the request is asked for, or was when it became stuck.
    pub(super) fn work(&self) -> Option<Work> {
        self.work_before
    }

    /// The end of the turn: asks for what is to be done next, and says what has become of the request.
    pub(super) fn finish(mut self) -> Decision<Request> {
        let work = self.request.life.work();
        let is_asked = self.command().is_some() && self.work_before == work;
        match work {
            Some(work) if !is_asked => self.send(work),
            None if self.request.life.is_closed() => self.close(),
            None if self.request.life.stuck && !self.stuck_before => self.stuck(),
            _ => {}
        }
        let Next { messages, resend, timers, timers_cleared, index, .. } = self.next;
        let next = Next { messages, resend, timers, timers_cleared, index, ..Next::to(self.request) };
        next.into()
    }

    fn stuck(&mut self) {
        self.next.timers_cleared.push(SWEEP.to_owned());
        let step = self.work_before.map(commands::word).unwrap_or_default().to_owned();
        let detail = self.request.kept.reason.clone();
        let since = Some(to_timestamp(self.moment.now));
        self.event(What::RequestStuck(RequestStuck { step, since, next_try: None }), detail);
    }

    fn close(&mut self) {
        if self.command().is_some() && self.work_before != Some(Work::Stop) {
            // A person ended it while a service may still be at it: nothing is to happen after the end.
            let id = self.moment.ids.message();
            self.next.messages.push(commands::stop(id, self.worker_before, self.moment.request));
        }
        self.request.kept.command.clear();
        self.request.kept.closed_at = Some(to_timestamp(self.moment.now));
        self.next.timers_cleared.extend([SWEEP, OVERDUE].map(str::to_owned));
        let mut last_sequences = self.request.kept.last_sequences.clone();
        *last_sequences.entry(self.service.to_string()).or_default() += 1;
        let closing = self.request.life.closing;
        let mut detail = closing.map(|closing| closing.to_string()).unwrap_or_default();
        if let many @ 1.. = self.request.left_undecided() {
            detail += &format!("; what may be the person's was left out: {many} candidates");
        }
        let closing = closing.map(|closing| closing.number()).unwrap_or_default();
        let closed = RequestClosed { closing, reason: String::new(), last_sequences };
        let words = self.request.kept.words.clone();
        self.event_with(What::RequestClosed(closed), detail, words);
    }
}

/// What a person hears of a deed that does not fit.
pub(super) fn refused(refusal: Refusal) -> Refused {
    let code = match refusal {
        Refusal::Stale | Refusal::NotNow { .. } => "not_now",
        Refusal::Irreversible => "irreversible",
        Refusal::Ambiguous => "ambiguous_identity",
        Refusal::OnHold => "on_hold",
    };
    Refused::new(code, refusal.to_string())
}
