//! Imports users from a CSV file: some at a time, with a progress bar, and from where it was interrupted.
//!
//! ```sh
//! cargo run -p examples --bin import_users                          # 10,000 users of its own making
//! cargo run -p examples --bin import_users -- users.csv POOL-ID     # yours, where COGNITO_ENDPOINT says
//! ```
//!
//! The first line of the file names the columns: `username`, and attributes such as `email` and `given_name`. Beside the
//! file, `users.csv.done` gets the name of each user who is there, and `users.csv.rejected` each one that Cognito refuses,
//! with the reason. Interrupt it, by Ctrl-C or by force, and run it again: it goes on with who isn't in one of them.

use anyhow::{Context, Result};
use cognito_idp::Client;
use cognito_idp::config::retry::RetryConfig;
use cognito_idp::error::ProvideSummary;
use cognito_idp::operation::admin_create_user::AdminCreateUserError as CreateError;
use cognito_idp::types::{AttributeType, MessageActionType};
use examples::Place;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::pin::pin;
use tokio::task::JoinSet;

/// How many calls are under way at the same time. AWS allows 50 such calls a second, unless you ask for more.
const AT_ONCE: usize = 16;
/// How many users the demonstration has.
const USERS: usize = 10_000;

#[tokio::main]
async fn main() -> Result<()> {
    let place = Place::from_env()?;
    let mut arguments = std::env::args_os().skip(1);
    if let (Some(file), Some(pool)) = (arguments.next(), arguments.next()) {
        let pool = pool.to_str().context("the id of a user pool is ASCII")?;
        return import(place.client(), pool, Path::new(&file)).await;
    }
    let folder = std::env::temp_dir().join(format!("import-users-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let file = folder.join("users.csv");
    write_users(&file)?;
    let pool = place.pool("import", |pool| pool).await?;
    let imported = import(place.client(), &pool, &file).await;
    place.delete(&pool).await?;
    fs::remove_dir_all(&folder)?;
    imported
}

/// A line of the file: a column's name and its value.
type Row = BTreeMap<String, String>;

/// Imports who isn't there yet.
async fn import(client: &Client, pool: &str, file: &Path) -> Result<()> {
    // Adaptive: once Cognito says that there are too many calls, all of them slow down, and none is lost.
    let retries = RetryConfig::adaptive().with_max_attempts(10);
    let client = Client::from_conf(client.config().to_builder().retry_config(retries).build());

    let mut done = Journal::open(file, "done")?;
    let mut rejected = Journal::open(file, "rejected")?;
    let rows: Vec<Row> = csv::Reader::from_path(file)
        .with_context(|| file.display().to_string())?
        .into_deserialize()
        .collect::<Result<_, _>>()?;
    let bar = ProgressBar::new(u64::try_from(rows.len())?);
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {human_pos} of {human_len}, {per_sec}, {eta} left",
    )?);
    let mut waiting: Vec<Row> = rows
        .into_iter()
        .filter(|row| !done.has(row) && !rejected.has(row))
        .collect();
    waiting.reverse();
    bar.inc(bar.length().unwrap_or_default() - u64::try_from(waiting.len())?);
    bar.reset_eta();

    let mut interrupt = pin!(tokio::signal::ctrl_c());
    let mut interrupted = false;
    let mut calls = JoinSet::new();
    loop {
        while calls.len() < AT_ONCE && !interrupted {
            let Some(row) = waiting.pop() else { break };
            calls.spawn(create(client.clone(), pool.to_owned(), row));
        }
        tokio::select! {
            // What is under way is waited for, so that the journal has it.
            _ = &mut interrupt, if !interrupted => interrupted = true,
            answered = calls.join_next() => match answered {
                None => break,
                Some(answered) => {
                    match answered?? {
                        Answered::There(name) => done.note(&name, "")?,
                        Answered::Refused(name, why) => rejected.note(&name, &why)?,
                    }
                    bar.inc(1);
                }
            },
        }
    }
    bar.finish_and_clear();
    println!(
        "{} users are there, {} were rejected",
        done.names.len(),
        rejected.names.len()
    );
    if interrupted {
        println!("{} are left: run it again", waiting.len());
    }
    Ok(())
}

/// What came of a row.
enum Answered {
    /// The user is there.
    There(String),
    /// Cognito won't have this user, and says why.
    Refused(String, String),
}

/// Creates a user, who gets no mail. A user who is there already was made by a run that couldn't write it down.
async fn create(client: Client, pool: String, mut row: Row) -> Result<Answered> {
    let name = row.remove("username").context("the file has no column `username`")?;
    let mut call = client
        .admin_create_user()
        .user_pool_id(pool)
        .username(&name)
        .message_action(MessageActionType::Suppress);
    for (attribute, value) in row.into_iter().filter(|(_, value)| !value.is_empty()) {
        call = call.user_attributes(AttributeType::builder().name(attribute).value(value).build()?);
    }
    let error = match call.send().await {
        Ok(_) => return Ok(Answered::There(name)),
        Err(error) => error,
    };
    match error.as_service_error() {
        Some(CreateError::UsernameExistsException(_)) => Ok(Answered::There(name)),
        // The row's own fault: the others go on.
        Some(CreateError::InvalidParameterException(_) | CreateError::UserLambdaValidationException(_)) => {
            Ok(Answered::Refused(name, error.summary().to_string()))
        }
        // No network, no permission, no such pool: the next row would fare no better.
        _ => Err(anyhow::Error::msg(format!("{:#}", error.summary()))),
    }
}

/// A file beside the CSV file, a name a line, which survives the process.
struct Journal {
    names: HashSet<String>,
    file: File,
}

impl Journal {
    fn open(csv: &Path, what: &str) -> Result<Self> {
        let mut path = OsString::from(csv);
        path.push(format!(".{what}"));
        let path = PathBuf::from(path);
        let text = fs::read_to_string(&path).unwrap_or_default();
        // A line without its end was cut off: that user is asked for again.
        let whole = text.rfind('\n').map_or("", |end| text.get(..=end).unwrap_or_default());
        let names = whole
            .lines()
            .filter_map(|line| line.split('\t').next())
            .map(str::to_owned)
            .collect();
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        file.set_len(u64::try_from(whole.len())?)?;
        Ok(Self { names, file })
    }

    fn has(&self, row: &Row) -> bool {
        row.get("username").is_some_and(|name| self.names.contains(name))
    }

    fn note(&mut self, name: &str, why: &str) -> Result<()> {
        let line = if why.is_empty() {
            format!("{name}\n")
        } else {
            format!("{name}\t{why}\n")
        };
        // In one write, so that it is whole or not there.
        self.file.write_all(line.as_bytes())?;
        self.names.insert(name.to_owned());
        Ok(())
    }
}

/// The users of the demonstration.
fn write_users(file: &Path) -> Result<()> {
    let mut writer = csv::Writer::from_path(file)?;
    writer.write_record(["username", "email", "given_name"])?;
    for number in 1..=USERS {
        let name = format!("user{number:05}");
        writer.write_record([&name, &format!("{name}@example.com"), &format!("User {number}")])?;
    }
    writer.flush()?;
    Ok(())
}
