//! Answers and events.

use prost::Name;
use redress_contracts::{
    event_name, to_timestamp,
    topology::Route,
    v1::{Event, event::What},
};
use redress_domain::{MessageId, ServiceName};
use redress_runtime::{Moment, Out};

use crate::State;

/// The answer to a command.
pub(super) fn answer<T: Name>(to: &ServiceName, command: MessageId, body: &T, moment: &Moment<'_>) -> Out {
    Out::new(moment.ids.message(), Route::to_service(to), body).answering(command)
}

/// The next event of the request.
pub(super) fn event(state: &mut State, what: What, moment: &Moment<'_>) -> Option<Out> {
    let event = Event {
        request: moment.request.to_string(),
        sequence: state.kept.events + 1,
        at: Some(to_timestamp(moment.now)),
        actor: None,
        what: Some(what),
    };
    let name = event_name(&event)?;
    state.kept.events = event.sequence;
    Some(Out::new(moment.ids.message(), Route::event(moment.tenant, name), &event))
}
