//! The server's answers, as far as they are shown. What is not known here is passed over: a newer server may
//! say more. What may hold personal data has no Debug.

mod found;
mod planned;
mod things;

use jiff::Timestamp;
use serde::Deserialize;

pub use found::{Candidate, IdentityNote, Inventory, SystemInventory};
pub use planned::{DatasetOutcome, DatasetPlan, FieldPlan, Outcome, Plan, RelatedObject, SystemPlan};
pub use things::{Entries, Entry, Link, Manifest, Package, Packaged, Parked, Status};

/// A page of a list.
#[derive(Debug, Deserialize)]
pub struct Items<T> {
    /// What is in it.
    pub items: Vec<T>,
    /// The cursor of the next page.
    #[serde(default)]
    pub next: Option<String>,
}

/// The answer to a submission.
#[derive(Debug, Deserialize)]
pub struct Accepted {
    /// Its id.
    pub request: String,
    /// What is asked for.
    pub kind: Option<String>,
    /// By when it must be answered.
    pub due_at: Option<Timestamp>,
    /// Whether the requester was verified to the tenant's level.
    #[serde(default)]
    pub verified: bool,
    /// Open requests of the same kind about the same person.
    #[serde(default)]
    pub linked: Vec<String>,
}

/// What everybody is told of a request.
#[derive(Debug, Deserialize)]
pub struct Outside {
    /// pending, completed, failed, declined, cancelled.
    pub public_state: String,
    /// How it closed.
    pub closing: Option<String>,
    /// Why it closed so.
    pub reason: Option<String>,
    /// When the controller got it.
    pub received_at: Option<Timestamp>,
    /// By when it must be answered.
    pub due_at: Option<Timestamp>,
    /// When it closed.
    pub closed_at: Option<Timestamp>,
}

/// What a request waits for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
pub struct Waits {
    /// person, service, timer, nobody.
    pub who: String,
    /// What they must do.
    pub what: String,
}

/// A request in a list, and after a deed.
#[derive(Debug, Deserialize)]
pub struct Item {
    /// Its id.
    pub request: String,
    /// What is asked for.
    pub kind: String,
    /// Where it stands.
    pub state: String,
    /// What it waits for.
    pub waits_for: Waits,
    /// What else is to be known.
    #[serde(default)]
    pub marks: Vec<String>,
    /// What everybody is told.
    #[serde(flatten)]
    pub outside: Outside,
}

/// One request.
#[derive(Deserialize)]
pub struct Shown {
    /// Its id.
    pub request: String,
    /// What is asked for.
    pub kind: String,
    /// What everybody is told.
    #[serde(flatten)]
    pub outside: Outside,
    /// What was delivered.
    pub package: Option<Package>,
    /// How it is done: for the tenant's own people alone.
    pub inside: Option<Inside>,
}

/// A system that could not do its part yet.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WaitingSystem {
    /// Its name.
    pub system: String,
    /// Tries so far.
    pub tries: u32,
    /// When it is asked next.
    pub next_at: Option<Timestamp>,
    /// Why it could not.
    pub why: String,
}

/// How a request is done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Inside {
    /// Where it stands.
    pub state: String,
    /// What it waits for.
    pub waits_for: Waits,
    /// The systems that could not do their part yet.
    pub waiting_systems: Vec<WaitingSystem>,
    /// What else is to be known.
    pub marks: Vec<String>,
    /// Why it is stuck.
    pub stuck_because: Option<String>,
    /// What the person is to the tenant.
    pub subject_kind: Option<String>,
    /// Under which laws.
    pub regimes: Vec<String>,
    /// Why the request exists.
    pub trigger: Option<String>,
    /// Only these systems; none: all.
    pub systems: Vec<String>,
    /// Who asks.
    pub requester: Option<Requester>,
    /// How they were verified.
    pub verification: Option<Verification>,
    /// Who handed it in.
    pub handed_in_by: Option<Actor>,
    /// Open requests of the same kind about the same person.
    pub linked: Vec<String>,
    /// How the person is named.
    pub identifiers: Vec<Identifier>,
    /// What was found.
    pub inventory: Option<Inventory>,
    /// Candidates that are the subject's.
    pub accepted_candidates: Vec<String>,
    /// Candidates that are not.
    pub rejected_candidates: Vec<String>,
    /// Candidates that the approved plan leaves out.
    pub left_undecided: u64,
    /// What will be done.
    pub plan: Option<Plan>,
    /// What became of the last step.
    pub outcomes: Vec<Outcome>,
    /// What was collected.
    pub draft: Option<Draft>,
    /// What happened.
    pub timeline: Vec<Line>,
}

/// Who asks.
#[derive(Deserialize)]
pub struct Requester {
    /// What they are to the subject.
    pub kind: Option<String>,
    /// Their name, where one may see it.
    pub name: Option<String>,
    /// Their authority, where one may see it.
    pub authority: Option<String>,
}

/// How a requester was verified.
#[derive(Debug, Deserialize)]
pub struct Verification {
    /// How.
    pub method: String,
    /// To which level.
    pub level: Option<String>,
    /// By whom.
    pub by: String,
}

/// Who did something.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Actor {
    /// What they are.
    pub role: Option<String>,
    /// Their name.
    pub name: String,
}

/// One way in which the person is named.
#[derive(Debug, Deserialize)]
pub struct Identifier {
    /// Its kind.
    pub kind: Option<String>,
    /// With the kind `field`: which one.
    pub field: Option<String>,
    /// Whether it names one person.
    pub class: Option<String>,
    /// Which system gave it; none: the request did.
    pub from_system: Option<String>,
    /// Where in that system.
    #[serde(default)]
    pub found_in: Option<String>,
    /// By which it is rejected; none: the request gave it.
    #[serde(default)]
    pub id: Option<String>,
}

/// What was collected.
#[derive(Debug, Deserialize)]
pub struct Draft {
    /// Records.
    pub records: u64,
    /// Bytes.
    pub bytes: u64,
}

/// A line of the timeline.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Line {
    /// When.
    pub at: Option<Timestamp>,
    /// Which event, where there is one.
    pub event: Option<String>,
    /// None: Redress itself.
    pub actor: Option<Actor>,
    /// In words.
    #[serde(default)]
    pub detail: String,
}

impl Inside {
    /// Whether this mark is set.
    pub fn is_marked(&self, mark: &str) -> bool {
        self.marks.iter().any(|set| set == mark)
    }

    /// The candidates that nobody has decided on.
    pub fn undecided(&self) -> impl Iterator<Item = &Candidate> {
        let candidates = self.inventory.iter().flat_map(|inventory| &inventory.candidates);
        candidates.filter(|candidate| {
            !self.accepted_candidates.contains(&candidate.id)
                && !self.rejected_candidates.contains(&candidate.id)
        })
    }
}
