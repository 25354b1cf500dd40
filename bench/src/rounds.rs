//! Subjects that take turns, so that what disturbs one disturbs all.

use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// What each subject took in each round, by the subject's place.
///
/// There are rounds for `seconds`, and one at least. Each begins with another subject, so that none always follows the same
/// one.
pub(crate) fn take_turns<T>(
    subjects: usize,
    seconds: f64,
    mut measure: impl FnMut(usize) -> Result<T>,
) -> Result<Vec<Vec<T>>> {
    let duration = Duration::try_from_secs_f64(seconds).context("--seconds takes a positive number")?;
    let mut took: Vec<Vec<T>> = (0..subjects).map(|_| Vec::new()).collect();
    let start = Instant::now();
    for round in 0.. {
        for turn in 0..subjects {
            let subject = (round + turn) % subjects;
            took[subject].push(measure(subject)?);
        }
        if start.elapsed() >= duration {
            break;
        }
    }
    Ok(took)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_has_its_turn_in_every_round_and_no_round_begins_as_the_one_before() -> Result<()> {
        let mut turns = Vec::new();
        let took = take_turns(3, 0.01, |subject| {
            turns.push(subject);
            std::thread::sleep(Duration::from_millis(1));
            Ok(subject)
        })?;
        let rounds = turns.len() / 3;
        assert!(rounds > 1, "{turns:?}");
        assert_eq!(took, [vec![0; rounds], vec![1; rounds], vec![2; rounds]]);
        let firsts: Vec<_> = turns.chunks(3).map(|round| round[0]).collect();
        assert!(firsts.windows(2).all(|pair| pair[0] != pair[1]), "{firsts:?}");
        Ok(())
    }

    #[test]
    fn there_is_one_round_at_least_and_a_negative_time_is_refused() {
        assert_eq!(take_turns(2, 0.0, Ok).map_err(drop), Ok(vec![vec![0], vec![1]]));
        assert!(take_turns(2, -1.0, Ok).is_err());
    }
}
