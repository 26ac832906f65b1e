//! Opens the doors of a process.

use axum::Router;
use futures::future::BoxFuture;
use tokio::net::TcpListener;

use crate::Stop;

/// Answers on this address until the stop, and then what was begun.
pub fn serve(listener: TcpListener, router: Router, mut stop: Stop) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        let serving =
            axum::serve(listener, router).with_graceful_shutdown(async move { stop.stopped().await });
        if let Err(error) = serving.await {
            tracing::error!(%error, "the doors are closed");
        }
    })
}
