//! Opens the doors of a process.

use axum::Router;
use futures::future::BoxFuture;
use tokio::net::TcpListener;

use crate::Stop;

/// Answers on this address until the stop, and then what was begun.
pub fn serve(listener: TcpListener, router: Router, mut stop: Stop) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        // A router that is served as it is would be copied, with all that its doors hold, for each connection.
        let doors = router.into_make_service();
        let serving =
            axum::serve(listener, doors).with_graceful_shutdown(async move { stop.stopped().await });
        if let Err(error) = serving.await {
            tracing::error!(%error, "the doors are closed");
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
    };

    use super::*;

    /// What a door holds.
    struct Held(Arc<AtomicUsize>);

    impl Clone for Held {
        fn clone(&self) -> Self {
            self.0.fetch_add(1, Ordering::Relaxed);
            Self(self.0.clone())
        }
    }

    #[tokio::test]
    async fn a_connection_costs_no_copy_of_the_doors() {
        let copies = Arc::new(AtomicUsize::new(0));
        let held = Held(copies.clone());
        let router = Router::new().route("/", get(move || async move { drop(held) }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, (_stopper, stop)) = (listener.local_addr().unwrap(), Stop::new());
        tokio::spawn(serve(listener, router, stop));
        let mut after = Vec::new();
        for _ in 0..3 {
            let mut connection = TcpStream::connect(address).await.unwrap();
            let asked = b"GET /elsewhere HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";
            connection.write_all(asked).await.unwrap();
            let mut answer = String::new();
            connection.read_to_string(&mut answer).await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
            after.push(copies.load(Ordering::Relaxed));
        }
        assert_eq!(after, [after[0]; 3]);
    }
}
