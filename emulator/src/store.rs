//! The state on disk: a file of lines, with the state at some time and each change since.
//!
//! A line is a checksum and JSON. It counts once it is complete on the disk. The first line is a state, the others are
//! lists of changes. The cost of a change is proportional to its size. When the changes outgrow the state, a new file
//! with the current state replaces the old one.

use crate::cognito::Cognito;
use crate::kept::{Change, Part};
use crate::unquoted::unquoted;
use crate::world::{State, World};
use ring::digest::{SHA256, digest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::time::Duration;

/// How long changes may wait before they are written.
const DELAY: Duration = Duration::from_millis(200);

/// How many bytes of changes a small state may have.
const CHANGES: u64 = 256 * 1024;

/// How many digits a checksum has. The first digits of SHA-256 are enough against accidents.
const CHECKSUM: usize = 16;

/// Why the state can't be stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or the file can't be used.
    #[error("{}: {source}; name a folder that this program may write to", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// The file isn't a state of this version, or was damaged.
    #[error("{}, line {line}: {message}; move the file away to begin anew", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// The line in it, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
}

/// How large the file is: with its state alone, and what changes have been added.
#[derive(Debug, Clone, Copy)]
struct Size {
    state: u64,
    changes: u64,
}

fn file(folder: &Path) -> PathBuf {
    folder.join("cognito.json")
}

/// The checksum of a line's JSON.
fn checksum(json: &[u8]) -> String {
    let digest = digest(&SHA256, json);
    let digits = digest.as_ref().iter().map(|byte| format!("{byte:02x}"));
    digits.take(CHECKSUM / 2).collect()
}

/// A value as a line.
fn line(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let json = serde_json::to_vec(value)?;
    let mut line = checksum(&json).into_bytes();
    line.push(b' ');
    line.extend(json);
    line.push(b'\n');
    Ok(line)
}

/// The JSON of a line, if it is whole.
fn json(line: &[u8]) -> Option<&[u8]> {
    let (sum, json) = line.strip_suffix(b"\n")?.split_at_checked(CHECKSUM)?;
    let json = json.strip_prefix(b" ")?;
    (sum == checksum(json).as_bytes()).then_some(json)
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, String> {
    serde_json::from_slice(json).map_err(|error| unquoted(&error.to_string()))
}

/// The state that a file tells of. `path` is for messages.
fn state(text: &[u8], path: &Path) -> Result<State, StoreError> {
    let mut lines = text.split_inclusive(|byte| *byte == b'\n').enumerate().peekable();
    let mut state = None;
    while let Some((before, line)) = lines.next() {
        let wrong = |message: String| StoreError::Format {
            path: path.to_owned(),
            line: before + 1,
            message,
        };
        let Some(json) = json(line) else {
            if state.is_some() && lines.peek().is_none() {
                tracing::warn!(
                    file = %path.display(),
                    line = before + 1,
                    "the last changes weren't written to their end, and are lost"
                );
                break;
            }
            return Err(wrong("its checksum isn't that of its text".to_owned()));
        };
        match &mut state {
            None => state = Some(read::<State>(json).map_err(wrong)?),
            Some(state) => {
                for change in read::<Vec<Change>>(json).map_err(wrong)? {
                    let applied = match change {
                        Change::Set(at, to) => state.apply(&at, Some(to)),
                        Change::Remove(at) => state.apply(&at, None),
                    };
                    applied.map_err(|message| wrong(unquoted(&message)))?;
                }
            }
        }
    }
    state.ok_or_else(|| StoreError::Format {
        path: path.to_owned(),
        line: 1,
        message: "there is no state in it".to_owned(),
    })
}

/// Puts a file with this text in the place of the one that is there: at each moment the one or the other is there.
fn put(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let new = path.with_extension("json.new");
    let mut output = File::create(&new)?;
    output.write_all(text)?;
    output.sync_all()?;
    fs::rename(&new, path)?;
    // The new name must survive a loss of power, too; other systems don't open folders.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Adds a line to the file; says whether there is one.
fn add(path: &Path, line: &[u8]) -> io::Result<bool> {
    let mut output = match OpenOptions::new().append(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        opened => opened?,
    };
    output.write_all(line)?;
    output.sync_data()?;
    Ok(true)
}

impl Cognito {
    /// Loads the state in `folder`, if there is one, and moves the clock forward to where it was. Changes whose writing
    /// was interrupted are dropped, with a warning in the log.
    ///
    /// # Errors
    /// The file can't be read, isn't a state, or was damaged elsewhere than at its end.
    pub fn load(&self, folder: &Path) -> Result<(), StoreError> {
        let path = file(folder);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(StoreError::Io { path, source }),
        };
        let state = state(&text, &path)?;
        let mut world = self.world();
        // The moments in the state are those of a clock that was at least this far ahead.
        world.around.clock.catch_up(state.ahead);
        world.state = state;
        Ok(())
    }

    /// Writes the state into `folder`.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub fn save(&self, folder: &Path) -> Result<(), StoreError> {
        self.write(folder, |_| Ok(())).map(drop)
    }

    /// Writes changes into `folder` shortly after they happen, forever or until a write fails. Run only one at a time:
    /// with two folders, each would get only some of the changes.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub async fn keep(&self, folder: &Path) -> Result<(), StoreError> {
        let mut size = self.write(folder, State::watch)?;
        loop {
            tokio::time::sleep(DELAY).await;
            size = self.write_changes(folder, size)?;
        }
    }

    /// Writes all of the state, to which `then` happens before it can change.
    fn write(
        &self,
        folder: &Path,
        then: impl FnOnce(&mut State) -> serde_json::Result<()>,
    ) -> Result<Size, StoreError> {
        let _alone = self.inner.disk.lock().unwrap_or_else(PoisonError::into_inner);
        self.write_alone(folder, then)
    }

    fn write_alone(
        &self,
        folder: &Path,
        then: impl FnOnce(&mut State) -> serde_json::Result<()>,
    ) -> Result<Size, StoreError> {
        let path = file(folder);
        let text = {
            let mut world = self.world();
            let state = timed(&mut world);
            line(state).and_then(|text| then(state).map(|()| text))
        };
        let text = text.map_err(|error| unwritable(&path, &error))?;
        put(&path, &text).map_err(|source| StoreError::Io { path, source })?;
        Ok(Size {
            state: text.len() as u64,
            changes: 0,
        })
    }

    /// Adds what has changed to the file, or writes a new one where that is due.
    fn write_changes(&self, folder: &Path, mut size: Size) -> Result<Size, StoreError> {
        let _alone = self.inner.disk.lock().unwrap_or_else(PoisonError::into_inner);
        let path = file(folder);
        let mut changes = Vec::new();
        {
            let mut world = self.world();
            let state = timed(&mut world);
            // A state that was put in another one's place has no changes of its own.
            if state.written.is_watched() && size.changes <= size.state.max(CHANGES) {
                let taken = state.changes(&mut Vec::new(), &mut changes);
                taken.map_err(|error| unwritable(&path, &error))?;
                if changes.is_empty() {
                    return Ok(size);
                }
            }
        }
        if !changes.is_empty() {
            let line = line(&changes).map_err(|error| unwritable(&path, &error))?;
            if add(&path, &line).map_err(|source| StoreError::Io { path, source })? {
                size.changes += line.len() as u64;
                return Ok(size);
            }
        }
        self.write_alone(folder, State::watch)
    }
}

/// The state, with the time that its clock has.
fn timed(world: &mut World) -> &mut State {
    world.state.ahead = world.around.clock.ahead();
    &mut world.state
}

fn unwritable(path: &Path, error: &serde_json::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        source: io::Error::other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Size, file};
    use crate::cognito::Cognito;
    use crate::kept::Part;
    use crate::world::State;
    use serde_json::{Value, json};
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    /// A Cognito with a pool in which there are users, kept in `folder`, and the pool's id.
    async fn kept(folder: &Path, users: usize) -> (Cognito, Size, String) {
        let cognito = Cognito::new();
        let pool = ask(&cognito, "CreateUserPool", json!({ "PoolName": "test" })).await;
        let pool = pool["UserPool"]["Id"].as_str().expect("an id").to_owned();
        for user in 0..users {
            add(&cognito, &pool, &format!("user{user}")).await;
        }
        let size = cognito.write(folder, State::watch).expect("written");
        (cognito, size, pool)
    }

    /// Writes a state with one user, and two changes of its name: `first`, `second`. Returns the pool's id.
    async fn renamed_twice(folder: &Path) -> String {
        let (cognito, mut size, pool) = kept(folder, 1).await;
        for turn in ["first", "second"] {
            rename(&cognito, &pool, "user0", turn).await;
            size = cognito.write_changes(folder, size).expect("written");
        }
        pool
    }

    async fn ask(cognito: &Cognito, operation: &str, input: Value) -> Value {
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let body = input.to_string();
        let reply = cognito_idp::server::dispatch(cognito, &target, body.as_bytes()).expect("known");
        let body = reply.await.unwrap_or_else(|_| panic!("{operation} is refused"));
        serde_json::from_slice(&body).unwrap_or_default()
    }

    async fn add(cognito: &Cognito, pool: &str, name: &str) {
        let attributes = json!([{ "Name": "email", "Value": format!("{name}@example.com") }]);
        let input = json!({ "UserPoolId": pool, "Username": name, "MessageAction": "SUPPRESS",
            "UserAttributes": attributes });
        ask(cognito, "AdminCreateUser", input).await;
    }

    async fn rename(cognito: &Cognito, pool: &str, user: &str, name: &str) {
        let attributes = json!([{ "Name": "name", "Value": name }]);
        let input = json!({ "UserPoolId": pool, "Username": user, "UserAttributes": attributes });
        ask(cognito, "AdminUpdateUserAttributes", input).await;
    }

    async fn name(cognito: &Cognito, pool: &str, user: &str) -> Value {
        let user = ask(cognito, "AdminGetUser", json!({ "UserPoolId": pool, "Username": user })).await;
        let attributes = user["UserAttributes"].as_array().expect("a list");
        let name = attributes.iter().find(|attribute| attribute["Name"] == "name");
        name.map(|name| name["Value"].clone()).unwrap_or_default()
    }

    fn whole(cognito: &Cognito) -> Value {
        serde_json::to_value(&cognito.world().state).expect("JSON")
    }

    fn loaded(folder: &Path) -> Cognito {
        let cognito = Cognito::new();
        cognito.load(folder).expect("loaded");
        cognito
    }

    #[tokio::test]
    async fn a_change_writes_as_much_among_many_users_as_among_few() {
        let mut grown = Vec::new();
        for users in [10, 1_000] {
            let folder = tempfile::tempdir().expect("a folder");
            let (cognito, size, pool) = kept(folder.path(), users).await;
            rename(&cognito, &pool, "user7", "Seven").await;
            let after = cognito.write_changes(folder.path(), size).expect("written");
            assert_eq!(after.state, size.state, "the state isn't written again");
            grown.push(after.changes);
            assert_eq!(
                cognito
                    .write_changes(folder.path(), after)
                    .expect("nothing to write")
                    .changes,
                after.changes
            );
            assert_eq!(whole(&loaded(folder.path())), whole(&cognito));
        }
        assert!(grown[0].abs_diff(grown[1]) < 32, "{grown:?} bytes");
    }

    #[tokio::test]
    async fn the_file_is_written_anew_when_changes_outgrow_the_state() {
        let folder = tempfile::tempdir().expect("a folder");
        let (cognito, mut size, pool) = kept(folder.path(), 1).await;
        let mut rewritten = 0;
        for turn in 0..600 {
            rename(&cognito, &pool, "user0", &format!("turn {turn} {}", "x".repeat(1_500))).await;
            size = cognito.write_changes(folder.path(), size).expect("written");
            rewritten += u32::from(size.changes == 0);
            let length = fs::metadata(file(folder.path())).expect("there").len();
            assert_eq!(length, size.state + size.changes);
            assert!(length < 2 * super::CHANGES, "{length}");
        }
        assert!(rewritten > 1, "{rewritten}");
        assert_eq!(whole(&loaded(folder.path())), whole(&cognito));
    }

    #[tokio::test]
    async fn changes_that_were_cut_off_are_dropped_and_those_before_are_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let pool = renamed_twice(folder.path()).await;
        let path = file(folder.path());
        let text = fs::read(&path).expect("there");
        let last = text[..text.len() - 1].iter().rposition(|byte| *byte == b'\n');
        let last = last.expect("three lines") + 1;
        for cut in (last..text.len()).step_by(7).chain([text.len() - 1]) {
            fs::write(&path, &text[..cut]).expect("writable");
            assert_eq!(
                name(&loaded(folder.path()), &pool, "user0").await,
                "first",
                "cut at {cut}"
            );
        }
        // Whoever goes on from there writes nothing behind the torn line.
        fs::write(&path, &text[..text.len() - 3]).expect("writable");
        let cognito = loaded(folder.path());
        let size = cognito.write(folder.path(), State::watch).expect("written");
        rename(&cognito, &pool, "user0", "third").await;
        cognito.write_changes(folder.path(), size).expect("written");
        assert_eq!(name(&loaded(folder.path()), &pool, "user0").await, "third");
    }

    #[tokio::test]
    async fn damage_before_the_end_is_an_error_that_names_file_and_line() {
        let folder = tempfile::tempdir().expect("a folder");
        renamed_twice(folder.path()).await;
        let path = file(folder.path());
        let text = fs::read_to_string(&path).expect("there");
        let damaged = |from: &str, to: &str| {
            fs::write(&path, text.replacen(from, to, 1)).expect("writable");
            Cognito::new().load(folder.path()).expect_err("damaged").to_string()
        };
        for (from, to, line) in [("\"test\"", "\"tent\"", 1), ("\"first\"", "\"worst\"", 2)] {
            assert_eq!(text.matches(from).count(), 1, "{from}");
            let error = damaged(from, to);
            assert!(error.contains(&format!("cognito.json, line {line}: ")), "{error}");
            assert!(error.contains("checksum"), "{error}");
        }
    }

    #[tokio::test]
    async fn the_clock_is_as_far_ahead_after_a_restart_as_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let (cognito, size, _) = kept(folder.path(), 0).await;
        let year = Duration::from_secs(365 * 86_400);
        cognito.clock().advance(year);
        let size = cognito.write_changes(folder.path(), size).expect("written");
        assert!(size.changes > 0, "the time alone is a change");
        let next = loaded(folder.path());
        assert!(next.clock().now() >= SystemTime::now() + year - Duration::from_secs(60));
        // Whoever is further ahead stays there.
        next.clock().advance(year);
        next.load(folder.path()).expect("loaded");
        assert!(next.clock().now() >= SystemTime::now() + 2 * year - Duration::from_secs(60));
    }

    #[tokio::test]
    async fn a_state_put_in_the_place_of_another_is_written_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let (cognito, size, _) = kept(folder.path(), 3).await;
        cognito.reset();
        let size = cognito.write_changes(folder.path(), size).expect("written");
        assert_eq!(size.changes, 0);
        assert_eq!(whole(&loaded(folder.path())), whole(&Cognito::new()));
        // A file that someone has taken away comes again.
        fs::remove_file(file(folder.path())).expect("there");
        ask(&cognito, "CreateUserPool", json!({ "PoolName": "new" })).await;
        cognito.write_changes(folder.path(), size).expect("written");
        assert_eq!(whole(&loaded(folder.path())), whole(&cognito));
    }
}
