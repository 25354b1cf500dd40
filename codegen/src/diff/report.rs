//! Changes as text: a report for the maintainer, and a draft of the CHANGELOG's entry.

use super::change::{Area, Change, Effect, What};
use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

/// More names than fit in a line of a report are counted.
const NAMES: usize = 6;

/// The part of the version that semver asks to raise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing that anyone calls has changed.
    Patch,
    /// There is something new.
    Minor,
    /// Something is gone or different.
    Major,
}

impl Bump {
    /// The bump that these changes ask for.
    pub fn of(changes: &[Change]) -> Self {
        match changes.iter().map(|change| change.effect).min() {
            Some(Effect::Breaking) => Self::Major,
            Some(Effect::Behaviour | Effect::Addition) => Self::Minor,
            None => Self::Patch,
        }
    }

    /// The version after `version`. Below 1.0, Cargo takes the second number for the first, and the third for the
    /// second.
    pub fn next(self, version: &semver::Version) -> semver::Version {
        let (major, minor, patch) = (version.major, version.minor, version.patch);
        match (self, major) {
            (Self::Major, 0) => semver::Version::new(0, minor + 1, 0),
            (Self::Minor | Self::Patch, 0) => semver::Version::new(0, minor, patch + 1),
            (Self::Major, _) => semver::Version::new(major + 1, 0, 0),
            (Self::Minor, _) => semver::Version::new(major, minor + 1, 0),
            (Self::Patch, _) => semver::Version::new(major, minor, patch + 1),
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// Every change on a line of its own under its effect, then a count of each kind and the bump.
pub fn report(changes: &[Change]) -> String {
    let mut text = String::new();
    for effect in [Effect::Breaking, Effect::Behaviour, Effect::Addition] {
        let of_effect: Vec<_> = changes.iter().filter(|change| change.effect == effect).collect();
        if of_effect.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{effect} ({})", of_effect.len());
        for change in of_effect {
            let _ = writeln!(text, "  {change}");
        }
        text.push('\n');
    }
    let mut counts = BTreeMap::new();
    for change in changes {
        *counts.entry((change.area, change.effect)).or_insert(0_usize) += 1;
    }
    for ((area, effect), count) in counts {
        let _ = writeln!(text, "{count:>6}  {area}, {effect}");
    }
    let _ = writeln!(text, "semver: {}", Bump::of(changes));
    text
}

/// The entry of a CHANGELOG, a line for each kind of change of each type or operation.
pub fn changelog(version: &semver::Version, source: &str, changes: &[Change]) -> String {
    let mut text = format!("## {version}\n\n{source}\n");
    let added = |change: &&Change| change.what == What::Added;
    let removed = |change: &&Change| change.what == What::Removed;
    let breaking = |change: &&Change| change.effect == Effect::Breaking && change.what != What::Removed;
    let other = |change: &&Change| change.effect != Effect::Breaking && change.what != What::Added;
    section(&mut text, "Breaking", changes.iter().filter(breaking));
    section(&mut text, "Removed", changes.iter().filter(removed));
    section(&mut text, "Added", changes.iter().filter(added));
    section(&mut text, "Changed", changes.iter().filter(other));
    text
}

fn section<'a>(text: &mut String, title: &str, changes: impl Iterator<Item = &'a Change>) {
    let mut lines: BTreeMap<(Area, &What), Vec<&str>> = BTreeMap::new();
    for change in changes {
        lines
            .entry((change.area, &change.what))
            .or_default()
            .push(&change.subject);
    }
    if lines.is_empty() {
        return;
    }
    let _ = write!(text, "\n### {title}\n\n");
    for ((area, what), subjects) in lines {
        let quoted: Vec<_> = subjects
            .iter()
            .take(NAMES)
            .map(|subject| format!("`{subject}`"))
            .collect();
        let rest = subjects.len().saturating_sub(NAMES);
        let more = if rest > 0 {
            format!(" and {rest} more")
        } else {
            String::new()
        };
        let plural = if subjects.len() == 1 { "" } else { "s" };
        let how = match what {
            What::Changed(how) => format!(": {how}"),
            What::Added | What::Removed => String::new(),
        };
        let _ = writeln!(text, "- {}{plural} {}{more}{how}", capital(area), quoted.join(", "));
    }
}

fn capital(area: Area) -> String {
    let name = area.to_string();
    name[..1].to_uppercase() + &name[1..]
}
