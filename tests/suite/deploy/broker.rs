//! What the cluster's example says to RabbitMQ is what Redress wants there, and what RabbitMQ takes.

use std::time::Duration;

use redress::{local::broker::permissions, roles::topology};
use redress_bus::{AmqpBus, AmqpSettings};
use redress_contracts::topology::CRASHED;
use redress_tests::servers;
use serde_json::json;

use super::{at, cluster::Cluster};
use crate::bus::fresh_vhost;

#[test]
fn redress_may_there_what_it_needs_and_no_more() {
    let cluster = Cluster::example();
    let (settings, _folder) = cluster.settings();
    let permissions = permissions(&settings).unwrap();
    let [(own, None)] = &permissions[..] else { panic!("{permissions:?}") };
    let there = cluster.named("Permission", "redress");
    let said = json!({ "configure": own.configure, "write": own.write, "read": own.read });
    assert_eq!(at(there, "/spec/permissions"), &said);
    assert_eq!(
        (at(there, "/spec/vhost"), at(there, "/spec/userReference/name")),
        (&json!(own.vhost), &json!(own.user))
    );
    let host = settings.bus.url.rsplit_once('@').unwrap().1.to_owned();
    for kind in ["User", "Permission", "Policy"] {
        let there = cluster.named(kind, "redress");
        assert_eq!(at(there, "/spec/rabbitmqClusterReference/name"), &json!(host), "{kind}");
    }
    cluster.named("RabbitmqCluster", &host);
}

#[tokio::test]
async fn its_policy_is_one_that_a_broker_takes_for_all_our_queues_but_that_of_dead_letters() {
    let cluster = Cluster::example();
    let policy = at(cluster.named("Policy", "redress"), "/spec");
    assert_eq!(at(policy, "/definition/dead-letter-exchange"), CRASHED);
    assert_eq!(at(policy, "/definition/dead-letter-routing-key"), CRASHED);

    let url = fresh_vhost().await;
    let vhost = url.rsplit('/').next().unwrap();
    let rabbitmq = servers::shared_rabbitmq().await.unwrap();
    let binary = |text: &str| format!("<<{text:?}>>");
    let set = format!(
        r#"rabbit_policy:parse_set(<<"{vhost}">>, <<"redress">>, {}, {}, <<"0">>, {}, <<"tests">>)"#,
        binary(at(policy, "/pattern").as_str().unwrap()),
        binary(&at(policy, "/definition").to_string()),
        binary(at(policy, "/applyTo").as_str().unwrap()),
    );
    assert_eq!(rabbitmq.eval(&set).await.unwrap(), "ok");
    let settings =
        AmqpSettings { url: url.clone(), name: "policy".to_owned(), patience: Duration::from_secs(10) };
    AmqpBus::check(&settings, &topology()).await.unwrap();
    let under = format!(
        r#"lists:join(" ", lists:sort([binary_to_list(element(4, amqqueue:get_name(Q)))
            || Q <- rabbit_amqqueue:list(<<"{vhost}">>), rabbit_policy:name(Q) =:= <<"redress">>]))"#
    );
    let mut expected: Vec<String> = topology().queues.into_iter().map(|queue| queue.name).collect();
    expected.retain(|name| name != CRASHED);
    expected.sort();
    let told = rabbitmq.eval(&format!("lists:flatten({under})")).await.unwrap();
    assert_eq!(told, format!("{:?}", expected.join(" ")));
}
