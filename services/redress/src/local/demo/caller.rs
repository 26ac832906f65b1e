//! The demo's way in: the same HTTP doors that everybody has.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context as _, bail};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use prost::Message as _;
use redress_contracts::{Contract as _, v1};
use redress_domain::IdentifierKind;
use redress_vault::IntakeKey;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use super::{company::Company, tell::text};

/// Between two looks.
const LOOK: Duration = Duration::from_millis(50);
/// Looks before the demo gives up: a minute.
const LOOKS_MAX: u32 = 1_200;

pub(super) struct Caller {
    base: String,
    http: Client,
    tokens: Vec<(&'static str, String)>,
}

impl Caller {
    pub(super) fn new(address: SocketAddr, company: &Company) -> Self {
        let base = format!("http://{address}/v1/tenants/dublin");
        Self { base, http: Client::new(), tokens: company.tokens.clone() }
    }

    fn signed(&self, who: &str, call: RequestBuilder) -> RequestBuilder {
        let token = self.tokens.iter().find(|(name, _)| *name == who).map_or("", |(_, token)| token);
        call.bearer_auth(token)
    }

    async fn send(&self, who: &str, call: RequestBuilder) -> anyhow::Result<Vec<u8>> {
        let answer = self.signed(who, call).send().await?;
        let (status, body) = (answer.status(), answer.bytes().await?);
        if !status.is_success() {
            bail!("{who} was told {status}: {}", String::from_utf8_lossy(&body));
        }
        Ok(body.to_vec())
    }

    pub(super) async fn bytes(&self, who: &str, path: &str) -> anyhow::Result<Vec<u8>> {
        self.send(who, self.http.get(format!("{}/{path}", self.base))).await
    }

    pub(super) async fn get(&self, who: &str, path: &str) -> anyhow::Result<Value> {
        Ok(serde_json::from_slice(&self.bytes(who, path).await?)?)
    }

    pub(super) async fn post(&self, who: &str, path: &str, body: &Value) -> anyhow::Result<Value> {
        let call = self.http.post(format!("{}/{path}", self.base)).json(body);
        Ok(serde_json::from_slice(&self.send(who, call).await?)?)
    }

    /// Hands in a request; whom it is about is sealed before it leaves.
    pub(super) async fn submit(
        &self,
        kind: &str,
        identifiers: &[(IdentifierKind, &str)],
    ) -> anyhow::Result<String> {
        let identifiers = identifiers.iter().map(|(kind, value)| v1::Identifier {
            kind: kind.number(),
            value: (*value).to_owned(),
            field: String::new(),
        });
        let subject =
            v1::Subject { kind: v1::SubjectKind::Customer as i32, identifiers: identifiers.collect() };
        let key = self.get("ada", "intake-key").await?;
        let key = key.as_object().and_then(|key| {
            key.values().find_map(|value| BASE64_STANDARD.decode(text(value)).ok()?.try_into().ok())
        });
        let sealed = IntakeKey::seal_to(
            key.context("the intake key is 32 bytes in base64")?,
            &subject.encode_to_vec(),
        )?;
        let body = json!({
            "kind": kind,
            "subject": { "sealed": BASE64_STANDARD.encode(sealed) },
            "verification": { "method": "sign-in at the shop", "level": "authenticated", "by": "ada" },
        });
        Ok(text(&self.post("ada", "requests", &body).await?["request"]))
    }

    /// Looks until the request waits for a person, or has ended.
    #[expect(clippy::disallowed_methods, reason = "HTTP gives no word of a change")]
    pub(super) async fn settled(&self, request: &str) -> anyhow::Result<Value> {
        for _ in 0..LOOKS_MAX {
            let shown = self.get("ada", &format!("requests/{request}")).await?;
            if matches!(shown["inside"]["waits_for"]["who"].as_str(), Some("person" | "nobody")) {
                return Ok(shown);
            }
            tokio::time::sleep(LOOK).await;
        }
        bail!("the request has not moved on for a minute")
    }

    /// The ledger, verified, once it has everything: audit hears of an end a moment after it.
    #[expect(clippy::disallowed_methods, reason = "HTTP gives no word of a change")]
    pub(super) async fn ledger_verified(&self) -> anyhow::Result<Value> {
        let mut before = Value::Null;
        for _ in 0..LOOKS_MAX {
            let verified = self.get("aidan", "ledger/verify").await?;
            if !verified["root"].is_string() {
                bail!("the ledger is broken: {verified}");
            }
            if verified == before {
                return Ok(verified);
            }
            before = verified;
            tokio::time::sleep(LOOK * 10).await;
        }
        bail!("the ledger does not come to rest")
    }
}
