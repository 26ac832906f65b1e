//! What was found, and what will be done to it.

use redress_contracts::v1;
use serde::Serialize;
use utoipa::ToSchema;

use super::{digest, some, word};

/// What discovery found.
#[derive(Serialize, ToSchema)]
#[schema(as = InventoryShown)]
pub(in crate::http) struct Inventory {
    systems: Vec<SystemInventory>,
    candidates: Vec<Candidate>,
    rounds: u32,
}

/// One system.
#[derive(Serialize, ToSchema)]
#[schema(as = SystemInventoryShown)]
struct SystemInventory {
    system: String,
    connector: String,
    asked: bool,
    /// Why it was not asked, or what is missing.
    reason: Option<String>,
    status: Option<String>,
    findings: Vec<Finding>,
    /// Values in the rows that stand where identifiers do and identify nobody.
    notes: Vec<IdentityNote>,
    queries: u32,
}

/// A value that identifies nobody: it is not followed.
#[derive(Serialize, ToSchema)]
#[schema(as = IdentityNoteShown)]
struct IdentityNote {
    dataset: String,
    field: String,
    /// `placeholder`, `shared`, or `mask`: a rule of the tenant's policy writes it.
    reason: Option<String>,
    /// Rows of the dataset that hold it.
    rows: u64,
}

/// Rows of one dataset, and how they were reached.
#[derive(Serialize, ToSchema)]
#[schema(as = FindingShown)]
struct Finding {
    dataset: String,
    count: u64,
    by: String,
    round: u32,
}

/// Rows or an identifier that may be the subject's: somebody decides.
#[derive(Serialize, ToSchema)]
#[schema(as = CandidateShown)]
pub(in crate::http) struct Candidate {
    id: String,
    /// `row` or `identifier`, which is asked about once it is accepted.
    what: &'static str,
    system: String,
    dataset: String,
    by: String,
    /// Rows; of an identifier, those of the dataset that hold it.
    count: u64,
    /// What one needs to see to decide: for those who do.
    #[schema(value_type = Option<Object>)]
    preview: Option<serde_json::Value>,
}

/// What will be done. Exactly it is done, once it is approved by its digest.
#[derive(Serialize, ToSchema)]
#[schema(as = PlanShown)]
pub(in crate::http) struct Plan {
    /// SHA-256 over the plan, in hex: what is approved.
    digest: Option<String>,
    systems: Vec<SystemPlan>,
}

/// What will be done in one system.
#[derive(Serialize, ToSchema)]
#[schema(as = SystemPlanShown)]
struct SystemPlan {
    system: String,
    connector: String,
    /// SHA-256 over the data map's file.
    map: Option<String>,
    /// SHA-256 over the policy's file.
    policy: Option<String>,
    datasets: Vec<DatasetPlan>,
    /// What lies beside the rows.
    related: Vec<RelatedObject>,
}

/// An object of a database that may hold copies of rows, or rows that refer to them.
#[derive(Serialize, ToSchema)]
#[schema(as = RelatedObjectShown)]
pub(in crate::http) struct RelatedObject {
    /// `table`, `materialized_view`, `trigger`, `rule`, `publication`, `child_table`, `foreign_table`, `search_index`,
    /// `large_object`.
    kind: Option<String>,
    name: String,
    /// Of which dataset; none: it is not known.
    dataset: Option<String>,
    /// Whether a deletion changes it too; else nobody looks into it.
    covered: bool,
}

impl RelatedObject {
    pub(in crate::http) fn new(it: &v1::RelatedObject) -> Self {
        Self {
            kind: word(it.kind().as_str_name(), "OBJECT_KIND_"),
            name: it.name.clone(),
            dataset: some(&it.dataset),
            covered: it.covered,
        }
    }
}

/// What will be done to rows of one dataset that have one fate.
#[derive(Serialize, ToSchema)]
#[schema(as = DatasetPlanShown)]
struct DatasetPlan {
    dataset: String,
    class: Option<String>,
    count: u64,
    /// `delete` or `keep` the rows; none: by fields.
    treatment: Option<String>,
    /// Why rows stay.
    ground: Option<String>,
    ground_text: Option<String>,
    fields: Vec<FieldPlan>,
    /// Columns that the data map does not know.
    unmapped_columns: Vec<String>,
    /// Data categories in it that the law protects above others (GDPR, Art. 9 and 10).
    special_categories: Vec<String>,
    cascades: Vec<Cascade>,
    /// What the database refused when the plan was tried.
    refusals: Vec<Refusal>,
    /// By which references alone its rows are the person's; none: they are the person's own.
    roles: Vec<RowRole>,
}

/// A reference by which rows are the person's and not the person's alone.
#[derive(Serialize, ToSchema)]
#[schema(as = RowRoleShown)]
struct RowRole {
    /// `joint`: they are other people's too. `mention`: they are another person's and name this one.
    kind: Option<String>,
    /// Which field refers to the person.
    field: String,
}

/// What a database refused when a plan was tried, in a transaction that was taken back.
#[derive(Serialize, ToSchema)]
#[schema(as = RefusalShown)]
struct Refusal {
    /// Which field; none: the row.
    field: Option<String>,
    /// SQLSTATE, or SQLite's code.
    code: Option<String>,
    /// The constraint or table that it names.
    place: Option<String>,
    /// What to do.
    remedy: String,
}

/// What will be done to one field.
#[derive(Serialize, ToSchema)]
#[schema(as = FieldPlanShown)]
struct FieldPlan {
    field: String,
    treatment: Option<String>,
    value: Option<String>,
    ground_text: Option<String>,
    category: Option<String>,
    /// Which rule of the policy decided, as `policy.rule[2]`; none: no rule.
    rule: Option<String>,
}

/// What the system itself will do besides.
#[derive(Serialize, ToSchema)]
#[schema(as = CascadeShown)]
struct Cascade {
    dataset: String,
    count: u64,
    /// True: it clears the reference. Else it deletes the rows.
    sets_null: bool,
}

impl Inventory {
    pub(in crate::http) fn new(it: &v1::Inventory, candidates: Vec<Candidate>) -> Self {
        Self { systems: it.systems.iter().map(SystemInventory::new).collect(), candidates, rounds: it.rounds }
    }
}

impl SystemInventory {
    fn new(it: &v1::SystemInventory) -> Self {
        let finding = |it: &v1::Finding| Finding {
            dataset: it.dataset.clone(),
            count: it.count,
            by: it.by.clone(),
            round: it.round,
        };
        Self {
            system: it.system.clone(),
            connector: it.connector.clone(),
            asked: it.asked,
            reason: some(&it.reason),
            status: word(it.status().as_str_name(), "STATUS_"),
            findings: it.findings.iter().map(finding).collect(),
            notes: it.notes.iter().map(IdentityNote::new).collect(),
            queries: it.queries,
        }
    }
}

impl IdentityNote {
    fn new(it: &v1::IdentityNote) -> Self {
        Self {
            dataset: it.dataset.clone(),
            field: it.field.clone(),
            reason: word(it.reason().as_str_name(), "REASON_"),
            rows: it.rows,
        }
    }
}

impl Candidate {
    /// The preview is JSON where it can be, else a text.
    pub(in crate::http) fn new(it: &v1::Candidate, preview: Option<Vec<u8>>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned().into();
        Self {
            id: it.id.clone(),
            what: if it.identifier.is_some() { "identifier" } else { "row" },
            system: it.system.clone(),
            dataset: it.dataset.clone(),
            by: it.by.clone(),
            count: it.count,
            preview: preview.map(|bytes| serde_json::from_slice(&bytes).unwrap_or_else(|_| text(&bytes))),
        }
    }
}

impl Plan {
    pub(in crate::http) fn new(it: &v1::Plan, of: Option<&v1::Digest>) -> Self {
        Self { digest: digest(of), systems: it.systems.iter().map(SystemPlan::new).collect() }
    }
}

impl SystemPlan {
    fn new(it: &v1::SystemPlan) -> Self {
        Self {
            system: it.system.clone(),
            connector: it.connector.clone(),
            map: digest(it.map.as_ref()),
            policy: digest(it.policy.as_ref()),
            datasets: it.datasets.iter().map(DatasetPlan::new).collect(),
            related: it.related.iter().map(RelatedObject::new).collect(),
        }
    }
}

impl DatasetPlan {
    fn new(it: &v1::DatasetPlan) -> Self {
        Self {
            dataset: it.dataset.clone(),
            class: word(it.class().as_str_name(), "DATASET_CLASS_"),
            count: it.count,
            treatment: word(it.treatment().as_str_name(), "TREATMENT_"),
            ground: word(it.ground().as_str_name(), "GROUND_"),
            ground_text: some(&it.ground_text),
            fields: it.fields.iter().map(FieldPlan::new).collect(),
            unmapped_columns: it.unmapped_columns.clone(),
            special_categories: it.special_categories.clone(),
            cascades: it.cascades.iter().map(Cascade::new).collect(),
            refusals: it.refusals.iter().map(Refusal::new).collect(),
            roles: it.roles.iter().map(RowRole::new).collect(),
        }
    }
}

impl Refusal {
    fn new(it: &v1::Refusal) -> Self {
        Self {
            field: some(&it.field),
            code: some(&it.code),
            place: some(&it.place),
            remedy: it.remedy.clone(),
        }
    }
}

impl RowRole {
    fn new(it: &v1::RowRole) -> Self {
        Self { kind: word(it.relation().as_str_name(), "RELATION_"), field: it.field.clone() }
    }
}

impl FieldPlan {
    fn new(it: &v1::FieldPlan) -> Self {
        Self {
            field: it.field.clone(),
            treatment: word(it.treatment().as_str_name(), "TREATMENT_"),
            value: some(&it.value),
            ground_text: some(&it.ground_text),
            category: some(&it.category),
            rule: some(&it.rule),
        }
    }
}

impl Cascade {
    fn new(it: &v1::Cascade) -> Self {
        Self { dataset: it.dataset.clone(), count: it.count, sets_null: it.sets_null }
    }
}
