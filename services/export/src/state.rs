//! What the service keeps of a request.

use jiff::Timestamp;
use prost::Message as _;
use redress_contracts::{from_timestamp, state::ExportState};
use redress_runtime::Refused;
use redress_store::StateRow;

/// The layout of the row.
pub(crate) const FORMAT: u32 = 1;

/// A request's state, and when it ended.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// As it is stored.
    pub(crate) kept: ExportState,
    /// When its package was delivered, or its work stopped.
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
    /// The package is there. Final, unless it is collected or released anew.
    Released,
    /// Nothing is collected: it was stopped, or could not begin. Final, unless it is collected anew.
    Stopped,
}

impl Phase {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Collecting => "collecting",
            Self::Collected => "collected",
            Self::Releasing => "releasing",
            Self::Released => "released",
            Self::Stopped => "stopped",
        }
    }
}

impl State {
    pub(crate) fn phase(&self) -> Phase {
        let campaign = self.kept.campaign.unwrap_or_default();
        match &self.kept {
            ExportState { command: None, .. } => Phase::Stopped,
            ExportState { package: Some(_), .. } => Phase::Released,
            ExportState { release: Some(_), .. } => Phase::Releasing,
            _ if campaign.ended >= campaign.legs => Phase::Collected,
            _ => Phase::Collecting,
        }
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
