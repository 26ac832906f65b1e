//! Approves a plan that was seen.

use clap::Args;
use redress_domain::RequestId;
use serde_json::json;

use super::super::{
    Failure, Session,
    answers::Shown,
    page::{Look, Page, cell, plain},
};
use super::{deed, sheet, shown, standing::Standing, watch::watch};

/// Which plan of which request.
#[derive(Args)]
pub(super) struct ApproveArgs {
    /// The request's id.
    request: RequestId,
    /// The digest of the plan that was seen. Any other plan is refused.
    #[arg(long, value_name = "DIGEST")]
    plan: Option<String>,
    /// Do not ask. For scripts.
    #[arg(long, requires = "plan")]
    yes: bool,
    /// Follow it until it waits for a person or has ended.
    #[arg(long)]
    watch: bool,
}

impl ApproveArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let digest = match (self.yes, self.plan) {
            (true, Some(digest)) => digest,
            (_, wanted) => ask(session, self.request, wanted.as_deref()).await?,
        };
        if self.watch && session.json {
            let path = ["requests", &self.request.to_string(), "approve"];
            session.client.post(&path, &json!({ "plan_digest": digest })).await?;
        } else {
            deed(session, self.request, "approve", &json!({ "plan_digest": digest })).await?;
        }
        if self.watch { watch(session, self.request).await } else { Ok(()) }
    }
}

/// Shows the plan and asks; gives the digest of what was shown.
async fn ask(session: &mut Session<'_>, request: RequestId, wanted: Option<&str>) -> Result<String, Failure> {
    let (_, shown) = shown(session, request).await?;
    let inside = shown.inside.as_ref();
    let digest = inside.and_then(|inside| inside.plan.as_ref()?.digest.clone());
    let Some(digest) = digest.filter(|_| Standing::of_shown(&shown).state == "in_review") else {
        let standing = Standing::of_shown(&shown);
        return Err(Failure::Refused(format!("there is no plan to approve: it is {}", standing.state.replace('_', " "))));
    };
    if wanted.is_some_and(|wanted| wanted != digest) {
        let why = format!("the plan is another one by now: its digest is {digest}");
        return Err(Failure::Refused(why));
    }
    session.tell(&page(&shown, &digest))?;
    let instead = format!("look at the plan, and give --yes --plan {digest}");
    session.ask("Approve exactly this?", &instead)?;
    Ok(digest)
}

fn page(shown: &Shown, digest: &str) -> Page {
    let mut page = Page::default();
    page.line([cell(Look::Strong, &shown.kind), plain(format!(" {}", shown.request))]);
    let Some(inside) = &shown.inside else { return page };
    page.append(sheet::plan(inside));
    page.blank();
    let undecided = inside.undecided().count();
    if undecided > 0 {
        let what = super::super::when::counted(undecided as u64, "candidate");
        page.marked("note", Look::Wanting, &format!("{what} not decided on: their rows are left as they are"));
    }
    page.whole(0, &format!("Plan {digest}"));
    page
}
