//! A process at work: the loops, runners and doors of its roles.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use axum::{Router, response::Redirect, routing::get};
use redress_audit::http::AuditDoor;
use redress_connector::{Connector, Runner, RunnerSettings, Tasks};
use redress_connector_sql::Sql;
use redress_domain::Clock;
use redress_export::{Export, Packager, Packages, http::PackageDoor};
use redress_intake::{decide::Intake, door::FrontDoor};
use redress_runtime::{Service, Stop, http::Doors, run};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};
use utoipa::openapi::OpenApi;

use crate::{
    of_intake::OfIntake,
    parts::Parts,
    reference,
    roles::{Role, topology},
};

/// Jobs of that many systems of one connector are worked at once.
const RUNNERS: usize = 2;
/// How often what no commit of ours announces is looked for.
const POLL: Duration = Duration::from_secs(1);

/// See the module.
pub struct Node {
    /// Where its doors are.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Node {
    /// Starts the roles.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub async fn start(parts: &Parts, roles: &[Role]) -> anyhow::Result<Self> {
        let (stop, stopped) = Stop::new();
        let mut starting = Starting { parts, stop: stopped.clone(), tasks: JoinSet::new() };
        starting.publish();
        for role in roles {
            starting.role(*role);
        }
        let listen = parts.settings.http.listen;
        let listener =
            TcpListener::bind(listen).await.with_context(|| format!("{listen} cannot be listened on"))?;
        let address = listener.local_addr()?;
        starting.serve(listener, router(parts, roles));
        Ok(Self { address, stop, tasks: starting.tasks })
    }

    /// Stops: what was begun is finished first.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        while let Some(ended) = self.tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a task ended badly");
            }
        }
    }
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
                self.runners(&Arc::new(packager), 1);
            }
            Role::Intake => self.service(Intake::default()),
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

    fn serve(&mut self, listener: TcpListener, router: Router) {
        let mut stop = self.stop.clone();
        self.tasks.spawn(async move {
            let serving =
                axum::serve(listener, router).with_graceful_shutdown(async move { stop.stopped().await });
            if let Err(error) = serving.await {
                tracing::error!(%error, "the doors are closed");
            }
        });
    }
}

/// The doors of these roles.
pub fn doors(parts: &Parts, roles: &[Role]) -> Doors {
    let Parts { settings, tenants, tokens, context, publisher, keyring, random, .. } = parts.clone();
    let (store, clock) = (context.store.clone(), context.clock.clone());
    let of_intake = Arc::new(OfIntake { store, clock, keyring: keyring.clone() });
    let mut doors = Doors::new(tokens.clone());
    for role in roles {
        let of_role = match role {
            Role::Audit => {
                let door = AuditDoor {
                    store: context.store.clone(),
                    publisher: publisher.clone(),
                    opener: parts.opener.clone(),
                    topology: topology(),
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
                    owners: of_intake.clone(),
                };
                redress_export::http::doors(Arc::new(door), tokens.clone())
            }
            Role::Intake => {
                let front = FrontDoor::new(
                    (tenants.clone(), settings.systems.clone()),
                    (keyring.clone(), random.clone()),
                    context.clone(),
                    publisher.clone(),
                );
                redress_intake::http::doors(Arc::new(front), tokens.clone())
            }
            _ => continue,
        };
        doors = doors.merge(of_role);
    }
    doors
}

fn router(parts: &Parts, roles: &[Role]) -> Router {
    let (router, openapi) = doors(parts, roles).finish();
    router.merge(about(openapi))
}

/// What needs no token: health, and the description of the doors, for programs and for people.
fn about(openapi: OpenApi) -> Router {
    let openapi = reference::described(openapi);
    let page = reference::page(&openapi);
    Router::new()
        .route("/", get(|| async { Redirect::to("/docs") }))
        .route("/docs", get(move || async move { page }))
        .route("/health", get(|| async { "ok" }))
        .route("/openapi.json", get(move || async move { axum::Json(openapi) }))
}
