//! The transcript: titles, requests, answers.

use std::fmt::Display;
use std::io::Write;

/// A name and what to print after it.
pub(crate) type Field<'a> = (&'a str, &'a dyn Display);

/// Prints the transcript of the tour.
///
/// It ignores write errors: a closed pipe must not keep the tour from deleting what it made.
pub struct Console<'a> {
    out: &'a mut dyn Write,
}

impl<'a> Console<'a> {
    /// Prints to `out`.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self { out }
    }

    /// The first line.
    pub fn title(&mut self, text: &str) {
        self.line(format_args!("{text}"));
    }

    /// The heading of a step.
    pub(crate) fn step(&mut self, text: &str) {
        self.line(format_args!("\n{text}"));
    }

    /// The operation that is about to be sent, with the main members of its request.
    pub(crate) fn request(&mut self, operation: &str, fields: &[Field<'_>]) {
        self.line(format_args!("   {operation}"));
        self.fields("->", fields);
    }

    /// The main members of the answer.
    pub(crate) fn answer(&mut self, fields: &[Field<'_>]) {
        self.fields("<-", fields);
    }

    /// An answer without members.
    pub(crate) fn done(&mut self) {
        self.line(format_args!("   <- done"));
    }

    /// A remark of the tour itself.
    pub(crate) fn note(&mut self, text: &dyn Display) {
        self.line(format_args!("   {text}"));
    }

    fn fields(&mut self, arrow: &str, fields: &[Field<'_>]) {
        for (name, value) in fields {
            self.line(format_args!("   {arrow} {name:<20} {value}"));
        }
    }

    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.out, "{text}");
    }
}

/// A secret as it may be printed: its first characters and its length.
pub(crate) fn redacted(secret: Option<&str>) -> String {
    match secret {
        Some(secret) => {
            let start: String = secret.chars().take(6).collect();
            format!("{start}... ({} characters)", secret.chars().count())
        }
        None => "none".to_owned(),
    }
}
