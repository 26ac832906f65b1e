//! Where settings are said: in a file, and over it in the environment.

use config::{Config, Environment, File, FileFormat};
use serde_json::{Map, Value};

use super::problems::Found;

type Section = Map<String, Value>;

const SECTIONS: [&str; 5] = ["http", "store", "bus", "vault", "telemetry"];
const LISTS: [&str; 4] = ["tenant", "system", "token", "broker_user"];

/// The sections, as they are written; those of lists each with their place, like `tenant[0]`.
#[derive(Default)]
pub(super) struct Written {
    pub(super) http: Section,
    pub(super) store: Section,
    pub(super) bus: Section,
    pub(super) vault: Section,
    pub(super) telemetry: Section,
    pub(super) tenant: Vec<(String, Section)>,
    pub(super) system: Vec<(String, Section)>,
    pub(super) token: Vec<(String, Section)>,
    pub(super) broker_user: Vec<(String, Section)>,
}

/// What this process's environment says.
pub(super) fn environment() -> Section {
    let source = Environment::with_prefix("REDRESS").prefix_separator("__").separator("__");
    let read = Config::builder().add_source(source).build().and_then(Config::try_deserialize);
    // Variables are texts: there is nothing that could not be read.
    read.unwrap_or_default()
}

impl Written {
    /// Reads a file's text, and lays the environment over it.
    pub(super) fn read(text: &str, mut environment: Section, found: &mut Found) -> Self {
        let file = Config::builder().add_source(File::from_str(text, FileFormat::Toml)).build();
        let file = file.and_then(Config::try_deserialize::<Section>).map_err(Into::into);
        let Some(mut all) = found.ok("", file) else { return Self::default() };
        for list in LISTS {
            if environment.remove(list).is_some() {
                found.add(list, "a list stands in the file: the environment has single values only");
            }
        }
        lay_over(&mut all, environment);
        let [http, store, bus, vault, telemetry] = SECTIONS.map(|name| section(&mut all, name, found));
        let [tenant, system, token, broker_user] = LISTS.map(|name| list(&mut all, name, found));
        for name in all.keys() {
            let known = [&SECTIONS[..], &LISTS[..]].concat().join(", ");
            found.add("", format!("`{name}` is none of: {known}"));
        }
        Self { http, store, bus, vault, telemetry, tenant, system, token, broker_user }
    }
}

/// What is said by the environment stands in the place of what the file says of the same, as itself or by way of
/// `_file` and `_env`.
fn lay_over(file: &mut Section, environment: Section) {
    for name in environment.keys() {
        if file.get(name).is_some_and(Value::is_object) {
            continue;
        }
        let plain = name.strip_suffix("_file").or_else(|| name.strip_suffix("_env")).unwrap_or(name);
        for form in [plain.to_owned(), format!("{plain}_file"), format!("{plain}_env")] {
            file.remove(&form);
        }
    }
    for (name, value) in environment {
        match (file.get_mut(&name), value) {
            (Some(Value::Object(below)), Value::Object(value)) => lay_over(below, value),
            (_, value) => {
                file.insert(name, value);
            }
        }
    }
}

fn section(all: &mut Section, name: &str, found: &mut Found) -> Section {
    match all.remove(name) {
        None => Section::new(),
        Some(Value::Object(section)) => section,
        Some(_) => {
            found.add("", format!("`{name}` is a section: write `[{name}]`, or `{name}.<setting> = ..`"));
            Section::new()
        }
    }
}

fn list(all: &mut Section, name: &str, found: &mut Found) -> Vec<(String, Section)> {
    let list = all.remove(name).unwrap_or_else(|| Value::Array(Vec::new()));
    let sections = list.as_array().map(|list| list.iter().map(|one| one.as_object().cloned()).collect());
    let Some(Some(sections)) = sections else {
        found.add("", format!("`{name}` is a list: begin each of it with `[[{name}]]`"));
        return Vec::new();
    };
    let sections: Vec<Section> = sections;
    sections.into_iter().enumerate().map(|(i, section)| (format!("{name}[{i}]"), section)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_environment_wins_however_the_file_says_it() {
        for form in ["url", "url_file", "url_env"] {
            for ours in ["url", "url_file", "url_env"] {
                let mut file = json!({ "store": { form: "theirs", "kept": "1" }, "bus": { "url": "b" } });
                let environment = json!({ "store": { ours: "ours" }, "vault": { "keys": "k" } });
                let Value::Object(environment) = environment else { panic!() };
                lay_over(file.as_object_mut().unwrap(), environment);
                let expected = json!({
                    "store": { ours: "ours", "kept": "1" }, "bus": { "url": "b" }, "vault": { "keys": "k" }
                });
                assert_eq!(file, expected);
            }
        }
    }
}
