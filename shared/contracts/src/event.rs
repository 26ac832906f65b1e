//! The names under which events are published.

use crate::v1::{Event, event::What};

macro_rules! event_names {
    ($($variant:ident = $name:literal)+) => {
        /// The event's name in routing keys and the ledger, e.g. `request.received`; none for an event of a
        /// kind that is not known here.
        pub fn event_name(event: &Event) -> Option<&'static str> {
            Some(match event.what.as_ref()? { $(What::$variant(_) => $name),+ })
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$($name),+];
    };
}

event_names! {
    RequestReceived = "request.received"
    RequestRejected = "request.rejected"
    RequestLinked = "request.linked"
    RequestVerified = "request.verified"
    RequestApproved = "request.approved"
    RequestDeclined = "request.declined"
    RequestPaused = "request.paused"
    RequestResumed = "request.resumed"
    RequestExtended = "request.extended"
    RequestOverdue = "request.overdue"
    RequestHeld = "request.held"
    RequestRestored = "request.restored"
    RequestStuck = "request.stuck"
    RequestClosed = "request.closed"
    DiscoveryCompleted = "discovery.completed"
    CollectionCompleted = "collection.completed"
    PackageReleased = "package.released"
    PackageDelivered = "package.delivered"
    PackageExpired = "package.expired"
    DeletionWithdrawn = "deletion.withdrawn"
    DeletionPurged = "deletion.purged"
    RectificationApplied = "rectification.applied"
    RestrictionApplied = "restriction.applied"
    RestrictionLifted = "restriction.lifted"
    RemainsFound = "remains.found"
    RemainsAccepted = "remains.accepted"
    ReceiptIssued = "receipt.issued"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_events_name_is_its_fields_name_with_a_dot() {
        let proto = include_str!("../../../proto/redress/v1/events.proto");
        let (_, rest) = proto.split_once("oneof what {").unwrap();
        let (fields, _) = rest.split_once('}').unwrap();
        let names: Vec<String> = fields
            .lines()
            .filter_map(|line| line.split_whitespace().nth(1))
            .map(|field| field.replacen('_', ".", 1))
            .collect();
        assert_eq!(names, NAMES);
    }
}
