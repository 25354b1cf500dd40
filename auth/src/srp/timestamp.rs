//! The timestamp of a proof: English, the day without a leading zero, whatever the locale and time zone.

use std::fmt::{self, Display, Formatter};
use std::time::{SystemTime, UNIX_EPOCH};

/// A second, which prints as Cognito wants it: `Sun Nov 22 09:05:07 UTC 2026`.
///
/// ```
/// use cognito_auth::srp::Timestamp;
/// assert_eq!(Timestamp::from_unix(1_706_918_400).to_string(), "Sat Feb 3 00:00:00 UTC 2024");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

const SECONDS_A_DAY: i64 = 86_400;
/// Days of 400 years, after which the calendar repeats.
const DAYS_AN_ERA: i64 = 146_097;
/// The epoch, 1970-01-01, was a Thursday.
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Timestamp {
    /// Seconds since 1970-01-01 00:00:00 UTC.
    pub fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let seconds = match time.duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_secs()).unwrap_or(i64::MAX),
        };
        Self(seconds)
    }
}

impl Display for Timestamp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (days, second) = (self.0.div_euclid(SECONDS_A_DAY), self.0.rem_euclid(SECONDS_A_DAY));
        let (year, month, day) = date(days);
        write!(
            f,
            "{} {} {day} {:02}:{:02}:{:02} UTC {year}",
            WEEKDAYS[days.rem_euclid(7) as usize],
            MONTHS[month],
            second / 3600,
            second / 60 % 60,
            second % 60,
        )
    }
}

/// Year, month from zero and day of a day since the epoch. Years begin in March here, so that the leap day is the last.
fn date(days: i64) -> (i64, usize, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(DAYS_AN_ERA), days.rem_euclid(DAYS_AN_ERA));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let first = (153 * month + 2) / 5;
    let civil = (month + 2) % 12;
    let year = era * 400 + year + i64::from(civil < 2);
    (year, civil as usize, day - first + 1)
}
