//! What a search did not reach. A system that did not answer in full has no plan, or not all of one: whoever
//! carries a plan out names it beside what was done, so that nothing is called complete that was never looked at.

use crate::v1::{Status, SystemInventory, SystemOutcome};

/// Whether the system was asked and has answered in full.
pub fn is_searched(system: &SystemInventory) -> bool {
    system.asked && matches!(system.status(), Status::Done | Status::NotFound | Status::Kept)
}

/// The systems that were asked and have not answered in full: they failed, refused, left it to somebody else, or
/// gave a part.
pub fn unsearched(systems: &[SystemInventory]) -> impl Iterator<Item = &SystemInventory> {
    systems.iter().filter(|system| system.asked && !is_searched(system))
}

/// Adds to the outcomes of a plan what the search did not reach, each system with its reason. What was done in a
/// system of which only a part was found is itself only a part.
pub fn add_unsearched(outcomes: &mut Vec<SystemOutcome>, systems: &[SystemInventory]) {
    for system in unsearched(systems) {
        let reason = format!("It was not searched in full: {}", system.reason);
        match outcomes.iter_mut().find(|outcome| outcome.system == system.system) {
            Some(outcome) if matches!(outcome.status(), Status::Done | Status::NotFound | Status::Kept) => {
                outcome.set_status(Status::Partial);
                outcome.reason = reason;
            }
            Some(_) => {}
            None => outcomes.push(SystemOutcome {
                system: system.system.clone(),
                status: if system.status == 0 { Status::Failed as i32 } else { system.status },
                reason,
                ..SystemOutcome::default()
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Status; 9] = [
        Status::Unspecified,
        Status::Done,
        Status::NotFound,
        Status::Partial,
        Status::Pending,
        Status::Kept,
        Status::Elsewhere,
        Status::Refused,
        Status::Failed,
    ];

    fn found(status: Status, asked: bool) -> SystemInventory {
        let (system, reason) = ("crm".to_owned(), "it is away".to_owned());
        SystemInventory { system, asked, reason, status: status as i32, ..SystemInventory::default() }
    }

    #[test]
    fn whatever_was_not_searched_in_full_shows_in_the_outcomes_with_its_reason() {
        let bad = |outcome: &SystemOutcome| {
            !matches!(outcome.status(), Status::Unspecified | Status::Done | Status::NotFound | Status::Kept)
        };
        for status in ALL {
            let systems = [found(status, true)];
            let answered = matches!(status, Status::Done | Status::NotFound | Status::Kept);
            assert_eq!(
                (is_searched(&systems[0]), unsearched(&systems).count()),
                (answered, usize::from(!answered))
            );
            let mut outcomes = Vec::new();
            add_unsearched(&mut outcomes, &systems);
            assert_eq!(outcomes.len(), usize::from(!answered), "{status:?}");
            for outcome in &outcomes {
                assert!(bad(outcome) && outcome.reason.contains("it is away"), "{outcome:?}");
            }
            for done in ALL.into_iter().skip(1) {
                let outcome = SystemOutcome { status: done as i32, ..SystemOutcome::default() };
                let mut outcomes = vec![SystemOutcome { system: "crm".to_owned(), ..outcome }];
                let before = outcomes.clone();
                add_unsearched(&mut outcomes, &systems);
                let (well, after) = (!bad(&before[0]), &outcomes);
                assert_eq!(after.len(), 1);
                assert!(if answered { *after == before } else { bad(&after[0]) }, "{status:?} {done:?}");
                assert!(well || *after == before, "what the plan's own outcome says stands: {done:?}");
            }
        }
    }

    #[test]
    fn who_was_not_asked_has_a_reason_and_is_none_of_this() {
        let systems = [found(Status::Unspecified, false)];
        assert!(!is_searched(&systems[0]) && unsearched(&systems).next().is_none());
    }
}
