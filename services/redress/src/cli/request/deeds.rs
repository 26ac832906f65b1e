//! What a person decides about a request by a word or a reason.

use clap::Args;
use redress_domain::{RequestId, VerificationLevel};
use serde_json::json;

use super::super::{Failure, Session};
use super::{Follow, deed, words};

/// Which request, and why it is declined.
#[derive(Args)]
pub(super) struct DeclineArgs {
    /// The request's id.
    request: RequestId,
    /// What the requester is told: one line, without personal data.
    #[arg(long)]
    reason: String,
}

/// Which request is taken back.
#[derive(Args)]
pub(super) struct CancelArgs {
    /// The request's id.
    request: RequestId,
    /// Why: one line, without personal data.
    #[arg(long, default_value = "", hide_default_value = true)]
    reason: String,
}

/// How the requester was verified.
#[derive(Args)]
pub(super) struct VerifyArgs {
    /// The request's id.
    request: RequestId,
    /// How, like 'signed in'. The evidence itself is not kept.
    #[arg(long)]
    method: String,
    /// How sure one is.
    #[arg(long, value_parser = words(VerificationLevel::ALL, VerificationLevel::as_str))]
    level: String,
    /// By whom. Without it, whoever this token names.
    #[arg(long, default_value = "", hide_default_value = true)]
    by: String,
    #[command(flatten)]
    follow: Follow,
}

/// Which request is tried again.
#[derive(Args)]
pub(super) struct RetryArgs {
    /// The request's id.
    request: RequestId,
    #[command(flatten)]
    follow: Follow,
}

/// Which request is given up, and why.
#[derive(Args)]
pub(super) struct GiveUpArgs {
    /// The request's id.
    request: RequestId,
    /// Why: one line, without personal data.
    #[arg(long)]
    reason: String,
}

/// Of which request what is missing or left is accepted, and why.
#[derive(Args)]
pub(super) struct AcceptRemainsArgs {
    /// The request's id.
    request: RequestId,
    /// Why: one line, without personal data. It stands in the ledger under your name.
    #[arg(long)]
    reason: String,
}

impl DeclineArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        deed(session, self.request, "decline", &json!({ "reason": self.reason })).await
    }
}

impl CancelArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        deed(session, self.request, "cancel", &json!({ "reason": self.reason })).await
    }
}

impl VerifyArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let body = json!({ "method": self.method, "level": self.level, "by": self.by });
        self.follow.deed(session, self.request, "verify", &body, None).await
    }
}

impl RetryArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        self.follow.deed(session, self.request, "retry", &json!({}), None).await
    }
}

impl GiveUpArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        deed(session, self.request, "give-up", &json!({ "reason": self.reason })).await
    }
}

impl AcceptRemainsArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        deed(session, self.request, "accept-remains", &json!({ "reason": self.reason })).await
    }
}
