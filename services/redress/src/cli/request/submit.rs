//! Hands in a request.

use clap::{Args, builder::PossibleValuesParser};
use jiff::Timestamp;
use redress_domain::{Random, Regime, RequestId, Trigger, VerificationLevel};
use serde_json::{Map, Value, json};

use super::super::{
    Failure, Session,
    answers::Accepted,
    page::{Look, Page, cell, plain},
    session::read,
    subject::{SubjectArgs, SubjectKind, seal},
    when::Now,
};
use super::{Follow, watch::watch, words};

/// What is asked for, about whom.
#[derive(Args)]
pub(super) struct SubmitArgs {
    /// What is asked for.
    #[arg(long, value_parser = PossibleValuesParser::new(["access", "export", "delete"]))]
    kind: String,
    /// Who asks: subject, agent, guardian, administrator or upstream, with a name and an authority where there
    /// are. Without it, whoever hands it in.
    #[arg(long, value_name = "KIND[,NAME[,AUTHORITY]]")]
    requester: Option<String>,
    /// How the requester was verified; LEVEL is asserted, matched, authenticated or documented.
    #[arg(long, value_name = "METHOD,LEVEL[,BY]")]
    verified: Option<String>,
    /// When the controller got it, like 2026-06-10T12:00:00Z: the clock's start. Without it, now.
    #[arg(long, value_name = "TIME")]
    received_at: Option<Timestamp>,
    /// Under which law. Without it, the tenant's own.
    #[arg(long, value_parser = words(Regime::ALL, Regime::as_str))]
    regime: Vec<String>,
    /// Why the request exists. Without it, the person asked.
    #[arg(long, value_parser = words(Trigger::ALL, Trigger::as_str))]
    trigger: Option<String>,
    /// Only this system; may be given several times. Without it, all of the tenant.
    #[arg(long, value_name = "NAME")]
    system: Vec<String>,
    /// The same key hands in once, however often it is sent. Without it, one is made.
    #[arg(long, value_name = "KEY")]
    idempotency_key: Option<String>,
    #[command(flatten)]
    follow: Follow,
    #[command(flatten)]
    subject: SubjectArgs,
    /// What the person is to the tenant: member, guest, direct_connect, customer or external. Without it, a
    /// customer.
    #[arg(long, help_heading = "Subject", value_name = "KIND", hide_possible_values = true)]
    subject_kind: Option<SubjectKind>,
}

impl SubmitArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let given = self.subject.read(session)?;
        let kind = self.subject_kind.or(given.kind).unwrap_or(SubjectKind::Customer);
        let key = self.idempotency_key.clone().unwrap_or_else(|| made_key(&*session.around.random));
        let mut body = self.body()?;
        let sealed = seal(&session.client, given.identifiers, kind).await?;
        body.insert("subject".to_owned(), json!({ "sealed": sealed }));
        body.insert("idempotency_key".to_owned(), json!(key));
        let value = match session.client.post(&["requests"], &body.into()).await {
            Err(failure) if failure.is_passing() => {
                session.tell(&unknown(&key))?;
                return Err(failure);
            }
            answer => answer?,
        };
        let accepted: Accepted = read(&value)?;
        if !(self.follow.watch && session.json) {
            session.show(&value, |now| page(&accepted, self.follow.watch, now))?;
        }
        if !self.follow.watch {
            return Ok(());
        }
        let request: RequestId = accepted.request.parse().map_err(|_| strange())?;
        watch(session, request, None).await
    }

    /// All but the subject and the key.
    fn body(&self) -> Result<Map<String, Value>, Failure> {
        let mut body = Map::new();
        body.insert("kind".to_owned(), json!(self.kind));
        let mut add = |name: &str, value: Option<Value>| {
            body.extend(value.map(|value| (name.to_owned(), value)));
        };
        add("requester", self.requester.as_deref().map(requester));
        add("verification", self.verified.as_deref().map(verification).transpose()?);
        add("received_at", self.received_at.map(|at| json!(at)));
        add("regimes", (!self.regime.is_empty()).then(|| json!(self.regime)));
        add("trigger", self.trigger.as_ref().map(|trigger| json!(trigger)));
        add("systems", (!self.system.is_empty()).then(|| json!(self.system)));
        Ok(body)
    }
}

fn requester(text: &str) -> Value {
    let mut parts = text.splitn(3, ',').map(str::trim);
    let mut next = || parts.next().unwrap_or_default();
    json!({ "kind": next(), "name": next(), "authority": next() })
}

fn verification(text: &str) -> Result<Value, Failure> {
    let parts: Vec<&str> = text.splitn(3, ',').map(str::trim).collect();
    let level = parts.get(1).and_then(|level| level.parse::<VerificationLevel>().ok());
    let wrong = || {
        let why = "--verified: a method, and one of asserted, matched, authenticated, documented, like \
                   'signed in,authenticated'";
        Failure::Usage(why.to_owned())
    };
    let level = level.ok_or_else(wrong)?;
    Ok(json!({ "method": parts[0], "level": level, "by": parts.get(2).unwrap_or(&"") }))
}

/// Names nobody.
fn made_key(random: &dyn Random) -> String {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    format!("cli-{}", hex::encode(bytes))
}

fn unknown(key: &str) -> Page {
    let mut page = Page::default();
    page.wrapped(0, "Whether the request was taken in is not known. Hand the same in again with this key, and it counts once:");
    page.whole(2, &format!("--idempotency-key {key}"));
    page
}

fn strange() -> Failure {
    Failure::Unexpected("the server's answer names no request".to_owned())
}

fn page(accepted: &Accepted, is_watched: bool, now: &Now) -> Page {
    let mut page = Page::default();
    let id = &accepted.request;
    let kind = accepted.kind.as_deref().unwrap_or("request");
    page.line([cell(Look::Good, "Taken in"), plain(format!(": {kind} {id}"))]);
    if let Some(due) = accepted.due_at {
        page.wrapped(2, &format!("due before {} ({})", now.moment(due), now.left(due)));
    }
    if !accepted.verified {
        let why =
            "The requester is not verified to the level that the tenant asks for: nothing is looked up yet.";
        page.wrapped(2, why);
    }
    for linked in &accepted.linked {
        page.wrapped(2, &format!("The same is asked about the same person by {linked}, which is open."));
    }
    if !is_watched {
        page.line([cell(Look::Faint, "Next:")]);
        page.whole(2, &format!("redress request watch {id}"));
    }
    page
}
