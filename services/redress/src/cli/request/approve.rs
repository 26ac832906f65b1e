//! Approves a plan that was seen.

use clap::Args;
use redress_domain::RequestId;
use serde_json::json;

use super::super::{
    Failure, Session,
    answers::Shown,
    page::{Look, Page},
    when::counted,
};
use super::{Follow, sheet, shown, standing::Standing};

/// Which plan of which request.
#[derive(Args)]
pub(super) struct ApproveArgs {
    /// The request's id.
    request: RequestId,
    /// The digest of the plan that was seen. Any other plan is refused.
    #[arg(long, value_name = "DIGEST")]
    plan: Option<String>,
    /// Do not ask: for scripts, which name the --plan that they have seen.
    #[arg(long, requires = "plan")]
    yes: bool,
    /// Leave out the rows and identifiers on which nobody has decided. The ledger says so.
    #[arg(long)]
    leave_undecided: bool,
    #[command(flatten)]
    follow: Follow,
}

impl ApproveArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let (digest, before) = match (self.yes, self.plan) {
            (true, Some(digest)) => (digest, None),
            (_, wanted) => {
                let (_, shown) = shown(session, self.request).await?;
                (ask(session, &shown, wanted.as_deref())?, Some(shown))
            }
        };
        let body = json!({ "plan_digest": digest, "leave_undecided": self.leave_undecided });
        self.follow.deed(session, self.request, "approve", &body, before.as_ref()).await
    }
}

/// Shows the plan and asks; gives the digest of what was shown.
fn ask(session: &mut Session<'_>, shown: &Shown, wanted: Option<&str>) -> Result<String, Failure> {
    let standing = Standing::of_shown(shown);
    let inside = shown.inside.as_ref();
    let digest = inside.and_then(|inside| inside.plan.as_ref()?.digest.clone());
    let Some(digest) = digest.filter(|_| standing.state == "in_review") else {
        let state = standing.state.replace('_', " ");
        return Err(Failure::Refused(format!("there is no plan to approve: the request is {state}")));
    };
    if wanted.is_some_and(|wanted| wanted != digest) {
        let why = format!("the plan is another one by now: its digest is {digest}");
        return Err(Failure::Refused(why));
    }
    session.tell(&page(shown))?;
    let instead = format!("look at the plan, and give --yes --plan {digest}");
    session.ask("Approve exactly this?", &instead)?;
    Ok(digest)
}

fn page(shown: &Shown) -> Page {
    let mut page = Page::default();
    page.line(Standing::of_shown(shown).name());
    let Some(inside) = &shown.inside else { return page };
    page.section(sheet::plan(&shown.kind, inside));
    page.section(sheet::unsearched(inside));
    let undecided = inside.undecided().count() as u64;
    if undecided > 0 {
        page.blank();
        let what = counted(undecided, "candidate");
        page.marked(
            "note",
            Look::Wanting,
            &format!("{what} not decided on: approve with --leave-undecided to leave them as they are"),
        );
    }
    page
}
