//! A request is one trace over all the processes that work it; figures are there for who asks; nothing of it is
//! personal.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes, extract::State, routing::post};
use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest, common::v1::any_value::Value, trace::v1::Span,
};
use prost::Message as _;
use redress_store::StateFilter;
use redress_tests::{
    fleet::{ALL, Fleet, counted::email},
    killable::look_again,
    servers::Port,
};
use tokio::{net::TcpListener, task::JoinHandle};

type Bodies = Arc<Mutex<Vec<Bytes>>>;

/// Takes what a collector takes.
struct Collector {
    url: String,
    bodies: Bodies,
    task: JoinHandle<()>,
}

impl Collector {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let bodies = Bodies::default();
        let take = async |State(bodies): State<Bodies>, body: Bytes| bodies.lock().unwrap().push(body);
        let router = Router::new().route("/v1/traces", post(take)).route("/v1/metrics", post(take));
        let router = router.with_state(bodies.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, bodies, task }
    }

    fn spans(&self) -> Vec<Span> {
        let bodies = self.bodies.lock().unwrap();
        let traces = bodies.iter().filter_map(|body| ExportTraceServiceRequest::decode(body.clone()).ok());
        let scopes = traces.flat_map(|traces| traces.resource_spans).flat_map(|of| of.scope_spans);
        scopes.flat_map(|scope| scope.spans).collect()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn attribute<'a>(span: &'a Span, key: &str) -> &'a str {
    let value =
        span.attributes.iter().find(|it| it.key == key).and_then(|it| it.value.as_ref()?.value.as_ref());
    let Some(Value::StringValue(value)) = value else { panic!("{key} in {span:?}") };
    value
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_one_trace_over_all_processes_and_nothing_of_it_is_personal() {
    let fleet = Fleet::on(("amqp", "postgres"), 2).await;
    let (collector, metrics) = (Collector::start().await, Port::reserve().unwrap());
    let metrics = format!("127.0.0.1:{}", metrics.number());
    let processes: Vec<_> = ALL
        .into_iter()
        .map(|role| {
            let asked = (role == "intake").then_some(("REDRESS__TELEMETRY__METRICS", metrics.as_str()));
            let told = [("REDRESS__TELEMETRY__OTLP", &*collector.url), ("OTEL_BSP_SCHEDULE_DELAY", "100")];
            fleet.start_with(&[role], told.into_iter().chain(asked))
        })
        .collect();
    fleet.deletions(1..=1).await.unwrap();
    let intake = "intake".parse().unwrap();
    let rows = fleet.store.states(&intake, &StateFilter::default(), None, 10).await.unwrap();
    let request = rows[0].request;

    let services = BTreeSet::from(["audit", "deletion", "discovery", "intake", "sql"]);
    let mut spans = Vec::new();
    for _ in 0..600 {
        spans = collector.spans();
        let told: BTreeSet<_> = spans.iter().map(|span| attribute(span, "redress.service")).collect();
        let ended = spans.iter().any(|span| span.name == "Executed");
        if told == services && ended && orphans(&spans, request.0.as_bytes()).is_empty() {
            break;
        }
        look_again().await;
    }
    let told: BTreeSet<_> = spans.iter().map(|span| attribute(span, "redress.service")).collect();
    assert_eq!(told, services, "{}", fleet.said());
    for span in &spans {
        assert_eq!(span.trace_id, request.0.as_bytes(), "{span:?}");
        assert_eq!(attribute(span, "redress.request"), request.to_string());
        assert!(span.end_time_unix_nano >= span.start_time_unix_nano, "{span:?}");
    }
    assert_eq!(orphans(&spans, request.0.as_bytes()), Vec::<&Span>::new());

    let names: BTreeMap<&[u8], &str> =
        spans.iter().map(|span| (&*span.span_id, span.name.as_str())).collect();
    let caused = |by: &str, what: &str| {
        let caused = |span: &&Span| names.get(&*span.parent_span_id) == Some(&by);
        spans.iter().filter(|span| span.name == what).any(|span| caused(&span))
    };
    for (by, what) in
        [("Admission", "Discover"), ("Discover", "Task"), ("Task", "locate"), ("locate", "TaskOutcome")]
    {
        assert!(caused(by, what), "{by} causes {what}: {:?}", names.values());
    }

    let url = format!("http://{metrics}/metrics");
    let mut page = String::new();
    // What is counted before the broker is reached lacks its queues; it is counted again.
    let figures = [
        "redress_hop_age_seconds_bucket{kind=\"Discovered\"",
        "redress_batch_size_count",
        "redress_outbox_unsent",
        "redress_queue_consumers{",
    ];
    for _ in 0..600 {
        page = reqwest::get(&url).await.unwrap().text().await.unwrap();
        if figures.iter().all(|figure| page.contains(figure)) {
            break;
        }
        look_again().await;
    }
    for figure in figures {
        assert!(page.contains(figure), "{figure} in {page}");
    }
    drop(processes);
    let said = collector.bodies.lock().unwrap().concat();
    let person = email(1);
    let holds = |text: &str| said.windows(text.len()).any(|bytes| bytes == text.as_bytes());
    assert!(holds("redress.service") && !holds(&person) && !page.contains(&person));
}

/// Spans whose cause nobody has told of.
fn orphans<'a>(spans: &'a [Span], request: &[u8]) -> Vec<&'a Span> {
    let known: BTreeSet<&[u8]> = spans.iter().map(|span| &*span.span_id).collect();
    let known = |parent: &[u8]| parent == &request[8..] || known.contains(parent);
    spans.iter().filter(|span| !known(&span.parent_span_id)).collect()
}
