//! Several records for what was given: a reviewer sees each, and chooses one, several or none. And rows that a reviewer
//! has rejected.

use std::collections::BTreeSet;

use futures::StreamExt as _;
use redress_domain::{IdentifierClass, IdentifierKind};

use super::{
    Bound, Cell, SqlError, Subject,
    asking::{asked_for, given},
    candidates::row_id,
    field_values::FieldValues,
    found::{Add, Given, Into, Work, aliased_keys, found, key_names, same_row},
    plan,
    session::all,
};

/// Kinds of identifier of which a person has one value in one collection.
const ONE_EACH: [IdentifierKind; 2] = [IdentifierKind::CustomerId, IdentifierKind::ObjectId];
const HOW: &str = "one of several accounts";

impl Work<'_> {
    /// Of the requests whose identifiers lead to several people's records in one table, these rows become candidates.
    pub(super) async fn set_accounts_apart(
        &mut self,
        subjects: &[Subject],
        seeded: &BTreeSet<usize>,
    ) -> Result<(), SqlError> {
        for bound in seeded.iter().copied() {
            if self.rows_found(bound) < 2 {
                continue;
            }
            let several = self.several_accounts(subjects, bound).await?;
            if several.is_empty() {
                continue;
            }
            let requests: Vec<String> = several.iter().map(ToString::to_string).collect();
            let these = format!("f.seed = 1 and f.request in ({})", requests.join(", "));
            let from = format!(
                "{} f join {} t on {} where {these}",
                found(bound),
                self.table(bound),
                same_row(self.layout, bound, "f", "t")
            );
            let (into, row, request, how) = (Into::Candidates, "t", "f.request", HOW);
            let (round, lent, from, once) = (0, "0", &from, true);
            self.add(Add { into, bound, row, request, how, round, lent, from, once }, &[]).await?;
            self.run(&format!("delete from {} as f where {these}", found(bound))).await?;
        }
        Ok(())
    }

    /// The requests to which several people's records of a table answer.
    async fn several_accounts(
        &mut self,
        subjects: &[Subject],
        bound: usize,
    ) -> Result<BTreeSet<usize>, SqlError> {
        let (found, layout) = (found(bound), self.layout);
        let mut several = BTreeSet::new();
        if layout.tables[bound].collection.person {
            let sql = format!(
                "select f.request from {found} f where f.seed = 1 group by f.request having count(*) > 1"
            );
            for row in all(self.session, &sql, &[]).await? {
                several.insert(plan::request_of(&row)?);
            }
            return Ok(several);
        }
        for field in FieldValues::of(layout, bound).iter().filter(|field| is_one_each(field)) {
            let Some(identity) = field.identity else { continue };
            let asked = asked_for(identity);
            // Rows of several accounts that were all given are no accounts themselves, unless each stands once.
            let given = match layout.table(bound).is_unique(&field.field.name) {
                true => Given::default(),
                false => given(layout, subjects, &asked, &field.column),
            };
            let (_, value) = field.values(self.dialect());
            let sql = format!(
                "select f.request from {found} f join {table} t on {same} where f.seed = 1 group by f.request \
                 having count(distinct {value}) > 1 and count(distinct {value}) > (select count(distinct {value}) \
                 from {found} g join {table} t on {same_g} join {values} on given.request = g.request and {holds} \
                 where g.seed = 1 and g.request = f.request)",
                table = self.table(bound),
                same = same_row(layout, bound, "f", "t"),
                same_g = same_row(layout, bound, "g", "t"),
                values = self.dialect().given(&[("request", true), ("value", false)]),
                holds = field.hold_given(self.dialect(), &asked),
            );
            for row in all(self.session, &sql, &[&given.json()]).await? {
                several.insert(plan::request_of(&row)?);
            }
        }
        Ok(several)
    }

    /// Takes a table out of what was found whose keys do not tell its rows apart: what is done to one of them would be
    /// done to another.
    pub(super) async fn leave_repeated(&mut self, fresh: &BTreeSet<usize>) -> Result<(), SqlError> {
        let layout = self.layout;
        for bound in fresh.iter().copied().filter(|bound| !layout.tables[*bound].key_is_unique) {
            let (name, keys) = (found(bound), key_names(layout, bound));
            let nulls: Vec<String> = keys.split(", ").map(|key| format!("{key} is null")).collect();
            let repeated = format!(
                "select f.request from {name} f join {} t on {} group by f.request, {} having count(*) > 1 \
                 union all select request from {name} where {}",
                self.table(bound),
                same_row(layout, bound, "f", "t"),
                aliased_keys(layout, bound, Some("f")),
                nulls.join(" or "),
            );
            for row in all(self.session, &repeated, &[]).await? {
                self.repeated.insert((plan::request_of(&row)?, bound));
            }
            let of_table = self.repeated.iter().filter(|(_, of)| *of == bound);
            let requests: Vec<String> = of_table.map(|(request, _)| request.to_string()).collect();
            if !requests.is_empty() {
                self.run(&format!("delete from {name} where request in ({})", requests.join(", "))).await?;
            }
        }
        Ok(())
    }

    /// The datasets that were not searched for a request, or not in full, each with the reason.
    pub(super) fn unsearched(&self, request: usize) -> Vec<String> {
        let layout = self.layout;
        let of_layout = layout.unsearched.iter().map(|(dataset, reason)| format!("{dataset}: {reason}"));
        let repeated = self.repeated.iter().filter(|(of, _)| *of == request).map(|(_, bound)| {
            let Bound { dataset, keys, .. } = &layout.tables[*bound];
            let keys: Vec<&str> = keys.iter().map(|key| key.name.as_str()).collect();
            format!(
                "{dataset}: its key ({}) repeats or is null: name the fields that tell its rows apart with \
                 `primary_key: true`",
                keys.join(", ")
            )
        });
        of_layout.chain(repeated).collect()
    }

    /// Takes rejected rows out of what a round has found, before they are followed.
    pub(super) async fn leave_rejected(
        &mut self,
        subjects: &[Subject],
        fresh: &BTreeSet<usize>,
        round: i32,
    ) -> Result<(), SqlError> {
        if subjects.iter().all(|subject| subject.rejected.is_empty()) {
            return Ok(());
        }
        let (layout, dialect) = (self.layout, self.dialect());
        for bound in fresh.iter().copied() {
            let keys = plan::key_texts(dialect, layout, bound, "f");
            let sql = format!(
                "select f.request, {} from {} f where f.round = {round}",
                keys.join(", "),
                found(bound)
            );
            let (mut given, mut rows) = (Given::default(), self.session.rows(&sql, &[]));
            while let Some(row) = rows.next().await {
                let mut row: Vec<Cell> = row?;
                let (request, key) = (plan::request_of(&row)?, plan::key_of(row.drain(1..))?);
                let Some(subject) = subjects.get(request) else { continue };
                let id = row_id(&subject.secret, &layout.system, &layout.tables[bound].dataset, &key);
                if subject.rejected.contains(&id) {
                    given.add(request, key);
                }
            }
            drop(rows);
            if given.is_empty() {
                continue;
            }
            let sql = format!(
                "delete from {} where (request, {}) in (select given.request, {} from {})",
                found(bound),
                key_names(layout, bound),
                plan::given_values(dialect, layout, bound).join(", "),
                plan::given_keys(dialect, layout, bound, None),
            );
            self.session.execute(&sql, &[&given.json()]).await?;
        }
        Ok(())
    }
}

/// Whether one person has one value of a field.
fn is_one_each(field: &FieldValues<'_>) -> bool {
    let identity = field.identity;
    !field.is_inside()
        && identity.is_some_and(|it| ONE_EACH.contains(&it.kind) && it.class == IdentifierClass::Unique)
}
