//! What the demo says: plain lines, a little weight on a terminal.

use std::io::{IsTerminal as _, stdout};

use anyhow::bail;
use serde_json::{Value, json};

use super::{
    company::{Company, SAMPLES},
    snapshot::{Difference, Rows, Snapshot},
};

/// A JSON text as it is, anything else as JSON.
pub(super) fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, str::to_owned)
}

pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

pub(super) fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

pub(super) struct Teller {
    json: bool,
    bold: bool,
}

impl Teller {
    pub(super) fn new(json: bool) -> Self {
        let bold = stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
        Self { json, bold }
    }

    pub(super) fn line(&self, line: &str) {
        self.say("line", line, &format!("    {line}"));
    }

    pub(super) fn step(&self, what: &str) {
        self.say("step", what, &format!("\n  {what}"));
    }

    pub(super) fn chapter(&self, what: &str) {
        let (on, off) = if self.bold { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        self.say("chapter", what, &format!("\n{on}{what}{off}"));
    }

    /// One line, as a JSON object or for eyes.
    fn say(&self, kind: &str, text: &str, shown: &str) {
        match self.json {
            true => println!("{}", json!({ kind: text })),
            false => println!("{shown}"),
        }
    }

    pub(super) fn company(&self, snapshot: &Snapshot) {
        self.chapter("The sample company, in SQLite");
        for sample in &SAMPLES {
            let (rows, tables) = (snapshot.rows(sample.system), snapshot.tables(sample.system));
            let system = format!("{} / {}", sample.tenant, sample.system);
            self.line(&format!("{system:24} {rows:4} rows in {tables} tables"));
        }
    }

    /// What was found where, and by which identifier.
    pub(super) fn found(&self, shown: &Value) {
        let inventory = &shown["inside"]["inventory"];
        let rounds = number(&inventory["rounds"]);
        self.step(&format!("Found, in {rounds} round{}:", if rounds == 1 { "" } else { "s" }));
        for system in list(&inventory["systems"]) {
            if list(&system["findings"]).next().is_none() {
                let reason = text(&system["reason"]);
                let reason = if reason.is_empty() { "nothing" } else { &reason };
                self.line(&format!("{:11} {reason}", text(&system["system"])));
            }
            for finding in list(&system["findings"]) {
                let (name, dataset, by) =
                    (text(&system["system"]), text(&finding["dataset"]), text(&finding["by"]));
                self.line(&format!("{name:11} {dataset:16} {:4}  by {by}", number(&finding["count"])));
            }
        }
        let other =
            list(&shown["inside"]["identifiers"]).filter(|identifier| !identifier["from_system"].is_null());
        for identifier in other {
            let (kind, system) = (text(&identifier["kind"]), text(&identifier["from_system"]));
            self.line(&format!(
                "{system} gave another {kind} of the same person, in round {}",
                identifier["round"]
            ));
        }
    }

    pub(super) fn candidates(&self, candidates: &[Value]) {
        self.step("For the reviewer: rows that something shared points to, which may be somebody else's");
        for candidate in candidates {
            let (system, dataset, by) =
                (text(&candidate["system"]), text(&candidate["dataset"]), text(&candidate["by"]));
            self.line(&format!("{system} {dataset}, by {by}: {}", text(&candidate["preview"])));
        }
    }

    pub(super) fn plan(&self, shown: &Value) {
        self.step("The plan:");
        for system in list(&shown["inside"]["plan"]["systems"]) {
            for dataset in list(&system["datasets"]) {
                self.line(&planned(&text(&system["system"]), dataset));
            }
        }
    }

    pub(super) fn outcomes(&self, shown: &Value) {
        self.step("Looked again, on a new connection, by identity and by the keys found before:");
        for system in list(&shown["inside"]["outcomes"]) {
            for dataset in list(&system["datasets"]) {
                let (name, dataset_name) = (text(&system["system"]), text(&dataset["dataset"]));
                let (done, kept, remains) =
                    (number(&dataset["done"]), number(&dataset["kept"]), number(&dataset["remains"]));
                let what =
                    if kept > 0 { format!("{kept} kept") } else { format!("{done} done, {remains} remain") };
                self.line(&format!("{name:11} {dataset_name:16} {what:22} {}", text(&dataset["evidence"])));
            }
        }
    }

    /// What became of the rows of every database.
    pub(super) fn difference(
        &self,
        before: &Snapshot,
        difference: &Difference,
        shown: &Value,
    ) -> anyhow::Result<()> {
        let (all, planned) = (difference.sum(|_| true), Difference::planned(shown).sum(|_| true));
        self.step("Every row of every database, before and after:");
        self.line(&format!(
            "{} gone, {} changed, {} new; the plan named {} to go and {} to change",
            all.gone, all.other, all.new, planned.gone, planned.other
        ));
        for sample in &SAMPLES {
            let of_system = difference.sum(|system| system == sample.system);
            let (rows, touched) = (before.rows(sample.system) as u64, of_system.gone + of_system.other);
            let (tenant, system) = (sample.tenant, sample.system);
            self.line(&format!("{tenant} / {system}: {} of {rows} rows as they were", rows - touched));
            if tenant != "dublin" && of_system != Rows::default() {
                bail!("a row of another tenant was changed");
            }
        }
        Ok(())
    }

    pub(super) fn look_around(&self, address: &str, company: &Company) {
        self.chapter("It stays up. In another terminal:");
        for (who, tenant) in [("ada", "dublin"), ("grace", "galway")] {
            let token = company.token(who);
            self.line(&format!(
                "export REDRESS_URL=http://{address} REDRESS_TENANT={tenant} REDRESS_TOKEN={token}"
            ));
        }
        self.line("redress request list");
        self.line(&format!("http://{address}/docs describes every door. Ctrl-C ends it."));
    }
}

fn planned(system: &str, dataset: &Value) -> String {
    let (name, count) = (text(&dataset["dataset"]), number(&dataset["count"]));
    let ground = match text(&dataset["ground_text"]) {
        ground if ground.is_empty() => String::new(),
        ground => format!(": {ground}"),
    };
    let what = match text(&dataset["treatment"]).as_str() {
        "delete" => "delete".to_owned(),
        "keep" => format!("keep{ground}"),
        _ => {
            let changed = list(&dataset["fields"]).filter(|field| field["treatment"] != "keep");
            let fields: Vec<String> = changed.map(|field| text(&field["field"])).collect();
            format!("mask {}{ground}", fields.join(", "))
        }
    };
    let cascades: String = list(&dataset["cascades"])
        .map(|cascade| {
            let how = if cascade["sets_null"] == true { "set to null" } else { "deleted with them" };
            format!("; {} of {} {how}", number(&cascade["count"]), text(&cascade["dataset"]))
        })
        .collect();
    format!("{system:11} {name:16} {count:4}  {what}{cascades}")
}
