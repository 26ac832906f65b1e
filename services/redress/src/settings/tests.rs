//! Settings that are not as they should be: all that is wrong is told, with its place.

use std::fs;

use serde_json::json;

use super::*;

const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// A folder with what settings name.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        home.write("policy.toml", &rule("dublin", ""));
        for (map, table) in [("crm", "customer"), ("shop", "invoice")] {
            home.write(
                &format!("{map}.yml"),
                &format!(
                    "dataset:\n  - fides_key: {map}\n    collections:\n      - name: {table}\n        fields:\n          \
                     - {{name: id, fides_meta: {{primary_key: true}}}}\n"
                ),
            );
        }
        home
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.0.path().join(file), text).unwrap();
    }

    fn read(&self, text: &str, environment: Value) -> Result<Settings, SettingsProblems> {
        let Value::Object(environment) = environment else { panic!("{environment}") };
        Settings::of_sources(text, environment, self.0.path(), self.0.path())
    }

    fn problems(&self, text: &str) -> Vec<String> {
        self.read(text, json!({})).expect_err(text).problems
    }
}

fn rule(tenant: &str, more: &str) -> String {
    format!("[[policy.rule]]\ntenant = '{tenant}'\ncategory = 'user'\ndo = 'delete'\n{more}\n")
}

fn tenant(name: &str) -> String {
    format!(
        "[[tenant]]\nname = '{name}'\nkey = '{KEY}'\npolicy = 'policy.toml'\ntime_zone = 'Europe/Dublin'\n"
    )
}

fn system(name: &str, tenant: &str) -> String {
    format!(
        "[[system]]\nname = '{name}'\ntenant = '{tenant}'\nconnector = 'sql'\nurl = 'sqlite:{name}.db'\ndata_map = \
         '{name}.yml'\n"
    )
}

fn token(name: &str, tenant: &str, hash: &str) -> String {
    format!("[[token]]\nsha256 = '{hash}'\nname = '{name}'\ntenant = '{tenant}'\nrole = 'tenant_admin'\n")
}

fn whole() -> String {
    tenant("dublin") + &tenant("galway") + &system("crm", "dublin") + &system("shop", "dublin")
}

fn broker_user(name: &str, tenant: &str) -> String {
    format!("[[broker_user]]\nname = '{name}'\ntenant = '{tenant}'\nrole = 'upstream'\n")
}

#[test]
fn no_broker_user_is_our_own() {
    let home = Home::new();
    for (url, name) in [("amqp://shop:pw@broker/x", "shop"), ("amqp://broker", "guest")] {
        let text = format!("bus.url = '{url}'\n{}{}", tenant("dublin"), broker_user(name, "dublin"));
        let problems = home.problems(&text);
        assert!(problems.concat().contains("is the AMQP user of `bus.url`"), "{url}: {problems:?}");
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let home = Home::new();
    home.write("bad.toml", "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'burn'\n");
    let text = [
        "htttp.listen = '127.0.0.1:1'\nhttp.port = 1\nstore.url = 'mysql:x'\nbus.url = 'http://broker'\nvault.folder \
         = '/x'\ntelemetry.otlp = 'collector:4318'\n",
        &tenant("dublin").replace("Europe/Dublin", "Dublin"),
        &tenant("galway").replace(KEY, "short").replace("policy.toml", "bad.toml"),
        &tenant("cork").replace("key", "kee"),
        &system("crm", "dublin").replace("sqlite:", "mysql:").replace("crm.yml", "none.yml"),
        &system("shop", "limerick"),
        &token("ada", "galway", "ab"),
        &token("rory", "limerick", &"0".repeat(64)),
        "[[broker_user]]\nname = 'shop'\ntenant = 'limerick'\nrole = 'upstream'\n\
         [[broker_user]]\nname = 'shop'\ntenant = 'dublin'\nrole = 'tenant_admin'\n\
         [[broker_user]]\nname = 'redress'\ntenant = 'dublin'\nrole = 'auditor'\n",
        &["intake", "requests", "sql"].map(|name| broker_user(name, "dublin")).concat(),
    ]
    .concat();
    let problems = home.problems(&text);
    let expected = [
        ("http: ", "`port`"),
        ("", "`htttp` is none of"),
        ("store: ", "`url` begins with `sqlite:` or `postgres:`"),
        ("bus: ", "`url` begins with `local:` or `amqp:` or `amqps:`"),
        ("vault: ", "`folder`"),
        ("telemetry: ", "`http://collector:4318`"),
        ("tenant[0]: ", "IANA"),
        ("tenant[1]: ", "base64"),
        ("tenant[1]: ", "bad.toml: policy.rule[0]: `do = \"burn\"`"),
        ("tenant[2]: ", "`kee`"),
        ("system[0]: ", "`url`: a database's url begins with"),
        ("system[0]: ", "none.yml cannot be read"),
        ("system[1]: ", "there is no tenant `limerick`"),
        ("token[0]: ", "64 hexadecimal digits"),
        ("token[1]: ", "there is no tenant `limerick`"),
        ("broker_user[0]: ", "there is no tenant `limerick`"),
        ("broker_user[1]: ", "`upstream` and `auditor`"),
        ("broker_user[1]: ", "there is a `shop` before it"),
        ("broker_user[2]: ", "Redress's own queues"),
        ("broker_user[3]: ", "Redress's own queues"),
        ("broker_user[4]: ", "Redress's own queues"),
        ("broker_user[5]: ", "Redress's own queues"),
    ];
    for (at, why) in expected {
        let is_told = problems.iter().any(|problem| problem.starts_with(at) && problem.contains(why));
        assert!(is_told, "{at}{why}\n{problems:#?}");
    }
    // A field that is not known is told once for each way in which its section is read.
    assert!(problems.len() <= expected.len() + 2, "nothing is told that is no fault: {problems:#?}");
}

#[test]
fn what_is_there_twice_is_told() {
    let home = Home::new();
    for (text, why) in [
        (tenant("dublin") + &tenant("dublin"), "is there twice"),
        (whole() + &system("crm", "dublin"), "a second system `crm`"),
        (
            whole() + &token("ada", "dublin", &"0".repeat(64)) + &token("rory", "dublin", &"0".repeat(64)),
            "`ada` and `rory` have the same token",
        ),
    ] {
        let problems = home.problems(&text);
        assert!(problems.len() == 1 && problems[0].contains(why), "{problems:?}");
    }
}

#[test]
fn a_standing_approval_that_speaks_for_nothing_is_told() {
    let home = Home::new();
    let approval = "[[tenant.standing_approval]]\nname = 'small'\nby = 'ada'\nkinds = ['export', 'delete']\n\
                    systems = ['crm', 'shop']\nrows_max = 100\nuntil = '2027-03-31'\npurges_at_once = true\n";
    let whole = |approvals: &str| {
        let systems = system("crm", "dublin") + &system("shop", "dublin");
        let admin = token("ada", "dublin", &"0".repeat(64));
        let reviewer = token("rory", "dublin", &"1".repeat(64)).replace("tenant_admin", "reviewer");
        tenant("dublin") + approvals + &systems + &admin + &reviewer
    };
    let settings = home.read(&whole(approval), json!({})).unwrap();
    assert_eq!(settings.tenants[0].standing_approvals[0].rows_max, 100);
    for (from, to, why) in [
        ("'small'", "''", "name` is what the ledger calls it"),
        ("'ada'", "'rory'", "`by`: no token is of a tenant_admin `rory` of `dublin`"),
        ("'ada'", "'nobody'", "`by`: no token is of a tenant_admin `nobody` of `dublin`"),
        ("['export', 'delete']", "[]", "kinds` names at least one"),
        ("'delete'", "'burn'", "burn"),
        ("['crm', 'shop']", "[]", "systems` names at least one"),
        ("'shop'", "'shopp'", "`systems`: `dublin` has no system `shopp`"),
        ("100", "0", "rows_max` is at least 1"),
        ("100", "-1", "-1"),
        ("2027-03-31", "2027-03-32", "standing_approval[0].until"),
        ("purges_at_once = true", "", "purges_at_once` must be said"),
        ("rows_max", "rows", "unknown field `rows`"),
    ] {
        let problems = home.problems(&whole(&approval.replacen(from, to, 1)));
        assert!(problems.iter().any(|problem| problem.contains(why)), "{why}: {problems:#?}");
        assert!(problems.iter().all(|problem| problem.starts_with("tenant[0]: ")), "{problems:#?}");
    }
    let problems = home.problems(&whole(&approval.repeat(2)));
    assert!(
        problems.len() == 1 && problems[0].contains("standing_approval.name` is there twice"),
        "{problems:?}"
    );
}

#[test]
fn a_rule_that_speaks_for_nothing_is_told() {
    let home = Home::new();
    let cases = [
        ("", None),
        ("dataset = 'customer'", None),
        ("dataset = 'invoice'", None),
        ("system = 'crm'", None),
        ("system = 'shop'\ndataset = 'invoice'", None),
        ("dataset = 'invoices'", Some("no data map of a system of `dublin` has `invoices`")),
        ("dataset = 'Invoice'", Some("has `Invoice`")),
        ("system = 'shopp'", Some("`dublin` has no system `shopp`")),
        ("system = 'crm'\ndataset = 'invoice'", Some("the data map of `crm` has no `invoice`")),
    ];
    for (more, why) in cases {
        // Beside rules of a tenant without systems, and of one that these settings do not have.
        let others = rule("galway", "") + &rule("elsewhere", "system = 'x'\ndataset = 'y'");
        home.write("policy.toml", &(others + &rule("dublin", more)));
        match (home.read(&whole(), json!({})), why) {
            (Ok(_), None) => {}
            (Err(SettingsProblems { problems, .. }), Some(why)) => {
                assert_eq!(
                    problems.len(),
                    1,
                    "two tenants have this policy, and it is told once: {problems:?}"
                );
                let at = "policy.toml: policy.rule[2]: ";
                assert!(problems[0].starts_with(at) && problems[0].contains(why), "{problems:?}");
            }
            (read, why) => panic!("{more}: {read:?} is not {why:?}"),
        }
    }
    home.write("policy.toml", &rule("galway", "system = 'crm'"));
    let problems = home.problems(&whole());
    assert!(problems[0].contains("`galway` has no system `crm`"), "a system is one tenant's: {problems:?}");
    // A data map that cannot be read may have what the rule names.
    home.write("policy.toml", &rule("dublin", "dataset = 'invoices'"));
    let problems = home.problems(&whole().replace("shop.yml", "none.yml"));
    assert!(problems.len() == 1 && problems[0].contains("none.yml"), "{problems:?}");
}

#[test]
fn the_environment_wins_over_the_file() {
    let home = Home::new();
    home.write("url", "sqlite:of-the-file.db\n");
    for said in ["store.url = 'sqlite:x.db'", "store.url_env = 'NOT_SET_AT_ALL'", "store.url_file = 'url'"] {
        let environment = json!({
            "store": { "url": "postgres://db/redress" },
            "http": { "listen": "127.0.0.1:9" },
            "vault": { "options": { "region": "eu" } },
        });
        let settings = home.read(&format!("{said}\nvault.options.token_env = 'PATH'"), environment).unwrap();
        assert_eq!((settings.store.url.as_str(), settings.http.listen.port()), ("postgres://db/redress", 9));
        let options: Vec<&str> = settings.vault.1.keys().map(String::as_str).collect();
        assert_eq!(options, ["region", "token"]);
    }
    let error = home.read(&whole(), json!({ "tenant": { "0": { "name": "cork" } } })).unwrap_err();
    assert!(error.problems[0].starts_with("tenant: a list stands in the file"), "{error}");
}

#[test]
fn secrets_of_the_object_store_come_from_files_and_from_the_environment() {
    let home = Home::new();
    home.write("account.key", "s3cr3t\n");
    let text = "vault.url = 'az://container/x'\n[vault.options]\naccount_name = 'redress'\naccount_key_file = \
                'account.key'\nclient_id_env = 'PATH'\nfederated_token_file = '/run/token'\n";
    let (url, options) = home.read(text, json!({})).unwrap().vault;
    assert_eq!(url, "az://container/x");
    let option = |name: &str| options.get(name).map(String::as_str);
    assert_eq!(option("account_key"), Some("s3cr3t"));
    assert_eq!(option("client_id"), std::env::var("PATH").ok().as_deref());
    // The store reads this file itself.
    assert_eq!((option("federated_token_file"), options.len()), (Some("/run/token"), 4));
    let problems = home.problems(&text.replace("account.key", "none.key"));
    assert!(problems[0].starts_with("vault.options: `account_key_file`"), "{problems:?}");
    assert!(!problems[0].contains("s3cr3t"));
}

#[test]
fn one_problem_stands_in_a_sentence_and_several_in_a_list() {
    let home = Home::new();
    let file = home.0.path().join("redress.toml");
    home.write("redress.toml", "http.port = 1");
    let one = Settings::read(&file, home.0.path()).unwrap_err().to_string();
    assert!(one.starts_with(&format!("in {}: http: ", file.display())) && !one.contains('\n'), "{one}");
    home.write("redress.toml", "http.port = 1\nbus.url = 'x'");
    let two = Settings::read(&file, home.0.path()).unwrap_err().to_string();
    assert!(two.contains("redress.toml, 2 things must be mended:\n- http: "), "{two}");
}
