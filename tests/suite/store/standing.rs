//! What waits is counted: open requests by tenant and state, due jobs by connector, messages on their way or parked.

use redress_domain::Clock as _;
use redress_store::{
    DueJobs, Job, JobWrite, OpenRequests, Standing, StateRow, WaitingJob, WaitingJobs, Writes,
};

use super::{World, intake, on_both_dialects, row, secs, tenant, write};

on_both_dialects! {
    where_nothing_waits_nothing_is_counted
    what_waits_is_counted_and_what_has_ended_is_not
    the_systems_that_a_request_waits_for_are_named
}

async fn where_nothing_waits_nothing_is_counted(world: World) {
    assert_eq!(world.store.standing(&intake()).await.unwrap(), Standing::default());
}

async fn what_waits_is_counted_and_what_has_ended_is_not(world: World) {
    let now = world.clock.now();
    let new = |tenant: &str, status: &str, due_in: Option<i64>| StateRow {
        tenant: tenant.parse().unwrap(),
        status: status.to_owned(),
        due_at: due_in.map(|due| now + secs(due)),
        ..row(world.ids.request(), 1)
    };
    let states = [
        new("dublin", "held", Some(60)),
        new("dublin", "held", Some(-60)),
        new("dublin", "held", Some(0)),
        new("dublin", "in_review", None),
        new("cork", "held", None),
        new("cork", "", Some(-60)),
        StateRow { closed_at: Some(now), ..new("cork", "closed", Some(-60)) },
    ];
    let job = |system: &str, due_in: i64| Job { due_at: now + secs(due_in), ..world.job(system, 0) };
    let other = Job { connector: "graph".parse().unwrap(), ..job("directory", -7) };
    let ended = Job { outcome: Some(vec![1]), ..job("crm", -9) };
    let jobs = [job("crm", -5), job("crm", 0), job("shop", -1), job("crm", 1), other, ended];
    let request = world.ids.request();
    let outbox = vec![world.outgoing(request, None), world.outgoing(request, None)];
    world
        .write(Writes {
            states: states.into_iter().map(write).collect(),
            jobs: jobs.into_iter().map(JobWrite::Add).collect(),
            parked: vec![world.parked()],
            outbox: outbox.clone(),
            ..Writes::default()
        })
        .await;
    world.store.mark_sent(&[(request, outbox[0].message.envelope.id)]).await.unwrap();
    let mut audit = world.store.begin(&"audit".parse().unwrap()).await.unwrap();
    let states = vec![write(row(world.ids.request(), 1))];
    audit.write(&Writes { states, ..Writes::default() }).await.unwrap();
    audit.commit().await.unwrap();

    let open = |tenant: &str, status: &str, requests, overdue, due_first: Option<i64>| OpenRequests {
        tenant: tenant.parse().unwrap(),
        status: status.to_owned(),
        requests,
        overdue,
        due_first: due_first.map(|due| now + secs(due)),
    };
    let due = |connector: &str, jobs, systems, since| DueJobs {
        connector: connector.parse().unwrap(),
        jobs,
        systems,
        since: now + secs(since),
    };
    let expected = Standing {
        open: vec![
            open("cork", "held", 1, 0, None),
            open(tenant().as_str(), "held", 3, 2, Some(-60)),
            open(tenant().as_str(), "in_review", 1, 0, None),
        ],
        due: vec![due("graph", 1, 1, -7), due("sql", 3, 2, -5)],
        waiting: Vec::new(),
        unsent: 1,
        parked: 1,
    };
    assert_eq!(world.store.standing(&intake()).await.unwrap(), expected);
}

async fn the_systems_that_a_request_waits_for_are_named(world: World) {
    let (request, now) = (world.ids.request(), world.clock.now());
    let job = |system: &str, tries: u32, why: &str| Job {
        request,
        tries,
        due_at: now + secs(60),
        progress: why.as_bytes().to_vec(),
        ..world.job(system, 0)
    };
    let ended = Job { outcome: Some(vec![1]), ..job("mail", 2, "") };
    let others = Job { request: world.ids.request(), ..job("crm", 1, "it is away") };
    let jobs = [job("shop", 3, "it is busy"), job("crm", 1, "it is away"), job("new", 0, ""), ended, others];
    let jobs = jobs.into_iter().map(JobWrite::Add).collect();
    world.write(Writes { jobs, ..Writes::default() }).await;
    let waits = |system: &str, tries, why: &str| WaitingJob {
        system: system.parse().unwrap(),
        tries,
        due_at: now + secs(60),
        why: why.to_owned(),
    };
    let expected = [waits("crm", 1, "it is away"), waits("shop", 3, "it is busy")];
    assert_eq!(world.store.waiting(request).await.unwrap(), expected);
    let counted =
        |system: &str, jobs| WaitingJobs { tenant: tenant(), system: system.parse().unwrap(), jobs };
    let standing = world.store.standing(&intake()).await.unwrap();
    assert_eq!(standing.waiting, [counted("crm", 2), counted("shop", 1)]);
}
