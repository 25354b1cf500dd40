//! What is to be reached, and whether it is.

use crate::table::Table;

/// A bound on a measured ratio.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

/// How a number is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// `1/6.3`
    Fraction,
    /// `1.18 ×`
    Factor,
    /// `3.1 µs`
    Microseconds,
    /// `0.42 s`
    Seconds,
    /// `100`
    Count,
}

impl Form {
    /// The number in this form.
    pub(crate) fn text(self, number: f64) -> String {
        match self {
            Self::Fraction => format!("1/{:.1}", 1.0 / number),
            Self::Factor => format!("{number:.2} ×"),
            Self::Microseconds => format!("{number:.1} µs"),
            Self::Seconds => format!("{number:.2} s"),
            Self::Count => format!("{number:.0}"),
        }
    }
}

/// A goal, with what was measured.
#[derive(Clone, Debug)]
pub(crate) struct Goal {
    what: String,
    bound: Bound,
    form: Form,
    measured: f64,
}

impl Goal {
    /// A goal for `what`.
    pub(crate) fn new(what: impl Into<String>, bound: Bound, form: Form, measured: f64) -> Self {
        Self {
            what: what.into(),
            bound,
            form,
            measured,
        }
    }

    /// Whether it is met.
    pub(crate) fn is_met(&self) -> bool {
        match self.bound {
            Bound::AtMost(bound) => self.measured <= bound,
            Bound::AtLeast(bound) => self.measured >= bound,
        }
    }

    fn bound_text(&self) -> String {
        match self.bound {
            Bound::AtMost(bound) => format!("≤ {}", self.form.text(bound)),
            Bound::AtLeast(bound) => format!("≥ {}", self.form.text(bound)),
        }
    }
}

/// The table of goals: what, goal, measured, met?
pub(crate) fn table(goals: &[Goal]) -> Table {
    let mut table = Table::new(["what", "goal", "measured", "met?"]);
    for goal in goals {
        table.row([
            goal.what.clone(),
            goal.bound_text(),
            goal.form.text(goal.measured),
            if goal.is_met() { "yes" } else { "no" }.to_owned(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_that_was_not_measured_is_not_met() {
        let goal = |measured| Goal::new("peak memory", Bound::AtMost(0.2), Form::Fraction, measured);
        assert!(goal(0.2).is_met());
        assert!(!goal(0.21).is_met());
        assert!(!goal(f64::NAN).is_met());
    }

    #[test]
    fn a_goal_and_its_measurement_are_written_in_the_same_form() {
        let goal = Goal::new("peak memory", Bound::AtMost(0.2), Form::Fraction, 0.25);
        let text = table(&[goal]).to_string();
        assert!(text.contains("| ≤ 1/5.0 |    1/4.0 |   no |"), "{text}");
    }
}
