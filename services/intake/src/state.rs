//! What intake keeps of a request, between its stored form and the domain's.

use jiff::Timestamp;
use prost::Message as _;
use redress_contracts::{
    Contract, add_unsearched, from_timestamp, is_searched,
    state::{self, IntakeState},
    v1::{Admission, Ground, Status, SystemInventory, SystemOutcome},
};
use redress_domain::{Closing, Kind, State, life::Life};
use redress_runtime::Refused;
use redress_store::StateRow;

/// The layout of [`IntakeState`] that is written here.
pub const FORMAT: u32 = 2;

/// A request, as intake keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// How it came in.
    pub admission: Admission,
    /// Where it stands.
    pub life: Life,
    /// All the rest; `admission` and `life` in it are not used.
    pub kept: IntakeState,
}

impl Request {
    /// Reads a row.
    ///
    /// # Errors
    /// When it is not one that this layout has.
    pub fn read(row: &StateRow) -> Result<Self, Refused> {
        let bad = |why: String| Refused::new("unreadable_state", why);
        let mut kept = IntakeState::decode(row.body.as_slice()).map_err(|error| bad(error.to_string()))?;
        let admission = kept.admission.take().ok_or_else(|| bad("it has no admission".to_owned()))?;
        let life = kept.life.take().and_then(|life| life_of(&life));
        let life = life.ok_or_else(|| bad("its place in life cannot be read".to_owned()))?;
        Ok(Self { admission, life, kept })
    }

    /// Writes it into its row.
    pub fn write(&self, row: &mut StateRow) {
        let stored = IntakeState {
            admission: Some(self.admission.clone()),
            life: Some(stored_life(&self.life)),
            ..self.kept.clone()
        };
        row.body = stored.encode_to_vec();
        row.status = self.life.state.to_string();
        row.due_at = self.due_at();
        row.closed_at = self.kept.closed_at.as_ref().and_then(from_timestamp);
    }

    /// By when it must be answered; none where no law says so.
    pub fn due_at(&self) -> Option<Timestamp> {
        self.admission.due_at.as_ref().and_then(from_timestamp)
    }

    /// Whether a plan names rows that stay, on a ground.
    pub fn retains(&self) -> bool {
        let plan = self.kept.plan.iter();
        let mut datasets = plan.flat_map(|plan| &plan.systems).flat_map(|system| &system.datasets);
        datasets.any(|dataset| dataset.count > 0 && dataset.ground != 0)
    }

    /// The datasets of which personal data stays that no rule of the policy covers, each as `system.dataset`.
    pub fn without_rule(&self) -> Vec<String> {
        let systems = self.kept.plan.iter().flat_map(|plan| &plan.systems);
        let datasets = systems.flat_map(|system| system.datasets.iter().map(move |it| (&system.system, it)));
        let uncovered = datasets.filter(|(_, it)| it.count > 0 && it.ground() == Ground::NoRule);
        uncovered.map(|(system, it)| format!("{system}.{}", it.dataset)).collect()
    }

    /// Every system, as the last discovery left it.
    pub fn searched(&self) -> &[SystemInventory] {
        self.kept.inventory.as_ref().map_or(&[], |inventory| &inventory.systems)
    }

    /// Whether nobody can say what there is: nothing is planned, and no system has answered as much as a part.
    pub fn is_unknown(&self) -> bool {
        let mut plans = self.kept.plan.iter().flat_map(|plan| &plan.systems);
        let planned = plans.any(|system| system.datasets.iter().any(|dataset| dataset.count > 0));
        let answered = |it: &SystemInventory| it.asked && (is_searched(it) || it.status() == Status::Partial);
        !planned && !self.searched().iter().any(answered)
    }

    /// Whether what remained is being tried again, and the answer is not there.
    pub fn is_tried_again(&self) -> bool {
        self.life.state == State::Checking && !self.kept.command.is_empty()
    }

    /// What became of it, by all plans that were carried out; where something is missing or left, with what was
    /// not searched.
    pub fn outcomes(&self) -> Vec<SystemOutcome> {
        let mut outcomes = self.kept.outcomes.clone();
        if self.life.remains {
            add_unsearched(&mut outcomes, self.searched());
        }
        [self.kept.earlier_outcomes.as_slice(), &outcomes].concat()
    }

    /// How many candidates the approved plan leaves out, since nobody has decided on them.
    pub fn left_undecided(&self) -> u64 {
        self.kept.left_undecided.values().sum()
    }

    /// The candidates that nobody has decided on.
    pub fn undecided(&self) -> impl Iterator<Item = &redress_contracts::v1::Candidate> {
        let candidates = self.kept.inventory.iter().flat_map(|inventory| &inventory.candidates);
        candidates.filter(|candidate| {
            let id = &candidate.id;
            !self.kept.accepted_candidates.contains(id) && !self.kept.rejected_candidates.contains(id)
        })
    }
}

fn stored_life(life: &Life) -> state::Life {
    state::Life {
        kind: life.kind.number(),
        state: life.state.number(),
        closing: life.closing.map(Contract::number).unwrap_or_default(),
        holds: life.holds,
        paused: life.paused,
        on_hold: life.on_hold,
        stuck: life.stuck,
        cancelling: life.cancelling,
        ambiguous: life.ambiguous,
        retained: life.retained,
        withdrawn: life.withdrawn,
        remains: life.remains,
        irrevocable: life.irrevocable,
    }
}

fn life_of(stored: &state::Life) -> Option<Life> {
    let closing = match stored.closing {
        0 => None,
        number => Some(Closing::of_number(number).ok()?),
    };
    let state = State::of_number(stored.state).ok()?;
    if closing.is_some() != (state == State::Closed) {
        return None;
    }
    Some(Life {
        kind: Kind::of_number(stored.kind).ok()?,
        state,
        closing,
        holds: stored.holds,
        paused: stored.paused,
        on_hold: stored.on_hold,
        stuck: stored.stuck,
        cancelling: stored.cancelling,
        ambiguous: stored.ambiguous,
        retained: stored.retained,
        withdrawn: stored.withdrawn,
        remains: stored.remains,
        irrevocable: stored.irrevocable,
    })
}
