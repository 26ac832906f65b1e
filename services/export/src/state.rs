//! What the service keeps of a request.

use jiff::Timestamp;
use prost::Message as _;
use redress_contracts::{from_timestamp, state::ExportState, v1::PackageSummary};
use redress_runtime::Refused;
use redress_store::StateRow;

/// The layout of the row. Before 2 no package had an end: a timer of one would have been dropped unread.
pub(crate) const FORMAT: u32 = 2;

/// The status of a request whose package is there.
pub(crate) const RELEASED: &str = "released";

/// A request's state, and when it ended.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// As it is stored.
    pub(crate) kept: ExportState,
    /// When its package was delivered or deleted, or its work stopped.
    pub(crate) closed_at: Option<Timestamp>,
}

/// Where a request stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The connectors are asked. Their outcomes move it on.
    Collecting,
    /// Everything is collected that could be. A release moves it on.
    Collected,
    /// The package is being made. The packager's outcome moves it on.
    Releasing,
    /// The package is there. The end of its time moves it on, or that it is collected or released anew.
    Released,
    /// Its time is over, and it is being deleted. The packager's outcome moves it on; whatever else is asked waits.
    Expiring,
    /// It is deleted. Final, unless it is collected anew.
    Expired,
    /// Nothing is collected: it was stopped, or could not begin. Final, unless it is collected anew.
    Stopped,
}

impl Phase {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Collecting => "collecting",
            Self::Collected => "collected",
            Self::Releasing => "releasing",
            Self::Released => RELEASED,
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Stopped => "stopped",
        }
    }
}

impl State {
    pub(crate) fn phase(&self) -> Phase {
        let campaign = self.kept.campaign.unwrap_or_default();
        match &self.kept {
            ExportState { command: None, .. } => Phase::Stopped,
            ExportState { expired: true, .. } => Phase::Expired,
            kept if !kept.expiry_id.is_empty() => Phase::Expiring,
            ExportState { package: Some(_), .. } => Phase::Released,
            ExportState { release: Some(_), .. } => Phase::Releasing,
            _ if campaign.ended >= campaign.legs => Phase::Collected,
            _ => Phase::Collecting,
        }
    }

    /// When its package's time was over, if it was by now: the timer may be late, or of a clock that is ahead.
    pub(crate) fn over(&self, now: Timestamp) -> Option<Timestamp> {
        let end = self.kept.package.as_ref().and_then(ends_at)?;
        (end <= now || !self.kept.expiry_id.is_empty()).then_some(end)
    }

    pub(crate) fn read(row: &StateRow) -> Result<Self, Refused> {
        let kept = ExportState::decode(row.body.as_slice())
            .map_err(|error| Refused::new("unreadable_state", error.to_string()))?;
        Ok(Self { kept, closed_at: row.closed_at })
    }

    pub(crate) fn write(&self, row: &mut StateRow) {
        row.status = self.phase().as_str().to_owned();
        let due_at = self.kept.command.as_ref().and_then(|command| command.due_at.as_ref());
        row.due_at = due_at.and_then(from_timestamp);
        row.closed_at = self.closed_at;
        row.body = self.kept.encode_to_vec();
    }
}

/// When a package's time is over.
pub(crate) fn ends_at(package: &PackageSummary) -> Option<Timestamp> {
    package.expires_at.as_ref().and_then(from_timestamp)
}
