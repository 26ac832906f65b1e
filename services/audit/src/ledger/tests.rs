use redress_contracts::v1::LedgerEntry;

use super::*;

/// Eight leaves, and the head over the first n of them: computed by a few lines of Python that follow the
/// definition in RFC 6962, 2.1, word by word.
const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const HEADS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

#[test]
fn the_head_is_rfc_6962s() {
    let mut tree = Tree::default();
    assert_eq!(hex::encode(tree.root()), HEADS[0]);
    for (leaf, head) in LEAVES.iter().zip(&HEADS[1..]) {
        let leaf = Sha256::new().chain_update([0u8]).chain_update(hex::decode(leaf).unwrap());
        tree.push(leaf.finalize().into());
        assert_eq!(hex::encode(tree.root()), *head, "of {} leaves", tree.size);
    }
}

#[test]
fn memory_grows_with_the_logarithm_of_the_length() {
    let mut tree = Tree::default();
    for size in 1..=10_000u64 {
        tree.push([0; 32]);
        assert_eq!(tree.heads.len() as u32, size.count_ones());
    }
}

fn dublin() -> TenantId {
    "dublin".parse().unwrap()
}

fn sealed(entry: LedgerEntry) -> LedgerRow {
    LedgerRow { leaf: leaf_hash(&entry).to_vec(), entry }
}

fn row(index: u64) -> LedgerRow {
    sealed(LedgerEntry {
        index,
        tenant: "dublin".to_owned(),
        request: format!("request {}", index % 3),
        sender: "intake".to_owned(),
        sequence: 1 + index / 3,
        event: "request.received".to_owned(),
        at_us: 1_781_092_800_000_000 + index as i64,
        body: vec![index as u8; 5],
    })
}

const CHANGES: [fn(&mut LedgerEntry); 7] = [
    |entry| entry.request.push('x'),
    |entry| entry.sender.push('x'),
    |entry| entry.sequence += 1,
    |entry| entry.event.push('x'),
    |entry| entry.at_us -= 1,
    |entry| entry.body.push(0),
    |entry| entry.body.clear(),
];

#[test]
fn every_changed_entry_is_found_and_one_sealed_anew_shows_in_the_head() {
    for size in 1..20 {
        let rows: Vec<LedgerRow> = (0..size).map(row).collect();
        let whole = verify(&dublin(), &rows).unwrap();
        assert_eq!(whole.entries, size);
        for i in 0..rows.len() {
            for change in CHANGES {
                let mut changed = rows.clone();
                change(&mut changed[i].entry);
                assert_eq!(verify(&dublin(), &changed), Err(Fault::Changed { index: i as u64 }));
                changed[i] = sealed(changed[i].entry.clone());
                let anew = verify(&dublin(), &changed).unwrap();
                assert_eq!(anew.entries, whole.entries);
                assert_ne!(anew.root, whole.root, "entry {i} of {size}");
            }
            let mut changed = rows.clone();
            changed[i].leaf[7] ^= 1;
            assert_eq!(verify(&dublin(), &changed), Err(Fault::Changed { index: i as u64 }));
        }
    }
}

#[test]
fn every_dropped_moved_renumbered_or_foreign_entry_is_found() {
    for size in 1..20u64 {
        let rows: Vec<LedgerRow> = (0..size).map(row).collect();
        let whole = verify(&dublin(), &rows).unwrap();
        for i in 0..rows.len() {
            let index = i as u64;
            let (mut dropped, mut renumbered, mut foreign) = (rows.clone(), rows.clone(), rows.clone());
            dropped.remove(i);
            match verify(&dublin(), &dropped) {
                Ok(shorter) => assert!(index + 1 == size && shorter != whole, "only the last one can go"),
                Err(fault) => assert_eq!(fault, Fault::OutOfPlace { expected: index, found: index + 1 }),
            }
            // Those behind a dropped one are moved up.
            for (n, row) in dropped.iter_mut().enumerate() {
                row.entry.index = n as u64;
            }
            match verify(&dublin(), &dropped) {
                Ok(shorter) => assert!(index + 1 == size && shorter != whole),
                Err(fault) => assert_eq!(fault, Fault::Changed { index }),
            }
            renumbered[i].entry.index += 1;
            let fault = Fault::OutOfPlace { expected: index, found: index + 1 };
            assert_eq!(verify(&dublin(), &renumbered), Err(fault));
            foreign[i] = sealed(LedgerEntry { tenant: "cork".to_owned(), ..rows[i].entry.clone() });
            assert_eq!(verify(&dublin(), &foreign), Err(Fault::Foreign { index }));
            for j in i + 1..rows.len() {
                let mut moved = rows.clone();
                moved.swap(i, j);
                assert_eq!(
                    verify(&dublin(), &moved),
                    Err(Fault::OutOfPlace { expected: index, found: j as u64 })
                );
            }
            let mut doubled = rows.clone();
            doubled.insert(i, rows[i].clone());
            assert_eq!(
                verify(&dublin(), &doubled),
                Err(Fault::OutOfPlace { expected: index + 1, found: index })
            );
        }
    }
}

#[test]
fn a_ledger_in_pages_has_the_heads_that_it_had_at_each_length() {
    let rows: Vec<LedgerRow> = (0..40).map(row).collect();
    let mut verifier = Verifier::new(dublin());
    for size in 0..rows.len() {
        assert_eq!(verifier.verified(), verify(&dublin(), &rows[..size]).unwrap());
        assert!(verifier.push(&rows[size / 2 + 20]).is_err() || size / 2 + 20 == size);
        if verifier.verified().entries == size as u64 {
            verifier.push(&rows[size]).unwrap();
        }
    }
    assert_eq!(verifier.verified().entries, 40);
}
