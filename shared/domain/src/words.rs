//! The closed vocabularies that carry a rule here. Their spelling is the one of settings, JSON and logs;
//! `contracts` maps each to its protobuf enum, and a test there holds the two equal.

use serde::{Deserialize, Serialize};

/// A word that is not one of its vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a {vocabulary}; it is one of: {known}")]
pub struct UnknownWord {
    vocabulary: &'static str,
    given: String,
    known: String,
}

macro_rules! words {
    ($($(#[$meta:meta])* $name:ident / $called:literal { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every word, in the order of its definition.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word as it is written in settings, JSON and logs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(given: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|word| word.as_str() == given).ok_or_else(|| UnknownWord {
                    vocabulary: $called,
                    given: given.to_owned(),
                    known: [$($word),+].join(", "),
                })
            }
        }
    )+};
}

words! {
    /// What a data subject asks for.
    Kind / "kind of request" {
        /// A copy, with the statement of purposes, recipients, retention and rights [GDPR 15].
        Access = "access",
        /// Data for reuse, or for another controller [GDPR 20].
        Export = "export",
        /// Put right what is wrong [GDPR 16].
        Rectify = "rectify",
        /// Stop using it [GDPR 18].
        Restrict = "restrict",
        /// Delete it [GDPR 17].
        Delete = "delete",
        /// CCPA opt-out and opt-in.
        SetPreference = "set_preference",
    }

    /// Where a request stands. [`life`](crate::life) says who moves it on from each.
    State / "state" {
        /// Taken in, not yet looked at.
        Received = "received",
        /// Waits until the requester is verified to the tenant's level. Nothing is shown or done.
        Verifying = "verifying",
        /// Discovery asks the systems.
        Discovering = "discovering",
        /// A tenant administrator decides on the plan.
        InReview = "in_review",
        /// Export gathers the records into a draft.
        Collecting = "collecting",
        /// A reviewer decides what of the draft is released.
        ContentReview = "content_review",
        /// Export makes the package and delivers it.
        Releasing = "releasing",
        /// Withdraw, restore, rectify or restrict is under way.
        Executing = "executing",
        /// Withdrawn; an administrator can still restore.
        Held = "held",
        /// Permanent deletion and its verification are under way.
        Purging = "purging",
        /// The provider still needs time; the request says by when.
        Expunging = "expunging",
        /// Something remained that no plan names: looked at again, or accepted by an administrator.
        Checking = "checking",
        /// The end.
        Closed = "closed",
    }

    /// How a request closed.
    Closing / "closing" {
        /// All that was asked is done.
        Completed = "completed",
        /// Done, with the keeps that the plan named.
        CompletedRetained = "completed_retained",
        /// Done, with remains that a named administrator accepted.
        CompletedRemains = "completed_remains",
        /// Nothing is held about the subject: an answer, with the queries run.
        NoDataFound = "no_data_found",
        /// An administrator declined, with a reason.
        Declined = "declined",
        /// Taken back before anything was done for good.
        Cancelled = "cancelled",
        /// Given up, with a reason.
        Failed = "failed",
    }

    /// What the outside is told of a request.
    PublicState / "public state" {
        /// Not closed yet.
        Pending = "pending",
        /// Answered.
        Completed = "completed",
        /// Given up.
        Failed = "failed",
        /// Declined.
        Declined = "declined",
        /// Taken back.
        Cancelled = "cancelled",
    }

    /// What became of an action in one system.
    Status / "status" {
        /// As planned.
        Done = "done",
        /// The queries were run and found nothing.
        NotFound = "not_found",
        /// Something is missing; the reason says what.
        Partial = "partial",
        /// An operation of the provider is under way.
        Pending = "pending",
        /// Stays, on a named ground.
        Kept = "kept",
        /// Somebody else must act: an on-premises master, the home tenant.
        Elsewhere = "elsewhere",
        /// The system forbids it.
        Refused = "refused",
        /// It did not work.
        Failed = "failed",
    }

    /// One way to name a person.
    IdentifierKind / "kind of identifier" {
        /// An e-mail address.
        Email = "email",
        /// A directory object's id: a UUID.
        ObjectId = "object_id",
        /// A user principal name.
        Upn = "upn",
        /// A telephone number in E.164.
        Phone = "phone",
        /// The tenant's own customer number.
        CustomerId = "customer_id",
        /// Lowercase hex of SHA-256 over the normalised e-mail address.
        EmailSha256 = "email_sha256",
        /// Lowercase hex of SHA-256 over the E.164 number.
        PhoneSha256 = "phone_sha256",
        /// A key of one field of one system, named `dataset.collection.field`.
        Field = "field",
        /// A person's name.
        Name = "name",
    }

    /// Whether one value of an identifier names one person, or may name several.
    IdentifierClass / "class of identifier" {
        /// One person: rows that carry it are the subject's.
        Unique = "unique",
        /// Possibly several: rows that carry it are candidates for a reviewer.
        Shared = "shared",
    }

    /// Under which law a request is answered.
    Regime / "regime" {
        /// Regulation (EU) 2016/679.
        Gdpr = "gdpr",
    }

    /// Why the request exists.
    Trigger / "trigger" {
        /// The subject asked: the only trigger with a statutory clock and notices.
        SubjectRequest = "subject_request",
        /// An employee or guest left.
        Leaver = "leaver",
        /// The directory account is already gone.
        AccountDeleted = "account_deleted",
        /// The tenant's retention period ended.
        Retention = "retention",
        /// A later look for what came back.
        Resweep = "resweep",
    }

    /// Who may do what: `roles` decides.
    Role / "role" {
        /// Approves, declines and executes in one tenant; the only one who does.
        TenantAdmin = "tenant_admin",
        /// Decides on candidates and drafts.
        Reviewer = "reviewer",
        /// Looks after the machine: parked messages, retries. Sees no personal data.
        Operator = "operator",
        /// Reads requests and the ledger.
        Auditor = "auditor",
        /// A system that hands in requests and reads the answers to its own.
        Upstream = "upstream",
        /// The person, about their own request.
        Subject = "subject",
    }

    /// How sure we are that the requester may ask; each level includes those before it.
    VerificationLevel / "level of verification" {
        /// Said so.
        Asserted = "asserted",
        /// Answers agreed with what is held.
        Matched = "matched",
        /// Signed in.
        Authenticated = "authenticated",
        /// A document was seen, and not kept.
        Documented = "documented",
    }
}

impl Closing {
    /// What the outside is told of it.
    pub const fn public(self) -> PublicState {
        match self {
            Self::Completed | Self::CompletedRetained | Self::CompletedRemains | Self::NoDataFound => {
                PublicState::Completed
            }
            Self::Declined => PublicState::Declined,
            Self::Cancelled => PublicState::Cancelled,
            Self::Failed => PublicState::Failed,
        }
    }
}

impl Trigger {
    /// Whether the law sets a date by which it must be answered.
    pub const fn has_statutory_clock(self) -> bool {
        matches!(self, Self::SubjectRequest)
    }
}

impl IdentifierKind {
    /// What a value of this kind is taken for where a data map does not say otherwise.
    pub const fn usual_class(self) -> IdentifierClass {
        match self {
            Self::Phone | Self::PhoneSha256 | Self::Name => IdentifierClass::Shared,
            _ => IdentifierClass::Unique,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_parses_back_and_an_unknown_one_names_the_choices() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        let error = "forget".parse::<Kind>().unwrap_err().to_string();
        assert!(error.contains("`forget` is not a kind of request"), "{error}");
        assert!(error.contains("access, export, rectify"), "{error}");
    }

    #[test]
    fn verification_levels_are_ordered() {
        assert!(VerificationLevel::ALL.is_sorted());
        assert!(VerificationLevel::Asserted < VerificationLevel::Documented);
    }
}
