//! Settings: each that is wrong is an error at the start that names it.

use redress::settings::Settings;

const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n";

#[test]
fn a_wrong_setting_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("policy.toml"), POLICY).unwrap();
    std::fs::write(folder.path().join("bad.toml"), "[[policy.rule]]\ntenant = 'dublin'\n").unwrap();
    std::fs::write(folder.path().join("map.yml"), "dataset: []\n").unwrap();
    let tenant = |extra: &str| {
        let key = "A".repeat(43);
        format!(
            "[[tenant]]\nname = 'dublin'\nkey = '{key}='\npolicy = 'policy.toml'\ntime_zone = 'Europe/Dublin'\n{extra}\n"
        )
    };
    let system =
        |extra: &str| tenant("") + &format!("[[system]]\nname = 'crm'\ntenant = 'dublin'\n{extra}\n");
    let whole = "connector = 'sql'\nurl = 'sqlite:crm.db'\ndata_map = 'map.yml'";
    for (text, words) in [
        ("htttp.listen = '127.0.0.1:1'".to_owned(), "htttp"),
        ("http.listen = 'anna'".to_owned(), "listen"),
        ("http.port = 1".to_owned(), "port"),
        ("store.url_env = 'REDRESS_NOT_SET'".to_owned(), "REDRESS_NOT_SET is not set"),
        ("store.url_file = 'nowhere'".to_owned(), "nowhere cannot be read"),
        (tenant("clear_subject = true"), "clear_subject"),
        (tenant("regimes = ['ccpa']"), "ccpa"),
        (tenant("hold_days = 30"), "`hold_days` can only be 0"),
        (tenant("").replace("Europe/Dublin", "Dublin"), "IANA"),
        (tenant("").replace("policy.toml", "bad.toml"), "category"),
        (tenant("").replace("AAAA=", "AAA="), "base64"),
        (tenant("").replace("key = '", "kee = '"), "kee"),
        (system(&whole.replace("sql'", "mongo'")), "mongo"),
        (system(&whole.replace("sqlite:", "mysql:")), "begins with `postgres:` or `sqlite:`"),
        (system(&whole.replace("map.yml", "none.yml")), "none.yml cannot be read"),
        (system(&format!("{whole}\nport = 1")), "port"),
        (
            system(whole).replace("tenant = 'dublin'\nconnector", "tenant = 'cork'\nconnector"),
            "there is no tenant `cork`",
        ),
        (
            format!(
                "{}{}",
                system(whole),
                "[[system]]\nname = 'crm'\ntenant = 'dublin'\n".to_owned() + whole
            ),
            "a second system",
        ),
        ("[[token]]\nsha256 = 'ab'\nname = 'a'\ntenant = 'dublin'\nrole = 'king'".to_owned(), "king"),
    ] {
        let error = Settings::of_text(&text, folder.path(), folder.path()).expect_err(&text);
        let error = format!("{error:#}");
        assert!(error.contains(words), "{text}\n{error}");
    }
    Settings::of_text(&system(whole), folder.path(), folder.path()).unwrap();
}
