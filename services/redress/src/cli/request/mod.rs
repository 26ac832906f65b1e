//! `redress request …`: one command a file.

mod approve;
mod candidates;
mod deeds;
mod list;
mod search;
mod show;
mod standing;
mod submit;
mod watch;

pub mod sheet;

use clap::{Args, Subcommand, builder::PossibleValuesParser};
use redress_domain::RequestId;
use serde_json::Value;

use super::{
    Failure, Server, Session,
    answers::{Item, Shown},
    page::Page,
    session::read,
};

pub(super) use list::pages;
pub use standing::Standing;

/// A group of commands.
#[derive(Args)]
pub struct RequestArgs {
    #[command(flatten)]
    pub(super) server: Server,
    #[command(subcommand)]
    what: What,
}

/// What to do about requests.
#[derive(Subcommand)]
enum What {
    /// Hand in a request about one person, whose identifiers are sealed before they are sent.
    Submit(Box<submit::SubmitArgs>),
    /// Show which requests there are, newest first.
    List(list::ListArgs),
    /// Show one request: how it stands, what was found, what will be done.
    Show(show::ShowArgs),
    /// Follow a request until it waits for a person or has ended.
    Watch(watch::WatchArgs),
    /// Approve the plan: exactly it is done.
    Approve(approve::ApproveArgs),
    /// Decline a request.
    Decline(deeds::DeclineArgs),
    /// Take a request back, as long as nothing was done for good.
    Cancel(deeds::CancelArgs),
    /// Say which candidates are the person's and which are not: discovery goes again.
    Candidates(candidates::CandidatesArgs),
    /// Note how the requester was verified: discovery begins.
    Verify(deeds::VerifyArgs),
    /// Have the step tried again that could not be done, or what remained.
    Retry(deeds::RetryArgs),
    /// Give up a request of which a service cannot do its part.
    GiveUp(deeds::GiveUpArgs),
    /// Accept what is missing from an export, or left after a deletion.
    AcceptRemains(deeds::AcceptRemainsArgs),
    /// Find the requests about a person.
    Search(search::SearchArgs),
}

impl RequestArgs {
    /// Does it.
    ///
    /// # Errors
    /// Why it was not done, or did not come out well.
    pub async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self.what {
            What::Submit(args) => args.run(session).await,
            What::List(args) => args.run(session).await,
            What::Show(args) => args.run(session).await,
            What::Watch(args) => watch::watch(session, args.request, None).await,
            What::Approve(args) => args.run(session).await,
            What::Decline(args) => args.run(session).await,
            What::Cancel(args) => args.run(session).await,
            What::Candidates(args) => args.run(session).await,
            What::Verify(args) => args.run(session).await,
            What::Retry(args) => args.run(session).await,
            What::GiveUp(args) => args.run(session).await,
            What::AcceptRemains(args) => args.run(session).await,
            What::Search(args) => args.run(session).await,
        }
    }
}

/// One request as the server shows it, and as we read it.
async fn shown(session: &Session<'_>, request: RequestId) -> Result<(Value, Shown), Failure> {
    let value = session.client.get(&["requests", &request.to_string()], &[]).await?;
    let shown = read(&value)?;
    Ok((value, shown))
}

/// Does something to a request, and says how it stands then.
async fn deed(
    session: &mut Session<'_>,
    request: RequestId,
    deed: &str,
    body: &Value,
) -> Result<(), Failure> {
    let value = session.client.post(&["requests", &request.to_string(), deed], body).await?;
    let item: Item = read(&value)?;
    session.show(&value, |_| {
        let standing = Standing::of_item(&item);
        let mut page = Page::default();
        page.line(standing.name());
        page.append(standing.told(2));
        page.append(standing.steps());
        page
    })
}

/// Whether a command that sets a request going stays with it.
#[derive(Args)]
struct Follow {
    /// Follow it until it waits for a person or has ended.
    #[arg(long)]
    watch: bool,
}

impl Follow {
    /// Does something to a request, and says how it stands then, or follows it. What happened `before` was seen.
    async fn deed(
        &self,
        session: &mut Session<'_>,
        request: RequestId,
        name: &str,
        body: &Value,
        before: Option<&Shown>,
    ) -> Result<(), Failure> {
        if !self.watch {
            return deed(session, request, name, body).await;
        }
        session.client.post(&["requests", &request.to_string(), name], body).await?;
        watch::watch(session, request, before).await
    }
}

/// One of the words of a vocabulary.
fn words<T: Copy>(all: &[T], as_str: fn(T) -> &'static str) -> PossibleValuesParser {
    PossibleValuesParser::new(all.iter().map(|word| as_str(*word)))
}
