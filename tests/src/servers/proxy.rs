//! Stands before an object store, and breaks it in the middle of whatever is being written.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use reqwest::Client;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use super::Bucket;

/// See the module. It ends with the test.
pub struct Proxy {
    way: Arc<Way>,
    task: JoinHandle<()>,
}

struct Way {
    upstream: SocketAddr,
    http: Client,
    /// How many writes come to their end before it breaks; none: it does not.
    left: Mutex<Option<u64>>,
    broken: watch::Sender<bool>,
    /// Requests that found no store behind it.
    lost: watch::Sender<u64>,
}

impl Proxy {
    /// Stands before this bucket; gives it as it is reached from now on.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn before(bucket: &Bucket) -> anyhow::Result<(Self, Bucket)> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let bucket_there = bucket.at(listener.local_addr()?);
        let way = Arc::new(Way {
            upstream: bucket.address,
            http: {
                redress::choose_tls();
                Client::new()
            },
            left: Mutex::default(),
            broken: watch::Sender::new(false),
            lost: watch::Sender::new(0),
        });
        let router = Router::new().fallback(pass).with_state(way.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap_or_default() });
        Ok((Self { way, task }, bucket_there))
    }

    /// From now on so many writes pass. The last of them has its effect and is told that it has none, and whatever
    /// comes after it is refused.
    pub fn break_at(&self, write: u64) {
        self.way.broken.send_replace(false);
        *self.way.left() = Some(write);
    }

    /// Waits until it is broken.
    pub async fn broken(&self) {
        self.way.broken.subscribe().wait_for(|broken| *broken).await.map(drop).unwrap_or_default();
    }

    /// It is as it was.
    pub fn mend(&self) {
        *self.way.left() = None;
    }

    /// Waits until another request has found no store.
    pub async fn lost(&self) {
        let mut lost = self.way.lost.subscribe();
        lost.mark_unchanged();
        lost.changed().await.unwrap_or_default();
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Way {
    fn left(&self) -> std::sync::MutexGuard<'_, Option<u64>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it passes, and whether its answer does.
    fn passes(&self, method: &Method) -> (bool, bool) {
        let mut left = self.left();
        match &mut *left {
            None => (true, true),
            Some(0) => (false, false),
            Some(_) if *method == Method::GET => (true, true),
            Some(writes) => {
                *writes -= 1;
                (true, *writes > 0)
            }
        }
    }

    async fn send(&self, request: Request) -> anyhow::Result<Response> {
        let (parts, body) = request.into_parts();
        let url = format!("http://{}{}", self.upstream, parts.uri);
        let mut headers = parts.headers;
        headers.remove(header::HOST);
        let body = to_bytes(body, usize::MAX).await?;
        let answer = self.http.request(parts.method, url).headers(headers).body(body).send().await?;
        let (status, mut headers) = (answer.status(), answer.headers().clone());
        headers.remove(header::TRANSFER_ENCODING);
        Ok((status, headers, Body::from(answer.bytes().await?)).into_response())
    }
}

async fn pass(State(way): State<Arc<Way>>, request: Request) -> Response {
    let (passes, is_answered) = way.passes(request.method());
    let answer = match passes {
        true => way.send(request).await.unwrap_or_else(|_| {
            way.lost.send_modify(|lost| *lost += 1);
            StatusCode::BAD_GATEWAY.into_response()
        }),
        false => StatusCode::FORBIDDEN.into_response(),
    };
    if is_answered {
        return answer;
    }
    way.broken.send_replace(true);
    StatusCode::FORBIDDEN.into_response()
}
