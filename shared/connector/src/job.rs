//! A job as a connector sees it.

use prost::Message as _;
use redress_contracts::{state::JobBody, v1::Task};
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

/// Who asked for a job.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The message that did.
    pub message: MessageId,
    /// The span that caused it.
    pub traceparent: Option<&'a str>,
    /// Who is told its outcome.
    pub reply_to: &'a ServiceName,
}

/// A task's job on one system, due at once.
pub fn new_job(
    id: TaskId,
    task: &Task,
    (connector, system): (ConnectorName, SystemName),
    asked: Asked<'_>,
    moment: &Moment<'_>,
) -> Job {
    let body = JobBody {
        task: task.encode_to_vec(),
        message: asked.message.to_string(),
        reply_to: asked.reply_to.to_string(),
        traceparent: asked.traceparent.unwrap_or_default().to_owned(),
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
