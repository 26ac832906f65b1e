//! The sample company: two tenants, three databases.

use std::{
    fs,
    path::{Path, PathBuf},
};

use redress_connector_sql::{Database, Session};
use redress_datamap::sql::{SqlSession as _, prepare};
use redress_domain::{Role, TenantId};
use redress_runtime::{OsRandom, http::TokenSettings};
use sha2::{Digest as _, Sha256};

use crate::{
    local::{up::random_text, write_key},
    settings::Settings,
};

/// A database of the company.
pub(super) struct Sample {
    pub(super) tenant: &'static str,
    pub(super) system: &'static str,
    sql: &'static str,
    map: &'static str,
}

pub(super) const SAMPLES: [Sample; 3] = [
    Sample {
        tenant: "dublin",
        system: "weddings",
        sql: include_str!("../../../sample/dublin.sql"),
        map: include_str!("../../../sample/dublin-weddings.yml"),
    },
    Sample {
        tenant: "dublin",
        system: "newsletter",
        sql: include_str!("../../../sample/dublin-newsletter.sql"),
        map: include_str!("../../../sample/dublin-newsletter.yml"),
    },
    Sample {
        tenant: "galway",
        system: "catering",
        sql: include_str!("../../../sample/galway.sql"),
        map: include_str!("../../../sample/galway-catering.yml"),
    },
];

const POLICY: &str = include_str!("../../../sample/erase.toml");

/// Who works there: name, tenant, role.
const PEOPLE: [(&str, &str, Role); 4] = [
    ("ada", "dublin", Role::TenantAdmin),
    ("rory", "dublin", Role::Reviewer),
    ("aidan", "dublin", Role::Auditor),
    ("grace", "galway", Role::TenantAdmin),
];

/// The company.
pub(super) struct Company {
    folder: PathBuf,
    /// Each person's token.
    pub(super) tokens: Vec<(&'static str, String)>,
}

impl Company {
    /// Makes its databases in a folder.
    pub(super) async fn found(folder: &Path) -> anyhow::Result<Self> {
        let tokens = PEOPLE.map(|(name, ..)| (name, random_text(&OsRandom))).to_vec();
        let company = Self { folder: folder.to_owned(), tokens };
        for sample in &SAMPLES {
            fs::write(company.file(sample), "")?;
            let mut session = company.session(sample).await?;
            // One statement after the other: each ends with a semicolon at the end of a line.
            for statement in sample.sql.split(";\n").map(str::trim).filter(|statement| !statement.is_empty())
            {
                session.execute(statement, &[]).await?;
            }
            prepare(&mut session).await?;
            session.close().await;
        }
        Ok(company)
    }

    fn file(&self, sample: &Sample) -> PathBuf {
        self.folder.join(format!("{}.db", sample.system))
    }

    /// A connection to one of its databases.
    pub(super) async fn session(&self, sample: &Sample) -> anyhow::Result<Session> {
        let database = Database::of_url(&format!("sqlite:{}", self.file(sample).display()));
        Ok(database.map_err(anyhow::Error::msg)?.connect().await?)
    }

    pub(super) fn token(&self, name: &str) -> &str {
        self.tokens.iter().find(|(other, _)| *other == name).map_or("", |(_, token)| token)
    }

    /// Settings as a file would have them.
    pub(super) fn settings(&self, folder: &Path) -> anyhow::Result<Settings> {
        fs::write(folder.join("policy.toml"), POLICY)?;
        let mut text = "http.listen = '127.0.0.1:0'\n".to_owned();
        for tenant in ["dublin", "galway"] {
            write_key(&folder.join(format!("{tenant}.key")))?;
            text += &format!(
                "[[tenant]]\nname = '{tenant}'\nkey_file = '{tenant}.key'\npolicy = 'policy.toml'\n\
                 time_zone = 'Europe/Dublin'\n"
            );
        }
        for Sample { tenant, system, map, .. } in &SAMPLES {
            fs::write(folder.join(format!("{system}.yml")), map)?;
            text += &format!(
                "[[system]]\nname = '{system}'\ntenant = '{tenant}'\nconnector = 'sql'\nurl = 'sqlite:{system}.db'\n\
                 data_map = '{system}.yml'\n"
            );
        }
        fs::write(folder.join("redress.toml"), &text)?;
        let mut settings = Settings::of_text(&text, folder, folder)?;
        settings.tokens = PEOPLE
            .iter()
            .map(|(name, tenant, role)| self.settings_of(name, tenant, *role))
            .collect::<Result<_, _>>()?;
        Ok(settings)
    }

    fn settings_of(&self, name: &str, tenant: &str, role: Role) -> anyhow::Result<TokenSettings> {
        let tenant: TenantId = tenant.parse()?;
        let sha256 = hex::encode(Sha256::digest(self.token(name)));
        Ok(TokenSettings { sha256, name: name.to_owned(), tenant, role })
    }
}
