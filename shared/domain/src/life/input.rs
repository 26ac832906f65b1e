//! What moves a request on.

/// What the answer of a service or a deed of a person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Input {
    /// Taken in; whether the requester is already verified to the tenant's level.
    Submitted {
        /// To the level that the tenant asks for.
        verified: bool,
    },
    /// The requester is verified now.
    Verified,
    /// Discovery's answer.
    Discovered(Found),
    /// A reviewer accepted or rejected the candidates: discovery goes again.
    CandidatesDecided,
    /// The plan is approved.
    Approved {
        /// Whether it names keeps.
        retained: bool,
    },
    /// Declined, with a reason kept beside.
    Declined,
    /// Export's answer: the draft is there.
    Collected {
        /// Whether the tenant has drafts reviewed.
        review: bool,
        /// Whether a system's part is missing.
        missing: bool,
    },
    /// The reviewer has decided on the draft.
    ContentReviewed,
    /// The package is delivered.
    Released,
    /// Deletion's answer: soft-deleted everywhere it can be.
    Withdrawn,
    /// Deletion's answer: restored.
    Restored,
    /// The hold ended.
    HoldEnded,
    /// Rectification's or restriction's answer.
    Applied {
        /// Whether something differs from the plan.
        remains: bool,
    },
    /// Deletion's answer: deleted for good, as far as we can.
    Purged {
        /// Whether verification still found something that the plan does not name.
        remains: bool,
        /// Whether the provider still works on it.
        pending: bool,
    },
    /// The provider is done too.
    Expunged {
        /// Whether something is left.
        remains: bool,
    },
    /// What remained was looked at again.
    Checked {
        /// Whether it still remains.
        remains: bool,
    },
    /// A named administrator accepts what remains.
    RemainsAccepted,
    /// In some system count or digest differ from the approved plan: nothing was changed there.
    PlanChanged,
    /// In some system data was, or may have been, changed for good.
    Changed,
    /// Somebody has the subject searched for again, for a new plan.
    SearchAgain,
    /// Somebody takes it back.
    Cancel,
    /// A service's answer to stop.
    Stopped {
        /// Effects had been made already.
        too_late: bool,
    },
    /// A question must be answered first.
    Pause,
    /// The question is answered.
    Resume,
    /// A legal hold begins.
    HoldPlaced,
    /// The legal hold ends.
    HoldLifted,
    /// A service's answer: it cannot go on.
    CannotGoOn,
    /// A person has it tried again.
    Retry,
    /// A person gives it up.
    GiveUp,
}

/// What discovery found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Found {
    /// Nothing: systems were asked, and every one of them has answered in full.
    Nothing,
    /// Rows, candidates to decide on, or something that was not searched.
    Something,
    /// Two different people answer to what was given.
    Ambiguous,
}

impl Input {
    /// Whether it answers something asked; else it is a person's deed or a timer's.
    pub const fn is_answer(self) -> bool {
        matches!(
            self,
            Self::Discovered(_)
                | Self::Collected { .. }
                | Self::Released
                | Self::Withdrawn
                | Self::Restored
                | Self::Applied { .. }
                | Self::Purged { .. }
                | Self::Expunged { .. }
                | Self::Checked { .. }
                | Self::PlanChanged
                | Self::Changed
                | Self::Stopped { .. }
                | Self::CannotGoOn
        )
    }
}
