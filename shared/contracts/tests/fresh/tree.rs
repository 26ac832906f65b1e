//! What is written as YAML, in the order in which it is put together.

use serde::{Serialize, Serializer};

/// A document, or a part of one.
#[derive(Debug, Clone)]
pub(crate) enum Tree {
    Flag(bool),
    Number(u64),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

macro_rules! map {
    ($($key:expr => $value:expr),* $(,)?) => {
        $crate::tree::Tree::Map(vec![$(($key.into(), $value.into())),*])
    };
}
pub(crate) use map;

impl Tree {
    /// A map with one more entry.
    pub(crate) fn with(self, key: &str, value: impl Into<Self>) -> Self {
        self.and(key, Some(value))
    }

    /// A map with one more entry where there is something to say.
    pub(crate) fn and(mut self, key: &str, value: Option<impl Into<Self>>) -> Self {
        if let (Self::Map(entries), Some(value)) = (&mut self, value) {
            entries.push((key.to_owned(), value.into()));
        }
        self
    }
}

impl From<bool> for Tree {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<u64> for Tree {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Tree {
    fn from(list: Vec<T>) -> Self {
        Self::List(list.into_iter().map(Into::into).collect())
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(flag) => to.serialize_bool(*flag),
            Self::Number(number) => to.serialize_u64(*number),
            Self::Text(text) => to.serialize_str(text),
            Self::List(list) => to.collect_seq(list),
            Self::Map(map) => to.collect_map(map.iter().map(|(key, value)| (key, value))),
        }
    }
}
