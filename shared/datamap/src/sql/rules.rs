//! The policy, laid over one table: which rows go, and what becomes of each field of a row that stays.

use redress_contracts::v1;

use super::{Catalog, Column, Family, FieldPlanned, ForeignKey, Table};
use crate::{Category, Collection, DatasetClass, Field, Match, Role, Rule, System, Treatment};

/// The policy, for one table.
pub(super) struct Rules<'a> {
    pub(super) system: &'a System,
    pub(super) collection: &'a Collection,
    pub(super) table: &'a Table,
    pub(super) catalog: &'a Catalog,
    /// The table's place in the catalog.
    pub(super) place: usize,
}

impl Rules<'_> {
    /// The rule for a column: where one keeps a part of it, it stays whole.
    fn rule(&self, field: &Field) -> Match<'_> {
        let kept = field.fields.iter().map(|inner| self.rule(inner)).find(keeps);
        kept.unwrap_or_else(|| {
            let mut categories = Vec::new();
            all_categories(field, &mut categories);
            let (tenant, name) = (&self.system.tenant, &self.system.name);
            self.system.policy.rule_for(tenant, name, &self.collection.name, &categories)
        })
    }

    /// Which rule it is, as errors of the policy name it; empty: none.
    fn place_of(&self, found: &Match<'_>) -> String {
        let Match::Rule(rule) = found else { return String::new() };
        let place = self.system.policy.rules.iter().position(|known| std::ptr::eq(known, *rule));
        place.map(|place| format!("policy.rule[{place}]")).unwrap_or_default()
    }

    /// A rule has the rows deleted, and none has a field of them kept.
    pub(super) fn rows_go(&self) -> bool {
        let says = |wanted: fn(&Treatment) -> bool| {
            let rules = self.collection.fields.iter().map(|field| self.rule(field));
            rules.into_iter().any(|found| matches!(found, Match::Rule(rule) if wanted(&rule.treatment)))
        };
        let stays = |field: &Field| field.read_only || matches!(field.masking, Some(Treatment::Keep(_)));
        self.collection.class != DatasetClass::Audit
            && (self.collection.deletes_rows || says(|treatment| *treatment == Treatment::Delete))
            && says(|treatment| !matches!(treatment, Treatment::Keep(_)))
            && !says(|treatment| matches!(treatment, Treatment::Keep(_)))
            && !self.collection.fields.iter().any(stays)
    }

    /// What is done to a field of a row that stays: to its column, or to each part of the JSON in it where the map gives
    /// categories to the parts alone.
    pub(super) fn fields(&self, field: &Field) -> Vec<FieldPlanned> {
        let Some(column) = self.table.column(&field.name) else { return Vec::new() };
        let is_whole =
            column.family != Family::Json || field.fields.is_empty() || !field.categories.is_empty();
        // A part of it can be changed where the whole takes no null.
        let cannot = self.cannot_change(column, field).is_some_and(|why| why != NO_NULL);
        if is_whole || field.masking.is_some() || cannot {
            return vec![self.planned(field, (column, &[]))];
        }
        let mut parts = Vec::new();
        self.parts(field, (column, &[]), &mut parts);
        parts
    }

    fn parts(&self, field: &Field, (column, path): (&Column, &[String]), parts: &mut Vec<FieldPlanned>) {
        for inner in &field.fields {
            let path = [path, std::slice::from_ref(&inner.name)].concat();
            match inner.fields.is_empty() || !inner.categories.is_empty() {
                true => parts.push(self.planned(inner, (column, &path))),
                false => self.parts(inner, (column, &path), parts),
            }
        }
    }

    /// What is done to the fields of a row that stays and is the subject's by a role alone: `columns` refer to them.
    pub(super) fn fields_in_role(&self, role: Role, columns: &[String]) -> Vec<FieldPlanned> {
        let of_field = |field: &Field| {
            if columns.contains(&field.name) {
                return self.pointer(field).into_iter().collect();
            }
            let mut fields = self.fields(field);
            let is_about = role == Role::Joint && field.about.as_ref().is_some_and(|it| columns.contains(it));
            if !is_about {
                for field in &mut fields {
                    keep(&mut field.plan, "it is not about this person");
                    (field.retained, field.plan.retained) = (false, false);
                }
            }
            fields
        };
        self.collection.fields.iter().flat_map(of_field).collect()
    }

    /// What is done to a column that refers to the subject, in a row that stays.
    fn pointer(&self, field: &Field) -> Option<FieldPlanned> {
        let column = self.table.column(&field.name)?.clone();
        let category = field.categories.first().map(Category::to_string).unwrap_or_default();
        let mut plan = v1::FieldPlan { field: field.name.clone(), category, ..v1::FieldPlan::default() };
        let in_key = self.table.primary_key.contains(&column.name) || field.primary_key;
        let in_foreign_key = self.foreign_keys(&column).any(|key| key.child == self.place);
        let found = self.rule(field);
        plan.rule = self.place_of(&found);
        let why = match found {
            Match::Rule(Rule { treatment: Treatment::Keep(ground), .. }) => Some(ground.as_str()),
            _ if self.collection.class == DatasetClass::Audit => Some("audit"),
            _ if field.read_only => Some(READ_ONLY),
            _ if column.generated => Some(GENERATED),
            _ if in_key => Some("it is part of the key"),
            _ if column.not_null && (in_foreign_key || column.family != Family::Text) => Some(NO_NULL),
            _ => None,
        };
        match why {
            Some(why) => keep(&mut plan, why),
            None => change(&mut plan, &column, self.table.is_unique(&column.name), &Treatment::Null),
        }
        plan.retained = why.is_some();
        Some(FieldPlanned { column, path: Vec::new(), plan, retained: why.is_some() })
    }

    /// What is done to a column, or to the part of its JSON at a path.
    fn planned(&self, field: &Field, (column, path): (&Column, &[String])) -> FieldPlanned {
        let is_part = !path.is_empty();
        let mut column = column.clone();
        if is_part {
            (column.family, column.not_null, column.length_max) = (Family::Text, false, None);
        }
        column.length_max = [column.length_max, field.length_max].into_iter().flatten().min();
        let found = self.rule(field);
        let name =
            std::iter::once(&column.name).chain(path).map(String::as_str).collect::<Vec<_>>().join(".");
        let rule = self.place_of(&found);
        let mut plan = v1::FieldPlan { field: name, rule, ..v1::FieldPlan::default() };
        let personal = field_is_personal(field);
        let mut retained = false;
        match found {
            Match::NoRule => {
                plan.category = field.categories.first().map(Category::to_string).unwrap_or_default();
                keep(&mut plan, NO_RULE);
                retained = personal;
            }
            Match::Rule(Rule { treatment: Treatment::Keep(ground), category, .. }) => {
                plan.category = category.to_string();
                keep(&mut plan, ground);
                (plan.kept_by_rule, retained) = (true, personal);
            }
            Match::Rule(rule) => {
                plan.category = rule.category.to_string();
                let treatment = field.masking.as_ref().unwrap_or(&rule.treatment);
                let cannot = if is_part { None } else { self.cannot_change(&column, field) };
                // A value of the policy's own may stand where null may not.
                let is_set = matches!(treatment, Treatment::Set(_)) && !self.table.is_unique(&column.name);
                let cannot = cannot.filter(|why| !(is_set && *why == NO_NULL));
                match cannot.or(field.read_only.then_some(READ_ONLY)) {
                    Some(why) => {
                        keep(&mut plan, why);
                        retained = personal;
                    }
                    None => match &field.masking {
                        Some(Treatment::Keep(why)) => {
                            keep(&mut plan, why);
                            retained = personal;
                        }
                        masking => {
                            let unique = !is_part && self.table.is_unique(&column.name);
                            change(&mut plan, &column, unique, masking.as_ref().unwrap_or(&rule.treatment));
                        }
                    },
                }
            }
        }
        if self.collection.class == DatasetClass::Audit && plan.treatment != v1::Treatment::Keep as i32 {
            keep(&mut plan, "audit");
            retained = personal;
        }
        plan.retained = retained;
        FieldPlanned { column, path: path.to_vec(), plan, retained }
    }

    fn cannot_change(&self, column: &Column, field: &Field) -> Option<&'static str> {
        let in_key = self.table.primary_key.contains(&column.name) || field.primary_key;
        let in_foreign_key = self.foreign_keys(column).next().is_some();
        match () {
            () if in_key || in_foreign_key || !field.references.is_empty() => Some(HOLDS_TOGETHER),
            () if field.read_only => Some(READ_ONLY),
            () if column.generated => Some(GENERATED),
            () if column.not_null && column.family != Family::Text => Some(NO_NULL),
            () => None,
        }
    }

    /// The foreign keys that a column is part of, at either end.
    fn foreign_keys(&self, column: &Column) -> impl Iterator<Item = &ForeignKey> {
        self.catalog.foreign_keys.iter().filter(|key| {
            (key.child == self.place && key.child_columns.contains(&column.name))
                || (key.parent == self.place && key.parent_columns.contains(&column.name))
        })
    }
}

/// A text that cannot be null, or must stand only once, becomes the nearest that its column takes.
fn change(plan: &mut v1::FieldPlan, column: &Column, unique: bool, treatment: &Treatment) {
    let is_text = column.family == Family::Text;
    let (what, value) = match treatment {
        Treatment::Hash if is_text => (v1::Treatment::Hash, ""),
        Treatment::Hmac if is_text => (v1::Treatment::Hmac, ""),
        Treatment::Random if is_text => (v1::Treatment::Random, ""),
        Treatment::Text(_) | Treatment::Set(_) if is_text && unique => (v1::Treatment::Random, ""),
        Treatment::Set(value) if !unique => (v1::Treatment::Set, value.as_str()),
        Treatment::Text(text) if is_text => (v1::Treatment::String, text.as_str()),
        _ if !column.not_null => (v1::Treatment::Null, ""),
        _ if unique => (v1::Treatment::Random, ""),
        _ => (v1::Treatment::String, ""),
    };
    plan.treatment = what as i32;
    plan.value = match is_text {
        true => value.chars().take(column.length_max.unwrap_or(usize::MAX)).collect(),
        false => value.to_owned(),
    };
}

fn keeps(found: &Match<'_>) -> bool {
    matches!(found, Match::Rule(Rule { treatment: Treatment::Keep(_), .. }))
}

/// Why a field stays that no rule speaks for: no legal ground.
pub(super) const NO_RULE: &str = "no rule";
const HOLDS_TOGETHER: &str = "rows are held together by it";
const READ_ONLY: &str = "the data map says `read_only`";
const GENERATED: &str = "the database computes it";
const NO_NULL: &str = "its column takes no null";

fn keep(plan: &mut v1::FieldPlan, ground: &str) {
    plan.treatment = v1::Treatment::Keep as i32;
    plan.ground_text = ground.to_owned();
}

fn all_categories(field: &Field, into: &mut Vec<Category>) {
    into.extend(field.categories.iter().cloned());
    field.fields.iter().for_each(|inner| all_categories(inner, into));
}

fn field_is_personal(field: &Field) -> bool {
    let mut categories = Vec::new();
    all_categories(field, &mut categories);
    categories.iter().any(|category| category.as_str().split('.').next() == Some("user"))
}
