//! Follows a request.

mod progress;

use clap::Args;
use redress_domain::RequestId;

use super::super::{
    Failure, Session,
    answers::Shown,
    page::{Look, Page},
};
use super::{shown, standing::Standing};
use progress::Progress;

/// Looks that may fail one after another before it is told: about two minutes.
const FAILURES_MAX: u32 = 60;
/// Nobody waits longer than so many paces to hear of a change.
const PACES_MAX: u32 = 10;

/// Which request.
#[derive(Args)]
pub(super) struct WatchArgs {
    /// The request's id.
    pub(super) request: RequestId,
}

/// Follows a request until it waits for a person or has ended. What happened `before` was seen.
pub(super) async fn watch(
    session: &mut Session<'_>,
    request: RequestId,
    before: Option<&Shown>,
) -> Result<(), Failure> {
    let mut progress = Progress::since(before);
    let (mut quiet, mut failures) = (0, 0);
    loop {
        match shown(session, request).await {
            Ok((value, shown)) => {
                failures = 0;
                quiet = if progress.draw(session, &value, &shown)? { 0 } else { quiet + 1 };
                let standing = Standing::of_shown(&shown);
                if standing.is_at_rest() {
                    progress.end(session, &standing)?;
                    return standing.verdict();
                }
            }
            Err(failure) if failure.is_passing() && failures < FAILURES_MAX => {
                if failures == 0 {
                    let mut page = Page::default();
                    page.marked("note", Look::Wanting, &format!("{failure}; trying again"));
                    progress.interrupt(session, &page)?;
                }
                (failures, quiet) = (failures + 1, PACES_MAX);
            }
            Err(failure) => return Err(failure),
        }
        pause(session, quiet).await;
    }
}

#[expect(clippy::disallowed_methods, reason = "HTTP gives no word of a change")]
async fn pause(session: &Session<'_>, quiet: u32) {
    tokio::time::sleep(session.around.pace * (quiet + 1).min(PACES_MAX)).await;
}
