//! One message among a thousand ends every process that works it: it is convicted, and the others are not.

use super::process::{Pair, Place};

const GOOD: usize = 999;

async fn one_message_that_ends_the_process_is_parked_and_the_rest_done(pair: Pair) {
    let place = Place::new(pair).await;
    let requests = place.submit(GOOD + 1, true).await;
    let mut deaths = 0;
    while place.store.parked(None, None, 10).await.unwrap().is_empty() {
        let mut victim = place.start(None);
        tokio::select! {
            status = victim.ended() => assert!(!status.success()),
            () = place.until_parked(1) => break,
        }
        deaths += 1;
        assert!(deaths < 20, "{pair:?}: the message is never convicted");
    }
    let _survivor = place.start(None);
    place.until_closed(GOOD).await;
    let parked = place.store.parked(None, None, 10).await.unwrap();
    assert_eq!(parked.len(), 1, "{pair:?}: {parked:?}");
    assert_eq!(parked[0].reason, "crashed");
    assert!(deaths >= 3, "{pair:?}: it had its chances");
    let guilty = requests[requests.len() / 2];
    assert_eq!(parked[0].envelope.as_ref().unwrap().request, guilty);
    let good: Vec<_> = requests.into_iter().filter(|request| *request != guilty).collect();
    place.assert_once(&good).await;
}

macro_rules! on_every_pair {
    ($($name:ident = $index:literal)+) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            one_message_that_ends_the_process_is_parked_and_the_rest_done(Pair::ALL[$index]).await;
        }
    )+};
}
on_every_pair! {
    in_process_on_sqlite = 0
    in_process_on_postgres = 1
    on_rabbitmq_and_sqlite = 2
    on_rabbitmq_and_postgres = 3
}
