//! A job as a connector sees it.

use prost::Message as _;
use redress_contracts::{Envelope, state::JobBody, v1::Task};
use redress_domain::{ConnectorName, MessageId, ServiceName, SystemName, TaskId};
use redress_runtime::Moment;
use redress_store::{Job, StoreError};

use crate::tasks::FORMAT;

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

/// A task's job on one system, due at once. `brought_by` is the message that asked for it; its outcome goes to
/// `reply_to`.
pub fn new_job(
    id: TaskId,
    task: &Task,
    (connector, system): (ConnectorName, SystemName),
    (brought_by, reply_to): (&Envelope, &ServiceName),
    moment: &Moment<'_>,
) -> Job {
    let body = JobBody {
        task: task.encode_to_vec(),
        message: brought_by.id.to_string(),
        reply_to: reply_to.to_string(),
        traceparent: brought_by.traceparent.clone().unwrap_or_default(),
    };
    Job {
        task: id,
        system,
        connector,
        request: moment.request,
        tenant: moment.tenant.clone(),
        format: FORMAT,
        due_at: moment.now,
        tries: 0,
        attempts: 0,
        body: body.encode_to_vec(),
        intent: Vec::new(),
        progress: Vec::new(),
        outcome: None,
    }
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
