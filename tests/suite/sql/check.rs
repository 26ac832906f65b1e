//! What `redress check` tells: each thing with the statement that mends it.

use redress_connector_sql::{Checked, Database, check};
use redress_tests::ambient::Dice;

use super::{
    KINDS,
    company::{Company, MAP, system},
};

const DELETE_ALL: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";

/// The statements of this kind that texts name.
fn statements<'a>(texts: &'a [String], begin: &str) -> Vec<&'a str> {
    texts.iter().flat_map(|text| text.split('`')).filter(|part| part.starts_with(begin)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_user_may_not_do_is_told_and_mended_by_what_is_told() {
    let company = Company::with_people("postgres", &Dice::new(1), 2).await;
    let name = company.url.rsplit('/').next().unwrap().split('?').next().unwrap().to_owned();
    company
        .run(&format!("create role limited_{name};\nrevoke temporary on database {name} from public"))
        .await;
    let mark = if company.url.contains('?') { '&' } else { '?' };
    let limited = Database::of_url(&format!("{}{mark}options[role]=limited_{name}", company.url)).unwrap();
    let system = system(MAP, DELETE_ALL);
    // Where everybody may make tables, as before PostgreSQL 15, it is made.
    company.run("drop table redress_effect;\nrevoke create on schema public from public").await;
    let Checked { problems, .. } = check(&limited, &system, true).await;
    let made = statements(&problems, "create table redress_effect ");
    assert_eq!(made.len(), 1, "{problems:#?}");
    assert!(
        problems.iter().any(|problem| problem.contains("delete in")),
        "the rest is told too: {problems:#?}"
    );
    company.run(&made[0].replace("; ", ";\n")).await;
    let Checked { problems, .. } = check(&limited, &system, false).await;
    for told in [
        "temporary tables",
        "read all of \"public\".\"person\"",
        "read all of \"public\".\"badge\"",
        "delete in \"public\".\"visit\"",
        "insert in",
    ] {
        assert!(problems.iter().any(|problem| problem.contains(told)), "{told}: {problems:#?}");
    }
    let untouched =
        problems.iter().find(|problem| problem.contains("audit") && !problem.contains("read all"));
    assert_eq!(untouched, None, "an audit table is only read");
    for grant in statements(&problems, "grant ") {
        company.run(grant).await;
    }
    assert_eq!(check(&limited, &system, false).await.problems, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_is_missing_is_told_and_mended_by_what_is_told() {
    for kind in KINDS {
        let company = Company::with_people(kind, &Dice::new(1), 2).await;
        let system = system(MAP, DELETE_ALL);
        let notes = check(&company.database, &system, false).await.notes;
        let missing = statements(&notes, "create index ");
        let lowered = missing.iter().filter(|index| index.contains("_normal on")).count();
        let of_people = notes.iter().filter(|note| note.contains("looking for a person by")).count();
        assert_eq!(of_people, 4, "two fields of people, visits, audits: {notes:#?}");
        assert_eq!(
            lowered,
            if kind == "postgres" { 4 } else { 0 },
            "SQLite's would not be readable: {notes:#?}"
        );
        // Of a line's two columns the first is its booking: its primary key serves.
        assert_eq!(missing.len() - lowered, 9, "all that points to anything else: {notes:#?}");
        for index in missing {
            company.run(index).await;
        }
        let notes = check(&company.database, &system, false).await.notes;
        assert_eq!(statements(&notes, "create index "), [""; 0], "{kind}: {notes:#?}");
    }
}
