//! Both dialects have the same schema.

/// Tables, columns, keys and indexes with the dialects' own words for types made equal.
fn portable(schema: &str) -> Vec<String> {
    schema
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .map(|line| {
            line.replace(" collate \"C\"", "")
                .replace("bigint", "integer")
                .replace("bytea", "blob")
                .replace(") strict;", ");")
        })
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn the_two_dialects_have_the_same_tables_columns_keys_and_indexes() {
    let postgres = [
        include_str!("../../../shared/store/schema/postgres/0001.sql"),
        include_str!("../../../shared/store/schema/postgres/0002.sql"),
        include_str!("../../../shared/store/schema/postgres/0003.sql"),
    ];
    let sqlite = [
        include_str!("../../../shared/store/schema/sqlite/0001.sql"),
        include_str!("../../../shared/store/schema/sqlite/0002.sql"),
        include_str!("../../../shared/store/schema/sqlite/0003.sql"),
    ];
    let (postgres, sqlite) = (portable(&postgres.concat()), portable(&sqlite.concat()));
    assert_eq!(postgres, sqlite);
    assert!(postgres.iter().filter(|line| line.starts_with("create table")).count() >= 11);
}
