//! Verifies a tenant's ledger from its first entry on, row by row, in memory that grows with the logarithm of
//! its length: `redress ledger verify` does it, and so can anybody who has the rows.
//!
//! What it finds by itself: an entry that was changed, dropped from among others, moved, renumbered or taken
//! from another tenant; and that the last ones were dropped, where the count that the database keeps beside them
//! still has them. Who writes entry and leaf anew, or drops the last ones and lowers the count, leaves a ledger
//! that is consistent in itself: it has another root, and shows against any root that was noted before.

use redress_contracts::ledger::leaf_hash;
use redress_domain::TenantId;
use redress_store::LedgerRow;
use sha2::{Digest as _, Sha256};

/// SHA-256.
pub type Hash = [u8; 32];

/// A ledger without a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// How many entries it has.
    pub entries: u64,
    /// Its Merkle tree head: RFC 6962, 2.1.
    pub root: Hash,
}

/// What is wrong with a ledger, at the first place where something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An entry is missing, or stands where another should.
    #[error("entry {expected} should stand here, and entry {found} does: one is missing, or was moved")]
    OutOfPlace {
        /// The index that comes next.
        expected: u64,
        /// The one that came.
        found: u64,
    },
    /// An entry of another tenant.
    #[error("entry {index} is another tenant's")]
    Foreign {
        /// Which one.
        index: u64,
    },
    /// The last entries are not there.
    #[error("entry {expected} and all behind it are missing: {counted} were written")]
    CutOff {
        /// The index that comes next.
        expected: u64,
        /// How many there were.
        counted: u64,
    },
    /// An entry that is not what was written.
    #[error("entry {index} was changed after it was written")]
    Changed {
        /// Which one.
        index: u64,
    },
}

/// Verifies a tenant's rows, all of them, in their order.
///
/// # Errors
/// The first fault.
pub fn verify<'a>(
    tenant: &TenantId,
    rows: impl IntoIterator<Item = &'a LedgerRow>,
) -> Result<Verified, Fault> {
    let mut verifier = Verifier::new(tenant.clone());
    for row in rows {
        verifier.push(row)?;
    }
    Ok(verifier.verified())
}

/// Verifies a ledger that comes in pages.
#[derive(Debug, Clone)]
pub struct Verifier {
    tenant: TenantId,
    tree: Tree,
}

impl Verifier {
    /// Of this tenant's ledger, before its first entry.
    pub fn new(tenant: TenantId) -> Self {
        Self { tenant, tree: Tree::default() }
    }

    /// The next row.
    ///
    /// # Errors
    /// What is wrong with it. The verifier is as it was then.
    pub fn push(&mut self, row: &LedgerRow) -> Result<(), Fault> {
        let index = row.entry.index;
        if index != self.tree.size {
            return Err(Fault::OutOfPlace { expected: self.tree.size, found: index });
        }
        if row.entry.tenant != self.tenant.as_str() {
            return Err(Fault::Foreign { index });
        }
        let leaf = leaf_hash(&row.entry);
        if row.leaf != leaf {
            return Err(Fault::Changed { index });
        }
        self.tree.push(leaf);
        Ok(())
    }

    /// The end of the rows, of which this many were counted before the first was read.
    ///
    /// # Errors
    /// When the last ones are missing.
    pub fn end(&self, counted: u64) -> Result<Verified, Fault> {
        let verified = self.verified();
        if verified.entries < counted {
            return Err(Fault::CutOff { expected: verified.entries, counted });
        }
        Ok(verified)
    }

    /// What was verified so far: the head that the ledger had at this length.
    pub fn verified(&self) -> Verified {
        Verified { entries: self.tree.size, root: self.tree.root() }
    }
}

/// The heads of the full subtrees over all leaves so far, largest first: one for each bit of their number.
#[derive(Debug, Clone, Default)]
struct Tree {
    size: u64,
    heads: Vec<Hash>,
}

impl Tree {
    fn push(&mut self, leaf: Hash) {
        let mut head = leaf;
        // Two subtrees of the same size make one of twice the size.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.heads.pop() {
                head = node(&left, &head);
            }
        }
        self.heads.push(head);
        self.size += 1;
    }

    /// RFC 6962 splits a tree at the largest power of two: its last subtrees are its deepest.
    fn root(&self) -> Hash {
        let joined = self.heads.iter().rev().copied().reduce(|right, left| node(&left, &right));
        joined.unwrap_or_else(|| Sha256::digest([]).into())
    }
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1u8]).chain_update(left).chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests;
