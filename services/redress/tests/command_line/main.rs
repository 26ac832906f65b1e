//! The commands that work on this machine, as processes: what they print, what they make, how they end.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod checking;
mod running;

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    process::{Child, Command, Output, Stdio},
};

use redress_connector_sql::Database;
use redress_datamap::sql::SqlSession as _;
use serde_json::Value;

const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";

const MAP: &str = r"
dataset:
  - fides_key: shop
    collections:
      - name: customer
        fields:
          - {name: id, data_categories: [user.unique_id], fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
";

/// A folder in which commands run, with nothing of the environment that speaks of Redress.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        redress::choose_tls();
        Self(tempfile::tempdir().unwrap())
    }

    /// With settings of one tenant and its system, whose database has a column that its map does not name.
    async fn with_settings(more: &str) -> Self {
        let home = Self::new();
        home.write("policy.toml", POLICY);
        home.write("map.yml", MAP);
        let key = "A".repeat(43);
        home.write(
            "redress.toml",
            &format!(
                "{more}\nhttp.listen = '127.0.0.1:0'\n[[tenant]]\nname = 'dublin'\nkey = '{key}='\npolicy = \
                 'policy.toml'\ntime_zone = 'Europe/Dublin'\n[[system]]\nname = 'shop'\ntenant = 'dublin'\nconnector \
                 = 'sql'\nurl = 'sqlite:shop.db'\ndata_map = 'map.yml'\n"
            ),
        );
        let shop = Database::of_url(&format!("sqlite:{}?mode=rwc", home.path("shop.db"))).unwrap();
        let mut shop = shop.connect().await.unwrap();
        shop.execute("create table customer (id integer primary key, email text, shoe_size int)", &[])
            .await
            .unwrap();
        shop.close().await;
        home
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.0.path().join(file), text).unwrap();
    }

    fn add(&self, file: &str, text: &str) {
        let before = fs::read_to_string(self.0.path().join(file)).unwrap();
        self.write(file, &(before + text));
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
        command.current_dir(self.0.path()).args(words).env("RUST_BACKTRACE", "1");
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("REDRESS")) {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, code: i32, words: &[&str]) -> Ran {
        Ran::of(code, &self.command(words).output().unwrap())
    }

    /// Starts a command that stays; its port is any that is free.
    fn start(&self, words: &[&str]) -> Started {
        let mut command = self.command(words);
        command.env("REDRESS__HTTP__LISTEN", "127.0.0.1:0");
        Started(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap())
    }
}

struct Ran {
    out: String,
    err: String,
}

impl Ran {
    fn of(code: i32, output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let ran = Self { out: text(&output.stdout), err: text(&output.stderr) };
        assert_eq!(output.status.code(), Some(code), "{}\n{}", ran.out, ran.err);
        let told = ran.err.lines().filter(|line| line.starts_with("error: ")).count();
        assert_eq!(told, usize::from(code != 0 && code != 6), "one paragraph says why: {}", ran.err);
        assert!(!ran.err.contains("backtrace") && !ran.err.contains("Caused by"), "{}", ran.err);
        ran
    }

    /// What is said of an error, without the ends of lines.
    fn said(&self) -> String {
        self.err.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// A process that stays until it is asked to end.
struct Started(Child);

impl Started {
    /// What it prints, up to and with the line that has this.
    fn until(&mut self, last: &str) -> String {
        let mut text = String::new();
        let mut lines = BufReader::new(self.0.stdout.as_mut().unwrap());
        while !text.lines().last().is_some_and(|line| line.contains(last)) {
            assert!(lines.read_line(&mut text).unwrap() > 0, "it ended: {text}");
        }
        text
    }

    /// Asks it to end; gives what else it printed.
    fn end(mut self) -> String {
        let asked =
            Command::new("/bin/bash").args(["-c", &format!("kill {}", self.0.id())]).status().unwrap();
        assert!(asked.success() && self.0.wait().unwrap().success());
        let mut rest = String::new();
        self.0.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
        rest
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended.
        self.0.kill().unwrap_or_default();
        self.0.wait().ok();
    }
}
