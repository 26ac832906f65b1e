//! The harness itself: servers start, answer, survive `kill -9` with their data, and die with the tests.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use redress_tests::servers::{self, Postgres, RabbitMq};
use sqlx::{Connection, Executor, PgConnection, Row};

/// Set for the copy of this binary that starts servers only to be killed.
const VICTIM: &str = "REDRESS_HARNESS_VICTIM";

#[tokio::test]
async fn postgres_keeps_its_rows_over_a_kill() -> anyhow::Result<()> {
    let postgres = Postgres::start().await?;
    let url = postgres.create_database().await?;
    let mut connection = PgConnection::connect(&url).await?;
    connection.execute("create table kept (answer int)").await?;
    connection.execute("insert into kept values (42)").await?;

    postgres.kill().await?;
    assert!(connection.execute("select 1").await.is_err(), "the backend lives on");
    assert!(PgConnection::connect(&url).await.is_err(), "the server lives on");
    assert_eq!(processes_in(postgres.folder()), 0);

    postgres.restart().await?;
    let row = PgConnection::connect(&url).await?.fetch_one("select answer from kept").await?;
    assert_eq!(row.get::<i32, _>(0), 42);
    Ok(())
}

#[tokio::test]
async fn postgres_that_cannot_start_says_why() -> anyhow::Result<()> {
    let postgres = Postgres::start().await?;
    fs::write(postgres.folder().join("data/postgresql.conf"), "nonsense = on\n")?;
    let error = postgres.restart().await.unwrap_err().to_string();
    assert!(error.contains("unrecognized configuration parameter \"nonsense\""), "{error}");
    Ok(())
}

#[tokio::test]
async fn rabbitmq_keeps_its_queues_over_a_stop_and_a_kill() -> anyhow::Result<()> {
    let rabbitmq = RabbitMq::start().await?;
    rabbitmq.create_vhost("kept").await?;
    declare_queue(&rabbitmq, "kept").await?;

    rabbitmq.stop_app().await?;
    assert!(!listens(&rabbitmq), "stopped, it still listens");
    rabbitmq.start_app().await?;
    assert_eq!(queues(&rabbitmq, "kept").await?, "1");

    rabbitmq.kill().await?;
    assert!(!listens(&rabbitmq), "killed, it still listens");
    rabbitmq.restart().await?;
    assert_eq!(queues(&rabbitmq, "kept").await?, "1");
    Ok(())
}

#[tokio::test]
async fn two_rabbitmqs_stand_side_by_side() -> anyhow::Result<()> {
    let (one, other) = tokio::try_join!(servers::shared_rabbitmq(), RabbitMq::start())?;
    assert_ne!(one.create_vhost("same").await?, other.create_vhost("same").await?);
    declare_queue(one, "same").await?;
    assert_eq!(queues(one, "same").await?, "1");
    assert_eq!(queues(&other, "same").await?, "0");
    other.close_all_connections("maintenance").await?;
    assert!(other.eval("no_such_module:call()").await.is_err());
    Ok(())
}

#[tokio::test]
async fn shared_servers_give_each_test_its_own_place() -> anyhow::Result<()> {
    let rabbitmq = servers::shared_rabbitmq().await?;
    tokio::try_join!(rabbitmq.create_vhost("a"), rabbitmq.create_vhost("b"), rabbitmq.create_vhost("c"))?;
    assert!(rabbitmq.create_vhost("a").await.is_err(), "one vhost given twice");

    let postgres = servers::shared_postgres().await?;
    let (one, other) = tokio::try_join!(postgres.create_database(), postgres.create_database())?;
    assert_ne!(one, other);
    PgConnection::connect(&one).await?.execute("create table t (a int)").await?;
    PgConnection::connect(&other).await?.execute("create table t (a int)").await?;
    Ok(())
}

#[tokio::test]
async fn servers_die_with_the_tests() -> anyhow::Result<()> {
    if std::env::var_os(VICTIM).is_some() {
        let (rabbitmq, postgres) = (servers::shared_rabbitmq().await?, servers::shared_postgres().await?);
        println!("\nat {}\nat {}", rabbitmq.folder().display(), postgres.folder().display());
        return std::future::pending().await;
    }
    let mut victim = Command::new(std::env::current_exe()?)
        .args(["--exact", "harness::servers_die_with_the_tests", "--nocapture"])
        .env(VICTIM, "yes")
        .stdout(Stdio::piped())
        .spawn()?;
    let lines = BufReader::new(victim.stdout.take().unwrap()).lines().map_while(Result::ok);
    let folders: Vec<PathBuf> =
        lines.filter_map(|line| Some(line.strip_prefix("at ")?.into())).take(2).collect();
    assert_eq!(folders.len(), 2, "the victim started no servers");
    assert!(folders.iter().all(|folder| processes_in(folder) > 1));

    victim.kill()?;
    victim.wait()?;
    for folder in folders {
        wait_until(|| processes_in(&folder) == 0 && !folder.exists());
    }
    Ok(())
}

async fn declare_queue(rabbitmq: &RabbitMq, vhost: &str) -> anyhow::Result<()> {
    let declare = format!(
        r#"rabbit_amqqueue:declare(rabbit_misc:r(<<"{vhost}">>, queue, <<"orders">>), true, false,
            [{{<<"x-queue-type">>, longstr, <<"quorum">>}}], none, <<"tests">>)"#
    );
    rabbitmq.eval(&declare).await?;
    Ok(())
}

async fn queues(rabbitmq: &RabbitMq, vhost: &str) -> anyhow::Result<String> {
    rabbitmq.eval(&format!(r#"length(rabbit_amqqueue:list(<<"{vhost}">>))"#)).await
}

fn listens(rabbitmq: &RabbitMq) -> bool {
    TcpStream::connect(("127.0.0.1", rabbitmq.port())).is_ok()
}

/// Counts the processes that work in `folder` or below it: all of a server do, and its supervisors.
fn processes_in(folder: &Path) -> usize {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter(|entry| fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd.starts_with(folder)))
        .count()
}

fn wait_until(mut done: impl FnMut() -> bool) {
    for _ in 0..500 {
        if done() {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("it did not come to pass in 10 s");
}
