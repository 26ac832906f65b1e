//! Looking whether a broker will do, before anything is started on it.

use super::*;

#[tokio::test]
async fn a_broker_that_will_do_is_told_from_one_that_will_not() {
    let check = async |url: &str| {
        let patience = Duration::from_secs(10);
        let settings = AmqpSettings { url: url.to_owned(), name: "check".to_owned(), patience };
        AmqpBus::check(&settings, &topology()).await
    };
    let url = fresh_vhost().await;
    check(&url).await.unwrap();
    check(&url).await.unwrap();
    let (before, vhost) = url.rsplit_once('/').unwrap();
    let rabbitmq = servers::shared_rabbitmq().await.unwrap();
    let other = fresh_vhost().await;
    let (_, taken) = other.rsplit_once('/').unwrap();
    let queue = &topology().queues[0].name;
    let classic = format!(
        r#"rabbit_amqqueue:declare(rabbit_misc:r(<<"{taken}">>, queue, <<"{queue}">>), true, false, [], none, <<"tests">>)"#
    );
    rabbitmq.eval(&classic).await.unwrap();
    for (url, why) in [
        (rabbitmq.url_as("guest", "s3cr3t", vhost), "ACCESS_REFUSED"),
        (format!("{before}/s3cr3t-nowhere"), ""),
        ("amqp://guest:s3cr3t@127.0.0.1:1/x".to_owned(), "refused"),
        ("amqp://guest:s3cr3t@[/x".to_owned(), ""),
        (other, "PRECONDITION_FAILED"),
    ] {
        let said = check(&url).await.expect_err(&url);
        assert!(said.contains(why) && !said.contains(":s3cr3t"), "{url}: {said}");
    }
}
