//! What the tests share.

pub mod codes;
pub mod data;
pub mod faults;
pub mod fuzz;
pub mod load;
pub mod model;
pub mod official;
pub mod operations;
pub mod recording;
pub mod schema;
pub mod secrets;
pub mod servers;
pub mod session;
pub mod sessions;
pub mod witness;

use std::fmt;
use std::io::Write;

/// Prints a line of what a test did, whether or not it passes: `println!` is shown for failing tests only.
#[macro_export]
macro_rules! report {
    ($($text:tt)*) => {
        $crate::print_report(format_args!($($text)*))
    };
}

/// See [`report!`].
#[doc(hidden)]
pub fn print_report(text: fmt::Arguments<'_>) {
    // A closed pipe is no reason to fail.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}
