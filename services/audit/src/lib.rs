//! The ledger: every event of every service, in order.
