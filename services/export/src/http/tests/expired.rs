//! A package whose time is over, at the doors.

use jiff::SignedDuration;

use super::*;

const WHO: &str = "reviewer-dublin";

#[tokio::test]
async fn from_its_end_on_it_is_not_given_however_late_it_is_deleted() {
    let house = House::in_memory("http_expired").await;
    let id = house.world.request;
    let paths = [format!("/{id}"), format!("/{id}/files/index.html")];
    house.world.advance(SignedDuration::from_hours(30 * 24) - SignedDuration::from_secs(1));
    for path in &paths {
        assert_eq!(house.read(WHO, path).await.0, 200, "{path}");
    }
    house.world.advance(SignedDuration::from_secs(1));
    for step in ["the timer is late", "being deleted", "deleted"] {
        for path in &paths {
            let (status, _, text) = house.read(WHO, path).await;
            assert!(status == 410 && text.contains("\"expired\""), "{step} {path}: {text}");
            assert!(text.contains("over at 2026-07-10T12:00:00Z"), "{step} {path}: {text}");
            let other = house.refused("tenant_admin-cork", path).await;
            assert_eq!(other, (404, "not_found".to_owned()), "{step} {path}: another tenant's");
        }
        assert_eq!(house.json(WHO, "").await["items"], json!([]), "{step}");
        match step {
            "the timer is late" => drop(house.world.timers().await),
            _ => {
                if let Some(outcome) = house.world.make_packages().await {
                    house.world.hear(outcome).await;
                }
            }
        }
    }
    assert_eq!(house.world.state().await.1, "expired");
}
