//! What the doors of audit share, and what they are given.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use redress_bus::Bus;
use redress_contracts::topology::Topology;
use redress_domain::TenantId;
use redress_runtime::{Opener, Publisher};
use redress_store::{Store, StoreError};

/// The doors of audit.
pub struct AuditDoor {
    /// The ledger, and what is parked.
    pub store: Arc<dyn Store>,
    /// The way out for what is worked again.
    pub publisher: Arc<Publisher>,
    /// Opens what is parked.
    pub opener: Arc<dyn Opener>,
    /// Says which queue is whose.
    pub topology: Topology,
    /// The tenant that is told of what nobody can read: nobody knows whose it is.
    pub stranger: Option<TenantId>,
    /// Asked how its queues stand.
    pub bus: Arc<dyn Bus>,
    /// Asked how many requests are open.
    pub counts: Arc<dyn Counts>,
}

/// What is open in a tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenRequests {
    /// How many, by their state.
    pub by_state: BTreeMap<String, u64>,
    /// How many of them are past their due date.
    pub overdue: u64,
    /// How many pieces of work wait for a system, by its name.
    pub waiting: BTreeMap<String, u64>,
}

/// Counts requests: they are intake's.
#[async_trait]
pub trait Counts: Send + Sync {
    /// What is open in this tenant.
    async fn open_requests(&self, tenant: &TenantId) -> Result<OpenRequests, StoreError>;
}
