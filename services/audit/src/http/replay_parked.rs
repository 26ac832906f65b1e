//! Has a parked message worked again.
//!
//! A crash at any point loses nothing: the message is written to the outbox before it is taken out. Ended
//! between the two, it is parked still, and known to its service if it comes. Ended after both, the outbox
//! publishes it, and it counts as new.

use axum::{Json, extract::State, http::StatusCode};
use redress_contracts::{Message, topology::Route};
use redress_domain::ServiceName;
use redress_runtime::http::{Admitted, Body, Nothing, Params, Problem};
use redress_store::{Outgoing, Parked, Resend, StoreError, Unpark, Writes};

use super::{AuditDoor, Door, OneParked, parked::Item};

/// Has a parked message worked again: it goes to its service's queue with the id that it had.
#[utoipa::path(
    post,
    path = "/v1/tenants/{tenant}/parked/{service}/{id}/replay",
    tag = "parked",
    params(("tenant" = String, Path), ("service" = String, Path), ("id" = String, Path)),
    request_body = Option<Nothing>,
    responses(
        (status = 202, body = Item, description = "It is on its way; this is what it was."),
        (status = 409, body = Problem, description = "It cannot be worked again: drop it, and have its sender send it again.", content_type = "application/problem+json")
    )
)]
pub(super) async fn replay_parked(
    State(door): Door,
    admitted: Admitted,
    Params(path): OneParked,
    _: Option<Body<Nothing>>,
) -> Result<(StatusCode, Json<Item>), Problem> {
    let parked = door.one_parked(admitted.tenant(), &path).await?;
    door.replay(&parked).await?;
    let by = &admitted.who.name;
    tracing::info!(by, tenant = %admitted.tenant(), service = %parked.service, message = %parked.id, "a parked message is worked again");
    Ok((StatusCode::ACCEPTED, Json(Item::new(&parked))))
}

impl AuditDoor {
    pub(super) async fn replay(&self, parked: &Parked) -> Result<(), Problem> {
        let message = self.opened(parked)?;
        let route = self.route(&parked.service)?;
        let outgoing = self.announce(message, route).await?;
        let taken_out = self.store.unpark(&parked.service, parked.id, Unpark::Replay).await?;
        taken_out.ok_or_else(Problem::not_found)?;
        self.publisher.hand_over(vec![outgoing]);
        Ok(())
    }

    fn opened(&self, parked: &Parked) -> Result<Message, Problem> {
        let envelope = parked.envelope.clone();
        let envelope = envelope
            .ok_or_else(|| Problem::conflict("no_envelope", "nobody can read whose message it is"))?;
        let body = self.opener.open(Some(&envelope), &parked.sealed_body);
        let body = body.ok_or_else(|| {
            Problem::conflict("sealed", "its body does not open under any key that is here")
        })?;
        Ok(Message { envelope, body })
    }

    /// To its own queue alone: whoever else listened has had it.
    fn route(&self, service: &ServiceName) -> Result<Route, Problem> {
        let to_connector = service.as_str().parse().ok().map(|connector| Route::to_connector(&connector));
        let mut routes = [Some(Route::to_service(service)), to_connector].into_iter().flatten();
        let reached = routes.find(|route| self.topology.reached_by(route).next().is_some());
        reached.ok_or_else(|| Problem::conflict("no_queue", "its service has no queue any more"))
    }

    /// Writes it to its sender's outbox, or marks it there as unsent.
    async fn announce(&self, message: Message, route: Route) -> Result<Outgoing, Problem> {
        let envelope = &message.envelope;
        let mut tx = self.store.begin(&envelope.source).await?;
        let resend = vec![Resend::Message(envelope.request, envelope.id)];
        let sent = tx.write(&Writes { resend, ..Writes::default() }).await?.pop();
        let is_other = |sent: &Outgoing| {
            sent.message.body != message.body || sent.message.envelope.kind != envelope.kind
        };
        if sent.as_ref().is_some_and(is_other) {
            return Err(another());
        }
        let outgoing = match sent {
            Some(sent) => Outgoing { route, ..sent },
            None => {
                let new = Outgoing { message, route, cause: None };
                let written = tx.write(&Writes { outbox: vec![new.clone()], ..Writes::default() }).await;
                written.map_err(|error| match error {
                    StoreError::Broken(_) => another(),
                    error => error.into(),
                })?;
                new
            }
        };
        tx.commit().await?;
        Ok(outgoing)
    }
}

/// Ids are made here, and each once: whoever sent this took one that they saw.
fn another() -> Problem {
    Problem::conflict(
        "another_message",
        "another message has this id: what is parked was not sent by who it says",
    )
}
