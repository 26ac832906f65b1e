//! The process ends at every point that a message passes, on every pair; another goes on, and nothing is
//! lost or doubled.

use std::time::Duration;

use futures::{StreamExt as _, stream};
use redress_runtime::crash::POINTS;

use super::process::{Pair, Place};

const REQUESTS: usize = 12;
/// The first time that the process comes to a point, and some time in the middle.
const TIMES: [u32; 2] = [1, 5];
/// Processes at a time: they wait more than they work.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_every_point_nothing_is_lost_or_doubled() {
    let all = Pair::ALL.into_iter().flat_map(|pair| {
        POINTS.into_iter().flat_map(move |point| TIMES.map(move |nth| (pair, format!("{point}:{nth}"))))
    });
    let reached: Vec<(Pair, String, bool)> = stream::iter(all)
        .map(|(pair, crash)| async move {
            let ended = one_kill(pair, &crash).await;
            (pair, crash, ended)
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    for point in POINTS {
        for pair in Pair::ALL {
            let name = format!("{point}:1");
            let ended = reached.iter().any(|(p, crash, ended)| *p == pair && *crash == name && *ended);
            assert!(ended, "no process on {pair:?} ever came to {point:?}");
        }
    }
}

/// True: the process came to the point and ended there.
async fn one_kill(pair: Pair, crash: &str) -> bool {
    let place = Place::new(pair).await;
    let requests = place.submit(REQUESTS, false).await;
    if crash.starts_with("before attempt") {
        // Redeliveries come only after a death: this process dies of something else first.
        let mut other = place.start(Some("after commit:3"));
        tokio::time::timeout(Duration::from_secs(60), other.ended()).await.expect("it dies");
    }
    let mut first = place.start(Some(crash));
    let ended = tokio::select! {
        status = first.ended() => !status.success(),
        () = place.until_closed(REQUESTS) => !first.runs(),
    };
    drop(first);
    let _survivor = place.start(None);
    place.until_closed(REQUESTS).await;
    place.assert_once(&requests).await;
    assert_eq!(place.store.parked(None, None, 10).await.unwrap(), [], "{pair:?} {crash}");
    ended
}
