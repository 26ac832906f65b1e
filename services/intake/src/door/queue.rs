//! The front door over AMQP: upstream systems publish `redress.v1.SubmitRequest` to the exchange `redress.requests`,
//! in protobuf or in its JSON mapping. Whose request it is says the AMQP user, for whom the broker vouches
//! (`user_id`); no word of the message does, nor the exchange that it came through: whoever may write to ours can bind
//! an exchange of their own in front of it.
//!
//! What it promises: a submission is taken in once, by its idempotency key or else its `message_id`; one that cannot
//! be taken in is parked with the reason, and its sender hears of it by the event `<tenant>.request.rejected`; while the
//! store is away submissions wait in their queue.

mod dead;

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::AssertUnwindSafe,
    sync::Arc,
};

use axum::http::StatusCode;
use futures::{
    FutureExt as _,
    future::{BoxFuture, join, join_all},
};
use prost::{Message as _, Name as _};
use redress_bus::{Bus, Delivery, Stranger, Unreadable};
use redress_contracts::{
    ContentType, Envelope, Message, event_name, to_timestamp,
    topology::{CRASHED, REQUESTS, Route},
    v1::{Event, RequestRejected, SubmitRequest, event::What, submit_request},
};
use redress_domain::{
    MessageId, RequestId, ServiceName,
    roles::{Action, Allowed, Who, allowed},
};
use redress_runtime::{
    Stop,
    http::{BODY_BYTES_MAX, Problem},
};
use redress_store::{Outgoing, Parked, Writes};

use super::{
    FrontDoor, actor,
    claim::{digest, hash, uuid},
};

/// Whose queue it is, as parked messages name it.
const SERVICE: &str = "requests";
/// Submissions that are worked at once.
const AT_ONCE: usize = 64;

/// The queue's door.
pub struct QueueDoor {
    front: Arc<FrontDoor>,
    /// AMQP users, and who they are here.
    senders: BTreeMap<String, Who>,
    service: ServiceName,
}

/// A submission as it came, and whose it is as far as that is known.
struct Came<'a> {
    who: Option<&'a Who>,
    stranger: Stranger,
    body: &'a [u8],
}

/// Why it is not taken in.
struct Rejected {
    code: &'static str,
    detail: String,
    /// SHA-256, as the claim of the key has it; none: there is no key, or it is not known.
    idempotency: Option<[u8; 32]>,
}

impl Rejected {
    fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), idempotency: None }
    }
}

impl QueueDoor {
    /// A door for these AMQP users.
    ///
    /// # Panics
    /// Never: it is a name.
    pub fn new(front: Arc<FrontDoor>, senders: BTreeMap<String, Who>) -> Self {
        Self { front, senders, service: SERVICE.parse().expect("a name") }
    }

    /// Takes in submissions, and parks dead letters, until the stop. What was begun then comes again, and counts once.
    pub fn run(self, bus: Arc<dyn Bus>, stop: Stop) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            join(self.drain(&*bus, REQUESTS, stop.clone()), self.drain(&*bus, CRASHED, stop)).await;
        })
    }

    async fn drain(&self, bus: &dyn Bus, queue: &str, mut stop: Stop) {
        let mut consumer = bus.consume(queue, u16::try_from(2 * AT_ONCE).unwrap_or(u16::MAX));
        while let Some(deliveries) = stop.or(consumer.next(AT_ONCE)).await {
            let Some(last) = deliveries.last() else { return };
            let settled = async {
                match queue {
                    CRASHED => self.bury_all(&deliveries).await,
                    _ => self.settle_all(&deliveries).await,
                }
            };
            if stop.or(settled).await.is_none() {
                return;
            }
            consumer.ack(last.tag).await;
        }
    }

    /// Takes in what is as it should be together; what is not, and what could not be taken in so, each alone.
    async fn settle_all(&self, deliveries: &[Delivery]) {
        let came: Vec<Came<'_>> = deliveries.iter().map(|delivery| self.came(delivery)).collect();
        let read: Vec<(usize, (&Who, SubmitRequest))> =
            came.iter().enumerate().filter_map(|(i, came)| Some((i, read(came).ok()?))).collect();
        let given: Vec<(&Who, &SubmitRequest)> = read.iter().map(|(_, (who, given))| (*who, given)).collect();
        let together = AssertUnwindSafe(self.front.submit_all(&given)).catch_unwind().await;
        let taken = together.into_iter().flatten().zip(&read).filter(|(taken, _)| taken.is_ok());
        let taken: BTreeSet<usize> = taken.map(|(_, (i, _))| *i).collect();
        let others = deliveries.iter().enumerate().filter(|(i, _)| !taken.contains(i));
        join_all(others.map(|(_, delivery)| self.until_stored(|| self.take(delivery)))).await;
    }

    /// Does it, and waits for the store as long as it takes.
    async fn until_stored<F: Future<Output = Result<(), Problem>>>(&self, work: impl Fn() -> F) {
        while let Err(problem) = work().await {
            tracing::warn!(detail = problem.detail(), "what came by queue waits");
            self.front.context.until_the_store_answers().await;
        }
    }

    async fn take(&self, delivery: &Delivery) -> Result<(), Problem> {
        let came = self.came(delivery);
        let taking = AssertUnwindSafe(self.submit(&came)).catch_unwind();
        let rejected = match taking.await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(Submitting::Away(problem))) => return Err(problem),
            Ok(Err(Submitting::Rejected(rejected))) => rejected,
            Err(_) => Rejected::new("panicked", "taking it in panicked: this is our fault"),
        };
        self.reject(&came, rejected).await
    }

    fn came<'a>(&'a self, delivery: &'a Delivery) -> Came<'a> {
        match &delivery.message {
            // Parked before, and replayed by way of an exchange that is ours alone.
            Ok(message @ Message { envelope, body }) => {
                // Whatever else of ours comes here was led here by somebody else. None of its senders is told: an event
                // that is answered by an event would never end.
                let is_submission = message.is::<SubmitRequest>();
                let who = self.senders.get(envelope.source.as_str()).filter(|_| is_submission);
                let stranger = Stranger {
                    user: Some(envelope.source.to_string()),
                    kind: Some(envelope.kind.clone()),
                    content_type: Some(envelope.content_type.as_str().to_owned()),
                    id: Some(envelope.id.to_string()),
                };
                Came { who: who.filter(|who| who.tenant == envelope.tenant), stranger, body }
            }
            Err(Unreadable { stranger, body, .. }) => {
                let stranger = stranger.clone().unwrap_or_default();
                let who = stranger.user.as_ref().and_then(|user| self.senders.get(user));
                Came { who, stranger, body }
            }
        }
    }

    async fn submit(&self, came: &Came<'_>) -> Result<(), Submitting> {
        let (who, given) = read(came)?;
        match self.front.submit(who, &given).await {
            Ok(_) => Ok(()),
            Err(problem) if problem.status() == StatusCode::SERVICE_UNAVAILABLE => {
                Err(Submitting::Away(problem))
            }
            Err(problem) => Err(Submitting::Rejected(Rejected {
                code: problem.code(),
                detail: sentence(&problem),
                // A key may hold anything, and is not repeated.
                idempotency: hash(who, &given.idempotency_key),
            })),
        }
    }

    /// Parks it and tells its sender, once however often it comes.
    async fn reject(&self, came: &Came<'_>, why: Rejected) -> Result<(), Problem> {
        let context = &self.front.context;
        let now = context.clock.now();
        let user = came.stranger.user.as_deref().unwrap_or_default();
        let named = came.stranger.id.as_deref().map_or(came.body, str::as_bytes);
        let uuid = uuid(&digest("rejected", &[user.as_bytes(), named]));
        let (id, request) = (MessageId(uuid), RequestId(uuid));
        let envelope = came.who.map(|who| Envelope {
            id,
            kind: SubmitRequest::full_name(),
            source: who.name.parse().unwrap_or_else(|_| self.service.clone()),
            time: now,
            tenant: who.tenant.clone(),
            request,
            state_version: 0,
            answers: None,
            traceparent: None,
            again: false,
            content_type: content_type(&came.stranger).unwrap_or(ContentType::Protobuf),
        });
        tracing::warn!(code = why.code, message = %id, "a submission is rejected");
        let outbox = came.who.map(|who| self.rejection(who, came, &why, id, request));
        let parked = Parked {
            id,
            service: self.service.clone(),
            reason: why.code.to_owned(),
            detail: why.detail,
            attempts: 1,
            parked_at: now,
            sealed_body: context.sealer.seal(envelope.as_ref(), came.body),
            envelope,
        };
        let writes =
            Writes { parked: vec![parked], outbox: outbox.into_iter().collect(), ..Writes::default() };
        let mut tx = context.store.begin(&self.service).await?;
        if tx.see(&[(id, request)]).await? != [true] {
            return Ok(());
        }
        tx.write(&writes).await?;
        tx.commit().await?;
        self.front.publisher.hand_over(writes.outbox);
        Ok(())
    }

    /// The event that tells the sender.
    fn rejection(
        &self,
        who: &Who,
        came: &Came<'_>,
        why: &Rejected,
        cause: MessageId,
        request: RequestId,
    ) -> Outgoing {
        let context = &self.front.context;
        let rejected = RequestRejected {
            // What a sender calls its message is its own, and may be anything but a UUID.
            message_id: came.stranger.id.as_deref().and_then(uuid_of).unwrap_or_default(),
            idempotency: why.idempotency.map(|hash| hash.to_vec()).unwrap_or_default(),
            reason: why.code.to_owned(),
            detail: why.detail.clone(),
        };
        let event = Event {
            request: request.to_string(),
            sequence: 1,
            at: Some(to_timestamp(context.clock.now())),
            actor: Some(actor(who)),
            what: Some(What::RequestRejected(rejected)),
        };
        let route = Route::event(&who.tenant, event_name(&event).unwrap_or_default());
        let message = self.front.message(context.ids.message(), &who.tenant, request, &event);
        let envelope = Envelope { source: self.service.clone(), ..message.envelope };
        Outgoing { message: Message { envelope, ..message }, route, cause: Some(cause) }
    }
}

enum Submitting {
    Rejected(Rejected),
    Away(Problem),
}

impl From<Rejected> for Submitting {
    fn from(rejected: Rejected) -> Self {
        Self::Rejected(rejected)
    }
}

/// Who submits what.
fn read<'a>(came: &Came<'a>) -> Result<(&'a Who, SubmitRequest), Rejected> {
    let Some(user) = &came.stranger.user else {
        let why = "set the property user_id to the AMQP user: by it the broker vouches for who sends this";
        return Err(Rejected::new("no_user_id", why));
    };
    let who = came.who.ok_or_else(|| {
        tracing::warn!(user_chars = user.chars().count(), "an AMQP user that no setting names");
        Rejected::new("unknown_sender", "the settings name no `[[broker_user]]` of this name")
    })?;
    if allowed(who.role, true, Action::Submit) != Allowed::Yes {
        return Err(Rejected::new("forbidden", "this AMQP user may not submit requests"));
    }
    if came.stranger.kind.as_deref() != Some(&*SubmitRequest::full_name()) {
        let why = format!("the property type is not `{}`", SubmitRequest::full_name());
        return Err(Rejected::new("unreadable", why));
    }
    if came.body.len() > BODY_BYTES_MAX {
        return Err(Rejected::new("too_large", format!("the body is over {BODY_BYTES_MAX} bytes")));
    }
    let mut given = match content_type(&came.stranger) {
        Some(ContentType::Protobuf) => SubmitRequest::decode(came.body)
            .map_err(|_| Rejected::new("unreadable", "the body is no SubmitRequest in protobuf"))?,
        // What serde says of an error may repeat a value.
        Some(ContentType::Json) => serde_json::from_slice(came.body).map_err(|error| {
            let at = format!("line {}, column {}", error.line(), error.column());
            Rejected::new("unreadable", format!("the body is no SubmitRequest in JSON: see {at}"))
        })?,
        None => {
            let why = "the property content_type is neither application/protobuf nor application/json";
            return Err(Rejected::new("unreadable", why));
        }
    };
    if given.idempotency_key.is_empty() {
        given.idempotency_key = came.stranger.id.clone().unwrap_or_default();
    }
    if let Some(field) = clear_text(&given) {
        let why = format!(
            "`{field}`: beside a sealed subject it goes into the sealed box: the broker keeps it in clear"
        );
        return Err(Rejected {
            idempotency: hash(who, &given.idempotency_key),
            ..Rejected::new("invalid", why)
        });
    }
    if given.idempotency_key.is_empty() {
        let why = "neither an idempotency_key nor the property message_id: it could count twice";
        return Err(Rejected::new("no_idempotency_key", why));
    }
    Ok((who, given))
}

/// A text that may name somebody, beside a subject that is sealed.
fn clear_text(given: &SubmitRequest) -> Option<&'static str> {
    let Some(submit_request::Subject::Sealed(_)) = &given.subject else { return None };
    let (requester, verification) = (given.requester.as_ref(), given.verification.as_ref());
    let texts = [
        ("requester.name", requester.map(|it| &it.name)),
        ("requester.authority", requester.map(|it| &it.authority)),
        ("verification.method", verification.map(|it| &it.method)),
        ("verification.by", verification.map(|it| &it.by)),
    ];
    texts.into_iter().find(|(_, text)| text.is_some_and(|text| !text.is_empty())).map(|(field, _)| field)
}

fn content_type(stranger: &Stranger) -> Option<ContentType> {
    ContentType::parse(stranger.content_type.as_deref()?)
}

/// All that is wrong, in one text.
fn sentence(problem: &Problem) -> String {
    let fields = problem.fields().iter().map(|fault| format!("`{}`: {}", fault.field, fault.rule));
    let fields: Vec<String> = fields.collect();
    if fields.is_empty() { problem.detail().to_owned() } else { fields.join("; ") }
}

fn uuid_of(text: &str) -> Option<String> {
    Some(text.parse::<MessageId>().ok()?.to_string())
}
