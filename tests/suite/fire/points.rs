//! Deletions in a real database while the process ends at each of its points, on every pair of transport and store.

use futures::{StreamExt as _, stream};
use redress_runtime::crash::POINTS;
use redress_tests::{
    ambient::Dice,
    fleet::{ALL, Fleet, counted::planned},
};

use crate::flows::world::PAIRS;

const REQUESTS: u32 = 12;
/// Commits that follow one another from a deletion's admission to its end, at least.
const PHASES: u64 = 8;
/// Processes at a time: they wait more than they work.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_every_point_each_planned_row_is_changed_once() {
    let dice = Dice::new(7);
    let all: Vec<_> = PAIRS
        .into_iter()
        .flat_map(|pair| POINTS.map(|point| (pair, point)))
        .map(|(pair, point)| {
            // Each phase of a request passes each point, however many are worked together; a deletion is one phase.
            let nth = if point.ends_with("effect") { 1 } else { 1 + dice.below(PHASES) };
            (pair, point, format!("{point}:{nth}"))
        })
        .collect();
    let killed: Vec<_> = stream::iter(all)
        .map(|(pair, point, crash)| async move { (pair, point, one_kill(pair, &crash).await) })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    for (pair, point, killed) in killed {
        // The target is transactional: no intent is announced. A redelivery comes only after a death.
        let passed = !["before intent", "before attempt"].contains(&point);
        assert_eq!(killed, passed, "{pair:?} {point}");
    }
}

/// True: the process came to the point and ended there.
async fn one_kill(pair: (&str, &str), crash: &str) -> bool {
    let fleet = Fleet::on(pair, REQUESTS * 2).await;
    let driver = fleet.deletions(1..=REQUESTS);
    let mut first = fleet.start(&ALL, Some(crash));
    let killed = tokio::select! {
        _ = first.ended() => true,
        () = fleet.until_closed(REQUESTS) => false,
    };
    drop(first);
    let _survivor = fleet.start(&ALL, None);
    driver.await.unwrap();
    assert_eq!(fleet.target.changes().await, planned(1..=REQUESTS), "{pair:?} {crash}");
    fleet.assert_ledger(REQUESTS as usize, 0).await;
    killed
}
