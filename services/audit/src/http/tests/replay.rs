//! A parked message is worked again, once, and never lost on the way.

use std::{
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use redress_contracts::{Message, topology::Route};
use redress_runtime::Stop;
use redress_store::{Parked, Writes};
use serde_json::json;

use super::house::{House, dublin};

/// Ends after so many turns: whatever it awaits then never comes back, as in a process that dies.
struct Mortal<F> {
    future: Pin<Box<F>>,
    turns_left: usize,
}

impl<F: Future> Future for Mortal<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.turns_left == 0 {
            return Poll::Ready(None);
        }
        self.turns_left -= 1;
        self.future.as_mut().poll(cx).map(Some)
    }
}

/// How a message came to be parked.
#[derive(Debug, Clone, Copy)]
struct Past {
    /// Its sender's outbox has it.
    sent: bool,
    /// It is noted as seen, as what is refused is.
    seen: bool,
}

const PASTS: [Past; 3] =
    [Past { sent: true, seen: true }, Past { sent: false, seen: true }, Past { sent: true, seen: false }];

impl House {
    async fn with_parked(name: &str, past: Past) -> (Self, Message) {
        let house = Self::new(name).await;
        let message = house.event("dublin");
        let key = (message.envelope.id, message.envelope.request);
        if past.sent {
            house.sent(&message).await;
        }
        let mut tx = house.store.begin(&"audit".parse().unwrap()).await.unwrap();
        if past.seen {
            tx.see(&[key]).await.unwrap();
        }
        let parked = vec![house.parked(&message, "audit")];
        tx.write(&Writes { parked, ..Writes::default() }).await.unwrap();
        tx.commit().await.unwrap();
        (house, message)
    }

    async fn all_parked(&self) -> Vec<Parked> {
        self.store.parked(None, None, 10).await.unwrap()
    }

    /// Some process publishes what is late in the outbox, and audit gets it.
    async fn deliver_late(&self) {
        self.wait(6);
        for outgoing in self.publisher.claim_late().await.unwrap() {
            let envelope = outgoing.message.envelope.clone();
            self.hear(outgoing.message).await;
            self.store.mark_sent(&[(envelope.request, envelope.id)]).await.unwrap();
        }
    }
}

#[tokio::test]
async fn wherever_the_process_ends_the_message_is_worked_once() {
    for (i, past) in PASTS.into_iter().enumerate() {
        let (mut turns, mut ended, mut left, mut gone) = (0, false, 0, 0);
        while !ended {
            let (house, message) = House::with_parked(&format!("dies{i}_{turns}"), past).await;
            let parked = house.all_parked().await.pop().unwrap();
            let replay = house.door.replay(&parked);
            ended = Mortal { future: Box::pin(replay), turns_left: turns }.await.is_some();
            house.deliver_late().await;
            let again = house.all_parked().await.pop();
            match &again {
                Some(parked) => {
                    left += 1;
                    house.door.replay(parked).await.unwrap();
                    house.deliver_late().await;
                }
                None => gone += 1,
            }
            assert!(again.is_none() || !ended, "{past:?}, {turns} turns: it is parked still");
            let rows = house.store.ledger(&dublin(), 0, 10).await.unwrap();
            let bodies: Vec<&[u8]> = rows.iter().map(|row| row.entry.body.as_slice()).collect();
            assert_eq!(bodies, [&message.body[..]], "{past:?}, {turns} turns");
            assert_eq!(house.all_parked().await, [], "{past:?}, {turns} turns");
            turns += 1;
        }
        // How often it is polled before the moment is the machine's affair.
        assert!(left > 0 && gone > 0, "{past:?}: it died on both sides of the moment, {left} and {gone}");
    }
}

#[tokio::test]
async fn it_goes_at_once_with_its_id_to_its_own_queue_alone() {
    for (i, past) in PASTS.into_iter().enumerate() {
        let (house, message) = House::with_parked(&format!("at_once{i}"), past).await;
        let (stop, stopped) = Stop::new();
        let mut running = pin!(house.publisher.run(Duration::from_secs(3600), stopped));
        let path = format!("dublin/parked/audit/{}/replay", message.envelope.id);
        tokio::select! {
            biased;
            () = &mut running => unreachable!("it runs until it is stopped"),
            answer = house.ask("operator-dublin", "POST", &path) => {
                assert_eq!((answer.0, &answer.1["id"]), (202, &json!(message.envelope.id)));
            }
        }
        stop.send_replace(true);
        running.await;
        let published = house.bus.0.lock().unwrap().pop().unwrap();
        assert_eq!(
            (published.message.envelope.id, &published.message.body),
            (message.envelope.id, &message.body)
        );
        assert_eq!(published.route, Route::to_service(&"audit".parse().unwrap()), "{past:?}");
        house.wait(6);
        assert!(house.publisher.claim_late().await.unwrap().is_empty(), "{past:?}: it was noted as sent");
        assert_eq!(house.ask("operator-dublin", "POST", &path).await.0, 404, "{past:?}: once");
    }
}

#[tokio::test]
async fn it_can_be_parked_and_worked_again_as_often_as_it_takes() {
    for (i, past) in PASTS.into_iter().enumerate() {
        let (house, message) = House::with_parked(&format!("often{i}"), past).await;
        for _ in 0..3 {
            let parked = house.all_parked().await.pop().unwrap();
            house.door.replay(&parked).await.unwrap();
            house.park(&parked).await;
        }
        house.deliver_late().await;
        let rows = house.store.ledger(&dublin(), 0, 10).await.unwrap();
        assert_eq!((rows.len(), &rows[0].entry.body), (1, &message.body), "{past:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_worked_again_stays_and_says_why() {
    let house = House::new("cannot").await;
    let own = |service: &str| house.parked(&house.event("dublin"), service);
    let sent = house.event("dublin");
    house.sent(&sent).await;
    let mut forged = house.parked(&Message { body: b"forged".to_vec(), ..sent.clone() }, "audit");
    let cases = [
        (Parked { envelope: None, ..own("audit") }, "no_envelope"),
        (Parked { sealed_body: Vec::new(), ..own("audit") }, "sealed"),
        (own("gone"), "no_queue"),
        (forged.clone(), "another_message"),
    ];
    for (parked, code) in cases {
        house.park(&parked).await;
        let path = format!("dublin/parked/{}/{}/replay", parked.service, parked.id);
        let (status, said) = house.ask("operator-dublin", "POST", &path).await;
        assert_eq!((status, &said["code"]), (409, &json!(code)), "{said}");
        let there = house.all_parked().await.into_iter().any(|row| row.id == parked.id);
        assert!(there, "{code}: it stays");
    }
    // Whoever names another sender finds another's message too.
    forged.envelope.as_mut().unwrap().source = "reports".parse().unwrap();
    let refused = house.door.replay(&forged).await.unwrap_err();
    assert_eq!(refused.code(), "another_message");
    house.wait(6);
    assert!(house.publisher.claim_late().await.unwrap().is_empty(), "nothing of it goes out");
    let to_connector = house.parked(&house.event("dublin"), "sql");
    house.park(&to_connector).await;
    house.door.replay(&to_connector).await.unwrap();
    house.wait(6);
    let late = house.publisher.claim_late().await.unwrap();
    assert_eq!(late[0].route, Route::to_connector(&"sql".parse().unwrap()));
}
