//! Throughput of JSON: the full input of `CreateUserPool` is written, a full page of `ListUsers` is read.

mod codec;
mod full_input;
mod page;
mod probe;
mod subjects;

use crate::derived::ListUsersPage;
use crate::goal::{Bound, Form, Goal};
use crate::rounds::take_turns;
use crate::stats::{least, median, paired_ratio};
use crate::table::Table;
use anyhow::Result;
use clap::{Args, ValueEnum};
use cognito_idp::operation::list_users::ListUsersOutput;
use subjects::{Sample, Subject, from_slice, of_official, of_ours, to_vec};
use tokio::runtime::Runtime;

/// How to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// For how long to measure each table
    #[arg(long, default_value_t = 8.0)]
    pub(crate) seconds: f64,
    /// Run just one subject, and measure nothing else: for a profiler
    #[arg(long)]
    pub(crate) only: Option<Name>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Name {
    /// aws-sdk-cognitoidentityprovider, through the operation's serializer or deserializer
    Official,
    /// cognito-idp, in the same way
    Ours,
    /// aws-sdk-cognitoidentityprovider, through its codec directly
    OfficialCodec,
    /// cognito-idp, through serde_json directly
    OursSerde,
    /// Hand-written structs with derived impls, through serde_json directly
    Derived,
}

impl Name {
    fn label(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Ours => "ours",
            Self::OfficialCodec => "official, codec alone",
            Self::OursSerde => "ours, serde alone",
            Self::Derived => "derived, serde alone",
        }
    }
}

impl Name {
    /// What of the official crate it is compared with: the same amount of work.
    fn official(self) -> Self {
        match self {
            Self::Official | Self::Ours => Self::Official,
            Self::OfficialCodec | Self::OursSerde | Self::Derived => Self::OfficialCodec,
        }
    }
}

/// Measures, and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<Goal>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (official, ours, derived) = subjects::inputs()?;
    let body = serde_json::to_vec(&ours)?;
    let page = page::page();
    subjects::derived_page(page.as_bytes())?;

    let writing = Task {
        title: "Write CreateUserPool's full input",
        short: "write JSON",
        ours: Name::OursSerde,
        bytes: body.len(),
        subjects: vec![
            (Name::Official, of_official::serializer(&runtime)?),
            (Name::Ours, of_ours::serializer(&runtime)?),
            (Name::OfficialCodec, codec::to_vec(&official)),
            (Name::OursSerde, to_vec(&ours)),
            (Name::Derived, to_vec(&derived)),
        ],
    };
    let reading = Task {
        title: "Read a page of 60 users of ListUsers",
        short: "read JSON",
        ours: Name::Ours,
        bytes: page.len(),
        subjects: reading(&runtime, &page)?,
    };
    let mut goals = Vec::new();
    for task in [writing, reading] {
        goals.extend(task.run(arguments.seconds, arguments.only)?);
    }
    Ok(goals)
}

fn reading<'a>(runtime: &'a Runtime, page: &'a str) -> Result<Vec<(Name, Subject<'a>)>> {
    Ok(vec![
        (Name::Official, of_official::deserializer(runtime, page)?),
        (Name::Ours, of_ours::deserializer(runtime, page)?),
        (Name::OfficialCodec, codec::from_slice(page.as_bytes())),
        (Name::OursSerde, from_slice::<ListUsersOutput>(page.as_bytes())),
        (Name::Derived, from_slice::<ListUsersPage>(page.as_bytes())),
    ])
}

/// Work that all subjects do.
struct Task<'a> {
    title: &'static str,
    short: &'static str,
    /// What of ours the goals mean.
    ours: Name,
    bytes: usize,
    subjects: Vec<(Name, Subject<'a>)>,
}

/// What one subject took.
struct Outcome {
    name: Name,
    cpu: Vec<f64>,
    allocations: Option<f64>,
}

impl Task<'_> {
    fn run(mut self, seconds: f64, only: Option<Name>) -> Result<Vec<Goal>> {
        self.subjects.retain(|(name, _)| only.is_none_or(|only| only == *name));
        let outcomes = self.measure(seconds)?;
        println!("### {} ({} bytes)\n\n{}", self.title, self.bytes, self.table(&outcomes));
        Ok(self.goals(&outcomes))
    }

    fn measure(&self, seconds: f64) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::new();
        for (name, subject) in &self.subjects {
            let Sample { allocations, .. } = subject(true)?;
            outcomes.push(Outcome {
                name: *name,
                cpu: Vec::new(),
                allocations,
            });
        }
        let took = take_turns(outcomes.len(), seconds, |index| Ok(self.subjects[index].1(false)?.cpu))?;
        for (outcome, cpu) in outcomes.iter_mut().zip(took) {
            outcome.cpu = cpu;
        }
        Ok(outcomes)
    }

    fn table(&self, outcomes: &[Outcome]) -> Table {
        let mut table = Table::new(["", "µs", "least", "MB/s", "to official", "to derived", "allocations"]);
        for outcome in outcomes {
            let microseconds = median(outcome.cpu.iter().copied());
            let speed = |reference| {
                speed(outcomes, outcome.name, reference).map_or_else(String::new, |ratio| Form::Factor.text(ratio))
            };
            table.row([
                outcome.name.label().to_owned(),
                format!("{microseconds:.2}"),
                format!("{:.2}", least(outcome.cpu.iter().copied())),
                format!("{:.0}", self.bytes as f64 / microseconds),
                speed(outcome.name.official()),
                speed(Name::Derived),
                outcome.allocations.map_or_else(String::new, |it| format!("{it:.1}")),
            ]);
        }
        table
    }

    /// Compared with JSON alone, without a request or a response around it.
    ///
    /// A client writes with `to_vec`, but doesn't read with `from_slice`: its reader counts, with the response around it.
    fn goals(&self, outcomes: &[Outcome]) -> Vec<Goal> {
        let goal = |name, reference, words, bound| {
            let what = format!("{}: {words}", self.short);
            let measured = speed(outcomes, name, reference)?;
            Some(Goal::new(what, Bound::AtLeast(bound), Form::Factor, measured))
        };
        let official = goal(self.ours, Name::OfficialCodec, "speed of the official crate", 2.0);
        let derived = goal(self.ours, Name::Derived, "speed of derived serde_json", 0.9);
        official.into_iter().chain(derived).collect()
    }
}

/// How many times as fast as the reference a subject is.
fn speed(outcomes: &[Outcome], name: Name, reference: Name) -> Option<f64> {
    let cpu = |name| outcomes.iter().find(|it| it.name == name).map(|it| it.cpu.as_slice());
    Some(paired_ratio(cpu(reference)?, cpu(name)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn runtime() -> Runtime {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime starts")
    }

    fn parse(json: &[u8]) -> Value {
        serde_json::from_slice(json).expect("it is JSON")
    }

    #[test]
    fn all_write_the_same_json() {
        let runtime = runtime();
        let (official, ours, derived) = subjects::inputs().expect("the input is complete");
        let alone = codec::write(&codec::codec(), &official).expect("it is serializable");
        let official = parse(&of_official::body(&runtime).expect("the serializer is there"));
        assert_eq!(parse(&alone), official);
        assert_eq!(
            parse(&of_ours::body(&runtime).expect("the serializer is there")),
            official
        );
        assert_eq!(parse(&serde_json::to_vec(&ours).expect("it is serializable")), official);
        assert_eq!(
            parse(&serde_json::to_vec(&derived).expect("it is serializable")),
            official
        );
    }

    #[test]
    fn all_read_the_full_page() {
        let page = page::page();
        for (name, read) in reading(&runtime(), &page).expect("the deserializers are there") {
            assert!(read(false).is_ok(), "{name:?}");
        }
        let derived = subjects::derived_page(page.as_bytes()).expect("the page is full");
        assert_eq!(
            parse(&serde_json::to_vec(&derived).expect("it is serializable")),
            parse(page.as_bytes())
        );
    }
}
