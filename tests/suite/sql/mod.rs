//! SQL systems without a bus: what is found, planned, done and seen, on PostgreSQL and SQLite.

mod batches;
mod bench;
mod catalog;
mod check;
pub(crate) mod company;
mod deletion;
mod finding;
mod kept;
mod key_kinds;
mod keys;
mod ownership;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use redress_connector_sql::Session;
use redress_contracts::v1;
use redress_datamap::sql::{
    Carried, Layout, Located, Neighbours, Order, SqlSession, Subject, carry_out, locate, verify,
};
use redress_domain::{Identifier, IdentifierKind};

use self::{company::Company, keys::Keys};

/// Both dialects.
const KINDS: [&str; 2] = ["sqlite", "postgres"];

fn subject(identifiers: &[(IdentifierKind, &str)]) -> Subject {
    let identifiers = identifiers.iter().map(|(kind, value)| Identifier::parse(*kind, value).unwrap());
    Subject {
        identifiers: identifiers.collect(),
        accepted: BTreeSet::new(),
        rejected: BTreeSet::new(),
        secret: [7; 32],
    }
}

fn by_email(email: &str) -> Subject {
    subject(&[(IdentifierKind::Email, email)])
}

async fn located(
    company: &Company,
    layout: &Layout,
    subjects: &[Subject],
    kind: v1::Kind,
) -> (Vec<Located>, Keys) {
    let (mut session, mut keys) = (company.session().await, Keys::default());
    let session: &mut dyn SqlSession = &mut session;
    let located = locate(session, layout, subjects, kind, &Neighbours::default(), &mut keys).await.unwrap();
    (located, keys)
}

/// Finds these subjects, deletes by what was found, and looks again, all in this session.
async fn deleted_and_seen(session: &mut Session, layout: &Layout, subjects: &[Subject]) {
    let (kind, wanted, mut keys) = (v1::Kind::Delete, Neighbours::default(), Keys::default());
    let located = locate(session, layout, subjects, kind, &wanted, &mut keys).await.unwrap();
    let orders: Vec<_> = subjects
        .iter()
        .zip(&located)
        .map(|(whose, found)| order(whose.identifiers[0].value(), whose, found))
        .collect();
    let carried = carry_out(session, layout, &orders, "2026-11-25T10:00:00Z").await.unwrap();
    assert_eq!(carried, vec![Carried::Done; orders.len()]);
    let seen = verify(session, layout, &orders, &mut keys).await.unwrap();
    assert!(seen.iter().flatten().all(|seen| seen.remains == 0), "{seen:?}");
}

/// How many rows of each dataset a plan has for each treatment.
fn counts(datasets: &[v1::DatasetPlan]) -> BTreeMap<(String, String), u64> {
    let one = |plan: &v1::DatasetPlan| {
        let what = match (plan.treatment(), plan.ground()) {
            (v1::Treatment::Delete, _) => "delete",
            (v1::Treatment::Keep, v1::Ground::Shared) => "shared",
            (v1::Treatment::Keep, _) => "keep",
            (_, v1::Ground::Shared) => "blocked",
            _ => "fields",
        };
        ((plan.dataset.clone(), what.to_owned()), plan.count)
    };
    datasets.iter().map(one).collect()
}

fn order<'a>(task: &'a str, subject: &Subject, located: &'a Located) -> Order<'a> {
    Order { task, request: "request", subject: subject.clone(), datasets: &located.datasets }
}
