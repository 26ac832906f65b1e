use super::*;

#[test]
fn a_text_is_broken_between_words_and_within_one_that_fits_nowhere() {
    for (text, room, expected) in [
        ("", 5, vec![""]),
        ("one", 5, vec!["one"]),
        ("one two", 7, vec!["one two"]),
        ("one two", 6, vec!["one", "two"]),
        ("abcdefgh i", 3, vec!["abc", "def", "gh", "i"]),
        ("é é é", 3, vec!["é é", "é"]),
    ] {
        assert_eq!(wrap(text, room), expected, "{text}");
    }
}

#[test]
fn columns_stand_below_each_other_and_the_last_goes_on_below_itself() {
    let mut table = Table::of(["A", "LONGER", "TEXT"]);
    table.row([plain("one"), plain("x"), plain("word ".repeat(30).trim())]);
    table.row([plain("é"), plain("yy"), plain("")]);
    let mut page = Page::default();
    page.table(2, table);
    let lines = page.lines(false);
    assert_eq!(lines[0], "  A    LONGER  TEXT");
    assert!(lines[1].starts_with("  one  x       word word"), "{lines:?}");
    assert!(lines[2].starts_with("               word"), "{lines:?}");
    assert_eq!(lines.last().unwrap(), "  é    yy");
    assert!(lines.iter().all(|line| width(line) <= WIDTH), "{lines:?}");
}

#[test]
fn colours_are_there_where_they_are_seen_and_change_nothing_else() {
    let mut page = Page::default();
    page.marked("error", Look::Bad, "no");
    assert_eq!(page.text(false), "error: no\n");
    assert_eq!(page.text(true), "\u{1b}[31merror\u{1b}[0m: no\n");
}

#[test]
fn what_would_steer_the_terminal_is_shown_instead() {
    let mut page = Page::default();
    page.line([cell(Look::Good, "a\u{1b}[2Jb\nc\rd\u{9b}e\u{202e}f"), plain("Zoë 👰🏽‍♀️ 花子")]);
    let text = page.text(false);
    assert_eq!(text, "a\\u{1b}[2Jb\\nc\\rd\\u{9b}e\\u{202e}fZoë 👰🏽‍♀️ 花子\n");
}

#[test]
fn no_page_begins_with_an_empty_line_or_has_two_in_a_row() {
    let mut page = Page::default();
    page.heading("One", "");
    page.blank();
    page.heading("Two", "beside");
    assert_eq!(page.text(false), "One\n\nTwo  beside\n");
}
