//! The one table of exchanges, queues and bindings. Every process declares all of it.
//!
//! | what | through | to |
//! |---|---|---|
//! | commands, answers, outcomes | direct exchange [`SERVICES`], key = the service | its one queue, `redress.<service>` |
//! | tasks | direct exchange [`TASKS`], key = the connector | its one queue, `redress.task.<connector>` |
//! | events | topic exchange [`EVENTS`], key = `<tenant>.<event>` | audit's queue; others bind as they like |
//! | submissions of upstream systems | topic exchange [`REQUESTS`], any key | the front door's queue of the same name |
//! | what the broker gave up | direct exchange [`CRASHED`], by its operator's policy | [`CRASHED`], which intake parks |

use redress_domain::{ConnectorName, ServiceName, TenantId};

/// The exchange of commands, answers and outcomes.
pub const SERVICES: &str = "redress.services";
/// The exchange of tasks.
pub const TASKS: &str = "redress.tasks";
/// The exchange of events.
pub const EVENTS: &str = "redress.events";
/// The front door: its exchange, where upstream systems publish, and its queue.
pub const REQUESTS: &str = "redress.requests";
/// Dead letters: exchange, queue and key are named alike.
pub const CRASHED: &str = "redress.crashed";

/// How an exchange routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Routing {
    /// By the whole key.
    Direct,
    /// By patterns over the key's words.
    Topic,
}

/// An exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Its name.
    pub name: String,
    /// How it routes.
    pub routing: Routing,
}

/// A queue and what is routed to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// Exchange and key (or pattern) of each binding.
    pub bindings: Vec<(String, String)>,
}

/// Everything that is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topology {
    /// Exchanges.
    pub exchanges: Vec<Exchange>,
    /// Queues.
    pub queues: Vec<Queue>,
}

/// Where a message goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route {
    /// The exchange.
    pub exchange: &'static str,
    /// The routing key.
    pub key: String,
}

impl Route {
    /// To a service's queue: a command, an answer, an outcome.
    pub fn to_service(service: &ServiceName) -> Self {
        Self { exchange: SERVICES, key: service.to_string() }
    }

    /// To a connector's queue: a task.
    pub fn to_connector(connector: &ConnectorName) -> Self {
        Self { exchange: TASKS, key: connector.to_string() }
    }

    /// To whoever listens: an event, by its [name](crate::event_name).
    pub fn event(tenant: &TenantId, name: &str) -> Self {
        Self { exchange: EVENTS, key: format!("{tenant}.{name}") }
    }

    /// Back from its stored form; none for an exchange that is not in the table.
    pub fn parse(exchange: &str, key: &str) -> Option<Self> {
        let exchange =
            [SERVICES, TASKS, EVENTS, REQUESTS, CRASHED].into_iter().find(|known| *known == exchange)?;
        Some(Self { exchange, key: key.to_owned() })
    }

    /// Whether it is an event, for whoever listens.
    pub fn is_event(&self) -> bool {
        self.exchange == EVENTS
    }

    /// Whether at least one queue must take it; else its being taken by none is no error.
    pub fn is_mandatory(&self) -> bool {
        !self.is_event()
    }
}

/// The queue of a service.
pub fn service_queue(service: &ServiceName) -> String {
    format!("redress.{service}")
}

/// The queue of a connector.
pub fn connector_queue(connector: &ConnectorName) -> String {
    format!("redress.task.{connector}")
}

/// Whose queue it is: a connector's name is a service's name too. None: it is none of ours.
pub fn service_of(queue: &str) -> Option<ServiceName> {
    let name = queue.strip_prefix("redress.")?;
    name.strip_prefix("task.").unwrap_or(name).parse().ok()
}

impl Topology {
    /// The topology of these services and connectors. Those of `listeners` get every event besides.
    pub fn new(services: &[ServiceName], listeners: &[ServiceName], connectors: &[ConnectorName]) -> Self {
        let exchange = |name: &str, routing| Exchange { name: name.to_owned(), routing };
        let exchanges = vec![
            exchange(SERVICES, Routing::Direct),
            exchange(TASKS, Routing::Direct),
            exchange(EVENTS, Routing::Topic),
            exchange(REQUESTS, Routing::Topic),
            exchange(CRASHED, Routing::Direct),
        ];
        let mut queues = vec![
            Queue { name: CRASHED.to_owned(), bindings: vec![bind(CRASHED, CRASHED)] },
            // What was parked at the front door comes again by way of the services' exchange, as for any service.
            Queue {
                name: REQUESTS.to_owned(),
                bindings: vec![bind(REQUESTS, "#"), bind(SERVICES, "requests")],
            },
        ];
        for service in services {
            let mut bindings = vec![bind(SERVICES, service.as_str())];
            if listeners.contains(service) {
                bindings.push(bind(EVENTS, "#"));
            }
            queues.push(Queue { name: service_queue(service), bindings });
        }
        for connector in connectors {
            let bindings = vec![bind(TASKS, connector.as_str())];
            queues.push(Queue { name: connector_queue(connector), bindings });
        }
        Self { exchanges, queues }
    }

    /// The queues that a route reaches.
    pub fn reached_by<'a>(&'a self, route: &'a Route) -> impl Iterator<Item = &'a str> {
        let topic = self.exchanges.iter().any(|e| e.name == route.exchange && e.routing == Routing::Topic);
        let matches = move |(exchange, pattern): &(String, String)| {
            exchange == route.exchange
                && if topic { topic_matches(pattern, &route.key) } else { *pattern == route.key }
        };
        self.queues
            .iter()
            .filter(move |queue| queue.bindings.iter().any(matches))
            .map(|queue| queue.name.as_str())
    }
}

fn bind(exchange: &str, key: &str) -> (String, String) {
    (exchange.to_owned(), key.to_owned())
}

/// AMQP 0-9-1's topic rule: `*` stands for one word, `#` for any number of words.
fn topic_matches(pattern: &str, key: &str) -> bool {
    fn words(pattern: &[&str], key: &[&str]) -> bool {
        match (pattern, key) {
            ([], []) => true,
            (["#", rest @ ..], key) => (0..=key.len()).any(|skip| words(rest, &key[skip..])),
            (["*", pattern @ ..], [_, key @ ..]) => words(pattern, key),
            ([word, pattern @ ..], [first, key @ ..]) if word == first => words(pattern, key),
            _ => false,
        }
    }
    words(&pattern.split('.').collect::<Vec<_>>(), &key.split('.').collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_tasks_reach_exactly_one_queue_and_events_every_listener() {
        let service = |name: &str| name.parse::<ServiceName>().unwrap();
        let (intake, audit, reports) = (service("intake"), service("audit"), service("reports"));
        let sql: ConnectorName = "sql".parse().unwrap();
        let services = [intake.clone(), audit.clone(), reports.clone()];
        let topology = Topology::new(&services, &[audit.clone(), reports], std::slice::from_ref(&sql));
        let reached = |route: Route| topology.reached_by(&route).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(reached(Route::to_service(&intake)), ["redress.intake"]);
        assert_eq!(reached(Route::to_connector(&sql)), ["redress.task.sql"]);
        let tenant = "dublin".parse().unwrap();
        let event = Route::event(&tenant, "request.received");
        assert_eq!(reached(event), ["redress.audit", "redress.reports"]);
        assert!(reached(Route::to_service(&service("nobody"))).is_empty());
        let whose = |queue: &str| service_of(queue).map(|service| service.to_string());
        assert_eq!(whose(&service_queue(&intake)).as_deref(), Some("intake"));
        assert_eq!(whose(&connector_queue(&sql)).as_deref(), Some("sql"));
        assert_eq!(["shop.events", "redress.", "redress.task."].map(whose), [None, None, None]);
    }

    #[test]
    fn topics_match_as_the_broker_matches_them() {
        let cases = [
            ("#", "a.b.c", true),
            ("a.#", "a", true),
            ("a.*", "a", false),
            ("*.request.*", "dublin.request.closed", true),
            ("*.request.*", "dublin.remains.found", false),
            ("#.closed", "dublin.request.closed", true),
            ("a.*.c", "a.b.b.c", false),
            ("a.#.c", "a.b.b.c", true),
        ];
        for (pattern, key, expected) in cases {
            assert_eq!(topic_matches(pattern, key), expected, "{pattern} {key}");
        }
    }
}
