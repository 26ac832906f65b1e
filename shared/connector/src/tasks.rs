//! The connector's side of the loop: a task becomes a job for each of its systems.

use jiff::Timestamp;
use prost::Message as _;
use redress_contracts::{
    Envelope, Message,
    state::ConnectorState,
    topology::connector_queue,
    v1::{Task, TaskSystem},
};
use redress_domain::{ConnectorName, ServiceName, TaskId};
use redress_runtime::{Decision, Input, Moment, Next, Refused, Service, Steps};
use redress_store::{JobWrite, Resend, StateRow};

use crate::{Asked, new_job};

/// The layout of a connector's states and jobs.
pub(crate) const FORMAT: u32 = 1;

fn step_of(task: &Task) -> String {
    format!("task-{}", task.task)
}

/// Takes the tasks of one connector.
pub struct Tasks {
    name: ServiceName,
    connector: ConnectorName,
}

impl Tasks {
    /// Of this connector.
    ///
    /// # Panics
    /// Never: a connector's name is a service's name too.
    pub fn of(connector: &ConnectorName) -> Self {
        let name = connector.as_str().parse().expect("the names of services have the same form");
        Self { name, connector: connector.clone() }
    }

    fn jobs(
        &self,
        task: &Task,
        id: TaskId,
        envelope: &Envelope,
        moment: &Moment<'_>,
    ) -> Result<Vec<JobWrite>, Refused> {
        let traceparent = envelope.traceparent.as_deref();
        let asked = Asked { message: envelope.id, traceparent, reply_to: &envelope.source };
        let job = |system: &TaskSystem| {
            let alone = Task { systems: vec![system.clone()], ..task.clone() };
            let name = system.system.parse();
            let name = name.map_err(|_| Refused::new("unknown_system", "a system's name is malformed"))?;
            let place = (self.connector.clone(), name);
            Ok(JobWrite::Add(new_job(id, &alone, place, asked, moment)))
        };
        task.systems.iter().map(job).collect()
    }
}

impl Service for Tasks {
    type State = ConnectorState;
    type Message = Task;

    fn name(&self) -> &ServiceName {
        &self.name
    }

    fn queue(&self) -> String {
        connector_queue(&self.connector)
    }

    fn format(&self) -> u32 {
        FORMAT
    }

    fn read_state(&self, row: &StateRow) -> Result<ConnectorState, Refused> {
        ConnectorState::decode(row.body.as_slice())
            .map_err(|error| Refused::new("unreadable_state", error.to_string()))
    }

    fn write_state(&self, state: &ConnectorState, row: &mut StateRow) {
        row.status = "tasks".to_owned();
        // Some days after the last task, and once its jobs have ended, the rows go.
        row.closed_at = Timestamp::from_microsecond(state.last_task_us).ok();
        row.body = state.encode_to_vec();
    }

    fn read(&self, message: &Message) -> Result<Task, Refused> {
        let task: Task = message.read()?;
        if task.connector != self.connector.as_str() {
            return Err(Refused::new("not_ours", "the task is another connector's"));
        }
        if task.request != message.envelope.request.to_string() {
            return Err(Refused::new("unreadable", "envelope and task name different requests"));
        }
        Ok(task)
    }

    /// A task leaves the id of the message that brought it first.
    fn steps(&self, input: &Input<Task>) -> Vec<String> {
        match input {
            Input::Message(_, task) => vec![step_of(task)],
            Input::Timer { .. } => Vec::new(),
        }
    }

    fn decide(
        &self,
        state: Option<&ConnectorState>,
        input: &Input<Task>,
        steps: &Steps,
        moment: &Moment<'_>,
    ) -> Decision<ConnectorState> {
        let Input::Message(envelope, task) = input else { return Decision::Seen };
        let Ok(id) = task.task.parse() else {
            return Decision::Refused(Refused::new("unreadable", "the task has no id"));
        };
        let state = ConnectorState {
            tasks: state.map_or(0, |state| state.tasks) + 1,
            last_task_us: moment.now.as_microsecond(),
        };
        let step = step_of(task);
        if let Some(first) = steps.get(&step).and_then(|id| std::str::from_utf8(id).ok()?.parse().ok()) {
            // The same task in another message: its stored outcome goes out again, once there is one.
            let resend = vec![Resend::CausedBy(moment.request, first)];
            return Next { resend, ..Next::to(state) }.into();
        }
        match self.jobs(task, id, envelope, moment) {
            Ok(jobs) if jobs.is_empty() => {
                Decision::Refused(Refused::new("unreadable", "the task names no system"))
            }
            Ok(jobs) => {
                let steps = vec![(step, envelope.id.to_string().into_bytes())];
                Next { jobs, steps, ..Next::to(state) }.into()
            }
            Err(why) => Decision::Refused(why),
        }
    }
}
