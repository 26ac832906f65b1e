//! Rows that are not the subject's alone: those to which references with a role lead (`role: joint`, `role: mention`).
//! They are no way to other rows, and none of their identifiers is the subject's.

use std::collections::BTreeSet;

use redress_contracts::v1;

use super::{
    Bound, Catalog, Changes, Edge, FieldPlanned, SqlError, Subject,
    bind::problem,
    dialect::literal,
    found::{Into, Way, Work, found, key_names},
    mask::changed,
    rules::Rules,
};
use crate::{Problems, Role, System};

/// How many references of one table have a role, at most.
const ROLES_MAX: usize = 3;
/// What becomes of the rows of each set of roles, by its number.
const FATES: [&str; 7] = ["role1", "role2", "role3", "role4", "role5", "role6", "role7"];
/// In the column `round` of such rows: they are not followed.
const NO_ROUND: i32 = -1;

/// A reference by which rows are the subject's and not the subject's alone.
#[derive(Debug, Clone, PartialEq)]
pub struct RowRole {
    /// What they are to the subject.
    pub role: Role,
    /// The columns that refer to the subject.
    pub columns: Vec<String>,
    /// What is done to the fields of such a row.
    pub fields: Vec<FieldPlanned>,
}

/// Which of a table's roles a row has, as bits. None: it is the subject's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Roles(u8);

impl Roles {
    /// The rows that are the subject's own.
    pub(crate) const OWN: Self = Self(0);

    /// The fate of rows with these roles alone.
    pub(crate) fn fate(self) -> Option<&'static str> {
        FATES.get(usize::from(self.0.checked_sub(1)?)).copied()
    }

    /// The roles of rows of this fate.
    pub(crate) fn of_fate(fate: &str) -> Self {
        (1..=7).map(Self).find(|roles| roles.fate() == Some(fate)).unwrap_or(Self::OWN)
    }

    fn has(self, place: usize) -> bool {
        self.0 & (1 << place) != 0
    }
}

impl Bound {
    /// The sets of roles that rows of the table may have.
    pub(crate) fn role_sets(&self) -> impl Iterator<Item = Roles> + use<> {
        (1..1 << self.roles.len()).map(Roles)
    }

    /// The place of a role.
    pub(crate) fn role(&self, role: Role, columns: &[String]) -> Option<usize> {
        self.roles.iter().position(|known| known.role == role && known.columns == columns)
    }

    /// What is done to the fields of a row with these roles that stays.
    pub(crate) fn fields_in(&self, roles: Roles) -> Vec<FieldPlanned> {
        let mut of_roles = self.of(roles).map(|role| role.fields.as_slice());
        let Some(first) = of_roles.next() else { return self.fields.clone() };
        let mut fields = first.to_vec();
        for others in of_roles {
            for (field, other) in fields.iter_mut().zip(others) {
                // What one of them changes is changed.
                if field.plan.treatment() == v1::Treatment::Keep && !field.retained {
                    field.clone_from(other);
                }
            }
        }
        fields
    }

    /// What a plan says of the rows with these roles.
    pub(crate) fn told(&self, roles: Roles) -> Vec<v1::RowRole> {
        let told = |role: &RowRole| {
            let relation = match role.role {
                Role::Mention => v1::row_role::Relation::Mention,
                Role::Joint | Role::Subject => v1::row_role::Relation::Joint,
            };
            v1::RowRole { relation: relation as i32, field: role.columns.join("+") }
        };
        self.of(roles).map(told).collect()
    }

    /// Whether rows of a planned entry are masked as it says, by the present map and policy.
    pub fn masks_as(&self, planned: &v1::DatasetPlan) -> bool {
        let sets = std::iter::once(Roles::OWN).chain(self.role_sets());
        let of_plan = sets.into_iter().find(|roles| self.told(*roles) == planned.roles);
        of_plan.is_some_and(|roles| self.fields_in(roles).iter().map(|field| &field.plan).eq(&planned.fields))
    }

    /// Whether a package shows a column of the rows with these roles: of those that only name the subject, that they do.
    pub(crate) fn shows(&self, roles: Roles, column: &str) -> bool {
        let mut of_roles = self.of(roles).peekable();
        let is_key = self.keys.iter().any(|key| key.name == column);
        let shows =
            |role: &RowRole| role.role == Role::Joint || role.columns.iter().any(|name| name == column);
        is_key || of_roles.peek().is_none() || of_roles.any(shows)
    }

    /// The fates of rows in which one of these columns is emptied: then they refer to nothing.
    pub(crate) fn released(&self, columns: &[String]) -> Vec<&'static str> {
        let empties = |roles: &Roles| {
            self.fields_in(*roles).iter().any(|field| {
                field.plan.treatment() == v1::Treatment::Null && columns.contains(&field.column.name)
            })
        };
        self.role_sets().filter(empties).filter_map(Roles::fate).collect()
    }

    fn of(&self, roles: Roles) -> impl Iterator<Item = &RowRole> {
        self.roles.iter().enumerate().filter(move |(place, _)| roles.has(*place)).map(|(_, role)| role)
    }
}

/// Notes at each mapped table by which references it has roles.
///
/// # Errors
/// More of them than a table may have.
pub(super) fn bind(
    system: &System,
    catalog: &Catalog,
    edges: &[Edge],
    tables: &mut [Bound],
) -> Result<(), Problems> {
    let of_edges = edges.iter().map(|edge| (edge.to, edge.role, edge.to_columns.clone()));
    let is_elsewhere = |dataset: &str| !tables.iter().any(|table| table.fides_key == dataset);
    let elsewhere = tables.iter().enumerate().flat_map(|(bound, table)| {
        let fields = table.collection.fields.iter();
        let references = fields.flat_map(|field| field.references.iter().map(move |it| (field, it)));
        references
            .filter(|(_, reference)| is_elsewhere(&reference.dataset))
            .map(move |(field, reference)| (bound, reference.role, vec![field.name.clone()]))
    });
    let roles: Vec<(usize, Role, Vec<String>)> =
        of_edges.chain(elsewhere).filter(|(_, role, _)| *role != Role::Subject).collect();
    let mut problems = Vec::new();
    for (bound, role, columns) in roles {
        let table = &mut tables[bound];
        if table.role(role, &columns).is_some() {
            continue;
        }
        if table.changes == Changes::Rebuilt {
            let path = format!("{}.{}.{}", table.fides_key, table.collection.name, columns.join("+"));
            let reason =
                "it is a materialized view: give the `role` to a reference of the tables that it is made of";
            problems.push(problem(system, path, reason.to_owned()));
            continue;
        }
        if table.roles.len() == ROLES_MAX {
            let path = format!("{}.{}", table.fides_key, table.collection.name);
            let reason = format!("more than {ROLES_MAX} of its references have a `role`");
            problems.push(problem(system, path, reason));
            continue;
        }
        let (place, collection) = (table.table, &table.collection);
        let rules = Rules { system, collection, table: &catalog.tables[place], catalog, place };
        let fields = rules.fields_in_role(role, &columns);
        table.roles.push(RowRole { role, columns, fields });
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

impl Work<'_> {
    /// Adds to what was found the rows that are the subject's by a role alone: what no other way has led to.
    pub(crate) async fn add_roles(&mut self, subjects: &[Subject]) -> Result<(), SqlError> {
        let layout = self.layout;
        for (bound, table) in layout.tables.iter().enumerate() {
            let keys = key_names(layout, bound);
            let of_role = |place: usize| {
                let (name, bit) = (role_table(bound, place), 1 << place);
                format!("select request, {keys}, how, {bit} as bit from {name}")
            };
            let places = (0..table.roles.len()).filter(|place| self.is_made(&role_table(bound, *place)));
            let rows: Vec<String> = places.map(of_role).collect();
            if rows.is_empty() {
                continue;
            }
            self.make_for(Into::Found(Way::Reached), bound).await?;
            let sql = format!(
                "select request, {keys}, min(how), {NO_ROUND}, {} || sum(bit), 0, 0 from ({}) new \
                 where not exists (select 1 from {} old where {}) group by request, {keys}",
                literal("role"),
                rows.join(" union all "),
                found(bound),
                self.same_key(bound, "old", "new"),
            );
            if self.insert_found(bound, &sql, &[]).await? > 0 {
                let fresh = BTreeSet::from([bound]);
                self.leave_repeated(&fresh).await?;
                self.leave_rejected(subjects, &fresh, NO_ROUND).await?;
            }
        }
        Ok(())
    }

    /// The fields that change in each kind of row of a table that stays, with the fates of these rows.
    pub(crate) fn masks(&self, bound: usize) -> Vec<(Roles, String, Vec<FieldPlanned>)> {
        let table = &self.layout.tables[bound];
        if table.changes != Changes::Directly {
            return Vec::new();
        }
        let of_roles =
            table.role_sets().map(|roles| (roles, format!("('{}')", roles.fate().unwrap_or_default())));
        let all = std::iter::once((Roles::OWN, "('mask', 'blocked')".to_owned())).chain(of_roles);
        let with_fields = |(roles, fates): (Roles, String)| {
            let fields: Vec<FieldPlanned> = changed(&table.fields_in(roles)).cloned().collect();
            (!fields.is_empty()).then_some((roles, fates, fields))
        };
        all.filter_map(with_fields).collect()
    }
}

/// The temporary table of rows that a reference with a role leads to.
pub(super) fn role_table(bound: usize, place: usize) -> String {
    format!("redress_role_{bound}_{place}")
}
