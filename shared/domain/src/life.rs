//! The life of a request: one total transition function over its states.
//!
//! | state | who moves it on |
//! |---|---|
//! | received | intake, at once |
//! | verifying | whoever verifies the requester |
//! | discovering | discovery's answer |
//! | in_review | a tenant administrator, or a standing approval |
//! | collecting | export's answer |
//! | content_review | a reviewer |
//! | releasing | export's answer, after delivery |
//! | executing | deletion's, rectification's or restriction's answer |
//! | held | the hold's timer, or an administrator who restores |
//! | purging, expunging | deletion's answer |
//! | checking | an administrator who has it tried or searched again, or accepts what remains |
//! | closed | nobody: final |

mod input;

pub use input::{Found, Input};

use crate::{Closing, Kind, State};

/// A request's place in its life, with the marks beside the state.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Life {
    /// What is asked for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// How it closed; some exactly when the state is closed.
    pub closing: Option<Closing>,
    /// Whether withdrawn data can be restored for a while; else a delete purges at once.
    pub holds: bool,
    /// Works on nothing until resumed: somebody must answer a question first.
    pub paused: bool,
    /// A legal hold: nothing is withdrawn, purged or expired meanwhile.
    pub on_hold: bool,
    /// A service could not go on: waits for a person to retry or give up.
    pub stuck: bool,
    /// Being taken back.
    pub cancelling: bool,
    /// The subject is not told apart from somebody else: no approval before that is decided.
    pub ambiguous: bool,
    /// The plan names keeps.
    pub retained: bool,
    /// Data is soft-deleted: it is purged or restored before the end.
    pub withdrawn: bool,
    /// Something is missing or left that no plan names.
    pub remains: bool,
    /// Data was changed for good: whatever comes, this has not been nothing.
    pub irrevocable: bool,
}

/// What intake asks of a service: always a function of the life, so that it can be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Work {
    /// Find the subject.
    Discover,
    /// Gather the records.
    Collect,
    /// Make and deliver the package.
    Release,
    /// Soft delete.
    Withdraw,
    /// Take the soft delete back.
    Restore,
    /// Delete for good and verify.
    Purge,
    /// Rectify or restrict.
    Apply,
    /// Look after the provider's operations.
    Poll,
    /// Stop before the next step.
    Stop,
}

/// What a request waits for: never for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Waits {
    /// For nothing: it is closed.
    Closed,
    /// For a service's answer.
    Service(Work),
    /// For a person, who is told why.
    Person(&'static str),
    /// For a timer.
    HoldEnd,
}

/// Why an input changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// An answer to something no longer asked: dropped and counted.
    #[error("this answer is no longer waited for")]
    Stale,
    /// A person's deed that does not fit the state.
    #[error("a request that is {state} cannot be changed so")]
    NotNow {
        /// Where it stands.
        state: State,
    },
    /// Effects that cannot be taken back are under way or done.
    #[error("data has been deleted for good: this cannot be taken back")]
    Irreversible,
    /// The subject must be told apart first.
    #[error("two people answer to these identifiers: decide on that first")]
    Ambiguous,
    /// A legal hold stands.
    #[error("a legal hold stands")]
    OnHold,
}

impl Life {
    /// A request of this kind, just taken in. `holds`: see [`Life::holds`].
    pub fn new(kind: Kind, holds: bool) -> Self {
        Self {
            kind,
            state: State::Received,
            closing: None,
            holds,
            paused: false,
            on_hold: false,
            stuck: false,
            cancelling: false,
            ambiguous: false,
            retained: false,
            withdrawn: false,
            remains: false,
            irrevocable: false,
        }
    }

    /// Whether the end is reached.
    pub fn is_closed(&self) -> bool {
        self.state == State::Closed
    }

    /// What is asked of a service now, or none while it waits for a person or a timer.
    pub fn work(&self) -> Option<Work> {
        match self.waits() {
            Waits::Service(work) => Some(work),
            _ => None,
        }
    }

    /// What the request waits for.
    pub fn waits(&self) -> Waits {
        if self.is_closed() {
            return Waits::Closed;
        }
        if self.stuck {
            return Waits::Person("a service could not go on: retry or give up");
        }
        if self.paused {
            return Waits::Person("paused: a question must be answered first");
        }
        if self.cancelling && self.state != State::Executing {
            return Waits::Service(Work::Stop);
        }
        match self.state {
            State::Received => Waits::Person("must be submitted"),
            State::Verifying => Waits::Person("the requester must be verified"),
            State::Discovering => Waits::Service(Work::Discover),
            State::InReview if self.ambiguous => Waits::Person("two people answer to these identifiers"),
            State::InReview if self.irrevocable => {
                Waits::Person("data was deleted already: approve the new plan, or accept what remains")
            }
            State::InReview => Waits::Person("a tenant administrator must approve or decline the plan"),
            State::Collecting => Waits::Service(Work::Collect),
            State::ContentReview => Waits::Person("a reviewer must decide on the draft"),
            State::Releasing => Waits::Service(Work::Release),
            State::Executing => self.waits_executing(),
            State::Held if self.on_hold => Waits::Person("a legal hold must be lifted"),
            State::Held => Waits::HoldEnd,
            State::Purging if self.on_hold => Waits::Person("a legal hold must be lifted"),
            State::Purging => Waits::Service(Work::Purge),
            State::Expunging => Waits::Service(Work::Poll),
            State::Checking if self.is_untouched() => Waits::Person(
                "nothing was changed: mend what was in the way and try again, or take the request back",
            ),
            State::Checking => Waits::Person("something remained: check again or accept it"),
            State::Closed => Waits::Closed,
        }
    }

    /// Whether its plan was carried out, and nothing was changed for good: a system refused all of it.
    pub fn is_untouched(&self) -> bool {
        self.state == State::Checking && !self.irrevocable && !self.withdrawn
    }

    fn waits_executing(&self) -> Waits {
        match self.kind {
            Kind::Delete if self.cancelling => Waits::Service(Work::Restore),
            Kind::Delete if self.on_hold => Waits::Person("a legal hold must be lifted"),
            Kind::Delete => Waits::Service(Work::Withdraw),
            _ if self.cancelling => Waits::Service(Work::Stop),
            _ => Waits::Service(Work::Apply),
        }
    }

    /// The life after an input, or why it changes nothing. Total: every pair has an answer.
    ///
    /// # Errors
    /// A [`Refusal`]; the life is then as it was.
    pub fn advance(&self, input: Input) -> Result<Self, Refusal> {
        if self.is_closed() {
            return Err(self.no(input));
        }
        if let Some(marked) = self.mark(input) {
            return marked;
        }
        if input.is_answer() && (self.stuck || self.paused) {
            // An answer that was on its way when the mark was set still counts.
            return self.unmarked().step(input).map(|life| Self { paused: self.paused, ..life });
        }
        self.step(input)
    }

    fn unmarked(&self) -> Self {
        Self { stuck: false, paused: false, ..self.clone() }
    }

    /// The inputs that set or clear a mark and leave the state alone.
    fn mark(&self, input: Input) -> Option<Result<Self, Refusal>> {
        let mut life = self.clone();
        match input {
            Input::Pause if !self.paused => life.paused = true,
            Input::Resume if self.paused => life.paused = false,
            Input::HoldPlaced if !self.on_hold => life.on_hold = true,
            Input::HoldLifted if self.on_hold => life.on_hold = false,
            Input::Changed if self.may_change() && !self.irrevocable => life.irrevocable = true,
            Input::CannotGoOn if self.work().is_some() => life.stuck = true,
            Input::Retry if self.stuck => life.stuck = false,
            Input::GiveUp if self.stuck => return Some(Ok(self.close(Closing::Failed))),
            _ => return None,
        }
        Some(Ok(life))
    }

    /// Whether data may be changed for good here. What is withdrawn can be restored.
    fn may_change(&self) -> bool {
        match self.state {
            State::Executing => self.kind != Kind::Delete,
            State::Purging | State::Expunging | State::Checking => true,
            _ => false,
        }
    }

    fn step(&self, input: Input) -> Result<Self, Refusal> {
        use State::{
            Checking, Collecting, ContentReview, Discovering, Executing, Expunging, Held, InReview, Purging,
            Received, Releasing, Verifying,
        };
        match (self.state, input) {
            (Received, Input::Submitted { verified: true }) => Ok(self.to(Discovering)),
            (Received, Input::Submitted { verified: false }) => Ok(self.to(Verifying)),
            (Verifying, Input::Verified) => Ok(self.to(Discovering)),
            (Discovering, Input::Discovered(found)) if !self.cancelling => Ok(self.discovered(found)),
            (InReview, Input::CandidatesDecided) => Ok(Self { ambiguous: false, ..self.to(Discovering) }),
            (InReview | Checking, Input::SearchAgain) => Ok(self.anew()),
            (InReview, Input::Approved { retained }) => self.approved(retained),
            (InReview, Input::RemainsAccepted) if self.irrevocable => Ok(self.accept_remains()),
            (Verifying | InReview | ContentReview, Input::Declined) => self.take_back(Closing::Declined),
            (Collecting, Input::Collected { review, missing }) if !self.cancelling => {
                // What is missing is always shown to a person before it is released.
                let next = if review || missing { ContentReview } else { Releasing };
                Ok(Self { remains: missing, ..self.to(next) })
            }
            (ContentReview, Input::ContentReviewed) => Ok(self.to(Releasing)),
            (Releasing, Input::Released) => Ok(self.finish()),
            (Executing, Input::Withdrawn) if self.kind == Kind::Delete && !self.cancelling => {
                Ok(Self { withdrawn: true, ..self.to(Held) })
            }
            (Executing, Input::Restored) if self.kind == Kind::Delete && self.cancelling => {
                Ok(self.close(Closing::Cancelled))
            }
            (Executing, Input::Applied { remains }) if self.kind != Kind::Delete => Ok(self.settle(remains)),
            (Held, Input::HoldEnded) if self.on_hold => Err(Refusal::OnHold),
            (Held, Input::HoldEnded) => Ok(self.to(Purging)),
            (Purging, Input::Purged { remains, pending: true }) => {
                Ok(Self { remains: self.remains || remains, ..self.to(Expunging) })
            }
            (Purging, Input::Purged { remains, pending: false }) => Ok(self.settle(remains)),
            (Expunging, Input::Expunged { remains }) => Ok(self.settle(self.remains || remains)),
            (Checking, Input::Checked { remains }) => Ok(self.settle(remains)),
            (Checking, Input::RemainsAccepted) => Ok(self.accept_remains()),
            (Collecting | Executing | Purging | Checking, Input::PlanChanged) if !self.cancelling => {
                Ok(self.anew())
            }
            (_, Input::Cancel) => self.cancel(),
            (_, Input::Stopped { too_late }) if self.work() == Some(Work::Stop) => self.stopped(too_late),
            _ => Err(self.no(input)),
        }
    }

    fn discovered(&self, found: Found) -> Self {
        match found {
            // What is withdrawn may be hidden even from us: a person looks at it.
            Found::Nothing if self.withdrawn => self.to(State::InReview),
            Found::Nothing if self.irrevocable => self.finish(),
            Found::Nothing => self.close(Closing::NoDataFound),
            Found::Something => self.to(State::InReview),
            Found::Ambiguous => Self { ambiguous: true, ..self.to(State::InReview) },
        }
    }

    fn approved(&self, retained: bool) -> Result<Self, Refusal> {
        if self.ambiguous {
            return Err(Refusal::Ambiguous);
        }
        let next = match self.kind {
            Kind::Access | Kind::Export => State::Collecting,
            Kind::Delete if !self.holds || self.withdrawn => State::Purging,
            Kind::Delete | Kind::Rectify | Kind::Restrict | Kind::SetPreference => State::Executing,
        };
        Ok(Self { retained, ..self.to(next) })
    }

    fn cancel(&self) -> Result<Self, Refusal> {
        match self.state {
            State::Received | State::Verifying | State::InReview | State::ContentReview => {
                self.take_back(Closing::Cancelled)
            }
            State::Discovering | State::Executing if self.irrevocable => Err(Refusal::Irreversible),
            State::Discovering | State::Collecting | State::Releasing | State::Executing
                if !self.cancelling =>
            {
                Ok(Self { cancelling: true, ..self.unmarked() })
            }
            State::Held => Ok(Self { cancelling: true, ..self.to(State::Executing) }),
            State::Checking if self.is_untouched() => self.take_back(Closing::Cancelled),
            State::Purging | State::Expunging | State::Checking => Err(Refusal::Irreversible),
            _ => Err(self.no(Input::Cancel)),
        }
    }

    fn stopped(&self, too_late: bool) -> Result<Self, Refusal> {
        if too_late || self.irrevocable {
            return Ok(Self { cancelling: false, ..self.clone() });
        }
        self.take_back(Closing::Cancelled)
    }

    /// The end of a request that is not wanted any more; what is withdrawn is restored first.
    fn take_back(&self, closing: Closing) -> Result<Self, Refusal> {
        if self.irrevocable {
            return Err(Refusal::Irreversible);
        }
        Ok(match self.withdrawn {
            true => Self { cancelling: true, ..self.unmarked().to(State::Executing) },
            false => self.close(closing),
        })
    }

    /// Back to discovery, for a new plan: what was known to remain is looked for with all the rest.
    fn anew(&self) -> Self {
        Self { ambiguous: false, remains: false, ..self.to(State::Discovering) }
    }

    fn accept_remains(&self) -> Self {
        Self { remains: true, ..self.close(Closing::CompletedRemains) }
    }

    /// What is left after the effects and their verification: an end, or something for a person.
    fn settle(&self, remains: bool) -> Self {
        let life = Self { remains, cancelling: false, ..self.clone() };
        if remains { life.to(State::Checking) } else { life.finish() }
    }

    fn finish(&self) -> Self {
        self.close(match self {
            Self { remains: true, .. } => Closing::CompletedRemains,
            Self { retained: true, kind: Kind::Delete, .. } => Closing::CompletedRetained,
            _ => Closing::Completed,
        })
    }

    fn to(&self, state: State) -> Self {
        Self { state, stuck: false, ..self.clone() }
    }

    fn close(&self, closing: Closing) -> Self {
        Self { closing: Some(closing), cancelling: false, paused: false, ..self.to(State::Closed) }
    }

    fn no(&self, input: Input) -> Refusal {
        if input.is_answer() { Refusal::Stale } else { Refusal::NotNow { state: self.state } }
    }
}

#[cfg(test)]
mod tests;
