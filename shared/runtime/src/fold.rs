//! Folds one request's inputs, one after another, through its service's decision. Pure.
//!
//! Services differ in their states and messages; behind [`Decides`] and [`Folds`] the loop around them does not, and
//! is compiled once.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use jiff::SignedDuration;
use prost::Message as _;
use redress_contracts::{Envelope, Message, state};
use redress_domain::{RequestId, ServiceName, TenantId};
use redress_store::{StateRow, StateWrite, StepRow, Timer, Writes};

use crate::{Decision, Input, Moment, Next, Refused, Service, Steps};

/// More messages than this are not kept for one request before their time.
pub const LIMIT_EARLY: usize = 64;

/// For how long a timer is put off that its service does not take.
pub(crate) const PUT_OFF: SignedDuration = SignedDuration::from_hours(1);

/// A service, whatever its states and messages are.
pub(crate) trait Decides: Send + Sync {
    fn name(&self) -> &ServiceName;

    fn format(&self) -> u32;

    /// A request as it stands, and what is to be folded into it; `row` is none when there is none yet.
    ///
    /// # Errors
    /// When the row cannot be read.
    fn fold<'a>(
        &'a self,
        moment: Moment<'a>,
        row: Option<StateRow>,
        messages: Vec<Message>,
        timers: Vec<Timer>,
    ) -> Result<Box<dyn Folds + 'a>, Refused>;
}

/// One request, being folded, whatever its state is.
pub(crate) trait Folds: Send {
    /// The steps that deciding on its inputs needs.
    fn steps(&self) -> Vec<String>;

    /// Gives the steps that were loaded.
    fn with_steps(&mut self, steps: Vec<StepRow>);

    /// Folds everything in: messages, then timers.
    fn fold(&mut self);

    /// Folds in the one message of a caller who waits: it is a transition, or is refused to its face.
    ///
    /// # Errors
    /// When it is no transition: then nothing has changed.
    fn call(&mut self) -> Result<(), Refused>;

    /// Everything to be written, and what is refused, for the worker to park.
    fn finish(self: Box<Self>) -> (Writes, Vec<(Message, Refused)>);
}

impl<S: Service> Decides for S {
    fn name(&self) -> &ServiceName {
        Service::name(self)
    }

    fn format(&self) -> u32 {
        Service::format(self)
    }

    fn fold<'a>(
        &'a self,
        moment: Moment<'a>,
        row: Option<StateRow>,
        messages: Vec<Message>,
        timers: Vec<Timer>,
    ) -> Result<Box<dyn Folds + 'a>, Refused> {
        let mut fold = Fold::new(self, moment, row)?;
        fold.messages = messages.into_iter().map(|message| Taken::read(self, message)).collect();
        fold.due = timers;
        Ok(Box::new(fold))
    }
}

/// A message with what it says, read once: whatever is asked of it later is asked of this.
struct Taken<M> {
    /// As it came.
    message: Message,
    input: Result<Input<M>, Refused>,
}

impl<M> Taken<M> {
    /// Has the service read it.
    fn read<S: Service<Message = M>>(service: &S, message: Message) -> Self {
        let input = service.read(&message).map(|said| Input::Message(message.envelope.clone(), said));
        Self { message, input }
    }

    /// The steps that deciding on it needs.
    fn steps<S: Service<Message = M>>(&self, service: &S) -> Vec<String> {
        self.input.as_ref().map(|input| service.steps(input)).unwrap_or_default()
    }
}

/// One request, being folded.
struct Fold<'a, S: Service> {
    service: &'a S,
    moment: Moment<'a>,
    /// Still to be folded in.
    messages: Vec<Taken<S::Message>>,
    /// Still to be folded in.
    due: Vec<Timer>,
    row: StateRow,
    replaces: u64,
    state: Option<S::State>,
    steps: Steps,
    steps_changed: BTreeSet<String>,
    timers: BTreeMap<String, Option<Timer>>,
    early: Vec<Taken<S::Message>>,
    early_changed: bool,
    refused: Vec<(Message, Refused)>,
    writes: Writes,
}

impl<S: Service> Folds for Fold<'_, S> {
    fn steps(&self) -> Vec<String> {
        let of_messages = self.messages.iter().chain(&self.early).flat_map(|taken| taken.steps(self.service));
        let of_timers = self.due.iter().flat_map(|timer| self.service.steps(&input_of(timer)));
        of_messages.chain(of_timers).collect()
    }

    fn with_steps(&mut self, steps: Vec<StepRow>) {
        self.steps.extend(steps.into_iter().map(|step| (step.key, step.body)));
    }

    fn fold(&mut self) {
        for taken in std::mem::take(&mut self.messages) {
            self.message(taken);
        }
        for timer in std::mem::take(&mut self.due) {
            self.timer(timer);
        }
    }

    fn call(&mut self) -> Result<(), Refused> {
        let Some(taken) = self.messages.pop() else { return Ok(()) };
        match self.decide_on(&taken) {
            Decision::Next(next) => {
                self.apply(*next, Some(&taken.message.envelope));
                self.feed_early_again();
                Ok(())
            }
            Decision::Seen => Err(Refused::new("stale", "this is no longer waited for")),
            Decision::Early => Err(Refused::new("too_early", "this is not waited for yet")),
            Decision::Refused(why) => Err(why),
        }
    }

    fn finish(mut self: Box<Self>) -> (Writes, Vec<(Message, Refused)>) {
        if self.early_changed {
            let messages = self.early.iter().map(|Taken { message, .. }| state::EarlyMessage {
                envelope: Some((&message.envelope).into()),
                body: message.body.clone(),
            });
            self.row.early = state::Early { messages: messages.collect() }.encode_to_vec();
            if self.row.version == self.replaces {
                self.row.version += 1;
            }
        }
        if self.row.version > self.replaces {
            self.writes.states.push(StateWrite { row: self.row, replaces: self.replaces });
        }
        let (request, format) = (self.moment.request, self.service.format());
        for key in self.steps_changed {
            let body = self.steps.remove(&key).unwrap_or_default();
            self.writes.steps.push(StepRow { request, key, format, body });
        }
        for (name, timer) in self.timers {
            match timer {
                Some(timer) => self.writes.timers.push(timer),
                None => self.writes.timers_cleared.push((request, name)),
            }
        }
        (self.writes, self.refused)
    }
}

impl<'a, S: Service> Fold<'a, S> {
    fn new(service: &'a S, moment: Moment<'a>, row: Option<StateRow>) -> Result<Self, Refused> {
        let row = row.unwrap_or_else(|| empty_row(moment.request, moment.tenant, service.format()));
        if row.tenant != *moment.tenant {
            return Err(foreign());
        }
        // A row that only keeps early messages has no state yet.
        let state = if row.status.is_empty() { None } else { Some(service.read_state(&row)?) };
        let early = early_of(&row)?.into_iter().map(|message| Taken::read(service, message)).collect();
        Ok(Self {
            service,
            moment,
            messages: Vec::new(),
            due: Vec::new(),
            replaces: row.version,
            row,
            state,
            steps: Steps::new(),
            steps_changed: BTreeSet::new(),
            timers: BTreeMap::new(),
            early,
            early_changed: false,
            refused: Vec::new(),
            writes: Writes::default(),
        })
    }

    fn message(&mut self, taken: Taken<S::Message>) {
        if taken.message.envelope.tenant != *self.moment.tenant {
            self.refused.push((taken.message, foreign()));
        } else if self.one_message(taken) {
            self.feed_early_again();
        }
    }

    fn timer(&mut self, timer: Timer) {
        match self.decide(&input_of(&timer)) {
            Decision::Next(next) => {
                self.apply(*next, None);
                self.feed_early_again();
            }
            Decision::Seen => {}
            // It is taken out already: kept for later, unless it was set anew meanwhile.
            Decision::Early => self.put_off(timer),
            Decision::Refused(why) => {
                tracing::error!(request = %self.moment.request, %why, "a timer is refused, and put off");
                self.put_off(timer);
            }
        }
    }

    fn put_off(&mut self, timer: Timer) {
        let due_at = self.moment.now + PUT_OFF;
        self.timers.entry(timer.name.clone()).or_insert(Some(Timer { due_at, ..timer }));
    }

    fn decide_on(&self, taken: &Taken<S::Message>) -> Decision<S::State> {
        match &taken.input {
            Ok(input) => self.decide(input),
            Err(why) => Decision::Refused(why.clone()),
        }
    }

    /// True: there was a transition.
    fn one_message(&mut self, taken: Taken<S::Message>) -> bool {
        let message = &taken.message;
        match self.decide_on(&taken) {
            Decision::Next(next) => {
                self.apply(*next, Some(&message.envelope));
                return true;
            }
            Decision::Seen => {
                tracing::debug!(message = %message.envelope.id, kind = message.envelope.kind, "stale");
            }
            Decision::Early if self.early.len() < LIMIT_EARLY => {
                self.early.push(taken);
                self.early_changed = true;
            }
            Decision::Early => {
                let why = Refused::new("too_early", format!("{LIMIT_EARLY} messages wait already"));
                self.refused.push((taken.message, why));
            }
            Decision::Refused(why) => self.refused.push((taken.message, why)),
        }
        false
    }

    /// After a transition, what came early is decided on once more, until nothing moves. Each pass takes at
    /// least one message out, so it ends.
    fn feed_early_again(&mut self) {
        loop {
            let kept = std::mem::take(&mut self.early);
            let before = kept.len();
            for taken in kept {
                self.one_message(taken);
            }
            if self.early.len() == before {
                return;
            }
            self.early_changed = true;
        }
    }

    /// A decision that panics is a defect of ours, and costs the message its turn and nobody else's.
    fn decide(&self, input: &Input<S::Message>) -> Decision<S::State> {
        let decide = || self.service.decide(self.state.as_ref(), input, &self.steps, &self.moment);
        catch_unwind(AssertUnwindSafe(decide))
            .unwrap_or_else(|_| Decision::Refused(Refused::new("panicked", "deciding on it panicked")))
    }

    fn apply(&mut self, next: Next<S::State>, cause: Option<&Envelope>) {
        self.row.version += 1;
        self.row.format = self.service.format();
        self.service.write_state(&next.state, &mut self.row);
        self.state = Some(next.state);
        let (source, version) = (self.service.name(), self.row.version);
        let outgoing =
            next.messages.into_iter().map(|out| out.outgoing(source, version, cause, &self.moment));
        self.writes.outbox.extend(outgoing);
        self.writes.resend.extend(next.resend);
        self.writes.jobs.extend(next.jobs);
        self.writes.ledger.extend(next.ledger);
        self.writes.index.extend(next.index);
        for (name, body) in next.steps {
            self.steps_changed.insert(name.clone());
            self.steps.insert(name, body);
        }
        self.timers.extend(next.timers_cleared.into_iter().map(|name| (name, None)));
        let request = self.moment.request;
        for (name, due_at, body) in next.timers {
            self.timers.insert(name.clone(), Some(Timer { request, name, due_at, body }));
        }
    }
}

fn input_of<M>(timer: &Timer) -> Input<M> {
    Input::Timer { name: timer.name.clone(), body: timer.body.clone() }
}

/// A request is its row's tenant's, whatever a message says; a new one is its first message's.
fn foreign() -> Refused {
    Refused::new("foreign_tenant", "the request is another tenant's")
}

fn empty_row(request: RequestId, tenant: &TenantId, format: u32) -> StateRow {
    StateRow {
        request,
        tenant: tenant.clone(),
        version: 0,
        format,
        status: String::new(),
        due_at: None,
        body: Vec::new(),
        early: Vec::new(),
        closed_at: None,
    }
}

fn early_of(row: &StateRow) -> Result<Vec<Message>, Refused> {
    let bad = |why: String| Refused::new("unreadable_state", format!("early messages cannot be read: {why}"));
    let early = state::Early::decode(row.early.as_slice()).map_err(|error| bad(error.to_string()))?;
    let messages = early.messages.into_iter().map(|kept| {
        let envelope = kept.envelope.unwrap_or_default();
        let envelope = Envelope::try_from(envelope).map_err(|error| bad(error.to_string()))?;
        Ok(Message { envelope, body: kept.body })
    });
    messages.collect()
}
