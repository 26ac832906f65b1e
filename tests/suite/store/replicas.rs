//! Four replicas gather a thousand outcomes of one request, crash as they please, get messages twice, and
//! count each exactly once.

use std::sync::{Arc, Mutex};

use redress_domain::{MessageId, RequestId};
use redress_store::{StateRow, Store, StoreError, Writes};
use redress_tests::ambient::Dice;

use super::{World, intake, on_both_dialects, row, write};

const OUTCOMES: usize = 1000;

on_both_dialects! { four_replicas_count_a_thousand_outcomes_once_each }

/// A queue that gives a message again until it is acknowledged.
type Queue = Arc<Mutex<Vec<MessageId>>>;

async fn four_replicas_count_a_thousand_outcomes_once_each(world: World) {
    let request = world.request().await;
    let messages: Vec<MessageId> = (0..OUTCOMES).map(|_| world.ids.message()).collect();
    // Each comes twice, the second far from the first.
    let queue: Queue = Arc::new(Mutex::new([messages.clone(), messages].concat()));
    let replicas = (0..4).map(|seed| {
        let (store, queue) = (world.replica(), queue.clone());
        tokio::spawn(async move {
            let dice = Dice::new(seed);
            while gather_one_batch(&*store, &queue, request, &dice).await {}
        })
    });
    for replica in replicas.collect::<Vec<_>>() {
        replica.await.unwrap();
    }
    let row = world.store.state(&intake(), request).await.unwrap().unwrap();
    assert_eq!(counted(&row.body), 1 + OUTCOMES as u64);
}

/// The state's body counts the outcomes (from 1, as the world makes it).
fn counted(body: &[u8]) -> u64 {
    u64::from_be_bytes(body.try_into().unwrap())
}

/// Takes a batch, counts what is new, and writes; in one of five, dies before the commit. False: the queue
/// is empty.
async fn gather_one_batch(store: &dyn Store, queue: &Queue, request: RequestId, dice: &Dice) -> bool {
    let batch: Vec<MessageId> = {
        let mut queue = queue.lock().unwrap();
        let left = queue.len().saturating_sub(1 + dice.below(40) as usize);
        queue.split_off(left)
    };
    if batch.is_empty() {
        return false;
    }
    let done = async {
        let mut tx = store.begin(&intake()).await?;
        let seen = tx.see(&batch.iter().map(|id| (*id, request)).collect::<Vec<_>>()).await?;
        let before = tx.lock(&[request]).await?.remove(0);
        let new = seen.iter().filter(|new| **new).count() as u64;
        let body = (counted(&before.body) + new).to_be_bytes().to_vec();
        let states = vec![write(StateRow { body, ..row(request, before.version + 1) })];
        tx.write(&Writes { states, ..Writes::default() }).await?;
        if dice.below(5) == 0 {
            return Err(StoreError::Conflict("died".to_owned()));
        }
        tx.commit().await
    };
    match done.await {
        Ok(()) => {}
        Err(StoreError::Conflict(_)) => queue.lock().unwrap().extend(batch),
        Err(error) => panic!("{error}"),
    }
    true
}
