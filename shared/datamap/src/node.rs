//! Reads a tree of values with the path kept, and gathers what is wrong with it.

use std::{cell::RefCell, fmt, rc::Rc};

use serde_json::{Map, Value};

/// One thing that is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was named to us.
    pub file: String,
    /// Where in it, like `dataset[0].collections[1].name`; empty for the file as a whole.
    pub path: String,
    /// What is wrong, and how it should be.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => write!(f, "{}: {}", self.file, self.reason),
            path => write!(f, "{}: {path}: {}", self.file, self.reason),
        }
    }
}

/// Everything that is wrong in a file: never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Problems(pub Vec<Problem>);

/// Gathers problems of one file.
#[derive(Clone)]
pub(crate) struct Finder {
    file: Rc<str>,
    found: Rc<RefCell<Vec<Problem>>>,
    warnings: Rc<RefCell<Vec<Problem>>>,
}

impl Finder {
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.into(), found: Rc::default(), warnings: Rc::default() }
    }

    pub(crate) fn add(&self, path: &str, reason: impl Into<String>) {
        let (file, path) = (self.file.to_string(), path.to_owned());
        self.found.borrow_mut().push(Problem { file, path, reason: reason.into() });
    }

    fn warn(&self, path: &str, reason: String) {
        let (file, path) = (self.file.to_string(), path.to_owned());
        self.warnings.borrow_mut().push(Problem { file, path, reason });
    }

    /// What is not wrong for certain.
    pub(crate) fn warnings(&self) -> Vec<Problem> {
        self.warnings.take()
    }

    /// What was read, if nothing was wrong.
    pub(crate) fn finish<T>(self, read: T) -> Result<T, Problems> {
        let found = self.found.take();
        if found.is_empty() { Ok(read) } else { Err(Problems(found)) }
    }
}

/// A value and its place.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    value: &'a Value,
    path: String,
    finder: Finder,
}

impl<'a> Node<'a> {
    pub(crate) fn root(value: &'a Value, finder: &Finder) -> Self {
        Self { value, path: String::new(), finder: finder.clone() }
    }

    pub(crate) fn wrong(&self, reason: impl Into<String>) {
        self.finder.add(&self.path, reason);
    }

    pub(crate) fn warn(&self, reason: String) {
        self.finder.warn(&self.path, reason);
    }

    /// The keys and values, where it has some.
    pub(crate) fn map(&self) -> Option<&'a Map<String, Value>> {
        self.value.as_object()
    }

    /// A whole number of at least 1 under a key.
    pub(crate) fn count(&self, key: &str) -> Option<usize> {
        let node = self.get(key)?;
        let count =
            node.value.as_u64().and_then(|count| usize::try_from(count).ok()).filter(|count| *count > 0);
        if count.is_none() {
            node.wrong(format!("expected a whole number of at least 1, found {}", kind(node.value)));
        }
        count
    }

    /// The value under a key; none where it is missing or null.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Some(Self { value, path, finder: self.finder.clone() })
    }

    /// The elements of the list under a key; none where it is missing, a problem where it is no list.
    pub(crate) fn list(&self, key: &str) -> Vec<Self> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let Some(values) = node.value.as_array() else {
            node.wrong(format!("expected a list, found {}", kind(node.value)));
            return Vec::new();
        };
        let element =
            |(i, value)| Self { value, path: format!("{}[{i}]", node.path), finder: self.finder.clone() };
        values.iter().enumerate().map(element).collect()
    }

    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.as_text()
    }

    /// The text under a key; a problem where it is missing or empty.
    pub(crate) fn required_text(&self, key: &str) -> Option<String> {
        let text = self.text(key);
        if text.as_deref().is_none_or(str::is_empty) && self.get(key).is_none_or(|n| n.value.is_string()) {
            self.wrong(format!("`{key}` is missing"));
        }
        text.filter(|text| !text.is_empty())
    }

    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        let node = self.get(key)?;
        let flag = node.value.as_bool();
        if flag.is_none() {
            node.wrong(format!("expected true or false, found {}", kind(node.value)));
        }
        flag
    }

    /// One of a few words under a key.
    pub(crate) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let node = self.get(key)?;
        let text = node.as_text()?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            node.wrong(format!("`{text}` is none of: {}", known.join(", ")));
        }
        found
    }

    pub(crate) fn as_text(&self) -> Option<String> {
        let text = self.value.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(format!("expected a text, found {}", kind(self.value)));
        }
        text
    }

    /// The keys and values of a mapping; a problem where it is none.
    pub(crate) fn as_map(&self) -> Option<&'a Map<String, Value>> {
        let map = self.value.as_object();
        if map.is_none() {
            self.wrong(format!("expected keys and values, found {}", kind(self.value)));
        }
        map
    }

    /// The keys that are not among `known`, with their values.
    pub(crate) fn others(&self, known: &[&str]) -> Map<String, Value> {
        let Some(map) = self.value.as_object() else { return Map::new() };
        let unknown = map.iter().filter(|(key, _)| !known.contains(&key.as_str()));
        unknown.map(|(key, value)| (key.clone(), value.clone())).collect()
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "keys and values",
    }
}
