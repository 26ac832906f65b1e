//! What a leaf of the ledger is computed over: one canonical byte string for one entry, for ever.

use sha2::{Digest, Sha256};

use crate::v1::LedgerEntry;

/// The first line of every entry's canonical bytes.
const FORMAT: &[u8] = b"redress-ledger-1\n";

/// The canonical byte string of an entry, as `proto/redress/v1/ledger.proto` describes it.
pub fn canonical_bytes(entry: &LedgerEntry) -> Vec<u8> {
    let (index, sequence, at_us) =
        (entry.index.to_be_bytes(), entry.sequence.to_be_bytes(), entry.at_us.to_be_bytes());
    let fields: [&[u8]; 8] = [
        &index,
        entry.tenant.as_bytes(),
        entry.request.as_bytes(),
        entry.sender.as_bytes(),
        &sequence,
        entry.event.as_bytes(),
        &at_us,
        &entry.body,
    ];
    let mut bytes = FORMAT.to_vec();
    for field in fields {
        bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
        bytes.extend_from_slice(field);
    }
    bytes
}

/// RFC 6962, 2.1: the hash of a leaf, SHA-256(0x00 || leaf).
pub fn leaf_hash(entry: &LedgerEntry) -> [u8; 32] {
    Sha256::new().chain_update([0u8]).chain_update(canonical_bytes(entry)).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> LedgerEntry {
        LedgerEntry {
            index: 7,
            tenant: "dublin".to_owned(),
            request: "01890a5d-ac96-774b-bcce-b302099a8057".to_owned(),
            sender: "intake".to_owned(),
            sequence: 1,
            event: "request.received".to_owned(),
            at_us: 1_763_812_800_000_000,
            body: vec![8, 1],
        }
    }

    /// The value was computed by a few lines of Python over the description in `ledger.proto`: it must
    /// never change, or every ledger ever written stops verifying.
    #[test]
    fn the_leaf_of_a_known_entry_never_changes() {
        let leaf: String = leaf_hash(&entry()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(leaf, "bd9754350bad6687cff0e30ee6672b686c050abdbb29795172535550a1100d98");
    }

    #[test]
    fn every_field_is_part_of_the_leaf_and_none_can_be_moved_into_its_neighbour() {
        let plain = leaf_hash(&entry());
        let changes: [fn(&mut LedgerEntry); 9] = [
            |e| e.index += 1,
            |e| e.tenant.push('x'),
            |e| e.request.push('x'),
            |e| e.sender.push('x'),
            |e| e.sequence += 1,
            |e| e.event.push('x'),
            |e| e.at_us += 1,
            |e| e.body.push(0),
            |e| {
                let moved = e.sender.remove(0);
                e.request.push(moved);
            },
        ];
        for (i, change) in changes.iter().enumerate() {
            let mut changed = entry();
            change(&mut changed);
            assert_ne!(leaf_hash(&changed), plain, "change {i}");
        }
    }
}
