//! What the loop tells of itself: a span for each message that is decided on, and how old and how many together they
//! were. It goes to whatever OpenTelemetry this process was given, and nowhere if it was given none.
//!
//! A request is one trace, whichever processes work it and however long it lives: the trace's id is the request's, in
//! hexadecimal. A message carries the span that caused it (`traceparent`, W3C Trace Context) through outbox, broker and
//! jobs; what a person or a timer causes stands at the top. Spans and figures name requests, services and kinds of
//! messages: nothing that is personal.

use std::{sync::LazyLock, time::SystemTime};

use jiff::Timestamp;
use opentelemetry::{
    Context, KeyValue,
    global::{self, BoxedSpan, BoxedTracer},
    metrics::Histogram,
    trace::{
        Span as _, SpanContext, SpanId, SpanKind, Status, TraceContextExt as _, TraceFlags, TraceId,
        TraceState, Tracer as _,
    },
};
use redress_contracts::Message;
use redress_domain::{RequestId, ServiceName};

const SCOPE: &str = "redress";

/// Spans of what is worked in one transaction. Those that are dropped before it is committed ended badly.
pub(crate) struct Hops<'a> {
    service: &'a ServiceName,
    begun: Timestamp,
    /// With what each is of, and when that was made.
    open: Vec<(BoxedSpan, String, Timestamp)>,
}

impl<'a> Hops<'a> {
    pub(crate) fn new(service: &'a ServiceName, begun: Timestamp) -> Self {
        Self { service, begun, open: Vec::new() }
    }

    /// Begins the span of a message; what the message causes carries it on.
    pub(crate) fn begin(&mut self, message: &Message) -> Message {
        let mut message = message.clone();
        let envelope = &mut message.envelope;
        let (service, cause) = (self.service.as_str(), envelope.traceparent.as_deref());
        let span = begin(word(&envelope.kind), service, self.begun, cause, envelope.request);
        envelope.traceparent = traceparent(&span).or_else(|| envelope.traceparent.take());
        self.open.push((span, word(&envelope.kind).to_owned(), envelope.time));
        message
    }

    /// Ends them well.
    pub(crate) fn committed(mut self, now: Timestamp) {
        if self.open.is_empty() {
            return;
        }
        let service = KeyValue::new("service", self.service.to_string());
        FIGURES.together.record(self.open.len() as u64, std::slice::from_ref(&service));
        for (mut span, kind, made) in self.open.drain(..) {
            let age = now.duration_since(made).as_secs_f64();
            FIGURES.age.record(age.max(0.0), &[service.clone(), KeyValue::new("kind", kind)]);
            span.end_with_timestamp(now.into());
        }
    }
}

impl Drop for Hops<'_> {
    fn drop(&mut self) {
        for (span, ..) in &mut self.open {
            span.set_status(Status::error("not committed"));
        }
    }
}

/// The span of a piece of work that is no message, such as a job. It ends when it is dropped.
pub struct Working(BoxedSpan);

impl Working {
    /// Begins it beneath what caused it; `what` it is, such as `purge`, and `service`, who does it.
    pub fn begin(what: &str, service: &str, now: Timestamp, cause: Option<&str>, request: RequestId) -> Self {
        Self(begin(what, service, now, cause, request))
    }

    /// What carries it on; none where nothing is traced.
    pub fn traceparent(&self) -> Option<String> {
        traceparent(&self.0)
    }
}

fn begin(what: &str, service: &str, at: Timestamp, cause: Option<&str>, request: RequestId) -> BoxedSpan {
    let attributes = [
        KeyValue::new("redress.service", service.to_owned()),
        KeyValue::new("redress.request", request.to_string()),
    ];
    let builder = TRACER
        .span_builder(what.to_owned())
        .with_kind(SpanKind::Consumer)
        .with_start_time(SystemTime::from(at))
        .with_attributes(attributes);
    let cause = cause.and_then(remote).unwrap_or_else(|| top(request));
    TRACER.build_with_context(builder, &Context::new().with_remote_span_context(cause))
}

/// The short name of a message of ours; what a stranger writes is not repeated.
fn word(kind: &str) -> &str {
    let ours = kind.strip_prefix("redress.v1.");
    ours.filter(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic())).unwrap_or("unknown")
}

/// The top of a request's trace. Nobody sends this span; it has the place that all others hang from.
fn top(request: RequestId) -> SpanContext {
    let trace = request.0.into_bytes();
    let [.., a, b, c, d, e, f, g, h] = trace;
    let span = SpanId::from_bytes([a, b, c, d, e, f, g, h]);
    SpanContext::new(TraceId::from_bytes(trace), span, TraceFlags::SAMPLED, true, TraceState::NONE)
}

/// A `traceparent` of version 00, as W3C Trace Context writes it; none, where it is none.
fn remote(text: &str) -> Option<SpanContext> {
    let mut parts = text.split('-');
    let ("00", trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?) else {
        return None;
    };
    let flags = TraceFlags::new(u8::from_str_radix(flags, 16).ok()?);
    let (trace, span) = (TraceId::from_hex(trace).ok()?, SpanId::from_hex(span).ok()?);
    let context = SpanContext::new(trace, span, flags, true, TraceState::NONE);
    context.is_valid().then_some(context)
}

fn traceparent(span: &BoxedSpan) -> Option<String> {
    let context = span.span_context();
    let (trace, id, flags) = (context.trace_id(), context.span_id(), context.trace_flags());
    span.is_recording().then(|| format!("00-{trace}-{id}-{:02x}", flags.to_u8()))
}

struct Figures {
    age: Histogram<f64>,
    together: Histogram<u64>,
}

/// Seconds, from what a laptop does in process to what a person would notice.
const SECONDS: [f64; 14] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 30.0, 300.0];

// These are bound to what the process was given when they are first used: that is set before any work begins.
static TRACER: LazyLock<BoxedTracer> = LazyLock::new(|| global::tracer(SCOPE));
static FIGURES: LazyLock<Figures> = LazyLock::new(|| {
    let meter = global::meter(SCOPE);
    let age = meter.f64_histogram("redress.hop.age").with_unit("s").with_boundaries(SECONDS.to_vec());
    let together = meter.u64_histogram("redress.batch.size");
    let sizes = (0..=8).map(|power| f64::from(1 << power)).collect();
    Figures {
        age: age.with_description("From a message's making to the commit of what came of it.").build(),
        together: together
            .with_boundaries(sizes)
            .with_description("Messages that were decided on in one transaction.")
            .build(),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_traceparent_is_not_read() {
        let good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let read = remote(good).unwrap();
        assert_eq!(read.trace_id().to_string(), "0af7651916cd43dd8448eb211c80319c");
        assert!(read.is_sampled() && read.is_remote());
        let zero = "00-00000000000000000000000000000000-b7ad6b7169203331-01";
        for bad in ["", "00", "anna@example.com", zero, &good[1..], &good.replace("00-", "ff-"), &good[..52]]
        {
            assert!(remote(bad).is_none(), "{bad}");
        }
    }
}
