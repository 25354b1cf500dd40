//! The name that a misspelling was meant to be.

use strsim::levenshtein;

/// The candidate that `name` is most likely a misspelling of, if there is one close enough to be worth suggesting.
/// A change of case costs nothing.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    let length = name.chars().count();
    let limit = (length / 4).max(2).min(length / 2);
    // Names whose lengths differ by more than that can't be near: it saves most of the work.
    let near = |candidate: &&str| candidate.chars().count().abs_diff(length) <= limit;
    candidates
        .into_iter()
        .filter(near)
        .map(|candidate| (levenshtein(&name, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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
}
