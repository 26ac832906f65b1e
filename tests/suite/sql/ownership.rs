//! Whose a row is: what others own or share is never taken along, whichever way references lead to it.

use std::collections::{BTreeMap, BTreeSet};

use redress_contracts::v1;
use redress_datamap::sql::{Carried, carry_out};
use redress_tests::ambient::Dice;

use super::{
    KINDS, by_email,
    company::{Company, MAP, Rows, email},
    counts, located, order,
};

const DELETE_ALL: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";

type Key = (String, Vec<String>);
type Row = BTreeMap<String, Option<String>>;

/// Who owns each row; nobody owns what hangs on nobody.
fn owners(rows: &Rows) -> BTreeMap<Key, BTreeSet<String>> {
    let of = |table: &str, id: &Option<String>, column: &str| {
        let id = id.clone()?;
        rows.get(&(table.to_owned(), vec![id]))?[column].clone()
    };
    let one = |((table, key), row): (&Key, &Row)| {
        let own = match table.as_str() {
            "person" | "visit" | "audit" => vec![row["id"].clone()],
            "booking" | "gift" | "review" | "badge" => vec![row["person_id"].clone()],
            "line" | "line_note" | "invoice" => vec![of("booking", &row["booking_id"], "person_id")],
            _ => {
                let people = rows.iter().filter(|((name, _), _)| name == "person");
                let inside = people.filter(|(_, person)| person["household_id"] == row["id"]);
                inside.map(|(_, person)| person["id"].clone()).collect()
            }
        };
        ((table.clone(), key.clone()), own.into_iter().flatten().collect())
    };
    rows.iter().map(one).collect()
}

/// The same map, where no reference says which way people are followed, and managers are known by one too.
fn undirected() -> String {
    let map = MAP.replace(", direction: to}", "}").replace(", direction: from}", "}");
    let managed = "{name: manager_id, fides_meta: {references: [{dataset: company, field: person.id}]}}";
    map.replace("{name: manager_id}", managed)
}

#[tokio::test(flavor = "multi_thread")]
async fn without_directions_the_rows_of_others_stay_as_they_are() {
    let undirected = undirected();
    assert!(!undirected.contains("direction"));
    let mut gone = 0;
    for kind in KINDS {
        for seed in 20..23 {
            let company = Company::with_people(kind, &Dice::new(seed), 8).await;
            // An invoice that several people's bookings are on.
            company
                .run(
                    "update booking set invoice_id = coalesce((select min(i.id) from invoice i join booking b \
                     on b.id = i.booking_id and b.invoice_id = i.id), invoice_id) where id % 3 = 0",
                )
                .await;
            let (layout, directed) =
                (company.layout_of(&undirected, DELETE_ALL).await, company.layout(DELETE_ALL).await);
            for person in 1..=8 {
                let context = format!("{kind}, seed {seed}, person {person}");
                let (before, subject) = (company.rows().await, by_email(&email(person)));
                let asked = std::slice::from_ref(&subject);
                let (found, _) = located(&company, &layout, asked, v1::Kind::Delete).await;
                let (by_direction, _) = located(&company, &directed, asked, v1::Kind::Delete).await;
                assert_eq!(
                    counts(&found[0].datasets),
                    counts(&by_direction[0].datasets),
                    "{context}: a person's own rows are found all the same"
                );
                let (mut session, task) = (company.session().await, format!("task-{person}"));
                let orders = [order(&task, &subject, &found[0])];
                let carried = carry_out(&mut session, &layout, &orders, "2026-11-22T10:00:00Z").await;
                assert_eq!(carried.unwrap(), [Carried::Done], "{context}");
                let (after, person) = (company.rows().await, person.to_string());
                for (row, owners) in owners(&before) {
                    let others = owners.is_empty() || owners.iter().any(|owner| *owner != person);
                    let household_left = row.0 == "household" && owners.is_empty();
                    if others && !household_left {
                        assert_eq!(before.get(&row), after.get(&row), "{context}: {row:?} of {owners:?}");
                    }
                }
                gone += before.len() - after.len();
            }
        }
    }
    assert!(gone > 100, "{gone}");
}

const TABLES: &str = "
create table area (id integer primary key, name text);
create table house (id integer primary key, street text, area_id integer references area (id));
create table person (id integer primary key, email text, house_id integer references house (id));
create table ticket (id integer primary key, person_id integer);
create table slip (id integer primary key, ticket_id integer);
create table pet (id integer primary key, house_id integer, slip_id integer, name text);
create table toy (id integer primary key, pet_id integer, name text);
insert into area values (1, 'Liberties'), (2, 'Docks');
insert into house values (1, 'Quay', 1), (2, 'Lane', 2);
insert into person values (1, 'ada@example.com', 1), (2, 'ben@example.com', 1), (3, 'eve@example.com', 2);
insert into ticket values (1, 1), (3, 3);
insert into slip values (1, 1);
insert into pet values (1, 1, null, 'cat'), (2, 1, 1, 'dog'), (3, 2, null, 'hen');
insert into toy values (1, 1, 'ball'), (2, 2, 'bone'), (3, 3, 'bell')";

/// `{down}` stands for how pets are said to belong to a house.
const HOUSES: &str = "
dataset:
  - fides_key: town
    collections:
      - name: area
        fields: [{name: id, fides_meta: {primary_key: true}}, {name: name, data_categories: [user.contact]}]
      - name: house
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: street, data_categories: [user.contact]}
          - {name: area_id, fides_meta: {references: [{dataset: town, field: area.id, direction: to}]}}
      - name: person
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - {name: house_id, fides_meta: {references: [{dataset: town, field: house.id, direction: to}]}}
      - name: ticket
        fields:
          - {name: id, data_categories: [user.unique_id], fides_meta: {primary_key: true}}
          - {name: person_id, fides_meta: {references: [{dataset: town, field: person.id, direction: from}]}}
      - name: slip
        fields:
          - {name: id, data_categories: [user.unique_id], fides_meta: {primary_key: true}}
          - {name: ticket_id, fides_meta: {references: [{dataset: town, field: ticket.id, direction: from}]}}
      - name: pet
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: house_id, fides_meta: {references: [{dataset: town, field: house.id{down}}]}}
          - {name: slip_id, fides_meta: {references: [{dataset: town, field: slip.id, direction: from}]}}
          - {name: name, data_categories: [user.content]}
      - name: toy
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: pet_id, fides_meta: {references: [{dataset: town, field: pet.id, direction: from}]}}
          - {name: name, data_categories: [user.content]}
";

async fn town(kind: &str) -> Company {
    let company = Company::on(kind).await;
    company.run(TABLES).await;
    company
}

type Counted<'a> = Vec<(&'a str, &'a str, u64)>;

async fn planned(company: &Company, map: &str, email: &str) -> (BTreeMap<(String, String), u64>, usize) {
    let layout = company.layout_of(map, DELETE_ALL).await;
    let (found, _) = located(company, &layout, &[by_email(email)], v1::Kind::Delete).await;
    (counts(&found[0].datasets), found[0].candidates.len())
}

fn expected(entries: &Counted<'_>) -> BTreeMap<(String, String), u64> {
    entries.iter().map(|(dataset, what, n)| (((*dataset).to_owned(), (*what).to_owned()), *n)).collect()
}

/// Ben lives with Ada: their house stays, and so the area that it lies in, the cat of the house and its ball. Ada's
/// own dog is reached through the house first and by her ticket later: it is hers.
#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_on_a_shared_row_is_shared_too() {
    let map = HOUSES.replace("{down}", ", direction: from");
    for kind in KINDS {
        let company = town(kind).await;
        let (ada, candidates) = planned(&company, &map, "ada@example.com").await;
        let of_ada = [
            ("area", "shared", 1),
            ("house", "shared", 1),
            ("person", "delete", 1),
            ("pet", "delete", 1),
            ("pet", "shared", 1),
            ("slip", "delete", 1),
            ("ticket", "delete", 1),
            ("toy", "delete", 1),
            ("toy", "shared", 1),
        ];
        assert_eq!((ada, candidates), (expected(&of_ada.to_vec()), 0), "{kind}");
        // Eve lives alone.
        let (eve, candidates) = planned(&company, &map, "eve@example.com").await;
        let of_eve = ["area", "house", "person", "pet", "ticket", "toy"].map(|table| (table, "delete", 1));
        assert_eq!((eve, candidates), (expected(&of_eve.to_vec()), 0), "{kind}");
        // The map may say that a house is its people's own all the same: what others need of it stays, masked.
        let owned =
            map.replace("- name: house\n", "- name: house\n        fides_meta: {redress_owned: true}\n");
        let (ada, _) = planned(&company, &owned, "ada@example.com").await;
        let house = ada.iter().find(|((dataset, _), _)| dataset == "house").unwrap();
        assert_eq!(house, (&("house".to_owned(), "blocked".to_owned()), &1), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undirected_reference_leads_down_from_what_is_lent_to_candidates_only() {
    let map = HOUSES.replace("{down}", "");
    for kind in KINDS {
        let company = town(kind).await;
        for (email, own, candidates) in
            [("ada@example.com", Some(&1), 1), ("ben@example.com", None, 2), ("eve@example.com", None, 1)]
        {
            let (planned, open) = planned(&company, &map, email).await;
            let pets = planned.get(&("pet".to_owned(), "delete".to_owned()));
            assert_eq!((pets, open), (own, candidates), "{kind} {email}: {planned:?}");
            assert!(!planned.contains_key(&("pet".to_owned(), "shared".to_owned())), "{kind} {email}");
        }
    }
}

/// A row that a reference leads up to is another person if it carries any name, not only one that is theirs alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_above_with_a_name_of_its_own_is_a_candidate() {
    let map = |identity: &str| {
        format!(
            "
dataset:
  - fides_key: company
    collections:
      - name: contact
        fields:
          - {{name: id, fides_meta: {{primary_key: true}}}}
          - {{name: called, data_categories: [user.name]{identity}}}
      - name: member
        fields:
          - {{name: id, fides_meta: {{primary_key: true}}}}
          - {{name: email, data_categories: [user.contact.email], fides_meta: {{identity: email}}}}
          - {{name: contact_id, fides_meta: {{references: [{{dataset: company, field: contact.id, direction: to}}]}}}}
"
        )
    };
    for kind in KINDS {
        let company = Company::on(kind).await;
        company
            .run(
                "create table contact (id integer primary key, called text);\n\
                 create table member (id integer primary key, email text, contact_id integer);\n\
                 insert into contact values (1, 'Zoe Byrne'), (2, null);\n\
                 insert into member values (1, 'ada@example.com', 1), (2, 'ben@example.com', 2)",
            )
            .await;
        for (identity, email, reached) in [
            (", fides_meta: {identity: name}", "ada@example.com", false),
            (", fides_meta: {identity: phone_number, identity_class: shared}", "ada@example.com", false),
            (", fides_meta: {identity: email}", "ada@example.com", false),
            (", fides_meta: {identity: name}", "ben@example.com", true),
            ("", "ada@example.com", true),
        ] {
            let (planned, candidates) = planned(&company, &map(identity), email).await;
            assert_eq!(planned.keys().any(|(dataset, _)| dataset == "contact"), reached, "{kind}{identity}");
            assert_eq!(candidates, usize::from(!reached), "{kind}{identity}");
        }
    }
}
