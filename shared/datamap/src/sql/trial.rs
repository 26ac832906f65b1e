//! Tries what plans would do before anybody approves them, in a transaction that is taken back: what the catalog does not
//! show (checks, exclusions, triggers, tables that nobody mapped) is seen then.

use redress_contracts::v1;

use super::{
    FieldPlanned, SqlError, Subject,
    effect::CHUNK_ROWS,
    found::{Work, found},
};

const WHOLE: &str = "redress_trial";
const PART: &str = "redress_trial_part";

/// What the database refused.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refused {
    pub(crate) request: usize,
    /// The mapped table.
    pub(crate) bound: usize,
    /// Whether its rows were to go; else to be masked.
    pub(crate) goes: bool,
    pub(crate) refusal: v1::Refusal,
}

impl Work<'_> {
    /// Tries the changes of all requests together; if the database refuses, those of each request by themselves.
    ///
    /// # Errors
    /// See [`SqlError`]. That others were at the same rows is none: then nothing is known.
    pub(crate) async fn try_plans(&mut self, subjects: &[Subject]) -> Result<Vec<Refused>, SqlError> {
        let bounds = 0..self.layout.tables.len();
        // More rows would be put into a table of their own, which is gone when the trial is taken back.
        if !self.layout.tries_plans
            || bounds.into_iter().any(|bound| self.rows_found(bound) > CHUNK_ROWS as u64)
        {
            return Ok(Vec::new());
        }
        self.begin_trial(WHOLE).await?;
        let tried = self.change(subjects).await;
        let taken_back = self.take_back(WHOLE).await;
        match tried {
            Ok(()) => taken_back.map(|()| Vec::new()),
            // SQLite: what refuses a change may end the whole transaction.
            Err(error) if is_refusal(&error) && taken_back.is_err() => {
                self.refused_whole(subjects, &error).await
            }
            Err(error) if is_refusal(&error) => self.try_each(subjects).await,
            Err(SqlError::Busy(_)) => taken_back.map(|()| Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// The same refusal for each request, where the transaction is gone: another one is begun, for what ends it.
    async fn refused_whole(
        &mut self,
        subjects: &[Subject],
        error: &SqlError,
    ) -> Result<Vec<Refused>, SqlError> {
        self.session.run(&self.dialect().begin(false).join("; ")).await?;
        let bound = self.at.unwrap_or_default();
        let of =
            |request| [false, true].map(|goes| Refused { request, bound, goes, refusal: refusal("", error) });
        Ok((0..subjects.len()).flat_map(of).collect())
    }

    async fn try_each(&mut self, subjects: &[Subject]) -> Result<Vec<Refused>, SqlError> {
        let mut refused = Vec::new();
        for request in 0..subjects.len() {
            self.begin_trial(WHOLE).await?;
            for bound in
                (0..self.layout.tables.len()).filter(|bound| self.is_reached(*bound)).collect::<Vec<_>>()
            {
                self.run(&format!("delete from {} where request <> {request}", found(bound))).await?;
            }
            let tried = self.try_one(request, subjects, &mut refused).await;
            self.take_back(WHOLE).await?;
            tried?;
        }
        Ok(refused)
    }

    /// Tries the changes of a request, table by table; fields of a table that it refuses, one by one.
    async fn try_one(
        &mut self,
        request: usize,
        subjects: &[Subject],
        refused: &mut Vec<Refused>,
    ) -> Result<(), SqlError> {
        self.run(self.dialect().defer()).await?;
        let large_objects = self.large_objects().await?;
        for bound in 0..self.layout.tables.len() {
            for (_, fates, fields) in self.masks(bound) {
                let Some(error) = self.try_mask(bound, &fates, &fields, subjects).await? else { continue };
                let refuse = |field: &str, error: &SqlError| Refused {
                    request,
                    bound,
                    goes: false,
                    refusal: refusal(field, error),
                };
                let before = refused.len();
                for field in &fields {
                    let alone = std::slice::from_ref(field);
                    if let Some(error) = self.try_mask(bound, &fates, alone, subjects).await? {
                        refused.push(refuse(&field.plan.field, &error));
                    }
                }
                if refused.len() == before {
                    refused.push(refuse("", &error));
                }
            }
        }
        self.run(&format!("savepoint {PART}")).await?;
        self.at = None;
        let deleted = self.remove(&large_objects).await;
        if let Some(error) = self.refusal_of(deleted).await? {
            let going = (0..self.layout.tables.len()).find(|bound| self.is_reached(*bound));
            if let Some(bound) = self.at.or(going) {
                refused.push(Refused { request, bound, goes: true, refusal: refusal("", &error) });
            }
        }
        Ok(())
    }

    /// Masks these fields; what the database refuses is taken back.
    async fn try_mask(
        &mut self,
        bound: usize,
        fates: &str,
        fields: &[FieldPlanned],
        subjects: &[Subject],
    ) -> Result<Option<SqlError>, SqlError> {
        self.run(&format!("savepoint {PART}")).await?;
        let masked = self.mask_fields(bound, fates, fields, subjects).await;
        self.refusal_of(masked).await
    }

    /// What the database refused, if it did.
    async fn refusal_of(&mut self, tried: Result<(), SqlError>) -> Result<Option<SqlError>, SqlError> {
        match tried {
            Ok(()) => self.session.run(&format!("release savepoint {PART}")).await.map(|()| None),
            Err(error) if is_refusal(&error) => self.take_back(PART).await.map(|()| Some(error)),
            Err(SqlError::Busy(_)) => self.take_back(PART).await.map(|()| None),
            Err(error) => Err(error),
        }
    }

    async fn begin_trial(&mut self, name: &str) -> Result<(), SqlError> {
        let hurry = self.dialect().hurry().map(|hurry| format!("; {hurry}")).unwrap_or_default();
        self.session.run(&format!("savepoint {name}{hurry}")).await
    }

    async fn take_back(&mut self, name: &str) -> Result<(), SqlError> {
        self.session.run(&format!("rollback to savepoint {name}; release savepoint {name}")).await
    }
}

/// Whether it is for the rows or the statement that the database said no.
fn is_refusal(error: &SqlError) -> bool {
    match error {
        SqlError::Refused { .. } | SqlError::ForeignKey(_) | SqlError::Unexpected(_) => true,
        SqlError::Busy(_) | SqlError::Away(_) | SqlError::Beside(_) | SqlError::BesideAway(_) => false,
    }
}

/// SQLSTATE: a foreign key breaks.
const FOREIGN_KEY: &str = "23503";

fn refusal(field: &str, error: &SqlError) -> v1::Refusal {
    let (code, place) = match error {
        SqlError::Refused { code, place, .. } => (code.as_str(), place.as_deref().unwrap_or_default()),
        SqlError::ForeignKey(key) => (FOREIGN_KEY, key.as_str()),
        _ => ("", ""),
    };
    let set = "have the policy give it a value that is taken there (`do = \"set\"`), or delete the row";
    let remedy = match code {
        // PostgreSQL's SQLSTATE, SQLite's extended result code.
        "23514" | "275" => format!("a check does not take it: {set}"),
        "23502" | "1299" => {
            format!("a column takes no null: {set}; or name the table that points here in the data map")
        }
        "23505" | "23P01" | "2067" | "1555" => format!("it would stand there twice: {set}"),
        "22001" | "22003" | "22007" | "22008" | "22P02" | "42804" => {
            format!("it is no value of its type: {set}")
        }
        FOREIGN_KEY | "787" => "rows of another table point here: name that table in the data map".to_owned(),
        "42501" => "this user may not: `redress check` says what to grant".to_owned(),
        "25006" | "8" => "the database takes no changes: connect to one that does".to_owned(),
        "circle" => {
            "let one of these foreign keys be deferrable, or one of their columns take null".to_owned()
        }
        "P0001" | "1811" => "a trigger refuses it: see what it asks for".to_owned(),
        _ => format!("see why the database refuses it: {error}"),
    };
    v1::Refusal { field: field.to_owned(), code: code.to_owned(), place: place.to_owned(), remedy }
}
