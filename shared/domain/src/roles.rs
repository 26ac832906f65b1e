//! Who may do what: the one table. Nobody does anything in a tenant that is not theirs.

use crate::{Role, TenantId};

/// Somebody who was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Their name, for the ledger and the timeline.
    pub name: String,
    /// The one tenant in which they are somebody.
    pub tenant: TenantId,
    /// What they are there.
    pub role: Role,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// What a door does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $name,)+ }

        impl Action {
            /// Every action, in the order of its definition.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word as it is written in logs and in the description of the doors.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

actions! {
    /// Hand in a request.
    Submit = "submit",
    /// See which requests there are.
    ListRequests = "list_requests",
    /// Find the requests about a person.
    SearchBySubject = "search_by_subject",
    /// See one request.
    ShowRequest = "show_request",
    /// Approve a plan.
    Approve = "approve",
    /// Decline a request.
    Decline = "decline",
    /// Take a request back.
    Cancel = "cancel",
    /// Say that a requester is who they say.
    Verify = "verify",
    /// Accept or reject what may be the subject's.
    DecideCandidates = "decide_candidates",
    /// Accept what is missing or left.
    AcceptRemains = "accept_remains",
    /// Have a step tried again.
    Retry = "retry",
    /// Give a request up.
    GiveUp = "give_up",
    /// See which packages there are.
    ListPackages = "list_packages",
    /// Fetch a package.
    GetPackage = "get_package",
    /// Make a link by which a package is read without an account.
    SharePackage = "share_package",
    /// Read the ledger.
    ReadLedger = "read_ledger",
    /// Have the ledger verified.
    VerifyLedger = "verify_ledger",
    /// See which messages are parked.
    ListParked = "list_parked",
    /// See one parked message.
    ShowParked = "show_parked",
    /// Have a parked message worked again.
    ReplayParked = "replay_parked",
    /// Drop a parked message for good.
    DropParked = "drop_parked",
    /// See how the machine is.
    ReadStatus = "read_status",
    /// Fetch the key that subjects are sealed to.
    ReadIntakeKey = "read_intake_key",
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// Whether something may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Allowed {
    /// Never.
    No,
    /// With one's own requests: see [`owns`].
    OwnOnly,
    /// With every request of the tenant.
    Yes,
}

/// Whether a role may do something, in its own tenant or in another.
pub const fn allowed(role: Role, own_tenant: bool, action: Action) -> Allowed {
    if !own_tenant {
        return Allowed::No;
    }
    match role {
        Role::TenantAdmin => Allowed::Yes,
        Role::Reviewer => reviewer(action),
        Role::Operator => operator(action),
        Role::Auditor => auditor(action),
        Role::Upstream => upstream(action),
        Role::Subject => subject(action),
    }
}

const fn reviewer(action: Action) -> Allowed {
    match action {
        Action::ListRequests
        | Action::SearchBySubject
        | Action::ShowRequest
        | Action::DecideCandidates
        | Action::ListPackages
        | Action::GetPackage => Allowed::Yes,
        _ => Allowed::No,
    }
}

const fn operator(action: Action) -> Allowed {
    match action {
        Action::ListRequests
        | Action::ShowRequest
        | Action::Retry
        | Action::ListParked
        | Action::ShowParked
        | Action::ReplayParked
        | Action::DropParked
        | Action::ReadStatus => Allowed::Yes,
        _ => Allowed::No,
    }
}

const fn auditor(action: Action) -> Allowed {
    match action {
        Action::ListRequests
        | Action::ShowRequest
        | Action::ReadLedger
        | Action::VerifyLedger
        | Action::ReadStatus => Allowed::Yes,
        _ => Allowed::No,
    }
}

const fn upstream(action: Action) -> Allowed {
    match action {
        Action::Submit | Action::ReadIntakeKey => Allowed::Yes,
        Action::ShowRequest
        | Action::Cancel
        | Action::ListPackages
        | Action::GetPackage
        | Action::SharePackage => Allowed::OwnOnly,
        _ => Allowed::No,
    }
}

const fn subject(action: Action) -> Allowed {
    match action {
        Action::ShowRequest | Action::Cancel | Action::GetPackage => Allowed::OwnOnly,
        _ => Allowed::No,
    }
}

/// Whether a request is one's own: it was handed in by them (`by`), or, for a subject, they are the requester
/// under the name that whoever handed it in gave them (`requester`).
pub fn owns(who: &Who, by: (Role, &str), requester: Option<&str>) -> bool {
    let handed_in = by == (who.role, who.name.as_str());
    handed_in || (who.role == Role::Subject && requester == Some(who.name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Allowed::{No, OwnOnly, Yes};

    /// Every action: administrator, reviewer, operator, auditor, upstream, subject.
    const TABLE: &[(Action, [Allowed; 6])] = &[
        (Action::Submit, [Yes, No, No, No, Yes, No]),
        (Action::ListRequests, [Yes, Yes, Yes, Yes, No, No]),
        (Action::SearchBySubject, [Yes, Yes, No, No, No, No]),
        (Action::ShowRequest, [Yes, Yes, Yes, Yes, OwnOnly, OwnOnly]),
        (Action::Approve, [Yes, No, No, No, No, No]),
        (Action::Decline, [Yes, No, No, No, No, No]),
        (Action::Cancel, [Yes, No, No, No, OwnOnly, OwnOnly]),
        (Action::Verify, [Yes, No, No, No, No, No]),
        (Action::DecideCandidates, [Yes, Yes, No, No, No, No]),
        (Action::AcceptRemains, [Yes, No, No, No, No, No]),
        (Action::Retry, [Yes, No, Yes, No, No, No]),
        (Action::GiveUp, [Yes, No, No, No, No, No]),
        (Action::ListPackages, [Yes, Yes, No, No, OwnOnly, No]),
        (Action::GetPackage, [Yes, Yes, No, No, OwnOnly, OwnOnly]),
        (Action::SharePackage, [Yes, No, No, No, OwnOnly, No]),
        (Action::ReadLedger, [Yes, No, No, Yes, No, No]),
        (Action::VerifyLedger, [Yes, No, No, Yes, No, No]),
        (Action::ListParked, [Yes, No, Yes, No, No, No]),
        (Action::ShowParked, [Yes, No, Yes, No, No, No]),
        (Action::ReplayParked, [Yes, No, Yes, No, No, No]),
        (Action::DropParked, [Yes, No, Yes, No, No, No]),
        (Action::ReadStatus, [Yes, No, Yes, Yes, No, No]),
        (Action::ReadIntakeKey, [Yes, No, No, No, Yes, No]),
    ];

    #[test]
    fn every_role_may_do_exactly_what_the_table_says_and_nothing_elsewhere() {
        let named: Vec<Action> = TABLE.iter().map(|(action, _)| *action).collect();
        assert_eq!(named, Action::ALL, "the table has a row for every action");
        for (action, expected) in TABLE {
            for (role, expected) in Role::ALL.iter().zip(expected) {
                assert_eq!(allowed(*role, true, *action), *expected, "{role} {action}");
                assert_eq!(allowed(*role, false, *action), No, "{role} {action} in a foreign tenant");
            }
        }
    }

    #[test]
    fn ones_own_is_what_one_handed_in_or_asked_for_as_the_subject() {
        let who = |role, name: &str| Who { name: name.to_owned(), tenant: "dublin".parse().unwrap(), role };
        let shop = (Role::Upstream, "shop");
        let cases = [
            (who(Role::Upstream, "shop"), None, true),
            (who(Role::Upstream, "crm"), Some("crm"), false),
            (who(Role::TenantAdmin, "shop"), None, false),
            (who(Role::Subject, "a17"), Some("a17"), true),
            (who(Role::Subject, "a17"), Some("a18"), false),
            (who(Role::Subject, "shop"), None, false),
        ];
        for (who, requester, expected) in cases {
            assert_eq!(owns(&who, shop, requester), expected, "{who:?} {requester:?}");
        }
    }
}
