//! Pages of lists, and the tokens that lead from one to the next.

use crate::fault::{Answer, Fault};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::BTreeMap;
use std::ops::Bound;

/// A page of a map, in the order of its keys.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next: Option<String>,
}

/// The page of `map` after `token`, with at most `limit` of the entries that `take` keeps.
///
/// It reads only the entries that it skips or returns, however long the map is.
pub(crate) fn page<'a, V, T>(
    map: &'a BTreeMap<String, V>,
    token: Option<&str>,
    limit: usize,
    take: impl Fn(&'a str, &'a V) -> Option<T>,
) -> Answer<Page<T>> {
    let start = match token {
        Some(token) => Bound::Excluded(read_token(token)?),
        None => Bound::Unbounded,
    };
    let mut rest = map.range((start, Bound::Unbounded));
    let mut items = Vec::new();
    let mut last = None;
    for (key, value) in rest.by_ref() {
        if let Some(item) = take(key, value) {
            items.push(item);
            last = Some(key);
            if items.len() == limit {
                break;
            }
        }
    }
    let more = rest.any(|(key, value)| take(key, value).is_some());
    let next = last.filter(|_| more).map(|key| write_token(key));
    Ok(Page { items, next })
}

/// The size of a page: the requested one, if it is from 1 to `max`.
pub(crate) fn limit(asked: Option<i32>, max: usize, member: &str) -> Answer<usize> {
    let Some(asked) = asked else { return Ok(max) };
    match usize::try_from(asked) {
        Ok(0) if member == "limit" => Ok(max),
        Ok(limit) if (1..=max).contains(&limit) => Ok(limit),
        Ok(limit) if limit > max => Err(Fault::constraint(
            &format!("'{asked}'"),
            member,
            &format!("Member must have value less than or equal to {max}"),
        )),
        _ => Err(Fault::constraint(
            &format!("'{asked}'"),
            member,
            "Member must have value greater than or equal to 1",
        )),
    }
}

/// The token that leads on from a place in a list.
pub(crate) fn write_token(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("after:{key}"))
}

/// The place in a list from which a token leads on.
pub(crate) fn read_token(token: &str) -> Answer<String> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let key = text.as_deref().and_then(|text| text.strip_prefix("after:"));
    key.map(str::to_owned).ok_or_else(invalid_token)
}

pub(crate) fn invalid_token() -> Fault {
    Fault::invalid_parameter("Invalid pagination token.")
}

#[cfg(test)]
mod tests {
    use super::page;
    use std::collections::BTreeMap;

    #[test]
    fn pages_cover_the_map_once_and_end_without_a_token() {
        let map: BTreeMap<String, u32> = (0..5).map(|n| (n.to_string(), n)).collect();
        let mut seen = Vec::new();
        let mut token = None;
        loop {
            let page = page(&map, token.as_deref(), 2, |_, n| (n % 2 == 0).then_some(*n)).expect("our own token");
            seen.extend(page.items);
            token = page.next;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(seen, [0, 2, 4]);
        assert!(page(&map, Some("nonsense"), 2, |_, n| Some(*n)).is_err());
    }
}
