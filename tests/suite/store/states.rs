//! Inbox, states and steps: what the loop's transaction rests on.

use redress_domain::RequestId;
use redress_store::{IndexRow, StateFilter, StateRow, StepRow, StoreError, Writes};

use super::{World, intake, on_both_dialects, row, secs, tenant, write};

on_both_dialects! {
    a_message_is_new_once
    a_dropped_transaction_leaves_nothing
    a_state_is_written_only_after_the_version_before
    states_are_listed_newest_first_page_by_page
    steps_are_kept_by_name
    a_person_is_found_by_their_blind_index
    what_closed_long_ago_is_forgotten_but_its_state
}

async fn a_message_is_new_once(world: World) {
    let (request, a, b) = (world.ids.request(), world.ids.message(), world.ids.message());
    let mut tx = world.begin().await;
    assert_eq!(tx.see(&[(a, request), (b, request), (a, request)]).await.unwrap(), [true, true, false]);
    tx.commit().await.unwrap();
    let mut tx = world.begin().await;
    assert_eq!(tx.see(&[(b, request)]).await.unwrap(), [false]);
    let second = world.ids.request();
    assert_eq!(tx.see(&[(b, request), (b, second)]).await.unwrap(), [false, true], "an id is one request's");
    drop(tx);
    let mut other = world.store.begin(&"audit".parse().unwrap()).await.unwrap();
    assert_eq!(other.see(&[(a, request)]).await.unwrap(), [true], "each service has its own inbox");
}

async fn a_dropped_transaction_leaves_nothing(world: World) {
    let (request, message) = (world.ids.request(), world.ids.message());
    let mut tx = world.begin().await;
    assert_eq!(tx.see(&[(message, request)]).await.unwrap(), [true]);
    let outbox = vec![world.outgoing(request, None)];
    tx.write(&Writes { states: vec![write(row(request, 1))], outbox, ..Writes::default() }).await.unwrap();
    drop(tx);
    world.clock.advance(secs(60));
    let mut tx = world.begin().await;
    assert_eq!(tx.see(&[(message, request)]).await.unwrap(), [true]);
    assert_eq!(tx.lock(&[request]).await.unwrap(), []);
    drop(tx);
    assert_eq!(world.store.claim_unsent(10, secs(5)).await.unwrap(), []);
}

async fn a_state_is_written_only_after_the_version_before(world: World) {
    let request = world.request().await;
    let full = StateRow {
        version: 2,
        format: 3,
        status: "in_review".to_owned(),
        due_at: Some("2026-07-10T00:00:00.000001Z".parse().unwrap()),
        body: vec![0, 255],
        early: vec![7],
        closed_at: Some("2026-07-11T00:00:00Z".parse().unwrap()),
        ..row(request, 2)
    };
    world.write(Writes { states: vec![write(full.clone())], ..Writes::default() }).await;
    for wrong in [1, 2, 4] {
        // Over 0, 1 and 3, where 2 is there.
        let mut tx = world.begin().await;
        let writes = Writes { states: vec![write(row(request, wrong))], ..Writes::default() };
        let refused = tx.write(&writes).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "version {wrong} over 2: {refused:?}");
    }
    assert_eq!(world.store.state(&intake(), request).await.unwrap(), Some(full.clone()));
    let mut tx = world.begin().await;
    assert_eq!(tx.lock(&[request, world.ids.request()]).await.unwrap(), [full]);
}

async fn states_are_listed_newest_first_page_by_page(world: World) {
    let mut requests: Vec<RequestId> = Vec::new();
    for i in 0..25u32 {
        let request = world.ids.request();
        let status = if i % 5 == 0 { "closed" } else { "held" }.to_owned();
        let closed_at = (i % 5 == 0).then(|| "2026-07-11T00:00:00Z".parse().unwrap());
        let tenant = if i % 2 == 0 { tenant() } else { "cork".parse().unwrap() };
        let row = StateRow { tenant, status, closed_at, ..row(request, 1) };
        world.write(Writes { states: vec![write(row)], ..Writes::default() }).await;
        world.clock.advance(secs(1));
        requests.push(request);
    }
    requests.reverse();
    let list = async |filter: StateFilter| {
        let (mut all, mut before) = (Vec::new(), None);
        loop {
            let page = world.store.states(&intake(), &filter, before, 4).await.unwrap();
            assert!(page.len() <= 4);
            all.extend(page.iter().map(|row| row.request));
            match page.last() {
                Some(last) => before = Some(last.request),
                None => return all,
            }
        }
    };
    let filter = StateFilter::default();
    assert_eq!(list(filter.clone()).await, requests);
    assert_eq!(list(StateFilter { tenant: Some(tenant()), ..filter.clone() }).await.len(), 13);
    assert_eq!(list(StateFilter { status: Some("closed".to_owned()), ..filter.clone() }).await.len(), 5);
    assert_eq!(list(StateFilter { open: true, ..filter }).await.len(), 20);
}

async fn steps_are_kept_by_name(world: World) {
    let request = world.request().await;
    let step = |key: &str, body| StepRow { request, key: key.to_owned(), format: 1, body };
    let names = |keys: &[&str]| keys.iter().map(|key| (request, (*key).to_owned())).collect::<Vec<_>>();
    world.write(Writes { steps: vec![step("b", vec![1]), step("a", vec![2])], ..Writes::default() }).await;
    world.write(Writes { steps: vec![step("b", vec![3])], ..Writes::default() }).await;
    let mut tx = world.begin().await;
    assert_eq!(tx.steps(&names(&["b", "c"])).await.unwrap(), [step("b", vec![3])]);
    drop(tx);
    let all = world.store.steps_of(&intake(), request).await.unwrap();
    assert_eq!(all, [step("a", vec![2]), step("b", vec![3])]);
}

async fn a_person_is_found_by_their_blind_index(world: World) {
    let (first, second) = (world.request().await, world.request().await);
    let entry = |request, blind: &[u8]| IndexRow { tenant: tenant(), blind: blind.to_vec(), request };
    let index =
        vec![entry(first, b"anna"), entry(second, b"anna"), entry(second, b"anna"), entry(second, b"brian")];
    world.write(Writes { index, ..Writes::default() }).await;
    let found = async |blind: &[u8]| world.store.by_index(&tenant(), &[blind]).await.unwrap().concat();
    let mut newest_first = [first, second];
    newest_first.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(found(b"anna").await, newest_first);
    assert_eq!(found(b"brian").await, [second]);
    assert_eq!(found(b"ciara").await, []);
    let blinds: [&[u8]; 3] = [b"brian", b"ciara", b"anna"];
    let expected = vec![vec![second], Vec::new(), newest_first.to_vec()];
    assert_eq!(world.store.by_index(&tenant(), &blinds).await.unwrap(), expected);
    let cork = "cork".parse().unwrap();
    assert_eq!(world.store.by_index(&cork, &[b"anna"]).await.unwrap(), [[]], "never another tenant's");
}

async fn what_closed_long_ago_is_forgotten_but_its_state(world: World) {
    let (old, open, recent) = (world.request().await, world.request().await, world.request().await);
    for request in [old, open, recent] {
        let mut tx = world.begin().await;
        tx.see(&[(world.ids.message(), request)]).await.unwrap();
        let at = ["2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"][usize::from(request == recent)];
        let closed_at = (request != open).then(|| at.parse().unwrap());
        let writes = Writes {
            states: vec![write(StateRow { closed_at, ..row(request, 2) })],
            steps: vec![StepRow { request, key: "a".to_owned(), format: 1, body: vec![] }],
            outbox: vec![world.outgoing(request, None)],
            ..Writes::default()
        };
        tx.write(&writes).await.unwrap();
        tx.commit().await.unwrap();
    }
    let before = "2026-05-01T00:00:00Z".parse().unwrap();
    assert_eq!(world.store.forget_closed(&intake(), before, 10).await.unwrap(), 1);
    assert_eq!(world.store.forget_closed(&intake(), before, 10).await.unwrap(), 0, "once");
    assert_eq!(world.store.steps_of(&intake(), old).await.unwrap(), []);
    assert_eq!(world.store.steps_of(&intake(), recent).await.unwrap().len(), 1);
    assert!(world.store.state(&intake(), old).await.unwrap().is_some());
    world.clock.advance(secs(60));
    let mut unsent: Vec<RequestId> = Vec::new();
    for outgoing in world.store.claim_unsent(10, secs(5)).await.unwrap() {
        unsent.push(outgoing.message.envelope.request);
    }
    unsent.sort_unstable();
    let mut left = [open, recent];
    left.sort_unstable();
    assert_eq!(unsent, left);
}
