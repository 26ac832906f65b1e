//! What intake's timers do: send again what is not answered, and say when the due date has passed.

use redress_contracts::v1::{RequestOverdue, event::What};
use redress_runtime::Decision;

use super::{
    answers::cannot_go_on,
    turn::{OVERDUE, SWEEP, SWEEPS_MAX, Turn},
};
use crate::state::Request;

pub(super) fn decide(turn: Turn<'_>, name: &str, body: &[u8]) -> Decision<Request> {
    if turn.request.life.is_closed() {
        return Decision::Seen;
    }
    match name {
        SWEEP => sweep(turn, body),
        OVERDUE => overdue(turn),
        _ => Decision::Seen,
    }
}

fn sweep(mut turn: Turn<'_>, body: &[u8]) -> Decision<Request> {
    if turn.command().is_none() || turn.request.life.stuck {
        return Decision::Seen;
    }
    let looks = body.try_into().map_or(0, u32::from_be_bytes) + 1;
    if looks >= SWEEPS_MAX {
        return cannot_go_on(turn, "the service does not answer");
    }
    turn.send_again();
    turn.sweep_after(looks);
    turn.finish()
}

fn overdue(mut turn: Turn<'_>) -> Decision<Request> {
    let due_at = turn.request.admission.due_at;
    turn.event(What::RequestOverdue(RequestOverdue { due_at }), "the due date has passed");
    turn.finish()
}
