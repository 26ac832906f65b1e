use super::*;

const CRM: &str = "
dataset:
  - fides_key: crm
    name: Customers
    organization_fides_key: default_organization
    collections:
      - name: customer
        fides_meta: {after: [crm.address]}
        fields:
          - name: id
            fides_meta: {primary_key: True, data_type: integer}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - name: phone
            data_categories: [user.contact.phone_number]
            fides_meta: {identity: phone_number, identity_class: unique, length: 40}
          - name: address_id
            fides_meta:
              references: [{dataset: crm, field: address.id, direction: to}]
          - name: profile
            fields:
              - {name: allergies, data_categories: [user.health_and_medical]}
      - name: address
        fides_meta: {redress_class: log, redress_owned: true}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - name: other
            fides_meta:
              references: [{dataset: shop, field: orders.address_id}]
";

#[test]
fn a_fides_users_file_works_as_it_is() {
    let maps = DataMap::read("crm.yml", CRM).unwrap();
    let [crm] = maps.as_slice() else { panic!("{maps:?}") };
    assert_eq!((crm.fides_key.as_str(), crm.name.as_deref()), ("crm", Some("Customers")));
    assert_eq!(crm.other["organization_fides_key"], "default_organization", "unknown keys are kept");

    let customer = crm.collection("customer").unwrap();
    assert_eq!(customer.class, DatasetClass::Content);
    assert!(customer.other.contains_key("fides_meta"), "with what Fides says there");
    let key: Vec<&str> = customer.primary_key().iter().map(|field| field.name.as_str()).collect();
    assert_eq!(key, ["id"]);
    let identity = |name| customer.field(name).unwrap().identity;
    let (email, phone) = (IdentifierKind::Email, IdentifierKind::Phone);
    assert_eq!(
        identity("email"),
        Some(Identity { kind: email, class: IdentifierClass::Unique, normal: false, phone_region: None })
    );
    assert_eq!(
        identity("phone"),
        Some(Identity { kind: phone, class: IdentifierClass::Unique, normal: false, phone_region: None }),
        "the map may know better than the usual"
    );
    let reference = &customer.field("address_id").unwrap().references[0];
    assert_eq!((reference.collection.as_str(), reference.direction), ("address", Direction::To));
    let nested = customer.field("profile.allergies").unwrap();
    assert_eq!(nested.categories[0].as_str(), "user.health_and_medical");

    let address = crm.collection("address").unwrap();
    assert_eq!((address.class, address.owned), (DatasetClass::Log, true));
    let into_another_file = &address.field("other").unwrap().references[0];
    assert_eq!(into_another_file.direction, Direction::Both);
}

/// What is written instead of a part of [`CRM`], and the path and words of the one problem that follows.
#[test]
fn what_is_wrong_is_named_with_file_path_and_reason() {
    let cases = [
        ("fides_key: crm\n", "x: y\n", "dataset[0]", "`fides_key` is missing"),
        ("- name: customer", "- nam: customer", "dataset[0].collections[0]", "`name` is missing"),
        (
            "primary_key: True",
            "primary_key: maybe",
            "dataset[0].collections[0].fields[0].fides_meta.primary_key",
            "expected true or false, found a text",
        ),
        (
            "[user.contact.email]",
            "user.contact.email",
            "dataset[0].collections[0].fields[1].data_categories",
            "expected a list, found a text",
        ),
        (
            "[user.contact.email]",
            "[Contact e-mail]",
            "dataset[0].collections[0].fields[1].data_categories[0]",
            "words of a-z, 0-9",
        ),
        (
            "{identity: email}",
            "{identity: shoe_size}",
            "dataset[0].collections[0].fields[1].fides_meta.identity",
            "`shoe_size` is none of: email, phone_number",
        ),
        (
            "{identity: email}",
            "{identity_class: unique}",
            "dataset[0].collections[0].fields[1].fides_meta",
            "`identity_class` without `identity`",
        ),
        (
            "identity: phone_number, identity_class: unique",
            "identity: name, identity_class: unique",
            "dataset[0].collections[0].fields[2].fides_meta",
            "a name does not name one person",
        ),
        (
            "field: address.id,",
            "field: addresses.id,",
            "dataset[0].collections[0].fields[3].fides_meta.references[0]",
            "`addresses.id` of `crm`, which has no such collection",
        ),
        (
            "field: address.id,",
            "field: address.ident,",
            "dataset[0].collections[0].fields[3].fides_meta.references[0]",
            "has no such field",
        ),
        (
            "field: address.id,",
            "field: address,",
            "dataset[0].collections[0].fields[3].fides_meta.references[0]",
            "`field` is `collection.field`, not `address`",
        ),
        (
            "direction: to",
            "direction: up",
            "dataset[0].collections[0].fields[3].fides_meta.references[0].direction",
            "`up` is none of: from, to",
        ),
        (
            "redress_class: log",
            "redress_class: secret",
            "dataset[0].collections[1].fides_meta.redress_class",
            "`secret` is none of: content, log, audit",
        ),
        (
            "- name: address\n",
            "- name: customer\n",
            "dataset[0].collections[1]",
            "a second collection `customer`",
        ),
    ];
    for (from, to, path, words) in cases {
        assert!(CRM.contains(from), "{from}");
        let problems = DataMap::read("crm.yml", &CRM.replacen(from, to, 1)).expect_err(to).0;
        let found = problems.iter().find(|problem| problem.path == path);
        let found = found.unwrap_or_else(|| panic!("{to}: {problems:?}"));
        assert!(found.reason.contains(words), "{to}: {found}");
        assert!(found.to_string().starts_with("crm.yml: dataset[0]"), "{found}");
    }
}

#[test]
fn every_problem_is_told_not_only_the_first() {
    let broken = CRM.replace("direction: to", "direction: up").replace("primary_key: True", "primary_key: 1");
    assert_eq!(DataMap::read("crm.yml", &broken).unwrap_err().0.len(), 2);
}

#[test]
fn what_is_no_data_map_at_all_is_an_error_of_the_file() {
    for yaml in ["", "a: [", "- 1", "text", "dataset: 1", "dataset: [1]", "datasets: []", "a: 1\na: 2"] {
        let problems = DataMap::read("crm.yml", yaml).expect_err(yaml);
        assert!(problems.to_string().contains("crm.yml: "), "{yaml}: {problems}");
    }
}
