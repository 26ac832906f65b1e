//! A RabbitMQ of the tests' own.

use std::{path::Path, sync::Arc};

use anyhow::ensure;

use super::{blocking, node::Node};

/// A running RabbitMQ; clones are handles on the same one, and it ends with the last of them.
#[derive(Clone)]
pub struct RabbitMq(Arc<Node>);

impl RabbitMq {
    /// Starts a broker without plugins on a fresh data folder, with a cookie and an epmd of its own.
    ///
    /// Gives it when it answers; otherwise an error with the end of its log.
    pub async fn start() -> anyhow::Result<Self> {
        let node = blocking(|| {
            let node = Node::new()?;
            node.start()?;
            Ok(node)
        });
        Ok(Self(Arc::new(node.await?)))
    }

    /// Gives the URL of `vhost` (`/` is there from the start) as the administrator `guest`.
    pub fn url(&self, vhost: &str) -> String {
        self.url_as("guest", "guest", vhost)
    }

    /// Gives the URL of `vhost` as `user`, whose name and password need no escapes.
    pub fn url_as(&self, user: &str, password: &str, vhost: &str) -> String {
        format!("amqp://{user}:{password}@127.0.0.1:{}/{}", self.port(), vhost.replace('/', "%2f"))
    }

    /// Makes the vhost `name` (letters, digits, `.`, `_`, `-`), new to this broker, open to `guest`; gives its
    /// URL. `guest` may publish with any `user_id`, so that tests can send as anybody.
    pub async fn create_vhost(&self, name: &str) -> anyhow::Result<String> {
        ensure!(is_plain(name), "a vhost's name is of letters, digits, `.`, `_`, `-`, not `{name}`");
        let made = self
            .eval(&format!(
                r#"case rabbit_vhost:exists(<<"{name}">>) of true -> exists; false ->
                    rabbit_auth_backend_internal:set_tags(
                        <<"guest">>, [administrator, impersonator], <<"tests">>),
                    ok = rabbit_vhost:add(<<"{name}">>, <<"tests">>),
                    rabbit_auth_backend_internal:set_permissions(
                        <<"guest">>, <<"{name}">>, <<".*">>, <<".*">>, <<".*">>, <<"tests">>) end"#
            ))
            .await?;
        ensure!(made == "ok", "vhost {name}: {made}");
        Ok(self.url(name))
    }

    /// Runs Erlang `expressions`, without a final full stop, inside the broker; gives the last one's value as
    /// text.
    ///
    /// For what a broker's operator does: users, permissions, policies, alarms.
    pub async fn eval(&self, expressions: &str) -> anyhow::Result<String> {
        let expressions = expressions.to_owned();
        self.with_node(move |node| node.eval(&expressions)).await
    }

    /// Closes every client's connection; `reason` is what they are told.
    pub async fn close_all_connections(&self, reason: &str) -> anyhow::Result<()> {
        ensure!(!reason.contains(['"', '\\']), "a reason without quotes and backslashes");
        self.eval(&format!("rabbit_networking:close_all_connections(\"{reason}\")")).await?;
        Ok(())
    }

    /// Stops the broker inside its Erlang node, in order: connections are closed, the port is free.
    pub async fn stop_app(&self) -> anyhow::Result<()> {
        self.eval("rabbit:stop()").await?;
        Ok(())
    }

    /// Starts the broker again after `stop_app`; returns when it answers.
    pub async fn start_app(&self) -> anyhow::Result<()> {
        self.with_node(Node::start_app).await
    }

    /// Kills the broker with signal 9; returns when it is gone. Its data stays.
    pub async fn kill(&self) -> anyhow::Result<()> {
        self.with_node(Node::kill).await
    }

    /// Starts the broker again on the same data and ports, after killing it if it still runs.
    ///
    /// Returns when it answers; otherwise an error with the end of its log.
    pub async fn restart(&self) -> anyhow::Result<()> {
        self.with_node(Node::start).await
    }

    /// Gives the AMQP port on 127.0.0.1, which stays the same over restarts.
    pub fn port(&self) -> u16 {
        self.0.port()
    }

    /// Gives the folder with its data and its log.
    pub fn folder(&self) -> &Path {
        self.0.folder()
    }

    async fn with_node<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Node) -> anyhow::Result<T> + Send + 'static,
    ) -> anyhow::Result<T> {
        let node = Arc::clone(&self.0);
        blocking(move || work(&node)).await
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}
