//! Thousands of lives by dice: whatever comes in whatever order, a request waits for something or has ended.

use proptest::prelude::*;
use redress_contracts::v1::{self, deed};
use redress_domain::{Kind, State};

use super::world::{World, discovered, executed};
use crate::decide::Answer;

/// One throw: which input, and a die for what is in it.
type Throw = (u8, u8);

fn deed(world: &World, kind: u8, die: u8) -> deed::What {
    let reason = || Some(v1::Sealed { format: 1, body: vec![die] });
    match kind {
        0 => deed::What::Verified(v1::Verification::default()),
        1 => {
            let other = Some(v1::Digest { sha256: vec![die] });
            let plan_digest = if die < 30 { other } else { world.kept().plan_digest.clone() };
            deed::What::Approve(v1::Approve { plan_digest, ..v1::Approve::default() })
        }
        2 => deed::What::Decline(v1::Decline { reason: reason() }),
        3 => deed::What::Cancel(v1::Cancel { reason: reason() }),
        4 => deed::What::Candidates(v1::DecideCandidates {
            accepted: vec![format!("c{}", die % 4)],
            ..v1::DecideCandidates::default()
        }),
        5 => deed::What::AcceptRemains(v1::AcceptRemains { reason: reason() }),
        6 => deed::What::Retry(v1::Retry {}),
        _ => deed::What::GiveUp(v1::GiveUp { reason: reason() }),
    }
}

/// An answer that fits the command that was sent last, mostly.
fn answer(world: &World, die: u8) -> Answer {
    let failure = if die % 8 == 7 { "the disk is full".to_owned() } else { String::new() };
    let asked = world.commands.last().map_or("", |(_, out)| out.kind.as_str());
    let statuses = [v1::Status::Done, v1::Status::Partial, v1::Status::Pending, v1::Status::Kept];
    let status = statuses[usize::from(die / 8) % 4];
    match asked {
        "redress.v1.Discover" => Answer::Discovered(v1::Discovered {
            failure,
            ambiguous_identity: die % 16 == 3,
            ..discovered(u64::from(die % 3), usize::from(die % 4))
        }),
        "redress.v1.Collect" => {
            let outcomes = executed(v1::Phase::Unspecified, status).outcomes;
            Answer::Collected(v1::Collected { failure, outcomes, ..v1::Collected::default() })
        }
        "redress.v1.Release" => Answer::Released(v1::Released { failure, ..v1::Released::default() }),
        "redress.v1.Stop" => Answer::Stopped(v1::Stopped { too_late: die < 128, ..v1::Stopped::default() }),
        _ => {
            let phase = v1::Phase::try_from(i32::from(die % 7)).unwrap_or_default();
            let phase = if die < 128 { v1::Phase::Purge } else { phase };
            let plan_changed = die % 8 == 5;
            Answer::Executed(v1::Executed { failure, plan_changed, ..executed(phase, status) })
        }
    }
}

fn step(world: &mut World, (what, die): Throw) {
    let stands = world.kept().command.clone();
    match what % 20 {
        // Most ends are put off, so that lives get long.
        2 | 3 | 7 if die >= 64 => drop(world.approve()),
        kind @ 0..8 => drop(world.deed(deed(world, kind, die))),
        8..14 => drop(world.answer_to(&stands, answer(world, die))),
        14 => {
            let stale = world.commands.first().map_or(String::new(), |(_, out)| out.id.to_string());
            let given = answer(world, die);
            if stale != stands {
                assert!(!matches!(world.answer_to(&stale, given), Ok(true)), "a stale answer counts");
            }
        }
        15 => drop(world.fire("overdue")),
        16 => assert_eq!(world.admit(Kind::Access, true), Err("request_exists")),
        _ => drop(world.fire("sweep")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// The world looks after its promises at each transition; here it is seen that it gets about.
    #[test]
    fn an_open_request_waits_for_something_and_its_events_are_dense(
        kind in 0..Kind::ALL.len(), verified: bool, throws in prop::collection::vec(any::<Throw>(), 0..60)
    ) {
        let mut world = World::admitted(Kind::ALL[kind], verified);
        for throw in throws {
            let (before, events) = (world.state.clone(), world.events.len());
            step(&mut world, throw);
            if before.as_ref().is_some_and(|request| request.life.state == State::Closed) {
                prop_assert_eq!(&before, &world.state, "what is closed stays as it is");
                prop_assert_eq!(events, world.events.len());
            }
        }
    }
}
