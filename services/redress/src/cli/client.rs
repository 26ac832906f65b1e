//! Speaks to the server: the one place that knows HTTP.

use std::{error::Error as _, time::Duration};

use redress_domain::TenantId;
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url, redirect::Policy};
use serde_json::Value;

use super::{Failure, Problem, Target};

/// A server that is there answers the call for a connection within this.
const CONNECT_SECONDS_MAX: u64 = 10;

/// See the module.
pub struct Client {
    http: reqwest::Client,
    target: Target,
}

impl Client {
    /// Asks this server. No answer takes longer than `silence_max` to begin, or pauses longer; how long it takes in
    /// all is up to what there is to say.
    ///
    /// # Errors
    /// When the machine has no usable TLS.
    pub fn new(target: Target, silence_max: Duration) -> Result<Self, Failure> {
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(CONNECT_SECONDS_MAX))
            .read_timeout(silence_max)
            // A token goes nowhere but where it was sent.
            .redirect(Policy::none())
            .user_agent(concat!("redress/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Failure::Unexpected(words(&error)))?;
        Ok(Self { http, target })
    }

    /// The tenant that is asked about.
    pub fn tenant(&self) -> &TenantId {
        &self.target.tenant
    }

    /// Reads what lies there.
    ///
    /// # Errors
    /// When the server says no, or nothing.
    pub async fn get(&self, path: &[&str], query: &[(&str, String)]) -> Result<Value, Failure> {
        self.json(self.open(path, query).await?).await
    }

    /// Hands something in.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn post(&self, path: &[&str], body: &Value) -> Result<Value, Failure> {
        let call = self.call(Method::POST, path, &[])?.json(body);
        self.json(self.send(call).await?).await
    }

    /// Begins to read what lies there.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn open(&self, path: &[&str], query: &[(&str, String)]) -> Result<Response, Failure> {
        self.send(self.call(Method::GET, path, query)?).await
    }

    /// The next bytes of what was opened; none: it has ended.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn chunk(&self, response: &mut Response) -> Result<Option<impl AsRef<[u8]>>, Failure> {
        response.chunk().await.map_err(|error| self.away(&error))
    }

    /// The whole of an address that the server gave without itself.
    ///
    /// # Errors
    /// When it is none.
    pub fn whole(&self, path: &str) -> Result<String, Failure> {
        let whole = self.target.base.join(path.trim_start_matches('/'));
        whole.map(Into::into).map_err(|_| self.stranger("it gives an address that is none"))
    }

    fn call(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, String)],
    ) -> Result<RequestBuilder, Failure> {
        let url = self.url(path, query)?;
        Ok(self.http.request(method, url).bearer_auth(self.target.token.reveal()))
    }

    fn url(&self, path: &[&str], query: &[(&str, String)]) -> Result<Url, Failure> {
        let mut url = self.target.base.clone();
        let own = ["v1", "tenants", self.target.tenant.as_str()];
        match url.path_segments_mut() {
            Ok(mut parts) => drop(parts.pop_if_empty().extend(own).extend(path)),
            Err(()) => return Err(Failure::Usage("--url: like https://redress.example.com".to_owned())),
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    async fn send(&self, call: RequestBuilder) -> Result<Response, Failure> {
        let response = call.send().await.map_err(|error| self.away(&error))?;
        if response.status().is_success() { Ok(response) } else { Err(self.problem(response).await) }
    }

    async fn json(&self, response: Response) -> Result<Value, Failure> {
        let bytes = response.bytes().await.map_err(|error| self.away(&error))?;
        serde_json::from_slice(&bytes).map_err(|_| self.stranger("its answer is not JSON"))
    }

    async fn problem(&self, response: Response) -> Failure {
        let status = response.status();
        let body = response.bytes().await.unwrap_or_default();
        match serde_json::from_slice::<Problem>(&body) {
            Ok(problem) if !problem.detail.is_empty() => {
                Failure::Problem(Box::new(Problem { status: status.as_u16(), ..problem }))
            }
            // A proxy before the server.
            _ if matches!(status.as_u16(), 502..=504) => {
                Failure::Away { server: self.server(), why: said(status) }
            }
            _ => self.stranger(&format!("it says {}", said(status))),
        }
    }

    fn stranger(&self, why: &str) -> Failure {
        let server = self.server();
        Failure::Unexpected(format!("{server} does not answer as Redress does: {why}. Is the URL right?"))
    }

    fn away(&self, error: &reqwest::Error) -> Failure {
        Failure::Away { server: self.server(), why: words(error) }
    }

    fn server(&self) -> String {
        self.target.base.origin().ascii_serialization()
    }
}

fn said(status: StatusCode) -> String {
    status
        .canonical_reason()
        .map_or_else(|| status.to_string(), |reason| format!("{} {reason}", status.as_u16()))
}

/// The innermost cause: what is around it repeats the URL.
fn words(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it does not answer in time".to_owned();
    }
    let mut cause: Option<&dyn std::error::Error> = error.source();
    let mut words = "the connection failed".to_owned();
    while let Some(inner) = cause {
        words = inner.to_string();
        cause = inner.source();
    }
    words
}
