//! Hands spans and figures to whoever the settings name.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use axum::{Router, extract::State, routing::get};
use futures::FutureExt as _;
use opentelemetry::{
    KeyValue, global,
    metrics::{Meter, MeterProvider as _},
};
use opentelemetry_otlp::{MetricExporter, Protocol, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkError,
    metrics::{SdkMeterProvider, data::ResourceMetrics, exporter::PushMetricExporter as _},
    trace::{SdkTracerProvider, SpanExporter as _},
};
use prometheus::{Registry, TextEncoder};
use redress_bus::QueueStanding;
use redress_domain::Clock as _;
use redress_runtime::SystemClock;
use redress_store::{DueJobs, OpenRequests, Standing, WaitingJobs};
use reqwest::Url;

use crate::settings::Telemetry;

/// What a process tells of itself, on its way out.
#[derive(Clone)]
pub struct Exporting {
    traces: Option<SdkTracerProvider>,
    figures: SdkMeterProvider,
    registry: Registry,
    waits: Arc<Mutex<Waits>>,
}

/// What waits, in the database and at the broker.
#[derive(Debug, Default)]
pub struct Waits {
    /// In the database.
    pub standing: Standing,
    /// At the broker.
    pub queues: Vec<QueueStanding>,
}

impl Exporting {
    /// Begins; none where the settings name nobody. For the whole process: the last that began has it.
    ///
    /// # Errors
    /// When an exporter cannot be made.
    pub fn begin(settings: &Telemetry) -> anyhow::Result<Option<Self>> {
        if settings.metrics.is_none() && settings.otlp.is_none() {
            return Ok(None);
        }
        let resource = Resource::builder().with_service_name("redress").build();
        let registry = Registry::new();
        let asked = opentelemetry_prometheus::exporter().with_registry(registry.clone()).build();
        let figures = SdkMeterProvider::builder().with_resource(resource.clone()).with_reader(asked?);
        let (figures, traces) = match &settings.otlp {
            None => (figures, None),
            Some(url) => {
                let traces = SdkTracerProvider::builder().with_resource(resource);
                let traces = traces.with_batch_exporter(of_traces(url)?);
                (figures.with_periodic_exporter(of_figures(url)?), Some(traces.build()))
            }
        };
        let (figures, waits) = (figures.build(), Arc::default());
        observe(&figures.meter("redress"), &waits);
        global::set_meter_provider(figures.clone());
        if let Some(traces) = &traces {
            global::set_tracer_provider(traces.clone());
        }
        Ok(Some(Self { traces, figures, registry, waits }))
    }

    /// Tells what waits, until the next is told.
    pub fn tell(&self, waits: Waits) {
        *self.waits.lock().unwrap_or_else(PoisonError::into_inner) = waits;
    }

    /// The page that Prometheus asks for.
    pub fn router(&self) -> Router {
        let page = async |State(registry): State<Registry>| {
            TextEncoder::new().encode_to_string(&registry.gather()).unwrap_or_default()
        };
        Router::new().route("/metrics", get(page)).with_state(self.registry.clone())
    }

    /// Hands over what is left. Blocks for some seconds at most.
    pub fn end(self) {
        let ended = self.traces.map(|traces| traces.shutdown_with_timeout(PATIENCE));
        for ended in ended.into_iter().chain([self.figures.shutdown_with_timeout(PATIENCE)]) {
            if let Err(error) = ended {
                tracing::warn!(%error, "the last of what there was to tell may be lost");
            }
        }
    }
}

/// How long a collector that is away holds up the end.
const PATIENCE: Duration = Duration::from_secs(2);

fn of_traces(url: &Url) -> anyhow::Result<SpanExporter> {
    let traces = SpanExporter::builder().with_http().with_protocol(Protocol::HttpBinary);
    traces.with_endpoint(below(url, TRACES)).build().context("telemetry.otlp")
}

fn of_figures(url: &Url) -> anyhow::Result<MetricExporter> {
    let figures = MetricExporter::builder().with_http().with_protocol(Protocol::HttpBinary);
    figures.with_endpoint(below(url, FIGURES)).build().context("telemetry.otlp")
}

/// Where a collector takes traces, and where figures.
const TRACES: &str = "v1/traces";
const FIGURES: &str = "v1/metrics";

fn below(url: &Url, path: &str) -> String {
    format!("{}/{path}", url.as_str().trim_end_matches('/'))
}

/// Hands a collector an empty report, as a process hands it a full one; gives what went wrong, and where below its
/// address. Blocks, for twice an exporter's time limit at most.
///
/// # Errors
/// When an exporter cannot be made.
pub fn refused(url: &Url) -> anyhow::Result<Vec<(&'static str, String)>> {
    let (traces, figures) = (of_traces(url)?, of_figures(url)?);
    let nothing = ResourceMetrics::default();
    // They block, and so are done when they are first looked at.
    let ended = [
        (TRACES, traces.export(Vec::new()).now_or_never()),
        (FIGURES, figures.export(&nothing).now_or_never()),
    ];
    let refused = ended.into_iter().filter_map(|(path, ended)| {
        let why = match ended {
            Some(Ok(())) => return None,
            Some(Err(OTelSdkError::InternalFailure(why))) => why,
            Some(Err(error)) => error.to_string(),
            None => "nothing was answered".to_owned(),
        };
        Some((path, why))
    });
    Ok(refused.collect())
}

/// Gauges of what waits. They show what was told last, and nothing that is there no more.
fn observe(meter: &Meter, waits: &Arc<Mutex<Waits>>) {
    type Observed = Vec<(i64, Vec<KeyValue>)>;
    let gauge = |name: &'static str, unit: &'static str, says: &'static str, of: fn(&Waits) -> Observed| {
        let waits = waits.clone();
        meter
            .i64_observable_gauge(name)
            .with_unit(unit)
            .with_description(says)
            .with_callback(move |observer| {
                for (value, labels) in of(&waits.lock().unwrap_or_else(PoisonError::into_inner)) {
                    observer.observe(value, &labels);
                }
            })
            .build();
    };
    gauge("redress.requests.open", "", "Requests that have not ended.", |waits| {
        of_requests(&waits.standing, |open| Some(number(open.requests)))
    });
    gauge("redress.requests.overdue", "", "Requests past their due date.", |waits| {
        of_requests(&waits.standing, |open| Some(number(open.overdue)))
    });
    gauge("redress.requests.due", "s", "Time to the first due date; negative: past it.", |waits| {
        let now = SystemClock.now();
        of_requests(&waits.standing, |open| Some(open.due_first?.duration_since(now).as_secs()))
    });
    gauge("redress.jobs.due", "", "Jobs whose time has come.", |waits| {
        of_jobs(&waits.standing, |due| number(due.jobs))
    });
    gauge("redress.jobs.systems", "", "Systems with due jobs: scale the connector by it.", |waits| {
        of_jobs(&waits.standing, |due| number(due.systems))
    });
    gauge("redress.jobs.age", "s", "Since when the first job is due.", |waits| {
        let now = SystemClock.now();
        of_jobs(&waits.standing, |due| now.duration_since(due.since).as_secs())
    });
    gauge("redress.jobs.waiting", "", "Jobs that were tried and wait for their next try.", |waits| {
        let label = |it: &WaitingJobs| {
            vec![
                KeyValue::new("tenant", it.tenant.to_string()),
                KeyValue::new("system", it.system.to_string()),
            ]
        };
        waits.standing.waiting.iter().map(|it| (number(it.jobs), label(it))).collect()
    });
    gauge("redress.outbox.unsent", "", "Messages that the broker is not known to have.", |waits| {
        vec![(number(waits.standing.unsent), Vec::new())]
    });
    gauge("redress.parked", "", "Messages that wait for a person.", |waits| {
        vec![(number(waits.standing.parked), Vec::new())]
    });
    gauge("redress.queue.messages", "", "Messages that no consumer has yet.", |waits| {
        of_queues(waits, |queue| number(queue.messages))
    });
    gauge("redress.queue.consumers", "", "Consumers, of all processes.", |waits| {
        of_queues(waits, |queue| number(queue.consumers))
    });
}

fn of_queues(waits: &Waits, value: impl Fn(&QueueStanding) -> i64) -> Vec<(i64, Vec<KeyValue>)> {
    let label = |queue: &QueueStanding| vec![KeyValue::new("queue", queue.queue.clone())];
    waits.queues.iter().map(|queue| (value(queue), label(queue))).collect()
}

fn of_requests(
    standing: &Standing,
    value: impl Fn(&OpenRequests) -> Option<i64>,
) -> Vec<(i64, Vec<KeyValue>)> {
    let labels = |open: &OpenRequests| {
        vec![KeyValue::new("tenant", open.tenant.to_string()), KeyValue::new("state", open.status.clone())]
    };
    standing.open.iter().filter_map(|open| Some((value(open)?, labels(open)))).collect()
}

fn of_jobs(standing: &Standing, value: impl Fn(&DueJobs) -> i64) -> Vec<(i64, Vec<KeyValue>)> {
    let label = |due: &DueJobs| vec![KeyValue::new("connector", due.connector.to_string())];
    standing.due.iter().map(|due| (value(due), label(due))).collect()
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
