//! The table: what goes wrong, group by group.

mod answers;
mod bodies;
mod connections;
mod errors;
mod framing;
mod surroundings;

use super::measure::{Call, Keep, Place, Right, Row, Settings};
use super::server::{Act, Turn, response, send};
use std::time::Duration;

/// The groups of the table, with their titles.
pub fn groups() -> Vec<(&'static str, Vec<Row>)> {
    vec![
        ("Connections that break", connections::rows()),
        ("Answers that take their time", connections::slow()),
        ("Answers that aren't HTTP, or more than one", framing::rows()),
        ("Headers and statuses", answers::rows()),
        ("Bodies of a success", bodies::rows()),
        ("Errors of the service", errors::rows()),
        ("Throttling, in every spelling", errors::throttling()),
        ("Clocks", errors::clocks()),
        ("TLS", surroundings::tls()),
        ("Credentials and addresses", surroundings::rows()),
    ]
}

/// A row with nothing special.
fn row(name: impl Into<String>, script: Vec<Turn>) -> Row {
    Row {
        name: name.into(),
        call: Call::GetUser,
        script,
        settings: Settings::default(),
        place: Place::Plain,
        keep: Keep::Alive,
        right: None,
        takes: Duration::ZERO,
        pause: Duration::ZERO,
        heavy: false,
    }
}

/// The same turn for each of the three attempts.
fn always(turn: Turn) -> Vec<Turn> {
    vec![turn.clone(), turn.clone(), turn]
}

/// The answer to a request.
fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Turn {
    Turn::new([send(response(status, headers, body))])
}

/// A success with this body.
fn success(body: impl AsRef<[u8]>) -> Turn {
    answer("200 OK", "", body)
}

impl Row {
    fn call(mut self, call: Call) -> Self {
        self.call = call;
        self
    }

    fn settings(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    fn place(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    fn keep(mut self, keep: Keep) -> Self {
        self.keep = keep;
        self
    }

    fn right(mut self, outcome: impl Into<String>, attempts: impl Into<Option<usize>>) -> Self {
        self.right = Some(Right {
            outcome: outcome.into(),
            attempts: attempts.into(),
        });
        self
    }

    fn takes(mut self, milliseconds: u64) -> Self {
        self.takes = Duration::from_millis(milliseconds);
        self
    }

    fn pause(mut self, milliseconds: u64) -> Self {
        self.pause = Duration::from_millis(milliseconds);
        self
    }

    fn heavy(mut self) -> Self {
        self.heavy = true;
        self
    }
}

/// The end of a connection.
fn end(reset: bool) -> Act {
    if reset { Act::Reset } else { Act::Close }
}
