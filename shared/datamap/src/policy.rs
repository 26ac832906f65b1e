//! What is done with data of which category: rules as data. The most specific rule wins, and where none
//! speaks, the data is kept with the ground `no rule`, for the plan to show.

use std::fmt;

use redress_domain::{SystemName, TenantId};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::{Category, Problem, Problems};

/// A policy file.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Its rules, in the order of the file.
    pub rules: Vec<Rule>,
    /// SHA-256 over the file: a plan carries it, and a connector works by it or says that it has it not.
    pub digest: [u8; 32],
}

/// One rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Whose.
    pub tenant: TenantId,
    /// Only in this system.
    pub system: Option<SystemName>,
    /// Only in this dataset (collection).
    pub dataset: Option<String>,
    /// Only for data of this category and its particulars.
    pub category: Category,
    /// What is done.
    pub treatment: Treatment,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Treatment {
    /// The whole row goes.
    Delete,
    /// The field becomes null.
    Null,
    /// The field becomes this text.
    Text(String),
    /// The field becomes the value that its column makes of this text.
    Set(String),
    /// The field becomes the SHA-256 of its key, as hexadecimal digits.
    Hash,
    /// The same, keyed with a secret of the request: nobody can compute it again.
    Hmac,
    /// The field becomes a random text.
    Random,
    /// The field stays, on this legal ground.
    Keep(String),
}

/// The rule that speaks for something, and what it says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Match<'a> {
    /// This one.
    Rule(&'a Rule),
    /// None: kept.
    NoRule,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    policy: Section,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    rule: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    tenant: TenantId,
    system: Option<SystemName>,
    dataset: Option<String>,
    category: String,
    #[serde(rename = "do")]
    what: String,
    text: Option<String>,
    value: Option<toml::Value>,
    ground: Option<String>,
}

impl Policy {
    /// Reads a policy file: a list of `[[policy.rule]]`. `file` names it in problems.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(file: &str, text: &str) -> Result<Self, Problems> {
        let problem = |path: String, reason: String| Problem { file: file.to_owned(), path, reason };
        let parsed: File = toml::from_str(text).map_err(|error| {
            Problems(vec![problem(String::new(), error.to_string().trim_end().to_owned())])
        })?;
        let (mut rules, mut problems) = (Vec::new(), Vec::new());
        for (i, raw) in parsed.policy.rule.into_iter().enumerate() {
            match raw.rule() {
                Ok(rule) => {
                    if let Some(earlier) =
                        rules.iter().position(|other: &Rule| other.is_for_the_same_as(&rule))
                    {
                        let reason =
                            format!("is for the same data as policy.rule[{earlier}]: which one counts?");
                        problems.push(problem(format!("policy.rule[{i}]"), reason));
                    }
                    rules.push(rule);
                }
                Err(reason) => problems.push(problem(format!("policy.rule[{i}]"), reason)),
            }
        }
        if !problems.is_empty() {
            return Err(Problems(problems));
        }
        Ok(Self { rules, digest: Sha256::digest(text.as_bytes()).into() })
    }

    /// The most specific rule for a field of these categories: a rule for a system's dataset before one for
    /// a dataset, then one for a system; then the most particular category; then the earlier rule.
    pub fn rule_for(
        &self,
        tenant: &TenantId,
        system: &SystemName,
        dataset: &str,
        categories: &[Category],
    ) -> Match<'_> {
        let speaks = |rule: &&Rule| {
            rule.tenant == *tenant
                && rule.system.as_ref().is_none_or(|s| s == system)
                && rule.dataset.as_deref().is_none_or(|d| d == dataset)
                && categories.iter().any(|category| rule.category.covers(category))
        };
        let best = self.rules.iter().rev().filter(speaks).max_by_key(|rule| rule.specificity());
        best.map_or(Match::NoRule, Match::Rule)
    }
}

impl Rule {
    fn specificity(&self) -> (bool, bool, usize) {
        (self.dataset.is_some(), self.system.is_some(), self.category.depth())
    }

    fn is_for_the_same_as(&self, other: &Self) -> bool {
        (&self.tenant, &self.system, &self.dataset, &self.category)
            == (&other.tenant, &other.system, &other.dataset, &other.category)
    }
}

impl Raw {
    fn rule(self) -> Result<Rule, String> {
        let category = self.category.parse().map_err(|error| format!("`{}`: {error}", self.category))?;
        let treatment = match (self.what.as_str(), self.value) {
            ("set", Some(value)) if self.text.is_none() && self.ground.is_none() => {
                Treatment::Set(text_of(&value)?)
            }
            ("set", _) => {
                return Err("`do = \"set\"` needs `value`, and neither `text` nor `ground`".to_owned());
            }
            (_, Some(_)) => return Err(format!("`value` goes with `set`, not with `{}`", self.what)),
            (what, None) => treatment(what, self.text, self.ground)?,
        };
        Ok(Rule { tenant: self.tenant, system: self.system, dataset: self.dataset, category, treatment })
    }
}

/// A value of TOML as a database reads it: a table or a list is JSON.
fn text_of(value: &toml::Value) -> Result<String, String> {
    Ok(match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(_) | toml::Value::Table(_) => {
            serde_json::to_string(value).map_err(|error| format!("`value`: {error}"))?
        }
        other => other.to_string(),
    })
}

fn treatment(what: &str, text: Option<String>, ground: Option<String>) -> Result<Treatment, String> {
    let ground = ground.filter(|ground| !ground.trim().is_empty());
    match (what, text, ground) {
        ("delete", None, None) => Ok(Treatment::Delete),
        ("null", None, None) => Ok(Treatment::Null),
        ("hash", None, None) => Ok(Treatment::Hash),
        ("hmac", None, None) => Ok(Treatment::Hmac),
        ("random", None, None) => Ok(Treatment::Random),
        ("string", Some(text), None) => Ok(Treatment::Text(text)),
        ("string", None, _) => Err("`do = \"string\"` needs `text`".to_owned()),
        ("keep", None, Some(ground)) => Ok(Treatment::Keep(ground)),
        ("keep", _, None) => Err("`do = \"keep\"` needs its legal `ground`".to_owned()),
        ("delete" | "null" | "hash" | "hmac" | "random" | "string" | "keep", ..) => {
            Err(format!("`text` goes with `string` and `ground` with `keep`, neither with `{what}`"))
        }
        _ => {
            Err(format!("`do = \"{what}\"` is none of: delete, null, string, set, hash, hmac, random, keep"))
        }
    }
}

impl fmt::Display for Match<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRule => f.write_str("kept: no rule"),
            Self::Rule(Rule { treatment: Treatment::Keep(ground), .. }) => write!(f, "kept: {ground}"),
            Self::Rule(rule) => write!(f, "{:?} by the rule for {}", rule.treatment, rule.category),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"
        [[policy.rule]]
        tenant = "dublin"
        category = "user"
        do = "null"

        [[policy.rule]]
        tenant = "dublin"
        category = "user.contact"
        do = "hmac"

        [[policy.rule]]
        tenant = "dublin"
        system = "crm"
        category = "user"
        do = "string"
        text = "erased"

        [[policy.rule]]
        tenant = "dublin"
        dataset = "invoice"
        category = "user"
        do = "keep"
        ground = "Companies Act 2014, s. 285: six years"

        [[policy.rule]]
        tenant = "dublin"
        system = "crm"
        dataset = "customer"
        category = "user.contact.email"
        do = "delete"
    "#;

    fn rule_for(tenant: &str, system: &str, dataset: &str, category: &str) -> Option<Treatment> {
        let policy = Policy::read("policy.toml", POLICY).unwrap();
        let categories = [category.parse().unwrap()];
        match policy.rule_for(&tenant.parse().unwrap(), &system.parse().unwrap(), dataset, &categories) {
            Match::Rule(rule) => Some(rule.treatment.clone()),
            Match::NoRule => None,
        }
    }

    #[test]
    fn the_most_specific_rule_wins_and_no_rule_keeps() {
        let keep = Treatment::Keep("Companies Act 2014, s. 285: six years".to_owned());
        let erased = Treatment::Text("erased".to_owned());
        let cases = [
            (("dublin", "shop", "orders", "user.name"), Some(Treatment::Null)),
            (("dublin", "shop", "orders", "user.contact.email"), Some(Treatment::Hmac)),
            (("dublin", "crm", "orders", "user.contact.email"), Some(erased.clone())),
            (("dublin", "crm", "customer", "user.contact.email"), Some(Treatment::Delete)),
            (("dublin", "crm", "customer", "user.contact"), Some(erased)),
            (("dublin", "shop", "invoice", "user.contact.email"), Some(keep.clone())),
            (("dublin", "crm", "invoice", "user.contact.email"), Some(keep)),
            (("dublin", "crm", "customer", "system.operations"), None),
            (("cork", "crm", "customer", "user.contact.email"), None),
        ];
        for ((tenant, system, dataset, category), expected) in cases {
            let found = rule_for(tenant, system, dataset, category);
            assert_eq!(found, expected, "{tenant} {system} {dataset} {category}");
        }
    }

    #[test]
    fn a_wrong_rule_is_named_with_its_reason() {
        let rule = |body: &str| format!("[[policy.rule]]\ntenant = \"dublin\"\n{body}");
        let cases = [
            ("category = \"user\"\ndo = \"burn\"", "is none of: delete, null"),
            ("category = \"user\"\ndo = \"string\"", "needs `text`"),
            ("category = \"user\"\ndo = \"keep\"", "needs its legal `ground`"),
            ("category = \"user\"\ndo = \"keep\"\nground = \" \"", "needs its legal `ground`"),
            ("category = \"user\"\ndo = \"null\"\ntext = \"x\"", "neither with `null`"),
            ("category = \"user\"\ndo = \"set\"", "needs `value`"),
            ("category = \"user\"\ndo = \"set\"\nvalue = 1\ntext = \"x\"", "neither `text` nor `ground`"),
            ("category = \"user\"\ndo = \"null\"\nvalue = 1", "`value` goes with `set`"),
            ("category = \"User\"\ndo = \"null\"", "like user.contact.email"),
            ("category = \"user\"\ndo = \"null\"\nsytem = \"crm\"", "unknown field `sytem`"),
            ("category = \"user\"", "missing field `do`"),
            ("category = \"user\"\ndo = \"null\"\nsystem = \"CRM\"", "a system is 1 to 63 of a-z"),
        ];
        for (body, words) in cases {
            let problems = Policy::read("policy.toml", &rule(body)).expect_err(body).to_string();
            assert!(problems.starts_with("policy.toml: ") && problems.contains(words), "{body}: {problems}");
        }
        let twice = [rule("category = \"user\"\ndo = \"null\""), rule("category = \"user\"\ndo = \"hash\"")];
        let problems = Policy::read("policy.toml", &twice.join("\n")).unwrap_err().to_string();
        assert!(problems.contains("policy.rule[1]: is for the same data as policy.rule[0]"), "{problems}");
    }

    #[test]
    fn a_value_is_a_text_that_a_column_can_read() {
        for (value, text) in [
            ("'IE'", "IE"),
            ("7", "7"),
            ("1.5", "1.5"),
            ("false", "false"),
            ("1900-01-01", "1900-01-01"),
            ("{ erased = true }", "{\"erased\":true}"),
            ("[]", "[]"),
        ] {
            let rule =
                format!("[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'set'\nvalue = {value}");
            let policy = Policy::read("policy.toml", &rule).unwrap();
            assert_eq!(policy.rules[0].treatment, Treatment::Set(text.to_owned()));
        }
    }

    #[test]
    fn a_policy_is_addressed_by_its_digest() {
        let policy = Policy::read("policy.toml", POLICY).unwrap();
        assert_eq!(policy, Policy::read("elsewhere.toml", POLICY).unwrap());
        let other = Policy::read("policy.toml", &POLICY.replace("hmac", "hash")).unwrap();
        assert_ne!(policy.digest, other.digest);
    }
}
