//! Who is found, who is only a candidate, and which identifiers come to light.

use std::collections::BTreeSet;

use redress_contracts::v1;
use redress_datamap::{
    Problems,
    sql::{Catalog, Layout, Neighbours, locate},
};
use redress_domain::IdentifierKind;
use redress_tests::ambient::Dice;
use sha2::{Digest as _, Sha256};

use super::{
    KINDS, Keys, by_email,
    company::{Company, email, system},
    counts, located, subject,
};

const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";

/// Two people share the household's mail, phone and address: a third of what they share finds neither.
async fn family(kind: &str) -> (Company, Layout) {
    let company = Company::with_people(kind, &Dice::new(1), 0).await;
    company
        .run(
            "insert into household values (1, 'Quay 1', 'Cork');\n\
             insert into person values (1, 'ada@example.com', 'home@example.com', '+353 1 555 0100', 'Ada Byrne', 1, null, 'x');\n\
             insert into person values (2, 'Ben@Example.com', 'Home@example.com', '00353-1-5550100', 'Ben  Byrne', 1, 1, 'y');\n\
             insert into visit values (1, 'BEN@example.com', '2026-11-22 10:00:00');\n\
             insert into booking values (1, 2, null, 'quiet');\n",
        )
        .await;
    let layout = company.layout(POLICY).await;
    (company, layout)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_several_people_share_makes_candidates_and_what_is_ones_own_finds() {
    for kind in KINDS {
        let (company, layout) = family(kind).await;
        for (asked, value) in
            [(IdentifierKind::Phone, "+353 1 555 0100"), (IdentifierKind::Email, "home@example.com")]
        {
            let (found, _) =
                located(&company, &layout, &[subject(&[(asked, value)])], v1::Kind::Delete).await;
            assert!(found[0].datasets.is_empty(), "{kind} {asked}: {:?}", found[0].datasets);
            assert_eq!(found[0].candidates.len(), 2, "{kind} {asked}");
        }
        let (found, _) = located(&company, &layout, &[by_email("ben@example.com")], v1::Kind::Delete).await;
        let expected = [
            ("booking", "delete", 1),
            ("household", "shared", 1),
            ("person", "delete", 1),
            ("visit", "delete", 1),
        ];
        let expected = expected.map(|(dataset, what, count)| ((dataset.to_owned(), what.to_owned()), count));
        assert_eq!(counts(&found[0].datasets), expected.into(), "{kind}");
        assert!(found[0].candidates.is_empty(), "{kind}: {:?}", found[0].candidates);
        assert!(
            found[0].identifiers.is_empty(),
            "{kind}: what was given is known: {:?}",
            found[0].identifiers
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_candidate_is_followed_and_a_rejected_one_is_not_shown_again() {
    for kind in KINDS {
        let (company, layout) = family(kind).await;
        let mut asked = subject(&[(IdentifierKind::Name, "ben  byrne")]);
        let (found, _) = located(&company, &layout, &[asked.clone()], v1::Kind::Access).await;
        let [candidate] = found[0].candidates.as_slice() else { panic!("{kind}: {:?}", found[0].candidates) };
        assert_eq!(
            (candidate.candidate.by.as_str(), candidate.candidate.dataset.as_str()),
            ("name", "person")
        );
        let row: serde_json::Value = serde_json::from_str(&candidate.row).unwrap();
        assert_eq!((row["name"].as_str(), row["id"].as_i64()), (Some("Ben  Byrne"), Some(2)), "{kind}");
        assert!(row.get("secret_note").is_none(), "{kind}: a column that is not mapped is not shown");
        let id = candidate.candidate.id.clone();
        asked.rejected = BTreeSet::from([id.clone()]);
        let (found, _) = located(&company, &layout, &[asked.clone()], v1::Kind::Access).await;
        assert!(found[0].candidates.is_empty() && found[0].datasets.is_empty(), "{kind}");
        (asked.rejected, asked.accepted) = (BTreeSet::new(), BTreeSet::from([id]));
        let (found, _) = located(&company, &layout, &[asked], v1::Kind::Access).await;
        let datasets: Vec<&str> = found[0].datasets.iter().map(|plan| plan.dataset.as_str()).collect();
        // His visit hangs on his address, which now has come to light: whether it is his is to be decided on too.
        assert_eq!(datasets, ["household", "person", "booking"], "{kind}");
        let [address] = found[0].candidates.as_slice() else { panic!("{kind}: {:?}", found[0].candidates) };
        assert_eq!(address.identifier.as_ref().unwrap().identifier.value(), "ben@example.com", "{kind}");
    }
}

/// Two people of one household: nobody else points to what is left when both are gone.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_of_a_household_takes_the_address_along() {
    for kind in KINDS {
        let (company, layout) = family(kind).await;
        let before = located(&company, &layout, &[by_email("ada@example.com")], v1::Kind::Delete).await;
        let shared = ("household".to_owned(), "shared".to_owned());
        assert_eq!(counts(&before.0[0].datasets).get(&shared), Some(&1), "{kind}");
        company.run("delete from booking;\ndelete from visit;\ndelete from person where id = 2").await;
        let after = located(&company, &layout, &[by_email("ada@example.com")], v1::Kind::Delete).await;
        let gone = ("household".to_owned(), "delete".to_owned());
        assert_eq!(counts(&after.0[0].datasets).get(&gone), Some(&1), "{kind}");
    }
}

/// A manager's row is pointed to by those who stay: it is masked instead of deleted.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_others_need_is_masked_and_says_so() {
    for kind in KINDS {
        let (company, layout) = family(kind).await;
        let (found, _) = located(&company, &layout, &[by_email("ada@example.com")], v1::Kind::Delete).await;
        let plan = found[0].datasets.iter().find(|plan| plan.dataset == "person").unwrap();
        assert_eq!(
            (plan.treatment(), plan.ground()),
            (v1::Treatment::Unspecified, v1::Ground::Shared),
            "{kind}"
        );
        let field = |name: &str| plan.fields.iter().find(|field| field.field == name).unwrap();
        assert_eq!(field("phone").treatment(), v1::Treatment::Null);
        assert_eq!(
            (field("name").treatment(), field("name").value.as_str()),
            (v1::Treatment::String, ""),
            "not null"
        );
        assert_eq!(field("id").treatment(), v1::Treatment::Keep);
        assert_eq!(plan.unmapped_columns, ["secret_note"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_up_to_somebody_else_leads_to_a_candidate_only() {
    for kind in KINDS {
        let (company, _) = family(kind).await;
        let map = "
dataset:
  - fides_key: company
    collections:
      - name: person
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - {name: name, data_categories: [user.name]}
          - {name: manager_id, fides_meta: {references: [{dataset: company, field: person.id, direction: to}]}}
";
        let layout = company.layout_of(map, POLICY).await;
        let (found, _) = located(&company, &layout, &[by_email("ben@example.com")], v1::Kind::Delete).await;
        assert_eq!(counts(&found[0].datasets).values().sum::<u64>(), 1, "{kind}");
        let [candidate] = found[0].candidates.as_slice() else { panic!("{kind}") };
        assert_eq!(candidate.candidate.by, "person.manager_id");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn identifiers_of_other_systems_come_to_light_and_are_asked_by() {
    for kind in KINDS {
        let (company, _) = family(kind).await;
        let map = "
dataset:
  - fides_key: company
    collections:
      - name: person
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}}
      - name: booking
        fields:
          - {name: id, fides_meta: {references: [{dataset: till, field: sale.booking, direction: to}]}}
          - {name: person_id, fides_meta: {references: [{dataset: company, field: person.id, direction: from}]}}
";
        let layout = company.layout_of(map, POLICY).await;
        let wanted = BTreeSet::from(["company.person.id".to_owned()]);
        let neighbours = Neighbours { wanted, ..Neighbours::default() };
        let mut session = company.session().await;
        let asked = [by_email("ben@example.com")];
        let found =
            locate(&mut session, &layout, &asked, v1::Kind::Access, &neighbours, &mut Keys::default())
                .await
                .unwrap();
        let named: Vec<_> = found[0]
            .identifiers
            .iter()
            .map(|found| (found.identifier.field(), found.identifier.value()))
            .collect();
        let expected = [(Some("company.person.id"), "2"), (Some("till.sale.booking"), "1")];
        assert_eq!(named, expected, "{kind}");
        let mut by_key = subject(&[]);
        by_key.identifiers.push(redress_domain::Identifier::of_field("company.person.id", "2").unwrap());
        let (found, _) = located(&company, &layout, &[by_key], v1::Kind::Access).await;
        assert_eq!(found[0].datasets.len(), 2, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_map_that_names_what_is_not_there_is_an_error_with_all_of_it() {
    for kind in KINDS {
        let company = Company::with_people(kind, &Dice::new(1), 0).await;
        let map = "
dataset:
  - fides_key: company
    collections:
      - {name: persons, fields: [{name: id}]}
      - {name: person, fields: [{name: id}, {name: mail}, {name: fax}]}
      - {name: visit, fields: [{name: email, fides_meta: {primary_key: true}}]}
";
        let catalog = Catalog::read(&mut company.session().await).await.unwrap();
        let Problems(problems) = Layout::new(&system(map, POLICY), catalog).unwrap_err();
        let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(
            paths,
            ["company.persons", "company.person.mail", "company.person.fax", "company.visit"],
            "{kind}"
        );
    }
}

/// Chains of references end, however deep, and a circle of them does too.
#[tokio::test(flavor = "multi_thread")]
async fn a_chain_is_followed_to_its_end() {
    let map = "
dataset:
  - fides_key: company
    collections:
      - name: person
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: name, data_categories: [user.name], fides_meta: {identity: customer_id}}
          - {name: manager_id, fides_meta: {references: [{dataset: company, field: person.id, direction: from}]}}
";
    for kind in KINDS {
        let company = Company::with_people(kind, &Dice::new(1), 0).await;
        let people = (1..=60).map(|id| {
            let manager = if id == 1 { "null".to_owned() } else { (id - 1).to_string() };
            format!(
                "insert into person values ({id}, '{}', null, null, 'n{id}', null, {manager}, null);\n",
                email(id)
            )
        });
        company.run(&people.collect::<String>()).await;
        company.run("update person set manager_id = 60 where id = 1").await;
        let layout = company.layout_of(map, POLICY).await;
        let asked = [subject(&[(IdentifierKind::CustomerId, "n7")])];
        let (found, _) = located(&company, &layout, &asked, v1::Kind::Access).await;
        assert_eq!(found[0].datasets[0].count, 60, "{kind}");
    }
}

/// Whoever has the address has its hash, and is found by it.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_known_by_an_address_is_found_by_its_hash() {
    let map = "
dataset:
  - fides_key: company
    collections:
      - name: click
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: who, data_categories: [user.contact.email], fides_meta: {identity: email_sha256}}
";
    let hash = |address: &str| hex::encode(Sha256::digest(address));
    for kind in KINDS {
        let company = Company::on(kind).await;
        company
            .run(&format!(
                "create table click (id integer primary key, who text);\n\
                 insert into click values (1, '{}'), (2, '{}'), (3, null)",
                hash("ben@example.com").to_uppercase(),
                hash("ada@example.com")
            ))
            .await;
        let layout = company.layout_of(map, POLICY).await;
        let (found, _) = located(&company, &layout, &[by_email("Ben@example.com")], v1::Kind::Access).await;
        assert_eq!(found[0].datasets[0].count, 1, "{kind}");
    }
}

/// One column of two would lead to the rows of others, at whichever end the map names the reference.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_two_columns_is_followed_with_both() {
    let map = |slot: &str, used: &str| {
        format!(
            "
dataset:
  - fides_key: company
    collections:
      - name: slot
        fields:
          - {{name: room, fides_meta: {{primary_key: true{slot}}}}}
          - {{name: place, fides_meta: {{primary_key: true}}}}
          - {{name: email, data_categories: [user.contact.email], fides_meta: {{identity: email}}}}
      - name: used
        fields:
          - {{name: id, fides_meta: {{primary_key: true}}}}
          - {{name: room, x: y{used}}}
          - {{name: what, data_categories: [user.content]}}
"
        )
    };
    let at_slot = ", references: [{dataset: company, field: used.room, direction: to}]";
    let at_used = ", fides_meta: {references: [{dataset: company, field: slot.room, direction: from}]}";
    for kind in KINDS {
        let company = Company::on(kind).await;
        company
            .run(
                "create table slot (room integer, place integer, email text, primary key (room, place));\n\
                 create table used (id integer primary key, room integer, place integer, what text, \
                 foreign key (room, place) references slot (room, place));\n\
                 insert into slot values (1, 1, 'ada@example.com'), (1, 2, 'ben@example.com');\n\
                 insert into used values (1, 1, 1, 'a'), (2, 1, 2, 'b'), (3, 1, 2, 'c')",
            )
            .await;
        for map in [map(at_slot, ""), map("", at_used)] {
            let layout = company.layout_of(&map, POLICY).await;
            for (email, count) in [("ada@example.com", 1), ("ben@example.com", 2)] {
                let (found, _) = located(&company, &layout, &[by_email(email)], v1::Kind::Delete).await;
                let deleted = counts(&found[0].datasets)[&("used".to_owned(), "delete".to_owned())];
                assert_eq!(deleted, count, "{kind} {email}");
            }
        }
    }
}

/// A row that points to two of a subject's, as its column compares them, is one row.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_points_to_two_rows_comes_once() {
    let map = "
dataset:
  - fides_key: company
    collections:
      - name: account
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
      - name: entry
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: account, fides_meta: {references: [{dataset: company, field: account.id, direction: from}]}}
          - {name: what, data_categories: [user.content]}
";
    for (kind, key, reference) in [
        ("sqlite", "text", "text collate nocase"),
        ("sqlite", "uuid", "uuid collate nocase"),
        ("postgres", "numeric", "float8"),
    ] {
        let company = Company::on(kind).await;
        let [one, other] = if key == "numeric" { ["1", "1.00000000000000000001"] } else { ["'a'", "'A'"] };
        company
            .run(&format!(
                "create table account (id {key} primary key, email text);\n\
                 create table entry (id integer primary key, account {reference}, what text);\n\
                 insert into account values ({one}, 'ada@example.com'), ({other}, 'ada@example.com');\n\
                 insert into entry values (1, {one}, 'a')"
            ))
            .await;
        let layout = company.layout_of(map, POLICY).await;
        let (found, _) = located(&company, &layout, &[by_email("ada@example.com")], v1::Kind::Access).await;
        let counts: Vec<u64> = found[0].datasets.iter().map(|plan| plan.count).collect();
        assert_eq!(counts, [2, 1], "{kind} {key}");
    }
}

/// A row that is no person's record may hold the addresses of others. Nor does it lose what holds it together.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_in_a_row_of_the_subjects_is_a_candidate_and_a_key_is_not_masked() {
    let map = "
dataset:
  - fides_key: company
    collections:
      - name: member
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
      - name: team
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: lead, fides_meta: {references: [{dataset: company, field: member.id, direction: from}]}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - {name: parent, data_categories: [user.content]}
";
    let mask = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n";
    for kind in KINDS {
        let company = Company::on(kind).await;
        company
            .run(
                "create table member (id integer primary key, email text);\n\
                 create table team (id integer primary key, lead integer, email text, parent integer references team (id));\n\
                 insert into member values (1, 'ada@example.com');\n\
                 insert into team values (1, 1, 'own@example.com', null), (2, 1, 'all@example.com', null), (3, null, null, 2)",
            )
            .await;
        let layout = company.layout_of(map, mask).await;
        let (found, _) = located(&company, &layout, &[by_email("ada@example.com")], v1::Kind::Delete).await;
        let candidates = found[0].candidates.iter().filter_map(|seen| seen.identifier.as_ref());
        let named: Vec<_> = candidates.map(|found| found.identifier.value()).collect();
        assert_eq!(named, ["all@example.com", "own@example.com"], "{kind}");
        assert!(found[0].identifiers.is_empty(), "{kind}: {:?}", found[0].identifiers);
        let plan = found[0].datasets.iter().find(|plan| plan.dataset == "team" && !plan.fields.is_empty());
        let parent = plan.unwrap().fields.iter().find(|field| field.field == "parent").unwrap();
        assert_eq!(parent.treatment(), v1::Treatment::Keep, "{kind}");
    }
}
