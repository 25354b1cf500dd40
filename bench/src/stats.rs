//! Numbers from rounds.

/// The middle of the numbers; of an even count, the mean of the middle two. Not a number where there are none.
pub(crate) fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    match (numbers.get(numbers.len() / 2), numbers.len() % 2) {
        (None, _) => f64::NAN,
        (Some(middle), 1) => *middle,
        (Some(upper), _) => f64::midpoint(*upper, numbers[numbers.len() / 2 - 1]),
    }
}

/// The median of the ratios of numbers that were measured in the same round.
///
/// Noise that lasts longer than a round, such as a neighbour's build, is in both and drops out.
pub(crate) fn paired_ratio(numbers: &[f64], references: &[f64]) -> f64 {
    median(
        numbers
            .iter()
            .zip(references)
            .map(|(number, reference)| number / reference),
    )
}

/// The least of the numbers.
pub(crate) fn least(numbers: impl IntoIterator<Item = f64>) -> f64 {
    numbers.into_iter().fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlier_does_not_move_the_median() {
        assert_eq!(median([1.0, 2.0, 90.0]), 2.0);
        assert_eq!(median([4.0, 1.0, 2.0, 90.0]), 3.0);
        assert!(median([]).is_nan());
    }

    #[test]
    fn noise_of_a_whole_round_drops_out_of_the_ratio() {
        assert_eq!(paired_ratio(&[2.0, 20.0, 2.0], &[1.0, 10.0, 1.0]), 2.0);
    }
}
