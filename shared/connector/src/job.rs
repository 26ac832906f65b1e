//! A job as a connector sees it.

use prost::Message as _;
use redress_contracts::{state::JobBody, v1::Task};
use redress_domain::{MessageId, ServiceName};
use redress_store::{Job, StoreError};

/// One action for one request on one system.
#[derive(Debug, Clone, PartialEq)]
pub struct SystemJob {
    /// The task, with this one system.
    pub task: Task,
    /// The row: its intent says whether an earlier try may have had its effect.
    pub row: Job,
    pub(crate) message: MessageId,
    pub(crate) reply_to: ServiceName,
    pub(crate) traceparent: Option<String>,
}

impl SystemJob {
    pub(crate) fn read(row: Job) -> Result<Self, StoreError> {
        let bad =
            |why: String| StoreError::Broken(format!("a job of task {} cannot be read: {why}", row.task));
        let body = JobBody::decode(row.body.as_slice()).map_err(|error| bad(error.to_string()))?;
        Ok(Self {
            task: Task::decode(body.task.as_slice()).map_err(|error| bad(error.to_string()))?,
            message: body.message.parse().map_err(|_| bad("its message has no id".to_owned()))?,
            reply_to: body.reply_to.parse().map_err(|_| bad("nobody asked for it".to_owned()))?,
            traceparent: Some(body.traceparent).filter(|text| !text.is_empty()),
            row,
        })
    }
}
