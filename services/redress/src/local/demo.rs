//! `redress demo`: the sample company, one export and one deletion, before the reader's eyes. Every line comes from
//! the running system, over its HTTP doors.

mod caller;
mod company;
mod snapshot;
mod tell;

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::Args;
use futures::future::BoxFuture;
use redress_domain::IdentifierKind;
use serde_json::{Value, json};

use self::{
    caller::Caller,
    company::Company,
    snapshot::{Difference, Snapshot},
    tell::{Teller, text},
};
use super::{Ending, up};
use crate::cli::Failure;

/// The subject of the export.
const TOMAS: [(IdentifierKind, &str); 1] = [(IdentifierKind::Email, "tomas.obriain@example.com")];
/// The subject of the deletion, and a telephone number that she shares.
const NORA: [(IdentifierKind, &str); 2] =
    [(IdentifierKind::Email, "nora.quinn@example.com"), (IdentifierKind::Phone, "+353 1 555 0142")];

/// How to show it.
#[derive(Debug, Default, Args)]
pub struct DemoArgs {
    /// Stay up afterwards, and say how to look around.
    #[arg(long)]
    pub keep: bool,
    /// A new folder for everything; none: one among the temporary ones.
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// Print each line as a JSON object: `chapter`, `step` or `line`.
    #[arg(long)]
    pub json: bool,
}

/// Shows it.
///
/// # Errors
/// When something of it does not go as it should.
pub fn run(args: DemoArgs) -> BoxFuture<'static, anyhow::Result<ExitCode>> {
    Box::pin(async move {
        crate::telemetry::start("error");
        crate::choose_tls();
        let folder = folder(args.data)?;
        let company = Company::found(&folder).await?;
        let node = up::start(company.settings(&folder)?).await?;
        let caller = Caller::new(node.address, &company);
        let tell = Teller::new(args.json);
        let shown = Demo { folder, company, caller, tell }.show().await;
        match shown {
            Ok(demo) if args.keep => {
                let ending = Ending::listen()?;
                demo.tell.look_around(&node.address.to_string(), &demo.company);
                ending.asked().await;
            }
            Ok(demo) => demo.tell.line("`redress demo --keep` leaves it up, to look around."),
            Err(error) => {
                node.stop().await;
                return Err(error);
            }
        }
        node.stop().await;
        Ok(ExitCode::SUCCESS)
    })
}

fn folder(wanted: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    let Some(folder) = wanted else {
        return Ok(tempfile::Builder::new().prefix("redress-demo-").tempdir()?.keep());
    };
    if folder.exists() && fs::read_dir(&folder)?.next().is_some() {
        let why = format!("{} is not empty: name a new folder", folder.display());
        return Err(Failure::Refused(why).into());
    }
    fs::create_dir_all(&folder)?;
    Ok(folder.canonicalize()?)
}

struct Demo {
    folder: PathBuf,
    company: Company,
    caller: Caller,
    tell: Teller,
}

impl Demo {
    async fn show(self) -> anyhow::Result<Self> {
        let before = Snapshot::take(&self.company).await?;
        self.tell.company(&before);
        self.export(&before).await?;
        self.delete(&before).await?;
        self.ledger().await?;
        Ok(self)
    }

    async fn export(&self, before: &Snapshot) -> anyhow::Result<()> {
        self.tell.chapter("Tomás Ó Briain asks for a copy of his data");
        let request = self.submit("export", &TOMAS).await?;
        let shown = self.caller.settled(&request).await?;
        self.tell.found(&shown);
        self.approve(&request, &shown).await?;
        let shown = self.caller.settled(&request).await?;
        self.ended(&shown)?;
        let page = self.fetch(&request).await?;
        let records = shown["package"]["records"].as_u64().unwrap_or_default();
        self.tell.step(&format!("A package of {records} records was made. A person can read it:"));
        self.tell.line(&format!("file://{}", page.display()));
        let difference = Difference::between(before, &Snapshot::take(&self.company).await?);
        if difference != Difference::default() {
            bail!("the export changed something: {difference:?}");
        }
        self.tell.line("Not one row of any database was changed by it.");
        Ok(())
    }

    async fn delete(&self, before: &Snapshot) -> anyhow::Result<()> {
        self.tell.chapter("Nora Quinn asks to be forgotten");
        let request = self.submit("delete", &NORA).await?;
        let shown = self.caller.settled(&request).await?;
        self.tell.found(&shown);
        let shown = self.reject_candidates(&request, shown).await?;
        self.tell.plan(&shown);
        self.approve(&request, &shown).await?;
        let shown = self.caller.settled(&request).await?;
        self.ended(&shown)?;
        self.tell.outcomes(&shown);
        let difference = Difference::between(before, &Snapshot::take(&self.company).await?);
        self.tell.difference(before, &difference, &shown)?;
        snapshot::as_planned(&difference, &shown)
    }

    /// What a shared number points to is for a person to decide.
    async fn reject_candidates(&self, request: &str, shown: Value) -> anyhow::Result<Value> {
        let candidates = shown["inside"]["inventory"]["candidates"].as_array().cloned().unwrap_or_default();
        if candidates.len() != 1 {
            bail!("the shared number leads to one candidate, and there are {}", candidates.len());
        }
        let ids: Vec<&Value> = candidates.iter().map(|candidate| &candidate["id"]).collect();
        self.tell.candidates(&candidates);
        let decided = json!({ "accepted": [], "rejected": ids });
        self.caller.post("rory", &format!("requests/{request}/candidates"), &decided).await?;
        self.tell.line("The reviewer, Rory, says: that is somebody else. Discovery goes again.");
        self.caller.settled(request).await
    }

    async fn submit(&self, kind: &str, identifiers: &[(IdentifierKind, &str)]) -> anyhow::Result<String> {
        let named: Vec<String> = identifiers.iter().map(|(kind, value)| format!("{kind} {value}")).collect();
        self.tell.step(&format!(
            "Handed in, sealed to the tenant's intake key: {kind}, by {}",
            named.join(" and ")
        ));
        let request = self.caller.submit(kind, identifiers).await?;
        self.tell.line(&format!("request {request}"));
        Ok(request)
    }

    async fn approve(&self, request: &str, shown: &Value) -> anyhow::Result<()> {
        let digest = &shown["inside"]["plan"]["digest"];
        let body = json!({ "plan_digest": digest });
        self.caller.post("ada", &format!("requests/{request}/approve"), &body).await?;
        let short = text(digest).chars().take(16).collect::<String>();
        self.tell.step(&format!("The administrator, Ada, approves exactly this plan ({short}…)"));
        Ok(())
    }

    fn ended(&self, shown: &Value) -> anyhow::Result<()> {
        let closing = text(&shown["closing"]);
        if !closing.starts_with("completed") || closing == "completed_remains" {
            bail!("the request ended as `{closing}`: {shown:#}");
        }
        self.tell.step(&format!("Closed: {}", closing.replace('_', ", ")));
        Ok(())
    }

    /// Fetches a package as its reader would; gives the place of its page.
    async fn fetch(&self, request: &str) -> anyhow::Result<PathBuf> {
        let manifest = self.caller.get("ada", &format!("packages/{request}")).await?;
        let folder = self.folder.join("package");
        let files = manifest["files"].as_array().context("the manifest lists no files")?;
        for path in files.iter().map(|file| text(&file["path"])).chain(["manifest.json".to_owned()]) {
            let place = folder.join(&path);
            fs::create_dir_all(place.parent().unwrap_or(&folder))?;
            let body = self.caller.bytes("ada", &format!("packages/{request}/files/{path}")).await?;
            fs::write(place, body)?;
        }
        Ok(folder.join("index.html"))
    }

    async fn ledger(&self) -> anyhow::Result<()> {
        self.tell.chapter("What can be proved");
        let verified = self.caller.ledger_verified().await?;
        let root = text(&verified["root"]).chars().take(16).collect::<String>();
        self.tell.step(&format!(
            "The ledger has {} entries; each stands as it was written (root {root}…)",
            verified["entries"]
        ));
        Ok(())
    }
}
