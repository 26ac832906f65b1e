//! Decides on candidates.

use clap::Args;
use redress_domain::RequestId;
use serde_json::json;

use super::super::{Failure, Session};
use super::deed;

/// Which are the person's and which are not. Those that are not named stay as they are.
#[derive(Args)]
pub(super) struct CandidatesArgs {
    /// The request's id.
    request: RequestId,
    /// A candidate that is the person's; several with commas between.
    #[arg(long, value_name = "ID", value_delimiter = ',', required_unless_present = "reject")]
    accept: Vec<String>,
    /// A candidate that is somebody else's; several with commas between.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    reject: Vec<String>,
}

impl CandidatesArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let body = json!({ "accepted": self.accept, "rejected": self.reject });
        deed(session, self.request, "candidates", &body).await
    }
}
