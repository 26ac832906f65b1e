//! Copies that a database keeps beside its rows.

use redress_connector_sql::check;
use serde_json::Value;

use super::world::{Case, Files, planned, rows};
use crate::sql::company::system;

const EVA: (&str, &str) = ("email", "eva@example.org");

/// What a plan or an outcome says of what lies beside the rows: kind, name, whether a deletion covers it.
fn related(of_system: &Value) -> Vec<(String, String, bool)> {
    let objects = of_system["related"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    objects
        .iter()
        .map(|it| (text(&it["kind"]), text(&it["name"]), it["covered"].as_bool().unwrap()))
        .collect()
}

fn object(kind: &str, name: &str, covered: bool) -> (String, String, bool) {
    (kind.to_owned(), name.to_owned(), covered)
}

async fn check_notes(case: &Case, files: &Files) -> String {
    let checked = check(&case.company.database, &system(&files.map, &files.policy), false).await;
    [checked.problems, checked.notes].concat().join("\n")
}

/// What is beside the rows, and not in the map, is named by `check`, in the plan, in the package and in the outcome.
#[tokio::test(flavor = "multi_thread")]
async fn what_may_hold_copies_is_named_everywhere() {
    for (name, dataset, objects, closing) in [
        (
            "matview-unmapped",
            "users",
            vec![object("materialized_view", "user_search", false)],
            Some("completed"),
        ),
        ("audit-trigger-unmapped", "users", vec![object("trigger", "t", false)], Some("completed")),
        // The trigger writes a row that names her.
        ("audit-trigger", "users", vec![object("trigger", "t", false)], None),
        ("unmapped-child", "orders", vec![object("table", "order_lines", false)], Some("completed_retained")),
    ] {
        let Some(files) = Files::of(name) else { return };
        let case = files.clone().start().await;
        let noted = check_notes(&case, &files).await;
        for (_, object, _) in &objects {
            assert!(noted.contains(&format!("`{object}`")), "{name}: {noted}");
        }
        let (request, shown) = case.submit("export", &[EVA]).await;
        assert_eq!(related(&shown["inside"]["plan"]["systems"][0]), objects, "{name}");
        case.approve(&request).await;
        if !name.starts_with("audit") {
            let (_, manifest) =
                case.redress.call("ada", "GET".parse().unwrap(), &format!("packages/{request}"), None).await;
            let missing = manifest["missing"].to_string();
            assert!(missing.contains(&objects[0].1) && missing.contains(dataset), "{name}: {manifest:#}");
        }
        let (request, _) = case.submit("delete", &[EVA]).await;
        let shown = case.approve(&request).await;
        assert_eq!(shown["closing"].as_str(), closing, "{name}: {shown:#}");
        assert_eq!(related(&shown["inside"]["outcomes"][0]), objects, "{name}");
        if closing.is_none() {
            let outcome = &shown["inside"]["outcomes"][0];
            assert_eq!(outcome["status"], "partial", "{name}: {outcome:#}");
            assert!(outcome.to_string().contains("mail_log"), "{name}: {outcome:#}");
            // What the trigger wrote is found by trying again, and goes by a plan of its own.
            case.redress.post("ada", &format!("requests/{request}/retry"), serde_json::json!({})).await;
            let shown = case.redress.settled(&request).await;
            assert_eq!(planned(&shown), rows([("mail_log", "delete", 1)]), "{name}");
            assert_eq!(case.approve(&request).await["closing"], "completed", "{name}");
        }
    }
}

/// A materialized view that the map names is searched, and refreshed with the deletion.
#[tokio::test(flavor = "multi_thread")]
async fn a_mapped_materialized_view_is_refreshed() {
    let Some(files) = Files::of("matview-mapped") else { return };
    let case = files.clone().start().await;
    let (request, _) = case.submit("export", &[EVA]).await;
    case.approve(&request).await;
    assert_eq!(case.records(&request, "user_search").await.len(), 1);
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("users", "delete", 1), ("user_search", "rebuild", 1)]));
    let shown = case.approve(&request).await;
    assert_eq!(shown["closing"], "completed", "{shown:#}");
    assert_eq!(case.column("select n from user_search").await, ["bob"]);

    // Where the person's row stays, masked, so does what is computed of it.
    let masked = Files { policy: files.policy.replace("delete", "null"), ..files.clone() };
    let case = masked.start().await;
    let (request, _) = case.submit("delete", &[EVA]).await;
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.ask("select email, n from user_search where id = 1").await, [["", "null"]]);

    // One made of another, which the map names later.
    let files_of_two = Files {
        setup: files.setup.replace("create unique index", "create materialized view user_names as select id, email, n from user_search;\ncreate unique index"),
        map: files.map.replacen("      - name: user_search", "      - name: user_names\n        fields:\n          - {name: id, fides_meta: {primary_key: true}}\n          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}\n      - name: user_search", 1),
        ..files.clone()
    };
    let case = files_of_two.start().await;
    let (request, _) = case.submit("delete", &[EVA]).await;
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.column("select n from user_names").await, ["bob"]);

    // One in which a field rightly stays, since it stays in the row that it is of.
    let rules = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n\
                 [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.contact'\ndo = 'keep'\nground = 'the law'\n";
    let case = Files { policy: rules.to_owned(), ..files.clone() }.start().await;
    let (request, _) = case.submit("delete", &[EVA]).await;
    let shown = case.approve(&request).await;
    assert_eq!(shown["closing"], "completed_retained", "{shown:#}");
    assert_eq!(shown["inside"]["outcomes"][0]["datasets"][1]["evidence"], "confirmed", "{shown:#}");
    assert_eq!(
        case.ask("select email, n from user_search where id = 1").await,
        [["eva@example.org", "null"]]
    );

    // One that holds more than the mapped tables have.
    let kept = Files {
        setup: files.setup.replace("from users;", "from users union all select 3, 'eva@example.org', 'x';"),
        ..files
    };
    let case = kept.start().await;
    let (request, _) = case.submit("delete", &[EVA]).await;
    let shown = case.approve(&request).await;
    let outcome = &shown["inside"]["outcomes"][0];
    assert_eq!(
        (outcome["status"].as_str(), outcome["datasets"][1]["remains"].as_u64()),
        (Some("partial"), Some(1)),
        "{shown:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_materialized_view_of_another_is_named_and_kept() {
    let Some(files) = Files::of("matview-mapped") else { return };
    let role = format!("matview_{}", std::process::id());
    let case = Files { setup: format!("{}\ncreate role {role} login; grant select, update, delete on users to {role}; grant select on user_search to {role};", files.setup), ..files.clone() }
        .start_as(&role)
        .await;
    case.company.run(&format!("grant select, insert on redress_effect to {role}")).await;
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("users", "delete", 1), ("user_search", "keep", 1)]));
    assert!(shown.to_string().contains("connect as a member of the role that owns it"), "{shown:#}");
    assert_eq!(case.approve(&request).await["closing"], "completed_retained");
}

/// A view through which nothing can be deleted is named by `check` and in the plan.
#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_takes_no_changes_is_named() {
    let Some(files) = Files::of("polymorphic-view") else { return };
    let files =
        Files { setup: files.setup.replace("select * from notes", "select distinct * from notes"), ..files };
    let case = files.clone().start().await;
    let words = "it is a view through which no row can be deleted";
    assert!(check_notes(&case, &files).await.contains(words));
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("customers", "delete", 1), ("customer_notes", "keep", 1)]));
    assert!(shown.to_string().contains(words), "{shown:#}");
    assert_eq!(case.approve(&request).await["closing"], "completed_retained");
    assert_eq!(case.column("select body from notes order by id").await.len(), 3);
}

/// Large objects are in the copy, and go with their rows, unless others refer to them.
#[tokio::test(flavor = "multi_thread")]
async fn large_objects_are_copied_and_unlinked() {
    let Some(files) = Files::of("large-object") else { return };
    let setup = format!(
        "{}\ncreate table album (id int primary key, cover oid);\n\
         insert into users values (3, 'ann@example.org', 4711), (4, 'cy@example.org', lo_from_bytea(0, 'cover'));\n\
         insert into album select 1, photo from users where id = 4;",
        files.setup
    );
    let case = Files { setup, ..files }.start().await;
    for (email, photo, left) in [
        (EVA, "ZXZhLXBvcnRyYWl0LWJ5dGVz", vec!["bob-portrait", "cover"]),
        // A number that is none of a large object's stays a number.
        (("email", "ann@example.org"), "4711", vec!["bob-portrait", "cover"]),
        (("email", "cy@example.org"), "Y292ZXI=", vec!["bob-portrait", "cover"]),
    ] {
        let (request, shown) = case.submit("export", &[email]).await;
        assert_eq!(related(&shown["inside"]["plan"]["systems"][0]), [object("large_object", "photo", true)]);
        case.approve(&request).await;
        assert_eq!(case.records(&request, "users").await[0]["photo"], photo);
        let (request, _) = case.submit("delete", &[email]).await;
        assert_eq!(case.approve(&request).await["closing"], "completed");
        let objects = case.column("select encode(data, 'escape') from pg_largeobject order by 1").await;
        assert_eq!(objects, left, "{email:?}");
    }
}

/// SQLite's full-text indexes are built anew where their table is mapped, and named where they are not.
#[tokio::test(flavor = "multi_thread")]
async fn full_text_indexes_are_built_anew() {
    let Some(files) = Files::of("fts5") else { return };
    let case = files.clone().start().await;
    let expected = [object("search_index", "notes_fts", false), object("search_index", "messages_fts", true)];
    let noted = check_notes(&case, &files).await;
    assert!(
        noted.contains("`notes_fts` may hold copies") && noted.contains("`messages_fts` of `messages`"),
        "{noted}"
    );
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(related(&shown["inside"]["plan"]["systems"][0]), expected);
    let shown = case.approve(&request).await;
    assert_eq!(shown["closing"], "completed", "{shown:#}");
    let matches = |word: &str| format!("select count(*) from messages_fts where messages_fts match '{word}'");
    assert_eq!(case.column(&matches("allergy")).await, ["0"]);
    assert_eq!(case.column(&matches("secret")).await, ["1"]);

    let Some(files) = Files::of("fts5-mapped") else { return };
    let case = files.clone().start().await;
    assert!(!check_notes(&case, &files).await.contains("no such table"));
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("people", "delete", 1), ("notes_fts", "delete", 1)]));
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.column("select note from notes_fts").await, ["Bob called"]);
    assert_eq!(case.column("select count(*) from notes_fts where notes_fts match 'eva'").await, ["0"]);
}

/// What is deleted from a SQLite file does not stand in it any more, nor in its log.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_is_overwritten() {
    let Some(files) = Files::of("secure-delete") else { return };
    for setup in [files.setup.clone(), format!("pragma journal_mode = wal;\n{}", files.setup)] {
        let case = Files { setup, ..files.clone() }.start().await;
        let found = || {
            let file = case.company.url.trim_start_matches("sqlite:").split('?').next().unwrap().to_owned();
            ["", "-wal", "-journal"].iter().any(|more| {
                let bytes = std::fs::read(format!("{file}{more}")).unwrap_or_default();
                bytes.windows(8).any(|part| part.eq_ignore_ascii_case(b"zzmarker"))
            })
        };
        assert!(found());
        let (request, _) = case.submit("delete", &[("email", "eva.zzmarker@example.org")]).await;
        assert_eq!(case.approve(&request).await["closing"], "completed");
        assert!(!found());
    }
}

/// Whatever a table is called, its file in the package has a name that every file system takes, and no other file's.
#[tokio::test(flavor = "multi_thread")]
async fn a_package_has_names_that_can_be_files() {
    let Some(files) = Files::of("path-names") else { return };
    let case = files.start().await;
    for (email, expected) in [
        ("eva@example.org", vec!["shop/%3Cb%3Ex%3C_b%3E.json", "shop/__up.json", "shop/a_b.json"]),
        ("o'brien+x@example.org", vec!["shop/_con.json"]),
    ] {
        let (request, _) = case.submit("export", &[("email", email)]).await;
        assert_eq!(case.approve(&request).await["closing"], "completed", "{email}");
        let (_, manifest) =
            case.redress.call("ada", "GET".parse().unwrap(), &format!("packages/{request}"), None).await;
        let files = manifest["files"].as_array().unwrap().iter();
        let mut paths: Vec<&str> =
            files.map(|file| file["path"].as_str().unwrap()).filter(|it| it.starts_with("shop/")).collect();
        paths.sort_unstable();
        assert_eq!(paths, expected, "{email}");
        let page = case.redress.bytes(&format!("packages/{request}/files/index.html")).await;
        assert!(!String::from_utf8(page).unwrap().contains("<img src=x>"));
    }
}

/// The plan says that the database computes a generated column. The column changes with the columns it depends on.
#[tokio::test(flavor = "multi_thread")]
async fn a_generated_column_is_told_as_what_it_is() {
    let Some(files) = Files::of("generated") else { return };
    let case = files.start().await;
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("users", "fields", 1)]));
    let fields = shown["inside"]["plan"]["systems"][0]["datasets"][0]["fields"].as_array().unwrap().clone();
    for name in ["email_lc", "fts"] {
        let field = fields.iter().find(|field| field["field"] == name).unwrap();
        assert_eq!(
            (&field["treatment"], &field["ground_text"]),
            (&"keep".into(), &"the database computes it".into())
        );
    }
    assert_eq!(case.approve(&request).await["closing"], "completed_retained");
    let row = case.ask("select email, name, email_lc, fts::text from users where id = 1").await;
    assert_eq!(row, [["", "null", "", "null"]]);
}

/// An e-mail address that is a key stays in every table. The plan and the outcome report it as retained.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_a_key_stays_and_is_told() {
    for (name, email, fields, left) in [
        (
            "email-is-key",
            "eva@example.org",
            vec![("accounts", "login"), ("posts", "author")],
            "select author from posts where id = 1",
        ),
        (
            "email-is-the-key",
            "ann@example.org",
            vec![("subscriber", "email"), ("log", "who")],
            "select who from log",
        ),
    ] {
        let Some(files) = Files::of(name) else { return };
        let case = files.start().await;
        let (request, shown) = case.submit("delete", &[("email", email)]).await;
        let datasets = shown["inside"]["plan"]["systems"][0]["datasets"].as_array().unwrap().clone();
        assert!(datasets.iter().all(|it| it["ground"] == "immutable"), "{name}: {datasets:#?}");
        let shown = case.approve(&request).await;
        assert_eq!(shown["closing"], "completed_retained", "{name}: {shown:#}");
        let outcomes = shown["inside"]["outcomes"][0]["datasets"].as_array().unwrap();
        let mut stays = Vec::new();
        for outcome in outcomes {
            for field in outcome["retained"].as_array().unwrap() {
                assert_eq!(field["reason"], "rows are held together by it", "{name}");
                stays.push((outcome["dataset"].as_str().unwrap(), field["field"].as_str().unwrap()));
            }
        }
        assert_eq!(stays, fields, "{name}");
        assert_eq!(case.column(left).await, [email], "{name}");
    }
}

/// Personal data that no rule covers stays on no ground: `check` says so, and the request ends as `remains`.
#[tokio::test(flavor = "multi_thread")]
async fn what_no_rule_covers_is_no_ground() {
    let Some(files) = Files::of("read-only-field") else { return };
    let rule = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.contact'\ndo = 'null'\n";
    let files = Files { policy: rule.to_owned(), ..files };
    let case = files.clone().start().await;
    let noted = check_notes(&case, &files).await;
    assert!(noted.contains("no rule of the policy covers name (user.name)"), "{noted}");
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(shown["inside"]["plan"]["systems"][0]["datasets"][0]["ground"], "no_rule", "{shown:#}");
    let shown = case.approve(&request).await;
    assert_eq!(
        (&shown["closing"], &shown["inside"]["state"]),
        (&Value::Null, &"checking".into()),
        "{shown:#}"
    );
    assert!(shown.to_string().contains("no rule of the policy covers all of shop.users"), "{shown:#}");
}
