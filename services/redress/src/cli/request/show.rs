//! Shows one request.

use clap::Args;
use redress_domain::RequestId;

use super::super::{Failure, Session};
use super::{sheet, shown};

/// Which request.
#[derive(Args)]
pub(super) struct ShowArgs {
    /// The request's id.
    request: RequestId,
}

impl ShowArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let (value, shown) = shown(session, self.request).await?;
        session.show(&value, |now| sheet::page(&shown, now))
    }
}
