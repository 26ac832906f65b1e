//! Standing approvals: an administrator says beforehand what a plan must be like to be carried out without being
//! looked at. What is beyond one waits in review, as everything does without.
//!
//! None ever speaks for a person who is not told apart from another, for rows that a candidate brought in, for
//! systems that were not searched in full, for special categories of data, or where an earlier plan has changed
//! data already; and for a deletion that cannot be taken back only where it says so.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use redress_contracts::{
    unsearched,
    v1::{Candidate, DatasetPlan, SystemPlan},
};
use redress_domain::{Kind, SystemName};
use serde::{Deserialize, Serialize};

use crate::state::Request;

/// A standing approval, as the settings have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalSettings {
    /// What it is called in the ledger.
    pub name: String,
    /// The administrator who answers for it: the ledger names them as who approved.
    pub by: String,
    /// For requests of these kinds.
    pub kinds: Vec<Kind>,
    /// For plans with rows in these systems alone.
    pub systems: Vec<SystemName>,
    /// For plans of at most so many rows.
    pub rows_max: u64,
    /// Its last day, in the tenant's time zone.
    pub until: Date,
    /// Whether it speaks for deletions that cannot be taken back: those of a tenant without a hold.
    #[serde(default)]
    pub purges_at_once: bool,
}

/// A standing approval.
#[derive(Debug, Clone)]
pub struct StandingApproval {
    /// What it says.
    pub settings: ApprovalSettings,
    /// It speaks before this.
    end: Timestamp,
    /// The tenant's setting: identifiers on which nobody has decided are left out.
    leaves_undecided_identifiers: bool,
}

impl StandingApproval {
    /// In a tenant with this time zone and hold.
    ///
    /// # Errors
    /// The setting that cannot be used, and what it should be.
    pub(crate) fn new(
        settings: ApprovalSettings,
        zone: &TimeZone,
        hold_days: u32,
        leaves_undecided_identifiers: bool,
    ) -> Result<Self, (&'static str, &'static str)> {
        let day_after = settings.until.tomorrow().and_then(|day| day.to_zoned(zone.clone()));
        let Ok(end) = day_after else { return Err(("until", "is a day of the calendar")) };
        let never_held = hold_days == 0 && settings.kinds.contains(&Kind::Delete);
        for (wrong, field, rule) in [
            (settings.name.is_empty(), "name", "is what the ledger calls it"),
            (settings.by.is_empty(), "by", "is the administrator who answers for it"),
            (settings.kinds.is_empty(), "kinds", "names at least one"),
            (settings.systems.is_empty(), "systems", "names at least one"),
            (settings.rows_max == 0, "rows_max", "is at least 1"),
            (
                never_held && !settings.purges_at_once,
                "purges_at_once",
                "must be said: without a hold a delete cannot be taken back",
            ),
        ] {
            if wrong {
                return Err((field, rule));
            }
        }
        Ok(Self { settings, end: end.timestamp(), leaves_undecided_identifiers })
    }

    /// Whether it is for such requests at all.
    pub(crate) fn is_for(&self, kind: Kind) -> bool {
        self.settings.kinds.contains(&kind)
    }

    /// Why it does not speak for the plan of this request, which is in review; none where it does.
    pub(crate) fn objection(&self, request: &Request, now: Timestamp) -> Option<String> {
        let (life, kept) = (&request.life, &request.kept);
        let plans: Vec<&SystemPlan> = kept.plan.iter().flat_map(|plan| &plan.systems).collect();
        let with_rows = || {
            let datasets = |plan: &'_ &SystemPlan| plan.datasets.iter().any(|dataset| dataset.count > 0);
            plans.iter().filter(move |plan| datasets(plan))
        };
        let of_others = with_rows().find(|plan| !self.names(&plan.system));
        let datasets = || plans.iter().flat_map(|plan| &plan.datasets).filter(|dataset| dataset.count > 0);
        let rows: u64 = datasets().map(|dataset| dataset.count).sum();
        let special = datasets().find_map(|dataset: &DatasetPlan| dataset.special_categories.first());
        let refused = datasets().find(|dataset: &&DatasetPlan| !dataset.refusals.is_empty());
        let asked = unsearched(request.searched()).next();
        if now >= self.end {
            Some(format!("it ended on {}", self.settings.until))
        } else if life.ambiguous {
            Some("the person is not told apart from another".to_owned())
        } else if life.irrevocable || life.withdrawn {
            Some("an earlier plan was carried out already".to_owned())
        } else if life.kind == Kind::Delete && !life.holds && !self.settings.purges_at_once {
            Some("it does not speak for deletions that cannot be taken back".to_owned())
        } else if request.undecided().any(|it| !self.leaves_out(it)) || !kept.accepted_candidates.is_empty() {
            Some("there are candidates".to_owned())
        } else if let Some(system) = asked {
            Some(format!("{} was not searched in full", system.system))
        } else if request.is_unknown() {
            Some("no system was searched".to_owned())
        } else if let Some(plan) = of_others {
            Some(format!("it is not for {}", plan.system))
        } else if let Some(dataset) = refused {
            Some(format!("the database would refuse the changes in {}", dataset.dataset))
        } else if rows > self.settings.rows_max {
            Some(format!("there are {rows} rows, it is for {}", self.settings.rows_max))
        } else {
            special.map(|category| format!("there is data of a special category: {category}"))
        }
    }

    /// Whether a candidate is left out where nobody decides on it.
    fn leaves_out(&self, candidate: &Candidate) -> bool {
        self.leaves_undecided_identifiers && candidate.identifier.is_some()
    }

    fn names(&self, system: &str) -> bool {
        self.settings.systems.iter().any(|name| name.as_str() == system)
    }
}
