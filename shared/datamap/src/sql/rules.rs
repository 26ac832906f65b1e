//! The policy, laid over one table: which rows go, and what becomes of each field of a row that stays.

use redress_contracts::v1;

use super::{Catalog, Column, Family, FieldPlanned, Table};
use crate::{Category, Collection, DatasetClass, Field, Match, Rule, System, Treatment};

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

    /// What is done to a field of a row that stays.
    pub(super) fn field(&self, field: &Field) -> Option<FieldPlanned> {
        let mut column = self.table.column(&field.name)?.clone();
        column.length_max = [column.length_max, field.length_max].into_iter().flatten().min();
        let found = self.rule(field);
        let mut plan = v1::FieldPlan { field: field.name.clone(), ..v1::FieldPlan::default() };
        let personal = field_is_personal(field);
        let mut retained = false;
        match found {
            Match::NoRule => {
                plan.category = field.categories.first().map(Category::to_string).unwrap_or_default();
                keep(&mut plan, "no rule");
                retained = personal;
            }
            Match::Rule(Rule { treatment: Treatment::Keep(ground), category, .. }) => {
                plan.category = category.to_string();
                keep(&mut plan, ground);
                retained = personal;
            }
            Match::Rule(rule) => {
                plan.category = rule.category.to_string();
                match self.cannot_change(&column, field) {
                    Some(why) => {
                        keep(&mut plan, why);
                        retained = personal && why != HOLDS_TOGETHER;
                    }
                    None => match &field.masking {
                        Some(Treatment::Keep(why)) => {
                            keep(&mut plan, why);
                            retained = personal;
                        }
                        masking => {
                            self.change(&mut plan, &column, masking.as_ref().unwrap_or(&rule.treatment))
                        }
                    },
                }
            }
        }
        if self.collection.class == DatasetClass::Audit && plan.treatment != v1::Treatment::Keep as i32 {
            keep(&mut plan, "audit");
            retained = personal;
        }
        Some(FieldPlanned { column, plan, retained })
    }

    fn cannot_change(&self, column: &Column, field: &Field) -> Option<&'static str> {
        let in_key = self.table.primary_key.contains(&column.name) || field.primary_key;
        let in_foreign_key = self.catalog.foreign_keys.iter().any(|key| {
            (key.child == self.place && key.child_columns.contains(&column.name))
                || (key.parent == self.place && key.parent_columns.contains(&column.name))
        });
        match () {
            () if in_key || in_foreign_key || !field.references.is_empty() => Some(HOLDS_TOGETHER),
            () if field.read_only => Some("the data map says `read_only`"),
            () if column.generated => Some("the database computes it"),
            () if column.not_null && column.family != Family::Text => Some("its column takes no null"),
            () => None,
        }
    }

    /// A text that cannot be null, or must stand only once, becomes the nearest that its column takes.
    fn change(&self, plan: &mut v1::FieldPlan, column: &Column, treatment: &Treatment) {
        let unique = self.table.is_unique(&column.name);
        let is_text = column.family == Family::Text;
        let (what, value) = match treatment {
            Treatment::Hash if is_text => (v1::Treatment::Hash, ""),
            Treatment::Hmac if is_text => (v1::Treatment::Hmac, ""),
            Treatment::Random if is_text => (v1::Treatment::Random, ""),
            Treatment::Text(_) if is_text && unique => (v1::Treatment::Random, ""),
            Treatment::Text(text) if is_text => (v1::Treatment::String, text.as_str()),
            _ if !column.not_null => (v1::Treatment::Null, ""),
            _ if unique => (v1::Treatment::Random, ""),
            _ => (v1::Treatment::String, ""),
        };
        plan.treatment = what as i32;
        plan.value = value.chars().take(column.length_max.unwrap_or(usize::MAX)).collect();
    }
}

fn keeps(found: &Match<'_>) -> bool {
    matches!(found, Match::Rule(Rule { treatment: Treatment::Keep(_), .. }))
}

const HOLDS_TOGETHER: &str = "rows are held together by it";

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
