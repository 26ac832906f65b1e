//! What will be done, and what became of it.

use jiff::Timestamp;
use serde::Deserialize;

/// What will be done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// By which it is approved.
    pub digest: Option<String>,
    /// By system.
    pub systems: Vec<SystemPlan>,
}

/// What will be done in one system.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SystemPlan {
    /// Its name.
    pub system: String,
    /// By dataset and fate.
    pub datasets: Vec<DatasetPlan>,
    /// What lies beside the rows.
    pub related: Vec<RelatedObject>,
}

/// An object of a database that may hold copies of rows, or rows that refer to them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RelatedObject {
    /// `table`, `materialized_view`, `trigger` and such.
    pub kind: Option<String>,
    /// Its name.
    pub name: String,
    /// Of which dataset; none: it is not known.
    pub dataset: Option<String>,
    /// Whether a deletion changes it too.
    pub covered: bool,
}

/// What will be done to rows of one dataset that have one fate.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DatasetPlan {
    /// Which dataset.
    pub dataset: String,
    /// content, log, audit.
    pub class: Option<String>,
    /// How many rows.
    pub count: u64,
    /// `delete` or `keep` the rows; none: by fields.
    pub treatment: Option<String>,
    /// Why rows stay.
    pub ground: Option<String>,
    /// The same in words.
    pub ground_text: Option<String>,
    /// Field by field.
    pub fields: Vec<FieldPlan>,
    /// Columns that the data map does not know.
    pub unmapped_columns: Vec<String>,
    /// Data categories in it that the law protects above others.
    pub special_categories: Vec<String>,
    /// What the system itself will do besides.
    pub cascades: Vec<Cascade>,
    /// What the system refused when the plan was tried.
    pub refusals: Vec<Refusal>,
    /// By which references alone the rows are the person's; none: they are the person's own.
    pub roles: Vec<RowRole>,
}

/// What a system refused when a plan was tried.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Refusal {
    /// Which field; none: the row.
    pub field: Option<String>,
    /// The system's code.
    pub code: Option<String>,
    /// The constraint or table that it names.
    pub place: Option<String>,
    /// What to do.
    pub remedy: String,
}

/// A reference by which rows are the person's and not the person's alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RowRole {
    /// `joint` or `mention`.
    pub kind: Option<String>,
    /// Which field refers to the person.
    pub field: String,
}

/// What will be done to one field.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FieldPlan {
    /// Which field.
    pub field: String,
    /// null, string, hash, hmac, random, keep.
    pub treatment: Option<String>,
    /// The text that takes its place.
    pub value: Option<String>,
    /// Why it is kept.
    pub ground_text: Option<String>,
    /// The data category that the rule matched.
    pub category: Option<String>,
    /// Which rule of the policy decided.
    pub rule: Option<String>,
}

/// What the system itself will do besides.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Cascade {
    /// To which dataset.
    pub dataset: String,
    /// To how many rows.
    pub count: u64,
    /// Whether it clears the reference; else it deletes the rows.
    pub sets_null: bool,
}

/// What became of a step in one system.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// Its name.
    pub system: String,
    /// What became of it.
    pub status: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Why it stays.
    pub ground: Option<String>,
    /// Who else must act.
    pub who: Option<String>,
    /// By when a provider expects to be done.
    pub expected_by: Option<Timestamp>,
    /// By dataset.
    pub datasets: Vec<DatasetOutcome>,
    /// What lies beside the rows.
    pub related: Vec<RelatedObject>,
}

/// What became of one dataset.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DatasetOutcome {
    /// Which dataset.
    pub dataset: String,
    /// Rows that the plan names.
    pub planned: u64,
    /// Rows that were done.
    pub done: u64,
    /// Rows that stay by plan.
    pub kept: u64,
    /// Rows that are left and should not be.
    pub remains: u64,
    /// How its end is known.
    pub evidence: Option<String>,
    /// By when.
    pub expected_by: Option<Timestamp>,
    /// Why rows stay.
    pub ground: Option<String>,
    /// Personal data that stays in these rows.
    pub retained: Vec<RetainedField>,
}

/// A field of personal data that stays.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RetainedField {
    /// Which field.
    pub field: String,
    /// Why.
    pub reason: String,
}
