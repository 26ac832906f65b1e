//! The commands against a whole Redress: an export to its files, a deletion to its end, and the proof.

use std::fs;

use serde_json::Value;

use super::{How, Ran, world::World};

const SIGNED_IN: [&str; 2] = ["--verified", "signed in,authenticated"];

/// Hands in a request about Anna, follows it into review; gives its id.
async fn submitted(world: &World, kind: &str, more: &[&str]) -> String {
    let words = ["request", "submit", "--kind", kind, "--email", "anna@example.com", "--watch"];
    let words: Vec<&str> = words.iter().chain(&SIGNED_IN).chain(more).copied().collect();
    let ran = world.run(0, &words).await;
    check(&ran);
    assert!(ran.out.contains("in review: waits for a person"), "{}", ran.out);
    ran.out.lines().find_map(|line| line.strip_prefix(&format!("Taken in: {kind} "))).unwrap().to_owned()
}

/// No line is too long, and nothing names whom it must not.
fn check(ran: &Ran) {
    let long: Vec<&str> =
        ran.out.lines().chain(ran.err.lines()).filter(|line| line.chars().count() > 100).collect();
    assert!(long.is_empty(), "{long:#?}");
    assert!(!ran.out.contains("anna@") && !ran.err.contains("anna@"), "{}{}", ran.out, ran.err);
}

async fn shown(world: &World, id: &str, said: &[&str]) -> String {
    let ran = world.run(0, &["request", "show", id]).await;
    check(&ran);
    for said in said {
        assert!(ran.out.contains(said), "{said}\n{}", ran.out);
    }
    ran.out
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_comes_into_a_folder_and_a_deletion_to_its_end() {
    let world = World::start().await;
    exported(&world).await;
    deleted(&world).await;
    proven(&world).await;
    world.stop().await;
}

async fn exported(world: &World) {
    let id = submitted(world, "export", &["--phone", "+353 1 5550100"]).await;
    let page =
        shown(world, &id, &["customer, known by email, phone (may name several)", "Brian Byrne", "copy"])
            .await;
    let candidate =
        page.lines().find(|line| line.ends_with("undecided")).unwrap().split_whitespace().next().unwrap();
    world.run(0, &["request", "candidates", &id, "--reject", candidate]).await;
    world.run(0, &["request", "watch", &id]).await;
    shown(world, &id, &["rejected"]).await;
    let how = How { input: "y\n", is_asked: true, ..How::default() };
    let ran = world.as_("ada", &["request", "approve", &id, "--watch"], how).await;
    check(&ran);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("2026") && ran.out.contains("the plan is approved"), "{}", ran.out);
    assert!(ran.out.ends_with(&format!("redress package get {id} --to <folder>\n")), "{}", ran.out);
    assert!(world.run(0, &["package", "list"]).await.out.contains(&id));
    let to = world.folder.path().join("for anna");
    let got = world.run(0, &["package", "get", &id, "--to", &to.display().to_string()]).await;
    assert!(got.out.contains("each as the manifest says"), "{}", got.out);
    assert!(got.out.contains("customer: These fields are not in the copy"), "{}", got.out);
    let page = fs::read_to_string(got.out.lines().last().unwrap()).unwrap();
    assert!(page.contains("Anna Byrne") && !page.contains("Brian"), "{page}");
    assert!(page.contains("These fields are not in the copy: vip."), "{page}");
}

async fn deleted(world: &World) {
    let id = submitted(world, "delete", &[]).await;
    let said = ["1 row   delete", "an audit dataset is never changed", "the data map does not know: vip"];
    shown(world, &id, &said).await;
    let json = world.run(0, &["request", "show", &id, "--json"]).await.out;
    let json: Value = serde_json::from_str(&json).unwrap();
    let digest = json["inside"]["plan"]["digest"].as_str().unwrap();
    let wrong = world.run(3, &["request", "approve", &id, "--yes", "--plan", &"00".repeat(32)]).await;
    assert!(wrong.err.contains("the plan is another one by now"), "{}", wrong.err);
    let ran = world.run(0, &["request", "approve", &id, "--yes", "--plan", digest, "--watch"]).await;
    assert!(ran.out.contains("completed retained"), "{}", ran.out);
    shown(world, &id, &["looked at again", "kept by plan", "completed retained"]).await;
    let late = world.run(3, &["request", "cancel", &id]).await;
    assert!(late.err.starts_with("error: "), "{}", late.err);
    let reviewer =
        world.as_("rory", &["request", "approve", &id, "--yes", "--plan", digest], How::default()).await;
    assert_eq!(reviewer.code, 3, "{}", reviewer.err);
    let found = world.run(0, &["request", "search", "--email", "Anna@example.com"]).await;
    assert_eq!(found.out.matches("completed").count(), 2, "{}", found.out);
    let outside = world.as_("shop", &["request", "show", &id], How::default()).await;
    assert_eq!(outside.code, 4, "{}", outside.err);
}

async fn proven(world: &World) {
    let ran = world.run(0, &["ledger", "verify"]).await;
    check(&ran);
    let noted = ran.out.trim().rsplit(' ').next().unwrap();
    world.run(0, &["ledger", "verify", "--noted", noted]).await;
    assert!(world.run(0, &["ledger", "list"]).await.out.contains("request.received"));
    assert!(world.run(0, &["status"]).await.out.contains("parked         0"));
    assert_eq!(world.run(0, &["parked", "list"]).await.out, "Nothing is parked.\n");
    let nobody = world.as_("nobody", &["status"], How::default()).await;
    assert_eq!(nobody.code, 3, "{}", nobody.err);
}
