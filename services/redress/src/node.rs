//! A process at work: the loops, runners and doors of its roles.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    http::StatusCode,
    response::Redirect,
    routing::{MethodRouter, get},
};
use futures::future::BoxFuture;
use redress_audit::http::AuditDoor;
use redress_bus::Bus;
use redress_connector::{Connector, Runner, RunnerSettings, Tasks};
use redress_connector_sql::Sql;
use redress_domain::Clock;
use redress_export::{Export, Packager, Packages, http::PackageDoor};
use redress_intake::{
    decide::Intake,
    door::{FrontDoor, QueueDoor},
};
use redress_runtime::{
    Service, Stop,
    http::{Doors, serve},
    run,
};
use redress_store::Store;
use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinSet, spawn_blocking},
    time::timeout,
};
use utoipa::openapi::OpenApi;

use crate::{
    cli::Failure,
    lock::Lock,
    of_intake::OfIntake,
    parts::Parts,
    reference,
    roles::{Role, topology},
    settings::Settings,
    telemetry::{Exporting, Waits},
};

/// Jobs of that many systems of one connector are worked at once.
const RUNNERS: usize = 2;
/// Packages that a process makes at once: each holds some 32 MiB.
const PACKAGES: usize = 4;
/// How often what no commit of ours announces is looked for.
const POLL: Duration = Duration::from_secs(1);
/// How long the database may take to say that it is there.
const ANSWERED_WITHIN: Duration = Duration::from_secs(2);
/// How often what waits is counted.
const COUNTED_EVERY: Duration = Duration::from_secs(10);

/// See the module.
pub struct Node {
    /// Where its doors are.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
    exporting: Option<Exporting>,
    bus: Arc<dyn Bus>,
    _lock: Lock,
}

impl Node {
    /// Opens everything, and starts the roles, once the ports are had: whoever cannot be spoken to does no work either,
    /// and calls no broker.
    ///
    /// # Errors
    /// When another process is at work on the same data, or a port cannot be had; what cannot be opened.
    pub fn open(settings: Settings, roles: &[Role]) -> BoxFuture<'_, anyhow::Result<Self>> {
        Box::pin(async move {
            let places = Places::take(&settings).await?;
            Self::begin(places, &Parts::open(settings).await?, roles)
        })
    }

    /// Starts the roles on what is open.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn start<'a>(parts: &'a Parts, roles: &'a [Role]) -> BoxFuture<'a, anyhow::Result<Self>> {
        Box::pin(async move { Self::begin(Places::take(&parts.settings).await?, parts, roles) })
    }

    fn begin(places: Places, parts: &Parts, roles: &[Role]) -> anyhow::Result<Self> {
        let Places { lock, doors: listener, figures: asked } = places;
        let address = listener.local_addr()?;
        let exporting = Exporting::begin(&parts.settings.telemetry)?;
        let (stop, stopped) = Stop::new();
        let mut starting = Starting { parts, stop: stopped.clone(), tasks: JoinSet::new() };
        starting.publish();
        for role in roles {
            starting.role(*role);
        }
        starting.tasks.spawn(serve(listener, router(parts, roles), starting.stop.clone()));
        if let Some(exporting) = &exporting {
            starting.tell(exporting, asked, roles);
        }
        let bus = parts.bus.clone();
        Ok(Self { address, stop, tasks: starting.tasks, exporting, bus, _lock: lock })
    }

    /// Stops: what was begun is finished first.
    pub fn stop(mut self) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            self.stop.send_replace(true);
            while let Some(ended) = self.tasks.join_next().await {
                if let Err(error) = ended {
                    tracing::error!(%error, "a task ended badly");
                }
            }
            self.bus.close().await;
            if let Some(exporting) = self.exporting {
                spawn_blocking(|| exporting.end()).await.unwrap_or_default();
            }
        })
    }
}

/// What no two processes can have at a time.
struct Places {
    lock: Lock,
    doors: TcpListener,
    /// For whoever asks for figures.
    figures: Option<TcpListener>,
}

impl Places {
    async fn take(settings: &Settings) -> anyhow::Result<Self> {
        let lock = Lock::take(settings)?;
        let doors = listen(settings.http.listen).await?;
        let figures = match settings.telemetry.metrics {
            Some(at) => Some(listen(at).await?),
            None => None,
        };
        Ok(Self { lock, doors, figures })
    }
}

async fn listen(at: SocketAddr) -> anyhow::Result<TcpListener> {
    let taken = |error| Failure::Refused(format!("{at} cannot be listened on: {error}"));
    Ok(TcpListener::bind(at).await.map_err(taken)?)
}

struct Starting<'a> {
    parts: &'a Parts,
    stop: Stop,
    tasks: JoinSet<()>,
}

impl Starting<'_> {
    fn publish(&mut self) {
        let (publisher, stop) = (self.parts.publisher.clone(), self.stop.clone());
        self.tasks.spawn(async move { publisher.run(POLL, stop).await });
    }

    fn role(&mut self, role: Role) {
        let Parts { context, keyring, objects, random, settings, .. } = self.parts.clone();
        let clock: Arc<dyn Clock> = context.clock.clone();
        match role {
            Role::Audit => self.service(redress_audit::Audit::default()),
            Role::ConnectorSql => {
                let databases = settings.databases.clone();
                let sql = Sql::new(settings.systems.clone(), databases, keyring, objects, clock, random);
                self.service(Tasks::of(sql.name()));
                self.runners(&Arc::new(sql), RUNNERS);
            }
            Role::Deletion => self.service(redress_deletion::Deletion::default()),
            Role::Discovery => self.service(redress_discovery::Discovery::new(settings.systems.clone())),
            Role::Export => {
                self.service(Export::default());
                let packager = Packager::new(context.store, keyring, objects, clock, random);
                self.runners(&Arc::new(packager), PACKAGES);
            }
            Role::Intake => {
                self.service(Intake::new(self.parts.tenants.clone()));
                if !settings.is_local() {
                    let senders = settings.senders();
                    let door = QueueDoor::new(Arc::new(front_door(self.parts)), senders);
                    self.tasks.spawn(door.run(self.parts.bus.clone(), self.stop.clone()));
                }
            }
        }
    }

    /// Answers whoever asks for figures. What waits is told by whoever has the requests.
    fn tell(&mut self, exporting: &Exporting, asked: Option<TcpListener>, roles: &[Role]) {
        if let Some(listener) = asked {
            self.tasks.spawn(serve(listener, exporting.router(), self.stop.clone()));
        }
        if roles.contains(&Role::Intake) {
            let (store, bus) = (self.parts.context.store.clone(), self.parts.bus.clone());
            let (mut stop, exporting) = (self.stop.clone(), exporting.clone());
            self.tasks.spawn(async move {
                let mut every = tokio::time::interval(COUNTED_EVERY);
                let intake = Intake::default();
                while stop.or(every.tick()).await.is_some() {
                    match store.standing(intake.name()).await {
                        Ok(standing) => exporting.tell(Waits { standing, queues: bus.queues().await }),
                        Err(error) => tracing::warn!(%error, "what waits is not counted"),
                    }
                }
            });
        }
    }

    fn service<S: Service>(&mut self, service: S) {
        let Parts { context, bus, publisher, .. } = self.parts.clone();
        let stop = self.stop.clone();
        let settings = redress_runtime::Settings { poll: POLL, ..Default::default() };
        self.tasks.spawn(run(Arc::new(service), context, bus, publisher, settings, stop));
    }

    fn runners<C: Connector>(&mut self, connector: &Arc<C>, count: usize) {
        for _ in 0..count {
            let Parts { context, publisher, .. } = self.parts.clone();
            // No two runners of all processes have the same name.
            let holder = context.ids.message().to_string();
            let runner = Runner::new(connector.clone(), context, publisher, RunnerSettings::new(holder));
            let stop = self.stop.clone();
            self.tasks.spawn(async move { runner.run(stop).await });
        }
    }
}

/// The doors of these roles.
pub fn doors(parts: &Parts, roles: &[Role]) -> Doors {
    let Parts { settings, tokens, context, publisher, keyring, .. } = parts.clone();
    let of_intake = Arc::new(OfIntake { store: context.store.clone(), keyring: keyring.clone() });
    let mut doors = Doors::new(tokens.clone());
    for role in roles {
        let of_role = match role {
            Role::Audit => {
                let door = AuditDoor {
                    store: context.store.clone(),
                    publisher: publisher.clone(),
                    opener: parts.opener.clone(),
                    topology: topology(),
                    bus: parts.bus.clone(),
                    stranger: settings.tenants.first().map(|tenant| tenant.name.clone()),
                    counts: of_intake.clone(),
                };
                redress_audit::http::doors(Arc::new(door), tokens.clone())
            }
            Role::Export => {
                let door = PackageDoor {
                    store: context.store.clone(),
                    keyring: keyring.clone(),
                    packages: Packages::new(parts.objects.clone()),
                    clock: context.clock.clone(),
                    owners: of_intake.clone(),
                };
                redress_export::http::doors(Arc::new(door), tokens.clone())
            }
            Role::Intake => redress_intake::http::doors(Arc::new(front_door(parts)), tokens.clone()),
            _ => continue,
        };
        doors = doors.merge(of_role);
    }
    doors
}

fn front_door(parts: &Parts) -> FrontDoor {
    let Parts { settings, tenants, context, publisher, keyring, random, .. } = parts.clone();
    FrontDoor::new((tenants, settings.systems.clone()), (keyring, random), context, publisher)
}

fn router(parts: &Parts, roles: &[Role]) -> Router {
    let (router, openapi) = doors(parts, roles).finish();
    open(openapi, parts).into_iter().fold(router, |router, (path, door)| router.route(path, door))
}

/// What needs no token: health, and the description of the doors, for programs and for people.
fn open(openapi: OpenApi, parts: &Parts) -> [(&'static str, MethodRouter); 5] {
    let openapi = reference::described(openapi);
    let page = reference::page(&openapi);
    let (store, bus) = (parts.context.store.clone(), parts.bus.clone());
    [
        ("/", get(|| async { Redirect::to("/docs") })),
        ("/docs", get(move || async move { page })),
        ("/healthz", get(|| async { "ok" })),
        ("/openapi.json", get(move || async move { axum::Json(openapi) })),
        ("/readyz", get(move || ready(store, bus))),
    ]
}

/// Whether this process can work now: of this one alone it speaks, so that a queue which nobody else works takes no
/// door out of service.
async fn ready(store: Arc<dyn Store>, bus: Arc<dyn Bus>) -> (StatusCode, &'static str) {
    if !bus.is_up() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the broker is away");
    }
    if !bus.is_consuming() {
        return (StatusCode::SERVICE_UNAVAILABLE, "a consumer has not its queue");
    }
    match timeout(ANSWERED_WITHIN, store.now()).await {
        Ok(Ok(_)) => (StatusCode::OK, "ready"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database is away"),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::{Client, StatusCode, redirect::Policy};

    use super::*;
    use crate::parts::open_store;

    async fn parts(listen: &str, folder: &std::path::Path) -> Parts {
        crate::choose_tls();
        let settings = Settings::of_text(&format!("http.listen = '{listen}'"), folder, folder).unwrap();
        open_store(&settings).await.unwrap().migrate().await.unwrap();
        Parts::open(settings).await.unwrap()
    }

    #[tokio::test]
    async fn five_pages_and_what_a_link_is_for_are_open_to_everybody_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let parts = parts("127.0.0.1:0", folder.path()).await;
        let linked = doors(&parts, &Role::ALL).open_paths().to_vec();
        assert_eq!(linked, ["/packages/{link}/{*path}", "/packages/{link}/", "/packages/{link}"]);
        let (_, openapi) = doors(&parts, &Role::ALL).finish();
        let paths: Vec<String> = openapi.paths.paths.keys().cloned().collect();
        let open = open(openapi, &parts).map(|(path, _)| path);
        assert_eq!(open, ["/", "/docs", "/healthz", "/openapi.json", "/readyz"]);
        let node = Node::start(&parts, &Role::ALL).await.unwrap();
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        let said = async |method: &str, path: &str| {
            let url = format!("http://{}{path}", node.address);
            http.request(method.parse().unwrap(), url).send().await.unwrap().status()
        };
        for path in ["/docs", "/healthz", "/openapi.json", "/readyz"] {
            assert_eq!(said("GET", path).await, StatusCode::OK, "{path}");
        }
        assert_eq!(said("GET", "/").await, StatusCode::SEE_OTHER);
        for path in &linked {
            let path = path.replace("{link}", "x").replace("{*path}", "index.html");
            assert_eq!(said("GET", &path).await, StatusCode::NOT_FOUND, "{path}");
        }
        let rows = doors(&parts, &Role::ALL).rows().to_vec();
        for row in &rows {
            let path = row.path.replace("{tenant}", "dublin");
            assert_eq!(
                said(row.method, &path).await,
                StatusCode::UNAUTHORIZED,
                "{} {}",
                row.method,
                row.path
            );
        }
        let guarded =
            paths.iter().all(|path| linked.contains(path) || rows.iter().any(|row| row.path == *path));
        assert!(guarded && paths.len() > 10, "what is described has a guard: {paths:?}");
        node.stop().await;
    }

    #[tokio::test]
    async fn only_one_works_on_the_same_data_and_the_next_may_when_it_has_ended() {
        let folder = tempfile::tempdir().unwrap();
        let parts = parts("127.0.0.1:0", folder.path()).await;
        let one = Node::start(&parts, &Role::ALL).await.unwrap();
        let error = Node::start(&parts, &Role::ALL).await.err().unwrap();
        assert!(matches!(error.downcast_ref(), Some(Failure::Refused(_))), "{error}");
        assert!(error.to_string().contains(&folder.path().display().to_string()), "{error}");
        one.stop().await;
        Node::start(&parts, &Role::ALL).await.unwrap().stop().await;
    }

    #[tokio::test]
    async fn two_folders_do_not_share_a_database_in_two_processes() {
        let folder = tempfile::tempdir().unwrap();
        let one = parts("127.0.0.1:0", folder.path()).await;
        let text = "http.listen = '127.0.0.1:0'\nstore.url = 'sqlite:redress.db'";
        let other = Settings::of_text(text, folder.path(), &folder.path().join("other")).unwrap();
        let other = Parts::open(other).await.unwrap();
        let node = Node::start(&one, &Role::ALL).await.unwrap();
        assert!(Node::start(&other, &Role::ALL).await.is_err());
        node.stop().await;
    }
}
