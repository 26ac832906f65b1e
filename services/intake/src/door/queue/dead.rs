//! Dead letters: what the broker gave up by its operator's policy (`delivery-limit`), since whoever had it never
//! acknowledged it. Each is parked with the service whose queue it was in; the sender of a submission hears of it as of
//! one that cannot be taken in. Here, since only this door knows whose submissions are.
//!
//! It is not noted as seen: whoever waits for an answer asks again, and most of what dies so only stood beside what
//! ended a process.

use redress_bus::{Delivery, Unreadable};
use redress_contracts::topology::{CRASHED, service_of};
use redress_runtime::{Refused, http::Problem, park};
use redress_store::Writes;

use super::{QueueDoor, Rejected};

/// A stable code.
const GIVEN_UP: &str = "given_up";
const WHY: &str =
    "the broker delivered it time and again, and nobody acknowledged it: whoever had it ended or stood still";

impl QueueDoor {
    pub(super) async fn bury_all(&self, deliveries: &[Delivery]) {
        for delivery in deliveries {
            self.until_stored(|| self.park_dead(delivery)).await;
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
