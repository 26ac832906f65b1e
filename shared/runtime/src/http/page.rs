//! Lists in pages. A cursor is opaque: where the last page ended, and nothing that a client should read.

use std::{fmt::Display, str::FromStr};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use super::Fault;

/// Items in a page when nothing is said.
pub const LIMIT_DEFAULT: u32 = 50;
/// Items in a page, at most.
pub const LIMIT_MAX: u32 = 200;

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<T> {
    /// The last item of the page before, if there is one.
    pub after: Option<T>,
    /// Items in it, at most.
    pub limit: u32,
}

impl<T: FromStr + Display> Page<T> {
    /// From the query's `cursor` and `limit`.
    ///
    /// # Errors
    /// Which of them is not usable.
    pub fn read(cursor: Option<&str>, limit: Option<&str>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let limit = limit.map_or(Some(LIMIT_DEFAULT), |text| {
            text.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit))
        });
        if limit.is_none() {
            faults.push(Fault::new("limit", format!("1 to {LIMIT_MAX}")));
        }
        let after = cursor.map(|cursor| {
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
            std::str::from_utf8(&bytes).ok()?.parse().ok()
        });
        if after.as_ref().is_some_and(Option::is_none) {
            faults.push(Fault::new("cursor", "the `next` of the page before, as it was given"));
        }
        match limit {
            Some(limit) if faults.is_empty() => Ok(Self { after: after.flatten(), limit }),
            _ => Err(faults),
        }
    }

    /// Cuts what was read (one item more than the page holds) to the page; gives it with the cursor of the
    /// next one, if there is one.
    pub fn cut<I>(&self, mut items: Vec<I>, place: impl Fn(&I) -> T) -> (Vec<I>, Option<String>) {
        let limit = self.limit as usize;
        let more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| more);
        let next = last.map(|item| BASE64_URL_SAFE_NO_PAD.encode(place(item).to_string()));
        (items, next)
    }

    /// How many items to read, so that one can tell whether there are more.
    pub fn read_limit(&self) -> u32 {
        self.limit + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_one_another_to_the_end() {
        let all: Vec<u64> = (1..=7).collect();
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = Page::<u64>::read(cursor.as_deref(), Some("3")).unwrap();
            let rest = all.iter().copied().filter(|item| page.after.is_none_or(|after| *item > after));
            let (items, next) = page.cut(rest.take(page.read_limit() as usize).collect(), |item| *item);
            seen.extend(items);
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
    }

    #[test]
    fn what_is_no_page_names_its_fault() {
        let cases = [
            (None, Some("0"), &["limit"][..]),
            (None, Some("201"), &["limit"]),
            (None, Some("many"), &["limit"]),
            (Some("%%"), None, &["cursor"]),
            (Some("YW5uYQ"), Some("-1"), &["limit", "cursor"]),
        ];
        for (cursor, limit, expected) in cases {
            let faults = Page::<u64>::read(cursor, limit).unwrap_err();
            let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
            assert_eq!(fields, expected, "{cursor:?} {limit:?}");
        }
        assert_eq!(Page::<u64>::read(None, None), Ok(Page { after: None, limit: LIMIT_DEFAULT }));
    }
}
