//! The table in Markdown, and the verdict of each row.

use super::measure::{Measured, Row};
use std::fmt::Write;
use std::time::Duration;

/// A row with what both crates made of it: on a first call, and on a later one.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The row.
    pub row: Row,
    /// The official crate's, cold and warm.
    pub official: [Measured; 2],
    /// Ours.
    pub ours: [Measured; 2],
}

/// How much a user is served with an outcome.
fn rank(outcome: &str) -> u8 {
    match outcome {
        "panic" => 0,
        outcome if outcome.starts_with("ok") => 3,
        outcome if outcome.ends_with("Exception") => 2,
        _ => 1,
    }
}

impl Tried {
    /// What is worse with ours than it is with the official crate, or than it should be. Empty if nothing is.
    pub fn worse(&self) -> Vec<String> {
        let mut worse = Vec::new();
        for ((official, ours), when) in self.official.iter().zip(&self.ours).zip(["cold", "warm"]) {
            for what in self.compare(official, ours) {
                worse.push(format!("{when}: {what}"));
            }
        }
        worse
    }

    /// Whether our crate took longer than it may.
    pub fn is_slower(&self) -> bool {
        let mut pairs = self.official.iter().zip(&self.ours);
        pairs.any(|(official, ours)| ours.time > self.limit(official))
    }

    /// How long our crate may take. What waits or works twice takes longer.
    fn limit(&self, official: &Measured) -> Duration {
        official.time.max(self.row.takes).mul_f64(1.1) + Duration::from_millis(500)
    }

    fn compare(&self, official: &Measured, ours: &Measured) -> Vec<String> {
        let mut worse = Vec::new();
        let (seen, reference) = (&ours.seen.outcome, &official.seen.outcome);
        let (attempts, right) = match &self.row.right {
            Some(right) => (right.attempts, *seen == right.outcome),
            None => {
                let same = seen == reference;
                (same.then_some(official.attempts), same || rank(seen) > rank(reference))
            }
        };
        if !right {
            let expected = self.row.right.as_ref().map_or(reference, |right| &right.outcome);
            worse.push(format!("`{seen}` and not `{expected}`"));
        }
        if attempts.is_some_and(|attempts| attempts != ours.attempts) {
            worse.push(format!(
                "{} attempts and not {}",
                ours.attempts,
                attempts.unwrap_or_default()
            ));
        }
        if ours.asked > official.asked {
            worse.push(format!(
                "credentials asked for {} times and not {}",
                ours.asked, official.asked
            ));
        }
        if !ours.next && (official.next || self.row.right.is_some()) {
            worse.push("the next call doesn't work".to_owned());
        }
        let limit = self.limit(official);
        if ours.time > limit {
            worse.push(format!(
                "took {} ms, where {} ms are allowed",
                ours.time.as_millis(),
                limit.as_millis()
            ));
        }
        worse
    }
}

/// The table of a group. Times are what the row is expected to take, so that the text is the same in each run.
pub fn table(title: &str, tried: &[Tried]) -> String {
    let mut text = format!(
        "### {title}\n\n| fault | waits for | aws-sdk-cognitoidentityprovider | cognito-idp |\n|---|---|---|---|\n"
    );
    for tried in tried {
        let waits = match tried.row.takes.as_millis() {
            0 => "–".to_owned(),
            time => format!("{time} ms"),
        };
        let _ = writeln!(
            text,
            "| {} | {waits} | {} | {} |",
            escaped(&tried.row.name),
            cell(&tried.official),
            cell(&tried.ours)
        );
    }
    text
}

fn cell([cold, warm]: &[Measured; 2]) -> String {
    let (cold, warm) = (one(cold), one(warm));
    if cold == warm {
        cold
    } else {
        format!("{cold}; later: {warm}")
    }
}

fn one(measured: &Measured) -> String {
    let mut text = escaped(&measured.seen.outcome);
    if measured.attempts != 1 {
        let _ = write!(text, " × {}", measured.attempts);
    }
    if measured.asked > 1 {
        let _ = write!(text, ", credentials × {}", measured.asked);
    }
    if !measured.next {
        text.push_str(", next call fails");
    }
    text
}

/// Text in a cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
        .replace(|letter: char| letter.is_control(), "�")
}
