//! Dead letters: what the broker gave up by its operator's policy (`delivery-limit`), since whoever had it never
//! acknowledged it. Each is parked with the service whose queue it was in; the sender of a submission hears of it as of
//! one that cannot be taken in. Here, since only this door knows whose submissions are.
//!
//! It is not noted as seen: whoever waits for an answer asks again, and most of what dies so only stood beside what
//! ended a process.

use std::sync::Arc;

use futures::future::BoxFuture;
use redress_bus::{Bus, Delivery, Unreadable};
use redress_contracts::topology::{CRASHED, service_of};
use redress_runtime::{Refused, Stop, http::Problem, park};
use redress_store::Writes;

use super::{AT_ONCE, QueueDoor, Rejected};

/// A stable code.
const GIVEN_UP: &str = "given_up";
const WHY: &str =
    "the broker delivered it time and again, and nobody acknowledged it: whoever had it ended or stood still";

impl QueueDoor {
    /// Parks dead letters until the stop.
    pub fn park_dead_letters(self, bus: Arc<dyn Bus>, mut stop: Stop) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            let mut consumer = bus.consume(CRASHED, u16::try_from(AT_ONCE).unwrap_or(u16::MAX));
            while let Some(deliveries) = stop.or(consumer.next(AT_ONCE)).await {
                let Some(last) = deliveries.last() else { return };
                for delivery in &deliveries {
                    if stop.or(self.bury(delivery)).await.is_none() {
                        return;
                    }
                }
                consumer.ack(last.tag).await;
            }
        })
    }

    /// Parks it; waits for the store as long as it takes.
    async fn bury(&self, delivery: &Delivery) {
        while let Err(problem) = self.park_dead(delivery).await {
            tracing::warn!(detail = problem.detail(), "a dead letter waits");
            self.front.context.until_the_store_answers().await;
        }
    }

    async fn park_dead(&self, delivery: &Delivery) -> Result<(), Problem> {
        if let Err(Unreadable { stranger: Some(_), .. }) = &delivery.message {
            return self.reject(&self.came(delivery), Rejected::new(GIVEN_UP, WHY)).await;
        }
        let context = &self.front.context;
        // Somebody may have given another queue the same policy, or have written to this one.
        let queues = [delivery.dead_of.as_deref(), Some(CRASHED)];
        let service = queues.into_iter().flatten().find_map(service_of);
        let service = service.unwrap_or_else(|| self.service.clone());
        let (now, sealer) = (context.clock.now(), &*context.sealer);
        let parked = match &delivery.message {
            Ok(message) => park::refused(&service, message, Refused::new(GIVEN_UP, WHY), 1, now, sealer),
            Err(unreadable) => park::unreadable(&service, unreadable, now, &context.ids, sealer),
        };
        tracing::error!(%service, message = %parked.id, "the broker gave a message up: parked");
        let mut tx = context.store.begin(&service).await?;
        tx.write(&Writes { parked: vec![parked], ..Writes::default() }).await?;
        Ok(tx.commit().await?)
    }
}
