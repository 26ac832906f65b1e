//! Two tiny services, to put the loop to the test: `alpha` sends out tasks for a request and gathers their
//! outcomes; `beta` is a connector whose effects are counted.

mod alpha;
mod beta;
mod target;

use std::sync::Arc;

use redress_contracts::{
    ContentType, Envelope, Message,
    topology::{Route, Topology},
    v1,
};
use redress_domain::{Clock, ConnectorName, Ids, RequestId, ServiceName, TenantId};
use redress_runtime::Sealer;
use redress_store::Outgoing;

pub use alpha::Alpha;
pub use beta::Beta;
pub use target::Target;

/// Tasks of one request: one for each of the connector's systems, and two for both.
pub const TASKS: usize = 4;
/// Effects of one request.
pub const EFFECTS: usize = 6;
/// The systems: one that is transactional, one that is not.
pub const SYSTEMS: [&str; 2] = ["ledgered", "plain"];

/// The requester's name.
pub fn alpha() -> ServiceName {
    "alpha".parse().expect("a name")
}

/// The connector's name.
pub fn beta() -> ConnectorName {
    "beta".parse().expect("a name")
}

/// The only tenant.
pub fn tenant() -> TenantId {
    "dublin".parse().expect("a name")
}

/// Their queues.
pub fn topology() -> Topology {
    Topology::new(&[alpha()], &[], &[beta()])
}

/// The message that begins a request. One that `aborts` ends any process that decides on it.
pub fn begin(ids: &Ids, clock: &dyn Clock, aborts: bool) -> (RequestId, Outgoing) {
    let request = ids.request();
    let systems = if aborts { vec!["abort".to_owned()] } else { Vec::new() };
    let body = v1::Discover { request: request.to_string(), systems, ..v1::Discover::default() };
    let envelope = Envelope {
        id: ids.message(),
        kind: "redress.v1.Discover".to_owned(),
        source: "front".parse().expect("a name"),
        time: clock.now(),
        tenant: tenant(),
        request,
        state_version: 0,
        answers: None,
        traceparent: None,
        again: false,
        content_type: ContentType::Protobuf,
    };
    let message = Message { envelope, body: prost::Message::encode_to_vec(&body) };
    (request, Outgoing { message, route: Route::to_service(&alpha()), cause: None })
}

/// Seals with a key of its own.
pub struct TestSealer(Arc<dyn redress_domain::Random>);

impl TestSealer {
    /// With this randomness.
    pub fn new(random: Arc<dyn redress_domain::Random>) -> Self {
        Self(random)
    }
}

impl Sealer for TestSealer {
    fn seal(&self, _: Option<&Envelope>, body: &[u8]) -> Vec<u8> {
        let purpose = redress_vault::Purpose { what: "parked", whose: "test" };
        redress_vault::seal(&redress_vault::Key::new([3; 32]), purpose, body, &*self.0).body
    }
}
