//! A server that answers what a test wants, and remembers what it was asked.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{Method, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use super::{How, Ran, run};

/// What was asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) method: String,
    /// Below the tenant, with its query.
    pub(super) path: String,
    pub(super) body: Vec<u8>,
}

/// What is answered: status, content type, body.
pub(super) type Answer = (u16, &'static str, Vec<u8>);

type Answers = Arc<dyn Fn(&Asked, usize) -> Answer + Send + Sync>;

/// See the module.
pub(super) struct Stub {
    pub(super) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    task: JoinHandle<()>,
}

pub(super) fn ok(value: &Value) -> Answer {
    (200, "application/json", value.to_string().into_bytes())
}

pub(super) fn problem(status: u16, code: &str, detail: &str, fields: &Value) -> Answer {
    let body = json!({ "status": status, "code": code, "detail": detail, "fields": fields });
    (status, "application/problem+json", body.to_string().into_bytes())
}

impl Stub {
    /// Answers by what is asked, and how many were asked before.
    pub(super) async fn start(answers: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/behind/a/proxy", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let state: (Answers, _) = (Arc::new(answers), asked.clone());
        let router = Router::new().fallback(answer).with_state(state);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, asked, task }
    }

    pub(super) async fn run(&self, words: &[&str]) -> Ran {
        self.run_so(words, How::default()).await
    }

    pub(super) async fn run_so(&self, words: &[&str], how: How<'_>) -> Ran {
        run(&self.url, "t0ken", words, how).await
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    State((answers, all)): State<(Answers, Arc<Mutex<Vec<Asked>>>)>,
    method: Method,
    uri: Uri,
    headers: axum::http::HeaderMap,
    body: Bytes,
) -> Response {
    assert_eq!(headers[header::AUTHORIZATION], "Bearer t0ken");
    let path = uri.path_and_query().unwrap().as_str();
    let path = path.strip_prefix("/behind/a/proxy/v1/tenants/dublin/").unwrap_or(path).to_owned();
    let asked = Asked { method: method.to_string(), path, body: body.to_vec() };
    let before = {
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(asked.clone());
        all.len() - 1
    };
    let (status, content_type, body) = answers(&asked, before);
    let location = (header::LOCATION, "http://127.0.0.1:1/elsewhere");
    let status = StatusCode::from_u16(status).unwrap();
    (status, [(header::CONTENT_TYPE, content_type), location], body).into_response()
}
