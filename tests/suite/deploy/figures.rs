//! What scales connectors is a figure that Redress tells.

use axum::serve;
use redress::{
    roles::Role,
    settings::Telemetry,
    telemetry::{Exporting, Waits},
};
use redress_domain::Clock as _;
use redress_runtime::SystemClock;
use redress_store::{DueJobs, Standing};
use tokio::net::TcpListener;

use super::{at, cluster::Cluster};

/// The page of figures while jobs of this connector are due on seven systems.
async fn page(connector: &str) -> String {
    let exporting = Exporting::begin(&Telemetry { metrics: "127.0.0.1:0".parse().ok(), otlp: None });
    let exporting = exporting.unwrap().unwrap();
    let due =
        DueJobs { connector: connector.parse().unwrap(), jobs: 9, systems: 7, since: SystemClock.now() };
    let standing = Standing { due: vec![due], ..Standing::default() };
    exporting.tell(Waits { standing, queues: Vec::new() });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/metrics", listener.local_addr().unwrap());
    let serving = tokio::spawn(serve(listener, exporting.router()).into_future());
    let page = reqwest::get(url).await.unwrap().text().await.unwrap();
    serving.abort();
    page
}

#[tokio::test]
async fn each_connector_is_scaled_by_the_systems_that_wait_for_it() {
    let cluster = Cluster::example();
    let scaled = cluster.of_kind("ScaledObject");
    let connectors = Role::ALL.into_iter().filter(|role| role.as_str().starts_with("connector-"));
    let connectors: Vec<Role> = connectors.collect();
    assert_eq!(scaled.len(), connectors.len());
    for role in connectors {
        let scaled = cluster.named("ScaledObject", role.as_str());
        assert_eq!(at(scaled, "/spec/scaleTargetRef/name"), role.as_str());
        let deployment = cluster.named("Deployment", role.as_str());
        assert!(deployment.pointer("/spec/replicas").is_none(), "{role}: two would set how many there are");

        let connector = role.as_str().strip_prefix("connector-").unwrap();
        let query = at(scaled, "/spec/triggers/0/metadata/query").as_str().unwrap();
        let series = query.strip_prefix("max(").and_then(|query| query.strip_suffix(')')).unwrap();
        let (name, labels) = series.strip_suffix('}').unwrap().split_once('{').unwrap();
        let page = page(connector).await;
        let told = page.lines().find(|line| line.starts_with(&format!("{name}{{"))).unwrap_or_else(|| {
            panic!("{name} is not told:\n{page}");
        });
        assert!(told.contains(labels), "{told}");
        assert!(told.ends_with(" 7"), "{told}: the systems, not the jobs");
    }
}
