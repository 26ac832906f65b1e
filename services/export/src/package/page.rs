//! The page: typed templates, each rendered by itself, so that no more than one record is held at a time.

use askama::Template;
use redress_domain::{Kind, TenantId};

use super::{
    contents::{Contents, DatasetPart, SystemPart},
    value::Value,
    words,
};

/// Where a section that [`System`] or [`Dataset`] opened ends.
pub(super) const END: &str = "</section>\n";

/// From the beginning to the first system.
#[derive(Template)]
#[template(path = "head.html")]
pub(super) struct Head<'a> {
    contents: &'a Contents,
    title: &'static str,
    lead: &'static str,
    asked: &'static str,
}

impl<'a> Head<'a> {
    pub(super) fn new(contents: &'a Contents) -> Self {
        let (title, lead, asked) = match contents.kind {
            Kind::Export => (
                "Your data, to keep and to use elsewhere",
                "You asked for your data in a form that you can keep and give to others. Here it is, to be read on \
                 this page and as data in the files beside it.",
                "Your data for reuse (GDPR, Article 20)",
            ),
            _ => (
                "A copy of your personal data",
                "You asked what is held about you. Here is a copy of it, to be read on this page and as data in the \
                 files beside it.",
                "Access to your personal data (GDPR, Article 15)",
            ),
        };
        Self { contents, title, lead, asked }
    }
}

/// The beginning of a system's section.
#[derive(Template)]
#[template(path = "system.html")]
pub(super) struct System<'a> {
    pub(super) system: &'a SystemPart,
}

/// The beginning of a dataset's section.
#[derive(Template)]
#[template(path = "dataset.html")]
pub(super) struct Dataset<'a> {
    pub(super) dataset: &'a DatasetPart,
}

/// One record.
#[derive(Template)]
#[template(path = "record.html")]
pub(super) struct Record<'a> {
    pub(super) anchor: &'a str,
    pub(super) number: u64,
    pub(super) of: u64,
    pub(super) record: Value,
}

/// From the last system to the end.
#[derive(Template)]
#[template(path = "foot.html")]
pub(super) struct Foot<'a> {
    pub(super) tenant: &'a TenantId,
}
