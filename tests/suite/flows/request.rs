//! An export and a deletion.

use super::world::{PAIRS, World};
use crate::sql::company::email;

const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";

#[tokio::test(flavor = "multi_thread")]
async fn an_export_and_a_deletion_reach_their_end() {
    for pair in PAIRS {
        let world = World::start(pair, 1, POLICY).await;
        let export = world.submit("export", &email(3)).await;
        let shown = world.settled(&export).await;
        assert_eq!(shown["inside"]["state"], "in_review", "{pair:?}: {shown:#}");
        world.approve(&export).await;
        let shown = world.settled(&export).await;
        assert_eq!(shown["closing"], "completed", "{pair:?}: {shown:#}");
        let delete = world.submit("delete", &email(3)).await;
        world.settled(&delete).await;
        world.approve(&delete).await;
        let shown = world.settled(&delete).await;
        assert!(
            shown["closing"].as_str().is_some_and(|closing| closing.starts_with("completed")),
            "{pair:?}: {shown:#}"
        );
        world.stop().await;
    }
}
