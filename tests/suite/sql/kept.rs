//! Sessions that are kept from one piece of work to the next.

use futures::TryStreamExt as _;
use redress_connector_sql::{Database, Session};
use redress_contracts::v1;
use redress_datamap::sql::{Cell, Layout, Located, Neighbours, SqlSession as _, Subject, locate};
use redress_tests::ambient::Dice;

use super::{
    KINDS, Keys, by_email,
    company::{Company, email},
    deleted_and_seen,
};

const PEOPLE: u64 = 10;
const DELETE: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";

async fn found(session: &mut Session, layout: &Layout, asked: &[Subject], kind: v1::Kind) -> Vec<Located> {
    locate(session, layout, asked, kind, &Neighbours::default(), &mut Keys::default()).await.unwrap()
}

/// Whatever went through a session before, what it finds is what a new session finds.
async fn alike(company: &Company, kept: &mut Session, layout: &Layout) {
    for person in 1..=PEOPLE {
        let asked = [by_email(&email(person)), by_email(&email(person % PEOPLE + 1))];
        for kind in [v1::Kind::Access, v1::Kind::Delete] {
            let mut new = company.session().await;
            let expected = found(&mut new, layout, &asked, kind).await;
            assert_eq!(found(kept, layout, &asked, kind).await, expected, "{person}");
            new.close().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_piece_of_work_leaves_the_next_does_not_see() {
    for kind in KINDS {
        let company = Company::with_people(kind, &Dice::new(5), PEOPLE).await;
        let (layout, mut kept) = (company.layout(DELETE).await, company.session().await);
        alike(&company, &mut kept, &layout).await;

        // Rows that change in between, and the notes of it: a deletion commits what a search rolls back.
        deleted_and_seen(&mut kept, &layout, &[by_email(&email(1))]).await;
        alike(&company, &mut kept, &layout).await;

        // More rows than a table is kept for.
        let many = "insert into visit with recursive n(i) as (select 1000 union all select i + 1 from n where i < 5000) \
                    select i, 'person2@example.com', '2026-11-22 11:00:00' from n";
        company.run(many).await;
        alike(&company, &mut kept, &layout).await;
        kept.close().await;
    }
}

/// A key that is of another type since has another temporary table.
#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_has_changed_is_not_looked_for_by_what_is_left_of_it() {
    let company = Company::with_people("postgres", &Dice::new(6), PEOPLE).await;
    let mut kept = company.session().await;
    alike(&company, &mut kept, &company.layout(DELETE).await).await;
    company.run("alter table visit alter column id type text").await;
    company.run("alter table visit add column note text").await;
    alike(&company, &mut kept, &company.layout(DELETE).await).await;
    kept.close().await;
}

/// Behind a pooler each transaction may be another session's.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_where_the_url_says_that_nothing_is_prepared() {
    let company = Company::with_people("postgres", &Dice::new(7), PEOPLE).await;
    let database = Database::of_url(&format!("{}&statement-cache-capacity=0", company.url)).unwrap();
    let mut pooled = database.connect().await.unwrap();
    assert!(pooled.tables().is_none());
    alike(&company, &mut pooled, &company.layout(DELETE).await).await;
    let left = "select count(*) from pg_class where relnamespace = pg_my_temp_schema()";
    let rows: Vec<_> = pooled.rows(left, &[]).try_collect().await.unwrap();
    assert_eq!(rows, [[Cell::Int(0)]]);
    pooled.close().await;
}
