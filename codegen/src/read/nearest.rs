//! The name that a misspelling was meant to be.

/// The candidate that `name` is most likely a misspelling of, if there is one close enough to be worth suggesting.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let limit = (length / 4).max(2).min(length / 2);
    // Names whose lengths differ by more than that can't be near: it saves most of the work.
    let near = |candidate: &&str| candidate.chars().count().abs_diff(length) <= limit;
    candidates
        .into_iter()
        .filter(near)
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The Levenshtein distance, where a change of case costs nothing.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().map(|c| c.to_ascii_lowercase()).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().map(|c| c.to_ascii_lowercase()).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelling_finds_the_name_it_was_meant_to_be() {
        let names = ["UserType", "UserPoolType", "GroupType"];
        assert_eq!(nearest("UsrType", names), Some("UserType"));
        assert_eq!(nearest("GruopType", names), Some("GroupType"));
        assert_eq!(nearest("userpooltype", names), Some("UserPoolType"));
        assert_eq!(nearest("ResourceServer", names), None);
        assert_eq!(nearest("Id", ["No"]), None);
        assert_eq!(nearest("", []), None);
    }

    #[test]
    fn the_distance_counts_insertions_deletions_and_substitutions() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("Same", "sAME"), 0);
    }
}
