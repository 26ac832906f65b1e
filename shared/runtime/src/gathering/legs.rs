//! The rows of a campaign's open tasks.

use prost::Message as _;
use redress_contracts::{state, topology::Route, v1::Task};
use redress_domain::{ConnectorName, MessageId, TaskId};

use crate::{Moment, Out, Refused, Steps};

/// The step that lists them.
pub(super) const LEGS: &str = "legs";
/// A task that was sent.
pub(super) const OUT: &str = "out";
/// A task that waits for its time.
pub(super) const LATER: &str = "later";

/// The open tasks of a campaign, each with [`OUT`] or [`LATER`].
#[derive(Default)]
pub(super) struct Legs(pub(super) Vec<(TaskId, &'static str)>);

impl Legs {
    pub(super) fn read(steps: &Steps) -> Self {
        let text = steps.get(LEGS).map(Vec::as_slice).unwrap_or_default();
        let text = std::str::from_utf8(text).unwrap_or_default();
        let leg = |line: &str| {
            let (id, place) = line.split_once(' ')?;
            Some((id.parse().ok()?, if place == LATER { LATER } else { OUT }))
        };
        Self(text.lines().filter_map(leg).collect())
    }

    pub(super) fn row(&self) -> (String, Vec<u8>) {
        let lines: Vec<String> = self.0.iter().map(|(id, place)| format!("{id} {place}")).collect();
        (LEGS.to_owned(), lines.join("\n").into_bytes())
    }

    /// Gives the task an id of its own.
    pub(super) fn add(
        &mut self,
        connector: ConnectorName,
        task: Task,
        tries: u32,
        place: &'static str,
        moment: &Moment<'_>,
    ) -> OpenLeg {
        let id = moment.ids.task();
        self.0.push((id, place));
        let task = Task {
            task: id.to_string(),
            request: moment.request.to_string(),
            connector: connector.to_string(),
            ..task
        };
        OpenLeg { id, connector, task, tries }
    }

    /// True: it was there.
    pub(super) fn remove(&mut self, id: TaskId) -> bool {
        let before = self.0.len();
        self.0.retain(|(other, _)| *other != id);
        self.0.len() < before
    }

    /// True: it waited for its time.
    pub(super) fn goes_out(&mut self, id: TaskId) -> bool {
        let waiting = self.0.iter_mut().find(|leg| **leg == (id, LATER));
        waiting.map(|(_, place)| *place = OUT).is_some()
    }

    pub(super) fn out(&self) -> impl Iterator<Item = TaskId> {
        self.0.iter().filter(|(_, place)| *place == OUT).map(|(id, _)| *id)
    }
}

/// A task with its systems that have no end yet.
pub(super) struct OpenLeg {
    pub(super) id: TaskId,
    pub(super) connector: ConnectorName,
    pub(super) task: Task,
    pub(super) tries: u32,
}

impl OpenLeg {
    pub(super) fn read(id: TaskId, steps: &Steps) -> Result<Option<Self>, Refused> {
        let Some(row) = steps.get(&leg_name(id)) else { return Ok(None) };
        let bad = |detail: String| Refused::new("unreadable_state", format!("a task's row: {detail}"));
        let leg = state::Leg::decode(row.as_slice()).map_err(|error| bad(error.to_string()))?;
        let task = leg.task.unwrap_or_default();
        let connector = task.connector.parse().map_err(|_| bad("it names no connector".to_owned()))?;
        Ok(Some(Self { id, connector, task, tries: leg.tries }))
    }

    pub(super) fn row(&self) -> (String, Vec<u8>) {
        let leg = state::Leg { task: Some(self.task.clone()), tries: self.tries, ended: Vec::new() };
        (leg_name(self.id), leg.encode_to_vec())
    }

    pub(super) fn message(&self) -> Out {
        Out::new(MessageId(self.id.0), Route::to_connector(&self.connector), &self.task)
    }
}

/// The step of a task, and the timer on which it goes out.
pub(super) fn leg_name(task: TaskId) -> String {
    format!("leg-{task}")
}

pub(super) fn leg_of_name(name: &str) -> Option<TaskId> {
    name.strip_prefix("leg-")?.parse().ok()
}
