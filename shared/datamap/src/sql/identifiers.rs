//! The identifiers in the rows that were found: which are the subject's, which a reviewer decides on, and which identify
//! nobody.

use redress_contracts::v1::{self, identity_note::Reason};
use redress_domain::Identifier;
use serde_json::json;

use super::{
    Cell, Family, FoundIdentifier, Located, SeenCandidate, SqlError, Subject,
    asking::{Neighbours, Source, asked_for, sources},
    candidates::CANDIDATES_MAX,
    field_values::FieldValues,
    found::{Given, Work, found, holding, same_row},
    plan,
    session::all,
};

/// How many values of one field are looked at for one request, at most.
const VALUES_MAX: usize = 200;
/// A value that stands in more rows of a collection than this is nobody's identifier.
const SHARED_ROWS_MAX: u64 = 10;

/// A value of a field in one request's rows.
struct FoundValue {
    request: usize,
    value: String,
    identifier: Identifier,
    /// Whether it stands where it is the subject's own.
    is_own: bool,
}

/// The rows that hold a value.
#[derive(Clone, Copy, Default)]
struct Holders {
    rows: u64,
    /// Those that are not the subject's.
    others: u64,
}

impl Work<'_> {
    /// Sorts the identifiers in the subjects' rows. A row that others share identifies nobody.
    pub(super) async fn identifiers(
        &mut self,
        subjects: &[Subject],
        neighbours: &Neighbours,
        located: &mut [Located],
    ) -> Result<(), SqlError> {
        let layout = self.layout;
        let reached = layout.tables.iter().enumerate().filter(|(bound, _)| self.is_reached(*bound));
        for (bound, table) in reached.collect::<Vec<_>>() {
            for field in FieldValues::of(layout, bound) {
                for source in sources(layout, bound, &field, neighbours) {
                    let mut values = self.values(bound, &field, &source).await?;
                    values.retain(|found| !is_known(&subjects[found.request], &found.identifier));
                    match source.key {
                        Some(_) => values.into_iter().for_each(|found| {
                            sort_out(&mut located[found.request], (&table.dataset, &field.name), found, 1);
                        }),
                        None => self.identities(bound, &field, &source, values, located).await?,
                    }
                }
            }
        }
        for one in located {
            one.identifiers.sort();
            one.identifiers.dedup();
        }
        Ok(())
    }

    /// The values of a field in the subjects' rows that are identifiers.
    async fn values(
        &mut self,
        bound: usize,
        field: &FieldValues<'_>,
        source: &Source,
    ) -> Result<Vec<FoundValue>, SqlError> {
        let dialect = self.dialect();
        let (beside, value) = field.values(dialect);
        let beside = beside.map(|rows| format!(", {rows}")).unwrap_or_default();
        let is_binary = field.column.family == Family::Binary;
        let conditions = holding(dialect, "t", self.layout.table(bound), &source.conditions);
        let text = if is_binary { dialect.hex(&value) } else { dialect.as_text(&value) };
        let sql = format!(
            "select request, value, own from (select request, value, own, row_number() over (partition by request \
             order by value) as n from (select f.request as request, {text} as value, max({}) as own from {} f \
             join {} t on {}{beside} where f.fate <> 'shared' and {value} is not null{conditions} group by f.request, {text}) \
             found) numbered where n <= {VALUES_MAX} order by 1, 2",
            source.own,
            found(bound),
            self.table(bound),
            same_row(self.layout, bound, "f", "t"),
        );
        let mut values = Vec::new();
        for row in all(self.session, &sql, &[]).await? {
            let (request, value) =
                (plan::request_of(&row)?, row.get(1).and_then(Cell::text).unwrap_or_default());
            if let Some(identifier) = source.identifier(value) {
                let is_own = row.get(2).and_then(Cell::int) == Some(1);
                values.push(FoundValue { request, value: value.to_owned(), identifier, is_own });
            }
        }
        Ok(values)
    }

    /// Sorts values that are said to name one person: by where they stand, and by how many rows have the same.
    async fn identities(
        &mut self,
        bound: usize,
        field: &FieldValues<'_>,
        source: &Source,
        values: Vec<FoundValue>,
        located: &mut [Located],
    ) -> Result<(), SqlError> {
        if values.is_empty() {
            return Ok(());
        }
        let layout = self.layout;
        let table = &layout.tables[bound];
        let counts = self.holders(bound, field, source, &values).await?;
        for (found, Holders { rows, others }) in values.into_iter().zip(counts) {
            let is_shared = if table.collection.person { others > 0 } else { others > SHARED_ROWS_MAX };
            let is_unique = !field.is_inside() && layout.table(bound).is_unique(&field.name);
            let placeholder = |value: &str| match is_unique {
                true => layout.placeholders.has(value),
                false => layout.placeholders.is_like(value),
            };
            let nobody = match () {
                () if placeholder(&found.value) => Some(Reason::Placeholder),
                () if layout.is_mask(&found.value, &field.column) => Some(Reason::Mask),
                () if is_shared => Some(Reason::Shared),
                () => None,
            };
            let of = &mut located[found.request];
            match nobody {
                Some(reason) => of.notes.push(v1::IdentityNote {
                    dataset: table.dataset.clone(),
                    field: field.name.clone(),
                    reason: reason as i32,
                    rows,
                }),
                None => sort_out(of, (&table.dataset, &field.name), found, rows),
            }
        }
        Ok(())
    }

    /// How many rows of the table hold each of these values, in whatever spelling, and how many that are not the
    /// subject's.
    async fn holders(
        &mut self,
        bound: usize,
        field: &FieldValues<'_>,
        source: &Source,
        values: &[FoundValue],
    ) -> Result<Vec<Holders>, SqlError> {
        let mut counts = vec![Holders::default(); values.len()];
        let Some(identity) = source.identity else { return Ok(counts) };
        let (mut given, asked) = (Given::default(), asked_for(identity));
        for (place, found) in values.iter().enumerate() {
            for value in asked.writings(found.identifier.value().to_owned()) {
                given.add(place, [found.request.to_string(), value]);
            }
        }
        let own = format!(
            "exists (select 1 from {} f where f.request = given.request and {})",
            found(bound),
            same_row(self.layout, bound, "f", "t")
        );
        let sql = format!(
            "select given.place, count(*), cast(sum(case when {own} then 0 else 1 end) as bigint) from {} \
             join {} t on {}{} group by given.place",
            self.dialect().given(&[("place", true), ("request", true), ("value", false)]),
            self.table(bound),
            field.hold_given(self.dialect(), &asked),
            self.meant(bound, "t"),
        );
        self.queries += 1;
        for row in all(self.session, &sql, &[&given.json()]).await? {
            let count = |i: usize| row.get(i).and_then(Cell::int).and_then(|count| u64::try_from(count).ok());
            let (rows, others) = (count(1).unwrap_or_default(), count(2).unwrap_or_default());
            counts[plan::request_of(&row)?] = Holders { rows, others };
        }
        Ok(counts)
    }
}

/// An identifier that stands in one of the subject's records is theirs; any other is for a reviewer.
fn sort_out(located: &mut Located, (dataset, field): (&str, &str), found: FoundValue, rows: u64) {
    let found_in = format!("{dataset}.{field}");
    let FoundValue { identifier, is_own, .. } = found;
    if is_own {
        located.identifiers.push(FoundIdentifier { identifier, found_in });
        return;
    }
    let of_dataset = located
        .candidates
        .iter()
        .filter(|seen| seen.identifier.is_some() && seen.candidate.dataset == dataset);
    let (by, count, row) = match of_dataset.count() {
        many if many > CANDIDATES_MAX => return,
        CANDIDATES_MAX => ("more of the same".to_owned(), 1, json!({})),
        _ => {
            let name = identifier.field().unwrap_or(identifier.kind().as_str()).to_owned();
            (found_in.clone(), rows, json!({ name: identifier.value() }))
        }
    };
    let candidate = v1::Candidate { dataset: dataset.to_owned(), by, count, ..v1::Candidate::default() };
    let identifier = Some(FoundIdentifier { identifier, found_in });
    located.candidates.push(SeenCandidate { candidate, row: row.to_string(), identifier });
}

/// Whether the subject is known by an identifier already, or by what it is the hash of.
fn is_known(subject: &Subject, identifier: &Identifier) -> bool {
    let mut hashes = subject.hashes(identifier.kind());
    subject.identifiers.contains(identifier) || hashes.any(|hash| hash == identifier.value())
}
