//! Makes a link by which somebody without an account reads a package.

use clap::Args;
use redress_domain::RequestId;
use serde_json::{Value, json};

use super::super::{
    Failure, Session,
    answers::Link,
    page::{Look, Page, cell},
    session::read,
};

/// To which package, and for how long.
#[derive(Args)]
pub(super) struct LinkArgs {
    /// The package's id, which is its request's.
    package: RequestId,
    /// For how long: 1 to 720, and never longer than the package is there.
    #[arg(long, value_name = "N", default_value_t = 72)]
    hours: u32,
}

impl LinkArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let path = ["packages", &self.package.to_string(), "links"];
        let mut value = session.client.post(&path, &json!({ "hours": self.hours })).await?;
        let link: Link = read(&value)?;
        let url = session.client.whole(&link.url)?;
        value["url"] = Value::from(url.clone());
        session.show(&value, |_| {
            let mut page = Page::default();
            page.whole(0, &url);
            page
        })?;
        let until = session.now().moment(link.expires_at);
        let mut page = Page::default();
        page.line([cell(Look::Faint, format!("Whoever has it reads the package, until {until}."))]);
        session.tell(&page)
    }
}
