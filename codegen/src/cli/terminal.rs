//! What the command says: results on standard output, as text or JSON; progress, warnings and errors on standard error.
//!
//! Colours are for terminals: `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` are honoured.

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::fmt::{self, Display};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// How the command talks.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Say nothing but results, warnings and errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Print the result as one JSON value, an error as an object with the member `error`
    #[arg(long, global = true)]
    json: bool,
}

/// `--json` was given to a command that has no JSON to print.
#[derive(Debug, thiserror::Error)]
#[error("--json is not known here\n  hint: {0}")]
pub(crate) struct NoJson(pub(crate) &'static str);

/// The result can't be printed.
#[derive(Debug, thiserror::Error)]
#[error("standard output can't be written: {0}\n  hint: check where it leads to")]
pub(crate) struct StdoutError(io::Error);

impl Terminal {
    /// Whether nobody wants to see what is going on.
    pub(crate) fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Whether the result is to be JSON.
    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// Refuses `--json`.
    pub(crate) fn no_json(self, hint: &'static str) -> Result<(), NoJson> {
        if self.json { Err(NoJson(hint)) } else { Ok(()) }
    }

    /// Prints the result: `text`, or else `json`.
    pub(crate) fn result(self, text: impl Display, json: &impl Serialize) -> Result<(), StdoutError> {
        if self.json { print_json(json) } else { print(text) }
    }

    /// Prints a line about what was done, which a quiet command leaves out; `json` in its place.
    pub(crate) fn summary(self, text: impl Display, json: &impl Serialize) -> Result<(), StdoutError> {
        if self.json || !self.quiet {
            self.result(text, json)?;
        }
        Ok(())
    }

    /// A line about what is going on.
    pub(crate) fn progress(self, text: impl Display) {
        if !self.quiet {
            let _ = writeln!(anstream::stderr(), "{text}");
        }
    }

    /// A line that turns while something takes long, on a terminal.
    pub(crate) fn spinner(self, text: impl Display) -> ProgressBar {
        if self.quiet {
            return ProgressBar::hidden();
        }
        let spinner = ProgressBar::new_spinner().with_message(text.to_string());
        spinner.enable_steady_tick(Duration::from_millis(100));
        spinner
    }

    /// A bar, on a terminal. `template` is indicatif's.
    pub(crate) fn bar(self, length: u64, template: &str) -> ProgressBar {
        if self.quiet {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template(template);
        ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }

    /// Something that the user may not have meant.
    pub(crate) fn warning(self, text: impl Display) {
        let _ = writeln!(anstream::stderr(), "{WARNING}warning:{WARNING:#} {text}");
    }

    /// Why the command has failed.
    pub(crate) fn error(self, error: &dyn Display) {
        let text = error.to_string();
        if self.json {
            // Where that fails, standard error has the text, too.
            let _ = print_error(&text);
        }
        let text = Hinted(&text);
        let _ = writeln!(anstream::stderr(), "{ERROR}error:{ERROR:#} {text}");
    }
}

/// A path as text. JSON has no other characters than those of UTF-8, and names of files may have.
pub(crate) fn text(path: &Path) -> String {
    path.display().to_string()
}

/// A number of things: `1 file`, `2 files`.
pub(crate) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// Prints a text and a line break.
pub(crate) fn print(text: impl Display) -> Result<(), StdoutError> {
    let text = text.to_string();
    let line = format!("{}\n", text.strip_suffix('\n').unwrap_or(&text));
    print_bytes(line.as_bytes())
}

/// Prints bytes as they are.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<(), StdoutError> {
    let mut stdout = io::stdout().lock();
    printed(stdout.write_all(bytes).and_then(|()| stdout.flush()))
}

/// Whether something was printed. The reader may have seen enough: a closed pipe is no error.
pub(crate) fn printed(result: io::Result<()>) -> Result<(), StdoutError> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(StdoutError(error)),
        _ => Ok(()),
    }
}

/// Prints why the command has failed as JSON.
pub(crate) fn print_error(text: &str) -> Result<(), StdoutError> {
    print_json(&serde_json::json!({ "error": text }))
}

fn print_json(json: &impl Serialize) -> Result<(), StdoutError> {
    match serde_json::to_string_pretty(json) {
        Ok(text) => print(text),
        // Its keys are texts and it has no `Serialize` of its own: it always can be written.
        Err(error) => print(format_args!("{{\"error\": {:?}}}", error.to_string())),
    }
}

/// An error's text, its hints in colour.
struct Hinted<'a>(&'a str);

impl Display for Hinted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = self.0.lines();
        f.write_str(lines.next().unwrap_or_default())?;
        for line in lines {
            f.write_str("\n")?;
            match line.strip_prefix("  hint: ") {
                Some(hint) => write!(f, "  {HINT}hint:{HINT:#} {hint}")?,
                None => f.write_str(line)?,
            }
        }
        Ok(())
    }
}
