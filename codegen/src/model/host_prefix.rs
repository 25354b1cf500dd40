//! Host prefixes: what comes before an endpoint's host name, such as `{AccountId}.control-`.

use crate::read::Cursor;

/// What an operation puts before the host name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPrefix {
    /// The parts, in order.
    pub parts: Vec<HostPart>,
}

/// A part of a host prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostPart {
    /// Letters, digits, hyphens and dots.
    Text(String),
    /// The value of this member of the input (`{Member}`).
    Member(String),
}

impl HostPrefix {
    pub(super) fn read(at: &Cursor<'_>) -> Option<Self> {
        let text = at.string()?;
        let prefix = Self::parse(&text);
        if prefix.is_none() {
            at.error(
                format!("`{text}` can't be the beginning of a host name"),
                "use ASCII letters, digits, `-` and `.`, and members of the input in braces: `{AccountId}.control-`",
            );
        }
        prefix
    }

    /// The members that it names.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            HostPart::Text(_) => None,
            HostPart::Member(name) => Some(name.as_str()),
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (before, after) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
            if !before
                .bytes()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'.'))
            {
                return None;
            }
            parts.extend((!before.is_empty()).then(|| HostPart::Text(before.to_owned())));
            rest = match after.strip_prefix('{') {
                Some(after) => {
                    let (member, after) = after.split_once('}')?;
                    parts.push(HostPart::Member(member.to_owned()));
                    after
                }
                None => after,
            };
        }
        (!parts.is_empty()).then_some(Self { parts })
    }
}

#[cfg(test)]
mod tests {
    use super::HostPart::{Member, Text};
    use super::HostPrefix;

    #[test]
    fn a_prefix_has_texts_and_members() {
        let text = |text: &str| Text(text.to_owned());
        let member = |name: &str| Member(name.to_owned());
        for (prefix, parts) in [
            ("data-", vec![text("data-")]),
            ("{Id}.x.", vec![member("Id"), text(".x.")]),
            ("a{B}{C}", vec![text("a"), member("B"), member("C")]),
        ] {
            assert_eq!(HostPrefix::parse(prefix), Some(HostPrefix { parts }), "{prefix}");
        }
    }

    #[test]
    fn what_is_no_part_of_a_host_name_is_refused() {
        for prefix in ["", "{Id", "Id}", "{{Id}}.", "a b", "a/", "ü."] {
            assert_eq!(HostPrefix::parse(prefix), None, "{prefix}");
        }
    }
}
