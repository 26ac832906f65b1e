//! Verifies the ledger here, from every entry: the server's word is compared, and not relied on.

use std::str::FromStr;

use clap::Args;
use redress_audit::ledger::{Hash, Verified, Verifier};
use serde_json::{Value, json};

use super::super::{
    Failure, Session,
    page::{Look, Page, cell, plain},
    when::counted,
};

/// Entries in a page, as many as a server gives.
const PAGE: u32 = 200;

/// How many entries are verified between two words about it.
const TOLD_EVERY: u64 = 50 * PAGE as u64;

/// What it is held against.
#[derive(Args)]
pub(super) struct VerifyArgs {
    /// What an earlier verification said: nothing before may have been changed or dropped since.
    #[arg(long, value_name = "ENTRIES:ROOT")]
    noted: Option<Head>,
}

/// A ledger's length and root at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    entries: u64,
    root: Hash,
}

impl FromStr for Head {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        let form = "like 17:4e3b…, with 64 hexadecimal digits";
        let (entries, root) = text.split_once(':').ok_or(form)?;
        let mut head = Self { entries: entries.parse().map_err(|_| form)?, root: [0; 32] };
        hex::decode_to_slice(root, &mut head.root).map_err(|_| form)?;
        Ok(head)
    }
}

impl From<Verified> for Head {
    fn from(verified: Verified) -> Self {
        Self { entries: verified.entries, root: verified.root }
    }
}

impl std::fmt::Display for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.entries, hex::encode(self.root))
    }
}

impl VerifyArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        session.progress("The server verifies its ledger ...")?;
        // The server first: its ledger may grow meanwhile, and ours goes past its end.
        let theirs = session.client.get(&["ledger", "verify"], &[]).await?;
        let mut held = vec![("what was noted", self.noted)];
        if theirs["fault"].is_null() {
            held.push(("the server's own answer", Some(head(&theirs)?)));
        }
        let mut walk = Walk { verifier: Verifier::new(session.client.tenant().clone()), held, differs: None };
        let ours = walk.whole(session).await?;
        let said = match (ours, walk.differs()) {
            (Err(fault), _) => Err(fault),
            (Ok(_), Some(differs)) => Err(differs),
            (Ok(head), None) => match theirs["fault"]["what"].as_str() {
                Some(what) => {
                    Err(format!("it is whole as it comes here, but the server finds a fault in it: {what}"))
                }
                None => Ok(head),
            },
        };
        let value = match &said {
            Ok(head) => json!({ "entries": head.entries, "root": hex::encode(head.root), "server": theirs }),
            Err(why) => json!({ "fault": why, "server": theirs }),
        };
        session.show(&value, |_| said.as_ref().map(page).unwrap_or_default())?;
        said.map(|_| ())
            .map_err(|why| Failure::NotWell(format!("the ledger is not as it was written: {why}")))
    }
}

fn head(theirs: &Value) -> Result<Head, Failure> {
    let text = format!("{}:{}", theirs["entries"], theirs["root"].as_str().unwrap_or_default());
    let strange = |_| Failure::Unexpected("the server's own verification cannot be read".to_owned());
    text.parse().map_err(strange)
}

/// A way through all entries.
struct Walk {
    verifier: Verifier,
    /// Heads that it must have had on the way.
    held: Vec<(&'static str, Option<Head>)>,
    differs: Option<String>,
}

impl Walk {
    /// The head at the end, or the first fault.
    async fn whole(&mut self, session: &mut Session<'_>) -> Result<Result<Head, String>, Failure> {
        self.compare();
        session.progress("Every entry is fetched and verified here ...")?;
        let (mut from, mut told) = (0, TOLD_EVERY);
        loop {
            if from >= told {
                session.progress(&format!("{} so far ...", counted(from, "entry")))?;
                told = from + TOLD_EVERY;
            }
            let (_, page) = super::entries(session, from, PAGE).await?;
            for entry in page.items {
                let index = entry.index;
                let Some(row) = super::row(entry) else {
                    return Ok(Err(format!("entry {index} cannot be read")));
                };
                if let Err(fault) = self.verifier.push(&row) {
                    return Ok(Err(fault.to_string()));
                }
                self.compare();
            }
            match page.next {
                // Else it would be asked for again for ever.
                Some(next) if next > from => from = next,
                _ => return Ok(Ok(self.verifier.verified().into())),
            }
        }
    }

    /// Holds the head so far against those that it must have had at this length.
    fn compare(&mut self) {
        let length = self.verifier.verified().entries;
        for (whose, held) in &mut self.held {
            if held.is_some_and(|held| held.entries == length)
                && let Some(held) = held.take()
                && Head::from(self.verifier.verified()) != held
            {
                self.differs = Some(format!("its first {} differ from {whose}", counted(length, "entry")));
            }
        }
    }

    /// What differs, or was longer than the ledger is now.
    fn differs(self) -> Option<String> {
        let length = self.verifier.verified().entries;
        let longer = self.held.iter().find_map(|(whose, held)| {
            held.map(|held| format!("it has {length} entries, and by {whose} it had {}", held.entries))
        });
        self.differs.or(longer)
    }
}

fn page(head: &Head) -> Page {
    let mut page = Page::default();
    let entries = counted(head.entries, "entry");
    page.line([
        cell(Look::Good, "Whole"),
        plain(format!(": {entries}, each as it was written, as the server says too")),
    ]);
    page.wrapped(2, "Note this head: with it, it shows later whether anything up to here was changed:");
    page.whole(2, &format!("redress ledger verify --noted {head}"));
    page
}
