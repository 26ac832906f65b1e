//! What is wrong with settings: gathered, and told at once.

use std::{fmt, path::PathBuf};

use redress_datamap::Problems;

/// Everything that is wrong with settings: never empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsProblems {
    /// Their file, where they have one.
    pub file: Option<PathBuf>,
    /// Each with its place, like `tenant[0]: ..`.
    pub problems: Vec<String>,
}

impl SettingsProblems {
    /// One alone.
    pub fn of(problem: String) -> Self {
        Self { file: None, problems: vec![problem] }
    }

    /// What stands before the problems.
    pub fn head(&self) -> String {
        let file = self.file.as_ref().map(|file| format!("in {}", file.display()));
        let many = || format!("{} things must be mended", self.problems.len());
        let parts = [file, (self.problems.len() > 1).then(many)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for SettingsProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = self.head();
        match &self.problems[..] {
            [problem] if head.is_empty() => f.write_str(problem),
            [problem] => write!(f, "{head}: {problem}"),
            problems => write!(f, "{head}:\n- {}", problems.join("\n- ")),
        }
    }
}

impl std::error::Error for SettingsProblems {}

/// What was found so far.
#[derive(Default)]
pub(super) struct Found(Vec<String>);

impl Found {
    /// Notes a problem, once.
    pub(super) fn add(&mut self, at: &str, why: impl fmt::Display) {
        let problem = if at.is_empty() { why.to_string() } else { format!("{at}: {why}") };
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// What was read, or its problems noted.
    pub(super) fn ok<T>(&mut self, at: &str, read: anyhow::Result<T>) -> Option<T> {
        let error = match read {
            Ok(read) => return Some(read),
            Err(error) => error,
        };
        match error.downcast_ref::<Problems>() {
            Some(problems) => problems.0.iter().for_each(|problem| self.add(at, problem)),
            None => self.add(at, format!("{error:#}")),
        }
        None
    }

    /// Looks further when all is well so far.
    pub(super) fn nothing_yet<T, E: Into<anyhow::Error>>(
        &mut self,
        look: impl FnOnce() -> Result<T, E>,
    ) -> Option<T> {
        if !self.is_nothing() {
            return None;
        }
        self.ok("", look().map_err(Into::into))
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Found> for SettingsProblems {
    fn from(found: Found) -> Self {
        Self { file: None, problems: found.0 }
    }
}
