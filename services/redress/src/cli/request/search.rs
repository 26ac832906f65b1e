//! Finds the requests about a person.

use clap::Args;
use redress_contracts::Contract as _;
use redress_domain::IdentifierKind;
use serde_json::json;

use super::super::{
    Failure, Session,
    answers::{Item, Items},
    session::read,
    subject::SubjectArgs,
};
use super::list;

/// Whose requests. One identifier that names one person: no phone, no name.
#[derive(Args)]
pub(super) struct SearchArgs {
    #[command(flatten)]
    subject: SubjectArgs,
}

impl SearchArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let given = self.subject.read(session)?.identifiers;
        let [one] = given.as_slice() else {
            return Err(Failure::Usage("search by one identifier".to_owned()));
        };
        let kind = IdentifierKind::of_number(one.kind)
            .map_err(|_| Failure::Usage("this identifier cannot be searched by".to_owned()))?;
        // A body, so that nobody stands in a URL.
        let body = json!({ "identifier": { "kind": kind, "value": one.value, "field": one.field } });
        let value = session.client.post(&["requests", "search"], &body).await?;
        let items: Items<Item> = read(&value)?;
        session.show(&value, |now| list::page(&items, now))
    }
}
