//! Timers: set, replaced, due once, and never two at a time for one request.

use redress_domain::{Clock as _, RequestId};
use redress_store::{Timer, Transaction, Writes};

use super::{World, on_both_dialects, secs};

on_both_dialects! {
    a_timer_set_again_is_replaced
    a_due_timer_is_taken_once_with_its_state
    a_timer_taken_in_vain_is_due_again
    the_next_timer_is_known
    a_timer_of_a_newer_format_is_left_to_newer_processes
}

impl World {
    fn timer(&self, request: RequestId, name: &str, in_secs: i64) -> Timer {
        Timer { request, name: name.to_owned(), due_at: self.clock.now() + secs(in_secs), body: vec![9] }
    }
}

async fn due(tx: &mut Box<dyn Transaction>) -> Vec<String> {
    tx.due_timers(10, 1).await.unwrap().into_iter().map(|(timer, _)| timer.name).collect()
}

async fn a_timer_set_again_is_replaced(world: World) {
    let request = world.request().await;
    let timers = vec![world.timer(request, "retry", 1), world.timer(request, "sweep", 2)];
    world.write(Writes { timers, ..Writes::default() }).await;
    world.write(Writes { timers: vec![world.timer(request, "retry", 100)], ..Writes::default() }).await;
    let cleared = vec![(request, "sweep".to_owned())];
    world.write(Writes { timers_cleared: cleared, ..Writes::default() }).await;
    world.clock.advance(secs(50));
    assert_eq!(due(&mut world.begin().await).await, [""; 0]);
    world.clock.advance(secs(50));
    assert_eq!(due(&mut world.begin().await).await, ["retry"]);
}

async fn a_due_timer_is_taken_once_with_its_state(world: World) {
    let (first, second) = (world.request().await, world.request().await);
    let timers = vec![world.timer(first, "b", 2), world.timer(first, "a", 3), world.timer(second, "c", 1)];
    world.write(Writes { timers: timers.clone(), ..Writes::default() }).await;
    world.clock.advance(secs(10));
    let mut tx = world.begin().await;
    let taken = tx.due_timers(10, 1).await.unwrap();
    tx.commit().await.unwrap();
    let names: Vec<&str> = taken.iter().map(|(timer, _)| timer.name.as_str()).collect();
    assert_eq!(names, ["c", "b", "a"], "the longest overdue first");
    for (timer, state) in &taken {
        assert!(timers.contains(timer));
        assert_eq!((state.request, state.version), (timer.request, 1));
    }
    assert_eq!(due(&mut world.begin().await).await, [""; 0]);
}

async fn a_timer_taken_in_vain_is_due_again(world: World) {
    let request = world.request().await;
    world.write(Writes { timers: vec![world.timer(request, "retry", 0)], ..Writes::default() }).await;
    let mut tx = world.begin().await;
    assert_eq!(due(&mut tx).await, ["retry"]);
    drop(tx);
    // A dropped transaction is rolled back a little later, on its own connection.
    while due(&mut world.begin().await).await != ["retry"] {
        tokio::task::yield_now().await;
    }
}

async fn the_next_timer_is_known(world: World) {
    let next = async || world.store.next_timer(&super::intake()).await.unwrap();
    assert_eq!(next().await, None);
    let request = world.request().await;
    let timers = vec![world.timer(request, "later", 60), world.timer(request, "soon", 30)];
    world.write(Writes { timers, ..Writes::default() }).await;
    assert_eq!(next().await, Some(world.clock.now() + secs(30)));
}

async fn a_timer_of_a_newer_format_is_left_to_newer_processes(world: World) {
    let request = world.ids.request();
    let states = vec![super::write(redress_store::StateRow { format: 2, ..super::row(request, 1) })];
    let timers = vec![world.timer(request, "retry", 0)];
    world.write(Writes { states, timers, ..Writes::default() }).await;
    assert_eq!(due(&mut world.begin().await).await, [""; 0]);
    assert_eq!(world.begin().await.due_timers(10, 2).await.unwrap().len(), 1);
}

/// What another transaction has locked is left to it, and not waited for.
#[tokio::test]
async fn timers_of_a_locked_request_are_left_alone() {
    let world = World::postgres().await;
    let (locked, free) = (world.request().await, world.request().await);
    let timers = vec![world.timer(locked, "locked", 0), world.timer(free, "free", 0)];
    world.write(Writes { timers, ..Writes::default() }).await;
    let mut holder = world.begin().await;
    holder.lock(&[locked]).await.unwrap();
    let mut tx = world.begin().await;
    assert_eq!(due(&mut tx).await, ["free"]);
    drop(holder);
    tx.commit().await.unwrap();
    while due(&mut world.begin().await).await != ["locked"] {
        tokio::task::yield_now().await;
    }
}
