use redress_contracts::{
    to_timestamp,
    v1::{Collect, DatasetPlan, Pending, SystemPlan},
};
use uuid::Uuid;

use super::*;

fn read(outcomes: Vec<SystemOutcome>) -> Contents {
    read_of(Collect { kind: Kind::Access.number(), ..Collect::default() }, outcomes)
}

fn read_of(command: Collect, outcomes: Vec<SystemOutcome>) -> Contents {
    let state = ExportState { command: Some(command), systems: outcomes, ..ExportState::default() };
    let (request, release) = (RequestId(Uuid::from_u128(1)), MessageId(Uuid::from_u128(2)));
    Contents::read(&state, &"dublin".parse().unwrap(), request, release).unwrap()
}

#[test]
fn every_status_but_done_and_not_found_is_missing_in_a_sentence_of_its_own() {
    let mut sentences = BTreeSet::new();
    for status in Status::ALL {
        let outcome = SystemOutcome { system: "shop".into(), status: status.number(), ..Default::default() };
        let contents = read(vec![outcome]);
        let there = matches!(status, Status::Done | Status::NotFound);
        assert_eq!(contents.nothing.len(), usize::from(there), "{status}");
        assert_eq!(contents.missing.len(), usize::from(!there), "{status}");
        sentences.extend(contents.missing.into_iter().map(|missing| missing.what));
    }
    assert_eq!(sentences.len(), Status::ALL.len() - 2);
}

#[test]
fn what_is_pending_says_until_when() {
    let time = "2026-06-20T08:00:00Z".parse().unwrap();
    let pending = Pending { operation: "7".to_owned(), expected_by: Some(to_timestamp(time)) };
    let outcome = SystemOutcome {
        system: "logs".to_owned(),
        status: Status::Pending.number(),
        pending: Some(pending),
        ..SystemOutcome::default()
    };
    assert_eq!(read(vec![outcome]).missing[0].expected_by, Some(time));
}

#[test]
fn two_datasets_never_share_a_file() {
    let tenant: TenantId = "dublin".parse().unwrap();
    let dataset = |(i, name): (usize, &str)| {
        let place = Place::work(&tenant, RequestId(Uuid::from_u128(1)), &format!("shop/{i}")).unwrap();
        DatasetOutcome { dataset: name.to_owned(), reference: place.to_string(), ..Default::default() }
    };
    let names = ["a/b", "a_b", "a_b", "a_b-2", "..", "ä", "A_B", "../up", "con", "Nul.old", "context"];
    let datasets = names.into_iter().enumerate().map(dataset).collect();
    let outcome = SystemOutcome {
        system: "shop".to_owned(),
        status: Status::Done.number(),
        datasets,
        ..SystemOutcome::default()
    };
    let contents = read(vec![outcome]);
    let paths: BTreeSet<&str> = contents.systems[0].datasets.iter().map(|one| one.path.as_str()).collect();
    let expected = [
        "shop/%C3%A4.json",
        "shop/A_B.json",
        "shop/_.json",
        "shop/_Nul.old.json",
        "shop/__up.json",
        "shop/_con.json",
        "shop/a_b-2-2.json",
        "shop/a_b-2.json",
        "shop/a_b-3.json",
        "shop/a_b-4.json",
        "shop/context.json",
    ];
    assert_eq!(paths, expected.into());
}

/// A plan has a dataset once for each fate of its rows, with the same columns each time.
#[test]
fn what_the_data_map_does_not_name_is_said_to_be_missing_once() {
    let tenant: TenantId = "dublin".parse().unwrap();
    let planned = |dataset: &str, columns: &[&str]| DatasetPlan {
        dataset: dataset.to_owned(),
        unmapped_columns: columns.iter().map(|name| (*name).to_owned()).collect(),
        ..DatasetPlan::default()
    };
    let system =
        |name: &str, datasets| SystemPlan { system: name.to_owned(), datasets, ..SystemPlan::default() };
    let columns = ["vip", "shoe_size"];
    let plan = Plan {
        systems: vec![
            system("crm", vec![planned("people", &["vip"])]),
            system(
                "shop",
                vec![planned("people", &columns), planned("orders", &[]), planned("people", &columns)],
            ),
        ],
        ..Plan::default()
    };
    let dataset = |name: &str| {
        let place = Place::work(&tenant, RequestId(Uuid::from_u128(1)), &format!("shop/{name}")).unwrap();
        DatasetOutcome { dataset: name.to_owned(), reference: place.to_string(), ..Default::default() }
    };
    let outcome = SystemOutcome {
        system: "shop".to_owned(),
        status: Status::Done.number(),
        datasets: vec![dataset("orders"), dataset("people")],
        ..SystemOutcome::default()
    };
    let command = Collect { kind: Kind::Access.number(), plan: Some(plan), ..Collect::default() };
    let missing = read_of(command, vec![outcome]).missing;
    let told: Vec<_> = missing.iter().map(|one| (&*one.system, one.dataset.as_deref(), &*one.what)).collect();
    let what = "These fields are not in the copy: shoe_size, vip.";
    assert_eq!(told, [("shop", Some("people"), what)]);
}

#[test]
fn a_time_is_read_off_a_uuid_of_version_7_alone() {
    let uuid: Uuid = "019eb167-5600-7000-8000-000000000000".parse().unwrap();
    assert_eq!(made_at(uuid.as_u128()), Some("2026-06-10T12:00:00Z".parse().unwrap()));
    let other: Uuid = "019eb167-5600-4000-8000-000000000000".parse().unwrap();
    assert_eq!(made_at(other.as_u128()), None);
}
