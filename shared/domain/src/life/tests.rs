//! The whole graph of lives is walked: every reachable life × every input.

use std::collections::{HashMap, HashSet, VecDeque};

use super::*;

fn inputs() -> Vec<Input> {
    let mut all = vec![
        Input::Verified,
        Input::CandidatesDecided,
        Input::Declined,
        Input::ContentReviewed,
        Input::Released,
        Input::Withdrawn,
        Input::Restored,
        Input::HoldEnded,
        Input::RemainsAccepted,
        Input::PlanChanged,
        Input::Changed,
        Input::SearchAgain,
        Input::Cancel,
        Input::Pause,
        Input::Resume,
        Input::HoldPlaced,
        Input::HoldLifted,
        Input::CannotGoOn,
        Input::Retry,
        Input::GiveUp,
    ];
    all.extend([Found::Nothing, Found::Something, Found::Ambiguous].map(Input::Discovered));
    for yes in [false, true] {
        all.push(Input::Submitted { verified: yes });
        all.push(Input::Approved { retained: yes });
        all.push(Input::Applied { remains: yes });
        all.push(Input::Expunged { remains: yes });
        all.push(Input::Checked { remains: yes });
        all.push(Input::Stopped { too_late: yes });
        for also in [false, true] {
            all.push(Input::Collected { review: yes, missing: also });
            all.push(Input::Purged { remains: yes, pending: also });
        }
    }
    all
}

/// Every life that can be reached, with the lives it can go to.
fn graph() -> HashMap<Life, HashSet<Life>> {
    let mut graph = HashMap::new();
    let starts = Kind::ALL.iter().flat_map(|kind| [Life::new(*kind, false), Life::new(*kind, true)]);
    let mut queue: VecDeque<Life> = starts.collect();
    while let Some(life) = queue.pop_front() {
        if graph.contains_key(&life) {
            continue;
        }
        let next: HashSet<Life> = inputs().into_iter().filter_map(|input| life.advance(input).ok()).collect();
        queue.extend(next.iter().cloned());
        graph.insert(life, next);
    }
    graph
}

#[test]
fn every_state_is_reached_and_every_way_to_close() {
    let graph = graph();
    for state in State::ALL {
        assert!(graph.keys().any(|life| life.state == *state), "{state} is never reached");
    }
    for closing in Closing::ALL {
        assert!(graph.keys().any(|life| life.closing == Some(*closing)), "nothing closes as {closing}");
    }
}

#[test]
fn closed_is_final_and_only_closed_has_a_closing() {
    for (life, next) in graph() {
        assert_eq!(life.is_closed(), life.closing.is_some(), "{life:?}");
        assert_eq!(life.is_closed(), next.is_empty(), "{life:?}");
    }
}

/// Promise 1: from everywhere an end can be reached by what the request says it waits for.
#[test]
fn whatever_a_request_waits_for_brings_it_to_an_end() {
    let graph = graph();
    let mut ends: HashSet<&Life> = graph.keys().filter(|life| life.is_closed()).collect();
    loop {
        let more: Vec<&Life> = graph
            .iter()
            .filter(|(life, _)| !ends.contains(life))
            .filter(|(life, _)| awaited(life).iter().any(|next| ends.contains(next)))
            .map(|(life, _)| life)
            .collect();
        if more.is_empty() {
            break;
        }
        ends.extend(more);
    }
    let without: Vec<&Life> = graph.keys().filter(|life| !ends.contains(life)).collect();
    assert!(without.is_empty(), "{} lives never end, e.g. {:?}", without.len(), without[0]);
}

/// The lives that follow when what the request waits for comes: a person's deed, a timer, or the answer of
/// the very service that was asked.
fn awaited(life: &Life) -> Vec<Life> {
    let answers = |work: Work, input: Input| match work {
        Work::Discover => matches!(input, Input::Discovered(_)),
        Work::Collect => matches!(input, Input::Collected { .. }),
        Work::Release => input == Input::Released,
        Work::Withdraw => input == Input::Withdrawn,
        Work::Restore => input == Input::Restored,
        Work::Purge => matches!(input, Input::Purged { .. }),
        Work::Apply => matches!(input, Input::Applied { .. }),
        Work::Poll => matches!(input, Input::Expunged { .. }),
        Work::Stop => matches!(input, Input::Stopped { .. }),
    };
    let fits = |input: &Input| match life.waits() {
        Waits::Closed => false,
        Waits::Service(work) => answers(work, *input),
        Waits::Person(_) => !input.is_answer(),
        Waits::HoldEnd => *input == Input::HoldEnded,
    };
    inputs().into_iter().filter(fits).filter_map(|input| life.advance(input).ok()).collect()
}

#[test]
fn nothing_is_done_before_the_requester_is_verified_and_the_plan_approved() {
    let before = [State::Received, State::Verifying, State::Discovering, State::InReview];
    for (life, next) in graph() {
        if before.contains(&life.state) {
            assert!(matches!(life.work(), None | Some(Work::Discover | Work::Stop)), "{life:?}");
        }
        for after in next {
            let starts_effects = matches!(after.state, State::Collecting | State::Executing | State::Purging);
            // Restoring what was withdrawn under an earlier approval takes effects back.
            let restores = after.withdrawn && after.cancelling;
            if before.contains(&life.state) && starts_effects && !restores {
                let approved = [false, true].map(|retained| life.advance(Input::Approved { retained }));
                assert!(approved.contains(&Ok(after)) && !life.ambiguous, "{life:?}");
            }
        }
    }
}

#[test]
fn a_legal_hold_stops_withdraw_and_purge() {
    for life in graph().keys().filter(|life| life.on_hold) {
        assert!(!matches!(life.work(), Some(Work::Withdraw | Work::Purge)), "{life:?}");
        assert_ne!(life.waits(), Waits::HoldEnd, "{life:?}");
    }
}

#[test]
fn what_was_purged_is_never_called_cancelled_or_declined() {
    for (life, next) in graph() {
        let is_purged = matches!(life.state, State::Purging | State::Expunging | State::Checking);
        if is_purged && !life.is_untouched() {
            for after in next {
                assert!(
                    !matches!(
                        after.closing,
                        Some(Closing::Cancelled | Closing::Declined | Closing::NoDataFound)
                    ),
                    "{life:?}"
                );
            }
        }
    }
}

/// Whatever comes after: once data was changed for good, no ending says that nothing was.
#[test]
fn what_was_changed_for_good_is_never_forgotten() {
    let graph = graph();
    assert!(graph.keys().any(|life| life.irrevocable && life.state == State::InReview));
    for (life, next) in graph.iter().filter(|(life, _)| life.irrevocable) {
        let denies = [Closing::Cancelled, Closing::Declined, Closing::NoDataFound];
        assert!(life.closing.is_none_or(|closing| !denies.contains(&closing)), "{life:?}");
        assert!(next.iter().all(|after| after.irrevocable), "{life:?}");
        if matches!(life.state, State::Discovering | State::InReview) {
            for input in [Input::Cancel, Input::Declined] {
                let refused = life.advance(input).unwrap_err();
                let fits = input == Input::Cancel || life.state == State::InReview;
                assert_eq!(refused == Refusal::Irreversible, fits, "{life:?} {input:?}");
            }
        }
    }
    for life in graph.keys().filter(|life| life.state == State::Discovering && !life.withdrawn) {
        let Ok(after) = life.advance(Input::Discovered(Found::Nothing)) else { continue };
        assert_eq!(after.closing == Some(Closing::NoDataFound), !life.irrevocable, "{life:?}");
    }
}

#[test]
fn what_was_withdrawn_is_purged_or_restored_before_the_end() {
    for life in graph().keys().filter(|life| life.withdrawn) {
        for input in inputs().into_iter().filter(|input| *input != Input::Restored) {
            if let Ok(Life { closing: Some(closing), .. }) = life.advance(input) {
                let purged = [Closing::Completed, Closing::CompletedRetained, Closing::CompletedRemains];
                let honest = purged.contains(&closing) || closing == Closing::Failed;
                assert!(honest, "{life:?} {input:?} {closing}");
            }
        }
    }
}

#[test]
fn remains_are_never_closed_as_completed() {
    for life in graph().keys().filter(|life| life.remains && life.is_closed()) {
        let honest = [Closing::CompletedRemains, Closing::Failed, Closing::Declined, Closing::Cancelled];
        assert!(honest.contains(&life.closing.unwrap()), "{life:?}");
    }
}

#[test]
fn an_answer_that_comes_twice_is_stale() {
    for life in graph().keys().filter(|life| !life.is_closed()) {
        for input in inputs().into_iter().filter(|input| input.is_answer()) {
            // What leads back to the same state (still remaining) is asked for again by a person each time.
            if let Ok(after) = life.advance(input)
                && after.state != life.state
                && !matches!(input, Input::CannotGoOn)
            {
                assert_eq!(after.advance(input), Err(Refusal::Stale), "{life:?} {input:?}");
            }
        }
    }
}

#[test]
fn an_answer_never_gets_a_persons_refusal_and_a_person_never_hears_stale() {
    for life in graph().keys() {
        for input in inputs() {
            if let Err(refusal) = life.advance(input) {
                assert_eq!(refusal == Refusal::Stale, input.is_answer(), "{life:?} {input:?} {refusal:?}");
            }
        }
    }
}

#[test]
fn the_plain_lives() {
    let walk = |kind, holds, steps: &[Input]| {
        steps.iter().fold(Life::new(kind, holds), |life, input| life.advance(*input).unwrap())
    };
    let found = Input::Discovered(Found::Something);
    let submitted = Input::Submitted { verified: true };
    let approved = Input::Approved { retained: false };
    let purged = Input::Purged { remains: false, pending: false };

    let collected = Input::Collected { review: false, missing: false };
    let export = walk(Kind::Export, false, &[submitted, found, approved, collected, Input::Released]);
    assert_eq!(export.closing, Some(Closing::Completed));

    let retained = Input::Approved { retained: true };
    let delete = walk(Kind::Delete, false, &[submitted, found, retained, purged]);
    assert_eq!(delete.closing, Some(Closing::CompletedRetained));

    let held = walk(Kind::Delete, true, &[submitted, found, approved, Input::Withdrawn]);
    assert_eq!(held.waits(), Waits::HoldEnd);
    let restoring = held.advance(Input::Cancel).unwrap();
    assert_eq!(restoring.work(), Some(Work::Restore));
    assert_eq!(restoring.advance(Input::Restored).unwrap().closing, Some(Closing::Cancelled));

    let changed = walk(Kind::Delete, false, &[submitted, found, approved, Input::PlanChanged, found]);
    assert_eq!(changed.state, State::InReview, "a plan that no longer fits is reviewed again");

    let nothing = walk(Kind::Access, false, &[submitted, Input::Discovered(Found::Nothing)]);
    assert_eq!(nothing.closing, Some(Closing::NoDataFound));
}
