//! A tenant administrator at intake's doors, who does not give up.

use std::time::Duration;

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use super::counted::email;
use crate::{killable::look_again, servers::Port};

/// A call whose answer was lost with the process that was to give it is made again after this.
const ANSWERED_WITHIN: Duration = Duration::from_secs(15);

/// See the module.
pub(super) struct Caller {
    http: Client,
    /// Where intake's doors are, whichever process has them.
    port: Port,
}

impl Caller {
    pub(super) fn new() -> Self {
        let http = Client::builder().timeout(ANSWERED_WITHIN).build().unwrap();
        Self { http, port: Port::reserve().unwrap() }
    }

    pub(super) fn port(&self) -> u16 {
        self.port.number()
    }

    /// Hands a request in; gives its id.
    pub(super) async fn submit(&self, kind: &str, person: u32) -> String {
        let subject = json!({ "clear": {
            "kind": "customer", "identifiers": [{ "kind": "email", "value": email(person) }],
        } });
        let body = json!({
            "idempotency_key": format!("{kind}-{person}"),
            "kind": kind,
            "subject": subject,
            "verification": { "method": "sign-in", "level": "authenticated", "by": "shop" },
        });
        let (status, taken) = self.call(Method::POST, "requests", Some(&body)).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{taken:#}");
        taken["request"].as_str().unwrap().to_owned()
    }

    /// Hands a deletion in and approves each plan, until it is closed.
    pub(super) async fn delete(&self, person: u32) {
        let request = self.submit("delete", person).await;
        let path = format!("requests/{request}");
        loop {
            let shown = self.shown(&request).await;
            match (shown["inside"]["state"].as_str(), shown["closing"].as_str()) {
                (_, Some(closing)) => return assert_well(closing, &shown),
                (Some("in_review"), None) => {
                    let body = json!({ "plan_digest": shown["inside"]["plan"]["digest"] });
                    let (status, said) =
                        self.call(Method::POST, &format!("{path}/approve"), Some(&body)).await;
                    assert!(status.is_success() || status == StatusCode::CONFLICT, "{status} {said:#}");
                }
                _ => look_again().await,
            }
        }
    }

    /// This request is closed, and everything was done.
    pub(super) async fn assert_ended_well(&self, request: &str) {
        let shown = self.shown(request).await;
        assert_well(shown["closing"].as_str().unwrap_or("open"), &shown);
    }

    async fn shown(&self, request: &str) -> Value {
        let (status, shown) = self.call(Method::GET, &format!("requests/{request}"), None).await;
        assert_eq!(status, StatusCode::OK, "{shown:#}");
        shown
    }

    /// One call, until it is answered.
    async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> (StatusCode, Value) {
        let url = format!("http://127.0.0.1:{}/v1/tenants/dublin/{path}", self.port.number());
        for _ in 0..2400 {
            let call = self.http.request(method.clone(), &url).bearer_auth("ada");
            let call = if let Some(body) = body { call.json(body) } else { call };
            let answer = async {
                let answer = call.send().await?;
                Ok::<_, reqwest::Error>((answer.status(), answer.text().await?))
            };
            match answer.await {
                // The store is away for now.
                Ok((StatusCode::SERVICE_UNAVAILABLE, _)) | Err(_) => look_again().await,
                Ok((status, text)) => {
                    return (status, serde_json::from_str(&text).unwrap_or(Value::String(text)));
                }
            }
        }
        panic!("{path}: no answer in two minutes");
    }
}

fn assert_well(closing: &str, shown: &Value) {
    assert!(["completed", "completed_retained"].contains(&closing), "{closing}: {shown:#}");
}
