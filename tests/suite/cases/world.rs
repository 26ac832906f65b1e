//! One case: its database, and a Redress over it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use futures::TryStreamExt as _;
use redress_datamap::sql::{Cell, SqlSession as _, prepare};
use redress_tests::{servers, skip};
use serde_json::{Value, json};

use crate::{
    flows::world::{More, Outer},
    sql::company::Company,
};

/// The cases, as everybody of the project has them; a stranger has not.
const FOLDER: &str = "../../shared/cases";

/// Rows of a plan, by dataset and treatment (`delete`, `keep`, `fields`).
pub(super) type Rows = BTreeMap<(String, String), u64>;

/// See the module.
pub(super) struct Case {
    pub(super) company: Company,
    pub(super) redress: Outer,
}

/// What a case consists of.
#[derive(Clone)]
pub(super) struct Files {
    pub(super) setup: String,
    pub(super) map: String,
    pub(super) policy: String,
    /// What the settings say of the tenant besides.
    pub(super) tenant: String,
    /// The database: `postgres` or `sqlite`.
    pub(super) kind: &'static str,
    /// Whether plans are tried.
    pub(super) is_tried: bool,
}

/// The folder of cases; none where it is not there, and then the test is counted as skipped.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    if !folder.exists() {
        skip("the cases from the field are not on this machine").unwrap();
        return None;
    }
    Some(folder)
}

/// The names of all cases; none as for [`Files::of`].
pub(super) fn names() -> Option<Vec<String>> {
    let entries = fs::read_dir(folder()?).unwrap().map(Result::unwrap);
    let cases = entries.filter(|entry| entry.path().is_dir());
    Some(cases.map(|entry| entry.file_name().into_string().unwrap()).collect())
}

impl Files {
    /// A case of this name; none where the folder of cases is not there, and then the test is counted as skipped.
    pub(super) fn of(name: &str) -> Option<Self> {
        let folder = folder()?.join(name);
        let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
        let kind = if read("requests.txt").contains("case_sqlite") { "sqlite" } else { "postgres" };
        let policy = read("policy.toml").replace("\"acme\"", "\"dublin\"");
        let (setup, map, tenant) = (read("setup.sql"), read("map.yml"), String::new());
        Some(Self { setup, map, policy, tenant, kind, is_tried: true })
    }

    /// The same with a part of its data map written in another way.
    pub(super) fn mapped(mut self, from: &str, to: &str) -> Self {
        assert!(self.map.contains(from), "{from}");
        self.map = self.map.replacen(from, to, 1);
        self
    }

    /// The same without trials of plans.
    pub(super) fn untried(mut self) -> Self {
        self.is_tried = false;
        self
    }

    pub(super) fn with_tenant(mut self, more: &str) -> Self {
        self.tenant = more.to_owned();
        self
    }

    pub(super) async fn start(self) -> Case {
        let company = Company::on(self.kind).await;
        self.over(company, None).await
    }

    /// Over a database in this encoding.
    pub(super) async fn encoded(self, encoding: &str) -> Case {
        let server = servers::shared_postgres().await.unwrap();
        let url = server.create_encoded_database(encoding).await.unwrap();
        self.over(Company::at(&url), None).await
    }

    /// With Redress as this role, which the case makes.
    pub(super) async fn start_as(self, role: &str) -> Case {
        let company = Company::on(self.kind).await;
        self.over(company, Some(role)).await
    }

    async fn over(self, company: Company, role: Option<&str>) -> Case {
        let mut session = company.session().await;
        session.run(&self.setup).await.unwrap();
        prepare(&mut session).await.unwrap();
        session.close().await;
        let url = match role {
            Some(role) => company.url.replacen("redress@", &format!("{role}@"), 1),
            None => company.url.clone(),
        };
        let systems = [("shop", url.as_str(), self.map.as_str())];
        let system = if self.is_tried { "" } else { "try_plans = false\n" };
        let more = More { tenant: &self.tenant, system, ..More::default() };
        let redress = Outer::with(("local", "sqlite"), &self.policy, &systems, more).await;
        Case { company, redress }
    }
}

impl Case {
    /// Hands in a request about whoever has these identifiers, and waits for its plan or its end.
    pub(super) async fn submit(&self, kind: &str, identifiers: &[(&str, &str)]) -> (String, Value) {
        let identifiers: Vec<Value> =
            identifiers.iter().map(|(kind, value)| json!({ "kind": kind, "value": value })).collect();
        let body = json!({
            "kind": kind,
            "subject": { "clear": { "kind": "customer", "identifiers": identifiers } },
            "verification": { "method": "sign-in", "level": "authenticated" },
        });
        let said = self.redress.post("ada", "requests", body).await;
        let request = said["request"].as_str().unwrap().to_owned();
        let shown = self.redress.settled(&request).await;
        (request, shown)
    }

    /// Approves the plan, and waits for what comes of it.
    pub(super) async fn approve(&self, request: &str) -> Value {
        self.redress.approve(request).await;
        self.redress.settled(request).await
    }

    /// Approves the plan without the candidates that nobody has decided on.
    pub(super) async fn approve_without_candidates(&self, request: &str) -> Value {
        let shown = self.redress.show(request).await;
        let body = json!({ "plan_digest": shown["inside"]["plan"]["digest"], "leave_undecided": true });
        self.redress.post("ada", &format!("requests/{request}/approve"), body).await;
        self.redress.settled(request).await
    }

    pub(super) async fn decide(&self, request: &str, accepted: &[&str], rejected: &[&str]) -> Value {
        let body = json!({ "accepted": accepted, "rejected": rejected });
        self.redress.post("ada", &format!("requests/{request}/candidates"), body).await;
        self.redress.settled(request).await
    }

    /// The records of a dataset in a request's package; none where it has no such file.
    pub(super) async fn records(&self, request: &str, dataset: &str) -> Vec<Value> {
        let (_, manifest) =
            self.redress.call("ada", "GET".parse().unwrap(), &format!("packages/{request}"), None).await;
        let files = manifest["files"].as_array().unwrap_or_else(|| panic!("no package: {manifest:#}"));
        let Some(file) = files.iter().find(|file| file["from"]["dataset"] == dataset) else {
            return Vec::new();
        };
        let path = file["path"].as_str().unwrap();
        let bytes = self.redress.bytes(&format!("packages/{request}/files/{path}")).await;
        serde_json::from_slice(&bytes).unwrap()
    }

    /// The answer of the database to a query, as texts.
    pub(super) async fn ask(&self, sql: &str) -> Vec<Vec<String>> {
        let mut session = self.company.session().await;
        let rows: Vec<Vec<Cell>> = session.rows(sql, &[]).try_collect().await.unwrap();
        session.close().await;
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Int(number) => number.to_string(),
            Cell::Null => "null".to_owned(),
            other => format!("{other:?}"),
        };
        rows.iter().map(|row| row.iter().map(text).collect()).collect()
    }

    /// The first column of a query's answer.
    pub(super) async fn column(&self, sql: &str) -> Vec<String> {
        self.ask(sql).await.into_iter().map(|mut row| row.remove(0)).collect()
    }
}

/// What a request's plan says of the rows.
pub(super) fn planned(shown: &Value) -> Rows {
    let systems = shown["inside"]["plan"]["systems"].as_array().cloned().unwrap_or_default();
    let datasets =
        systems.iter().flat_map(|system| system["datasets"].as_array().cloned().unwrap_or_default());
    let mut rows = Rows::new();
    for dataset in datasets {
        let treatment = dataset["treatment"].as_str().unwrap_or("fields").to_owned();
        let name = dataset["dataset"].as_str().unwrap().to_owned();
        *rows.entry((name, treatment)).or_default() += dataset["count"].as_u64().unwrap();
    }
    rows
}

/// The same, to be compared with.
pub(super) fn rows<const N: usize>(rows: [(&str, &str, u64); N]) -> Rows {
    rows.into_iter().map(|(dataset, what, count)| ((dataset.to_owned(), what.to_owned()), count)).collect()
}

/// The candidates of a request.
pub(super) fn candidates(shown: &Value) -> Vec<Value> {
    shown["inside"]["inventory"]["candidates"].as_array().cloned().unwrap_or_default()
}

/// What the inventory says of values that identify nobody: field, reason, rows.
pub(super) fn notes(shown: &Value) -> Vec<(String, String, u64)> {
    let systems = shown["inside"]["inventory"]["systems"].as_array().cloned().unwrap_or_default();
    let notes = systems.iter().flat_map(|system| system["notes"].as_array().cloned().unwrap_or_default());
    let text = |note: &Value, name: &str| note[name].as_str().unwrap_or_default().to_owned();
    notes
        .map(|note| {
            let field = format!("{}.{}", text(&note, "dataset"), text(&note, "field"));
            (field, text(&note, "reason"), note["rows"].as_u64().unwrap())
        })
        .collect()
}
