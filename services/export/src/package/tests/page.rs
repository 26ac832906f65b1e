//! The page, and what both it and the manifest say.

use std::{collections::BTreeSet, fs};

use redress_domain::{Kind, Status};

use super::{Package, others, records};
use crate::{
    Missing, Nothing,
    testing::{World, outcome},
};

/// The text of a page, with its tags and escapes taken away; each tag is a line's end.
pub(super) fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<').skip(1) {
        text.push('\n');
        text.push_str(part.split_once('>').unwrap().1);
    }
    let escapes = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    escapes.iter().fold(text, |text, (escape, plain)| text.replace(escape, plain))
}

/// That every element that is opened is closed where it should be.
pub(super) fn assert_well_formed(html: &str) {
    let mut open = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("a tag ends");
        let name = tag.split_whitespace().next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if matches!(name, "!doctype" | "meta") => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
}

#[tokio::test]
async fn the_page_needs_nothing_from_elsewhere_and_runs_nothing() {
    let name = "<script>//x</script>";
    let package = Package::of("alone", Kind::Access, &[("shop", name, records(8))], vec![]).await;
    let page = package.page().await;
    let (mut elements, mut attributes) = (BTreeSet::new(), BTreeSet::new());
    for tag in page.split('<').skip(1).map(|part| part.split_once('>').unwrap().0) {
        elements.extend(tag.split_whitespace().next().map(|name| name.trim_start_matches('/')));
        attributes.extend(tag.split(' ').filter_map(|word| word.split_once("=\"")).map(|(name, _)| name));
    }
    for element in ["script", "img", "link", "iframe", "table", "base", "form", "object"] {
        assert!(!elements.contains(element), "{element}");
    }
    let known = [
        "aria-labelledby",
        "charset",
        "class",
        "content",
        "datetime",
        "dir",
        "href",
        "http-equiv",
        "id",
        "lang",
        "name",
    ];
    assert_eq!(attributes, known.into());
    let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    assert!(!style.contains("url(") && !style.contains("@import"));
    let mut links: Vec<&str> =
        page.split("href=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
    links.retain(|link| !link.starts_with('#'));
    let file = "shop/%3Cscript%3E__x%3C_script%3E.json";
    assert_eq!(links, [file, "manifest.json"]);
    assert!(package.manifest.files.iter().any(|known| known.path == file));
    for part in
        ["<html lang=\"en\">", "name=\"viewport\"", "default-src 'none'", "prefers-color-scheme: dark"]
    {
        assert!(page.contains(part), "{part}");
    }
    for link in page.split("href=\"#").skip(1).map(|rest| rest.split_once('"').unwrap().0) {
        assert_eq!(page.matches(&format!("id=\"{link}\"")).count(), 1, "{link}");
    }
}

#[test]
fn no_template_lets_anything_through_unescaped() {
    for template in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")).unwrap() {
        let text = fs::read_to_string(template.unwrap().path()).unwrap();
        for wrong in ["|safe", "| safe", "escape"] {
            assert!(!text.contains(wrong), "{text}");
        }
    }
}

#[tokio::test]
async fn page_and_manifest_say_who_what_when_and_what_is_not_there() {
    for (kind, title, asked) in [
        (Kind::Access, "A copy of your personal data", "Access to your personal data (GDPR, Article 15)"),
        (Kind::Export, "Your data, to keep and to use elsewhere", "Your data for reuse (GDPR, Article 20)"),
    ] {
        let name = kind.to_string();
        let package = Package::of(&name, kind, &[("shop", "people", records(1))], others()).await;
        let page = package.page().await;
        assert_well_formed(&page);
        let text = text(&page);
        for said in [
            title,
            asked,
            "dublin-weddings",
            &package.world.request.to_string(),
            "10 June 2026, 12:00 UTC",
            "e-mail address, customer number",
            "1 record from 1 dataset of 1 system",
            "It did not answer <in time>.",
            "Its data could not be collected.",
            "This data has to be given by the home tenant.",
            "A legal hold keeps this data from being given.",
            "mail",
        ] {
            assert!(text.contains(said), "{said}\n{text}");
        }
        let manifest = &package.manifest;
        assert_eq!((manifest.kind, manifest.tenant.as_str()), (kind, "dublin-weddings"));
        assert_eq!(manifest.recorded_at, Some("2026-06-10T12:00:00Z".parse().unwrap()));
        assert_eq!(manifest.made_at, manifest.recorded_at);
        assert_eq!(manifest.nothing_found, [Nothing { system: "mail".to_owned(), dataset: None }]);
        let missing: Vec<&str> = manifest.missing.iter().map(|missing| missing.system.as_str()).collect();
        assert_eq!(missing, ["directory", "guests", "vault"]);
    }
}

#[tokio::test]
async fn what_a_dataset_lacks_is_named_with_it() {
    let world = World::new("lacks").await;
    let mut fewer = world.draft("shop", "people", &records(2)).await;
    fewer.planned = 3;
    let empty = |dataset: &str, planned| redress_contracts::v1::DatasetOutcome {
        dataset: dataset.to_owned(),
        planned,
        ..Default::default()
    };
    let partial = outcome("shop", Status::Partial, vec![fewer, empty("carts", 0), empty("orders", 4)]);
    world.collected(Kind::Access, vec![partial]).await;
    let manifest = Package::release(world).await.manifest;
    let shop = |dataset: Option<&str>, what: &str| Missing {
        system: "shop".to_owned(),
        dataset: dataset.map(str::to_owned),
        what: what.to_owned(),
        reason: String::new(),
        expected_by: None,
    };
    let expected = [
        shop(Some("orders"), "No copy was made of what was found there."),
        shop(Some("people"), "2 of the 3 records that were found are here."),
        shop(None, "A part of its data could not be collected."),
    ];
    assert_eq!(manifest.missing, expected);
    assert_eq!(manifest.nothing_found, [Nothing { system: "shop".into(), dataset: Some("carts".into()) }]);
}
