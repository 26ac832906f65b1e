//! What the README shows is true: its settings are read, its map names what is there, its first command works.

use std::{fs, path::Path, process::ExitCode};

use redress::{local::demo, settings::Settings};
use redress_datamap::DataMap;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md")).unwrap()
}

#[test]
fn its_settings_are_read() {
    let readme = readme();
    let begin = readme.find("    http.listen").unwrap();
    let lines = readme[begin..].lines().take_while(|line| line.is_empty() || line.starts_with("    "));
    let text: String = lines.map(|line| line.trim().to_owned() + "\n").collect();
    for part in ["[[tenant]]", "[[system]]", "[[token]]", "store", "bus"] {
        assert!(text.contains(part), "{part} is not in the sample:\n{text}");
    }
    // What the environment would give.
    let text = text.replace("store.url_env = \"DATABASE_URL\"", "store.url = \"sqlite:redress.db\"");
    let text = text.replace("bus.url_env = \"BROKER_URL\"", "bus.url = \"local:\"");
    let text = text.replace("url_env = \"CRM_URL\"", "url = \"sqlite:crm.db\"").replace('…', &"0".repeat(64));
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../services/redress/sample");
    let policy = fs::read_to_string(sample.join("erase.toml")).unwrap();
    fs::write(folder.path().join("erase.toml"), policy.replace("\"weddings\"", "\"crm\"")).unwrap();
    fs::copy(sample.join("dublin-weddings.yml"), folder.path().join("crm.yml")).unwrap();
    fs::write(folder.path().join("dublin.key"), "A".repeat(43) + "=").unwrap();
    let settings =
        Settings::of_text(&text, folder.path(), folder.path()).unwrap_or_else(|e| panic!("{e:#}\n{text}"));
    assert_eq!((settings.tenants.len(), settings.databases.len(), settings.tokens.len()), (1, 1, 1));
}

/// Its sample of a data map is one, once it has the dataset around it.
#[test]
fn its_sample_of_a_data_map_is_read() {
    let readme = readme();
    let begin = readme.find("    - name: note ").unwrap();
    let lines = readme[begin..].lines().take_while(|line| line.starts_with("    "));
    let sample: String = lines.map(|line| format!("  {line}\n")).collect();
    let customer = "      - {name: customer, fields: [{name: id}]}\n";
    let map = format!("dataset:\n  - fides_key: shop\n    collections:\n{customer}{sample}");
    let maps = DataMap::read("README", &map).unwrap_or_else(|problems| panic!("{problems}\n{map}"));
    let note = maps[0].collection("note").unwrap();
    assert_eq!(
        (note.conditions.len(), note.field("owner_id").unwrap().references[0].conditions.len()),
        (1, 1)
    );
    assert!(maps[0].warnings.is_empty(), "{:?}", maps[0].warnings);
}

#[test]
fn its_map_names_every_crate_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = readme();
    let rows =
        readme.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("/` |").map(|(path, _)| path));
    let named: Vec<&str> = rows.collect();
    for path in &named {
        assert!(root.join(path).is_dir(), "{path} is in the map and not there");
    }
    for folder in ["shared", "services", "services/connectors"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let place = format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap());
            let is_crate = root.join(&place).join("Cargo.toml").exists();
            assert!(!is_crate || named.contains(&place.as_str()), "{place} is not in the map");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_first_command_shows_an_export_and_a_deletion() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    let shown =
        demo::run(demo::DemoArgs { data: Some(data.clone()), ..demo::DemoArgs::default() }).await.unwrap();
    assert_eq!(format!("{shown:?}"), format!("{:?}", ExitCode::SUCCESS));
    let page = fs::read_to_string(data.join("package/index.html")).unwrap();
    assert!(page.contains("Tomás"), "the package is about him");
}
