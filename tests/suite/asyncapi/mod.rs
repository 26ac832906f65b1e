//! `proto/asyncapi.yaml` describes what is met over AMQP: its own parser reads it, and what is really sent is as it says.

mod document;
mod full;
mod listener;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use jiff::SignedDuration;
use prost::Name as _;
use redress_bus::Publication;
use redress_contracts::{
    Envelope, Message,
    topology::{EVENTS, REQUESTS, Route},
    v1::Event,
};
use redress_domain::Clock as _;
use redress_runtime::SystemClock;
use serde_json::{Value, json};

use self::{
    document::{Answer, Channel, Described, ask, text},
    full::every_event,
    listener::Listener,
};
use crate::{
    bus::{self, fresh_vhost},
    flows::world::World,
    front_queue::{self, JSON, PERSON, clear},
    sql::company::email,
};

const DELETE: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";
/// How a comment ends that speaks of what is to come.
const NOT_YET: &str = "Not sent yet.";

/// The channels through this exchange.
fn through<'a>(answer: &'a Answer, exchange: &str) -> Vec<&'a Channel> {
    answer.channels.iter().filter(|channel| channel.exchange.name == exchange).collect()
}

/// The same, but for what stands at one place.
fn with(of: &Value, pointer: &str, value: Value) -> Value {
    let (place, name) = pointer.rsplit_once('/').unwrap();
    let mut other = of.clone();
    other.pointer_mut(place).unwrap()[name] = value;
    other
}

/// Nothing of any message is other than the document says.
fn well(messages: &[Value], answer: &Answer) {
    assert_eq!(messages.len(), answer.faults.len());
    for (message, faults) in messages.iter().zip(&answer.faults) {
        assert!(faults.is_empty(), "{faults:#?}\n{message:#}");
    }
}

#[tokio::test]
async fn its_own_parser_reads_it_and_refuses_it_broken() {
    let text = text();
    let found = |answer: &Answer| -> Vec<(String, String)> {
        answer.findings.iter().map(|it| (it.severity.clone(), it.code.clone())).collect()
    };
    // Most tools that are about do not read 3.1 yet, which has nothing more for AMQP.
    let latest = ("info".to_owned(), "asyncapi-latest-version".to_owned());
    assert_eq!(found(&ask(&text, &[]).await), [latest]);
    for (part, broken) in [
        ("action: receive", "action: take"),
        ("{tenant}.request.closed", "{tenant}.{what}.closed"),
        ("/requestClosed/messages/RequestClosed", "/requestOverdue/messages/RequestOverdue"),
        ("schemas/Actor\"", "schemas/Actress\""),
        ("type: topic", "type: theme"),
        ("protocol: amqps\n", ""),
        ("type: array", "type: arrow"),
    ] {
        assert!(text.contains(part), "{part}");
        let answer = ask(&text.replacen(part, broken, 1), &[]).await;
        assert!(found(&answer).iter().any(|(severity, _)| severity == "error"), "{part}: {answer:?}");
    }
}

/// Each kind of event with all its fields, by way of our own bus.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_event_has_one_message_which_tells_all_that_it_can_carry() {
    let answer = ask(&text(), &[]).await;
    let channels = through(&answer, EVENTS);
    let url = fresh_vhost().await;
    let mut listener = Listener::at(&url, &channels[0].exchange).await;
    let world = bus::World::at(&url);
    let publications: Vec<_> = every_event()
        .into_iter()
        .map(|(name, body)| {
            let Message { envelope, .. } = world.message();
            let envelope = Envelope {
                kind: Event::full_name(),
                traceparent: Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned()),
                again: true,
                ..envelope
            };
            let route = Route::event(&envelope.tenant, name);
            Publication { message: Message { envelope, body }, route, retry: false }
        })
        .collect();
    world.publish(&publications).await;
    let mut heard = Vec::new();
    for _ in &publications {
        heard.push(listener.next().await);
    }
    well(&heard, &ask(&text(), &heard).await);
    let keys: BTreeSet<&str> = heard.iter().map(|message| message["key"].as_str().unwrap()).collect();
    let told: BTreeSet<String> =
        channels.iter().map(|channel| channel.address.replace("{tenant}", "dublin")).collect();
    assert_eq!(keys, told.iter().map(String::as_str).collect());
    assert!(channels.len() == keys.len() && channels.iter().all(|channel| channel.messages.len() == 1));

    // What is not so is seen: each event under the name of the next, and one that is wrong somewhere.
    let mut wrong: Vec<Value> = heard.clone();
    for (message, other) in wrong.iter_mut().zip(heard.iter().cycle().skip(1)) {
        message["key"] = other["key"].clone();
    }
    for (pointer, value) in [
        ("/exchange", json!(REQUESTS)),
        ("/key", json!("dublin.request.forgotten")),
        ("/properties/type", json!("redress.v1.Deed")),
        ("/properties/app_id", json!("x")),
        ("/headers/cloudEvents_time", json!("noon")),
        ("/headers/cloudEvents_answers", json!("x")),
        ("/payload/sequence", json!(1)),
        ("/payload/actor/colour", json!("red")),
        ("/payload/requestReceived/kind", json!("KIND_COPY")),
        ("/payload/requestReceived/scopes", json!("SCOPE_CUSTOMER_DATA")),
    ] {
        wrong.push(with(&heard[0], pointer, value));
    }
    let answer = ask(&text(), &wrong).await;
    let unseen: Vec<_> = wrong.iter().zip(&answer.faults).filter(|(_, faults)| faults.is_empty()).collect();
    assert!(unseen.is_empty(), "{unseen:#?}");
}

/// What the client in Python sends; and what the document wants of a submission in JSON the front door wants too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_submission_that_is_as_it_says_is_taken_in_and_no_other() {
    let answer = ask(&text(), &[]).await;
    let world = front_queue::World::start().await;
    let url = world.rabbitmq.url(&world.vhost);
    let mut submitted = Listener::at(&url, &through(&answer, REQUESTS)[0].exchange).await;
    let mut events = Listener::at(&url, &through(&answer, EVENTS)[0].exchange).await;

    let client = world.client("upstream.py", "shop", &["EXPORT", PERSON]).wait_with_output().await.unwrap();
    assert!(client.status.success(), "{}", String::from_utf8_lossy(&client.stderr));
    let mut heard = vec![submitted.next().await];
    let submissions = submissions(&heard[0]["payload"]);

    let shop = world.user("shop").await;
    let mut told = Vec::new();
    let mut taken_in = vec![is_taken_in(&mut events, &mut told).await];
    for (i, submission) in submissions.iter().enumerate() {
        shop.submit(&format!("json {i}"), JSON, submission.to_string().as_bytes()).await;
        heard.push(submitted.next().await);
        taken_in.push(is_taken_in(&mut events, &mut told).await);
    }
    well(&told, &ask(&text(), &told).await);
    let answer = ask(&text(), &heard).await;
    for ((message, faults), taken_in) in heard.iter().zip(&answer.faults).zip(&taken_in) {
        assert_eq!(faults.is_empty(), *taken_in, "{faults:#?}\n{message:#}");
    }
    assert_eq!(taken_in.iter().filter(|taken_in| **taken_in).count(), 5);
    world.node.stop().await;
}

/// In JSON: four that are right, and one wrong thing after another.
fn submissions(sealed: &Value) -> [Value; 19] {
    let clear = serde_json::to_value(clear("")).unwrap();
    let without = |of: &Value, pointer: &str| {
        let (place, name) = pointer.rsplit_once('/').unwrap();
        let mut submission = of.clone();
        submission.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(name).unwrap();
        submission
    };
    [
        with(sealed, "/idempotencyKey", json!("another")),
        clear.clone(),
        with(&clear, "/receivedAt", json!(SystemClock.now().to_string())),
        with(&clear, "/scopes", json!(["SCOPE_CUSTOMER_DATA"])),
        without(&clear, "/kind"),
        without(&clear, "/clear"),
        without(&clear, "/clear/kind"),
        without(&clear, "/clear/identifiers"),
        without(&clear, "/clear/identifiers/0/kind"),
        without(&clear, "/clear/identifiers/0/value"),
        with(&clear, "/sealed", sealed["sealed"].clone()),
        with(&clear, "/colour", json!("red")),
        with(&clear, "/clear/colour", json!("red")),
        with(&clear, "/clear/identifiers/0/colour", json!("red")),
        with(&clear, "/kind", json!("KIND_COPY")),
        with(&clear, "/kind", json!("export")),
        with(&clear, "/regimes", json!("REGIME_GDPR")),
        with(&clear, "/receivedAt", json!("yesterday")),
        with(&clear, "/systems", json!([17])),
    ]
}

/// What has become of the one submission that is on its way.
async fn is_taken_in(events: &mut Listener, told: &mut Vec<Value>) -> bool {
    loop {
        let event = events.next().await;
        told.push(event.clone());
        match event["key"].as_str().unwrap() {
            "dublin.request.received" => return true,
            "dublin.request.rejected" => return false,
            _ => {}
        }
    }
}

/// An export, a deletion of which something remains, and one that is declined.
#[tokio::test(flavor = "multi_thread")]
async fn what_whole_requests_tell_the_world_is_as_it_says() {
    let answer = ask(&text(), &[]).await;
    let world = World::start(("amqp", "sqlite"), 5, DELETE).await;
    let url = &world.parts.settings.bus.url;
    let mut events = Listener::at(url, &through(&answer, EVENTS)[0].exchange).await;
    world.company.run("create trigger keep before delete on visit begin select raise(ignore); end").await;

    let export = world.submit("export", &email(3)).await;
    let (delete, declined) =
        (world.submit("delete", &email(3)).await, world.submit("delete", &email(3)).await);
    for request in [&export, &delete, &declined] {
        world.settled(request).await;
    }
    world.post("ada", &format!("requests/{declined}/decline"), json!({ "reason": "a court case" })).await;
    for request in [&export, &delete] {
        world.approve(request).await;
        world.settled(request).await;
    }
    let reason = json!({ "reason": "the archive keeps it for a week" });
    world.post("ada", &format!("requests/{delete}/accept-remains"), reason).await;
    for request in [&export, &delete, &declined] {
        assert!(world.settled(request).await["closing"].is_string());
    }
    world.clock.advance(SignedDuration::from_hours(30 * 24));
    while world.ledger_at_rest(&"dublin".parse().unwrap()).await.last().unwrap().entry.event
        != "package.expired"
    {}

    let of_all = world.ledger_at_rest(&"dublin".parse().unwrap()).await;
    let mut heard = BTreeMap::new();
    while heard.len() < of_all.len() {
        let event = events.next().await;
        heard.insert(event["properties"]["message_id"].to_string(), event);
    }
    let heard: Vec<Value> = heard.into_values().collect();
    well(&heard, &ask(&text(), &heard).await);
    let keys: BTreeSet<&str> = heard.iter().map(|event| event["key"].as_str().unwrap()).collect();
    let expected = [
        "collection.completed",
        "deletion.purged",
        "discovery.completed",
        "package.delivered",
        "package.expired",
        "package.released",
        "remains.accepted",
        "remains.found",
        "request.approved",
        "request.closed",
        "request.declined",
        "request.linked",
        "request.received",
    ];
    assert_eq!(keys, expected.map(|name| format!("dublin.{name}")).iter().map(String::as_str).collect());
    world.stop().await;
}

#[tokio::test]
async fn what_it_says_is_not_sent_yet_is_what_no_service_sends() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../services"));
    let answer = ask(&text(), &[]).await;
    for channel in through(&answer, EVENTS) {
        let Described { name, summary } = &channel.messages[0];
        let summary = summary.as_ref().unwrap_or_else(|| panic!("no comment says what {name} is"));
        let is_sent = sources.contains(&format!("What::{name}("));
        assert_eq!(summary.ends_with(NOT_YET), !is_sent, "the comment of {name} in events.proto");
    }
}

/// The code of the services, but for their tests.
fn sources(folder: &Path) -> String {
    let mut sources = String::new();
    let mut places: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(place) = places.pop() {
        let name = place.file_name().unwrap().to_string_lossy().into_owned();
        if place.is_dir() && name != "tests" {
            places.extend(fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path()));
        } else if name.ends_with(".rs") && name != "tests.rs" {
            sources += &fs::read_to_string(&place).unwrap();
        }
    }
    sources
}
