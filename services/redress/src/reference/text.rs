//! The words of a description: paragraphs, code between backticks, and who may.

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) is_code: bool,
    pub(super) text: String,
}

/// Who may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) name: String,
    /// With what, when not with all.
    pub(super) only: Option<String>,
}

/// How the paragraph begins that says who may.
const ROLES: &str = "Roles: ";

/// Paragraphs, and who may.
pub(super) fn split(description: &str) -> (Vec<Vec<Span>>, Vec<Role>) {
    let (mut paragraphs, mut may) = (Vec::new(), Vec::new());
    for paragraph in description.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        match paragraph.strip_prefix(ROLES) {
            Some(said) => may = roles(said),
            None => paragraphs.push(spans(paragraph)),
        }
    }
    (paragraphs, may)
}

/// A paragraph in stretches: every other one, between backticks, is code.
pub(super) fn spans(paragraph: &str) -> Vec<Span> {
    let parts = paragraph.split('`').enumerate();
    let spans = parts.map(|(i, text)| Span { is_code: i % 2 == 1, text: text.replace('\n', " ") });
    spans.filter(|span| !span.text.is_empty()).collect()
}

/// E.g. `` `reviewer`, `subject` (their own requests). ``
fn roles(said: &str) -> Vec<Role> {
    let role = |said: &str| {
        let (name, rest) = said.trim_start_matches('`').split_once('`')?;
        let only = rest.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        Some(Role { name: name.to_owned(), only: only.map(str::to_owned) })
    };
    said.trim_end_matches('.').split(", ").filter_map(role).collect()
}
