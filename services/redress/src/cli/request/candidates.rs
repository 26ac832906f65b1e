//! Decides on candidates.

use clap::Args;
use redress_domain::RequestId;
use serde_json::{Value, json};

use super::super::{Failure, Session, answers::Shown};
use super::{Follow, shown};

/// Which are the person's and which are not. Those that are not named stay as they are.
#[derive(Args)]
pub(super) struct CandidatesArgs {
    /// The request's id.
    request: RequestId,
    /// A candidate that is the person's, by its id or the first letters of it; several with commas between.
    #[arg(long, value_name = "ID", value_delimiter = ',', required_unless_present_any = ["reject", "reject_row"])]
    accept: Vec<String>,
    /// A candidate, or an identifier that was used, that is somebody else's; several with commas between.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    reject: Vec<String>,
    /// A row that was found and is somebody else's, by its primary key; may be given several times.
    #[arg(long, value_name = "SYSTEM.DATASET=KEY[,KEY]")]
    reject_row: Vec<String>,
    /// Why: one line, for the request's file.
    #[arg(long, default_value = "", hide_default_value = true)]
    reason: String,
    #[command(flatten)]
    follow: Follow,
}

impl CandidatesArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let (_, shown) = shown(session, self.request).await?;
        let known = known(&shown);
        let whole =
            |given: &Vec<String>| given.iter().map(|id| whole(&known, id)).collect::<Result<Vec<_>, _>>();
        let rows = self.reject_row.iter().map(|text| row(text)).collect::<Result<Vec<_>, _>>()?;
        let body = json!({
            "accepted": whole(&self.accept)?, "rejected": whole(&self.reject)?,
            "rejected_rows": rows, "reason": self.reason,
        });
        self.follow.deed(session, self.request, "candidates", &body, Some(&shown)).await
    }
}

/// A row, as the server takes it.
fn row(text: &str) -> Result<Value, Failure> {
    let parts = text.split_once('=').and_then(|(place, key)| Some((place.split_once('.')?, key)));
    let Some(((system, dataset), key)) = parts else {
        return Err(Failure::Usage("--reject-row: like crm.orders=17".to_owned()));
    };
    let key: Vec<&str> = key.split(',').collect();
    Ok(json!({ "system": system, "dataset": dataset, "key": key }))
}

/// Every candidate that there is or was.
fn known(shown: &Shown) -> Vec<&str> {
    let Some(inside) = &shown.inside else { return Vec::new() };
    let found = inside.inventory.iter().flat_map(|inventory| &inventory.candidates).map(|it| &it.id);
    let before = inside.accepted_candidates.iter().chain(&inside.rejected_candidates);
    let used = inside.identifiers.iter().filter_map(|identifier| identifier.id.as_ref());
    let mut known: Vec<&str> = found.chain(before).chain(used).map(String::as_str).collect();
    known.sort_unstable();
    known.dedup();
    known
}

/// The id that begins so. One that nobody knows is the server's to refuse.
fn whole(known: &[&str], given: &str) -> Result<String, Failure> {
    if known.contains(&given) {
        return Ok(given.to_owned());
    }
    let mut fitting = known.iter().filter(|id| id.starts_with(given));
    match (fitting.next(), fitting.next()) {
        (Some(_), Some(_)) => {
            Err(Failure::Usage(format!("several candidates' ids begin with `{given}`: give more of it")))
        }
        (Some(one), None) => Ok((*one).to_owned()),
        _ => Ok(given.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_known_by_its_first_letters_where_they_tell_it_apart() {
        let known = ["abc1", "abd2", "abd2ef"];
        for (given, expected) in [
            ("abc", Some("abc1")),
            ("abc1", Some("abc1")),
            ("abd2", Some("abd2")),
            ("x", Some("x")),
            ("ab", None),
        ] {
            assert_eq!(whole(&known, given).ok().as_deref(), expected, "{given}");
        }
    }
}
