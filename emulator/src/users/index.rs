//! The users of a pool, and an index of the values that ListUsers can search.

use super::filter::{Filter, SEARCHABLE, searched};
use super::{User, UserKey};
use crate::fault::Answer;
use crate::kept::{Change, Kept, Part};
use crate::page::{Page, invalid_token, read_token, write_token};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Bound, Deref};

/// Users by their keys.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Users {
    kept: Kept<User>,
    /// Made by the first search: a pool that nobody searches pays nothing for it.
    #[serde(skip)]
    index: Option<Index>,
}

/// The users who have a value, in the order of values and keys.
#[derive(Debug, Default)]
struct Index {
    /// By attribute: the values as they are searched, each with its user.
    values: BTreeMap<&'static str, BTreeSet<(String, UserKey)>>,
    /// What each user is found by.
    found_by: HashMap<UserKey, Vec<(&'static str, String)>>,
    /// The users who may have changed since. The next search looks at them.
    stale: BTreeSet<UserKey>,
}

impl Index {
    fn refresh(&mut self, users: &BTreeMap<UserKey, User>) {
        while let Some(key) = self.stale.pop_first() {
            for (attribute, value) in self.found_by.remove(&key).unwrap_or_default() {
                if let Some(values) = self.values.get_mut(attribute) {
                    values.remove(&(value, key.clone()));
                }
            }
            let Some(user) = users.get(&key) else { continue };
            let found_by = SEARCHABLE
                .iter()
                .filter_map(|attribute| Some((*attribute, searched(user, attribute)?)));
            let found_by: Vec<_> = found_by.collect();
            for (attribute, value) in &found_by {
                let values = self.values.entry(attribute).or_default();
                values.insert((value.clone(), key.clone()));
            }
            self.found_by.insert(key, found_by);
        }
    }
}

impl Deref for Users {
    type Target = BTreeMap<UserKey, User>;

    fn deref(&self) -> &Self::Target {
        &self.kept
    }
}

impl Users {
    fn touch(&mut self, key: &str) {
        if let Some(index) = &mut self.index {
            index.stale.insert(key.to_owned());
        }
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut User> {
        self.touch(key);
        self.kept.get_mut(key)
    }

    pub(crate) fn insert(&mut self, key: UserKey, user: User) {
        self.touch(&key);
        self.kept.insert(key, user);
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<User> {
        self.touch(key);
        self.kept.remove(key)
    }

    /// A page of the users whom the filter finds, in the order of the values that it looks at.
    ///
    /// It costs what the page holds and what has changed since the last search, however many users there are.
    pub(crate) fn search(&mut self, filter: &Filter, token: Option<&str>, limit: usize) -> Answer<Page<&User>> {
        let first = (filter.value().to_owned(), UserKey::new());
        let mut start = Bound::Included(first.clone());
        if let Some(token) = token {
            let after = serde_json::from_str(&read_token(token)?).map_err(|_| invalid_token())?;
            if after > first {
                start = Bound::Excluded(after);
            }
        }
        let users = &*self.kept;
        let index = self.index.get_or_insert_with(|| Index {
            stale: users.keys().cloned().collect(),
            ..Index::default()
        });
        index.refresh(users);
        let values = index.values.get(filter.attribute()).into_iter();
        let mut found = values
            .flat_map(|values| values.range((start.clone(), Bound::Unbounded)))
            .take_while(|(value, _)| filter.matches(value));
        let page: Vec<_> = found.by_ref().take(limit).collect();
        let more = found.next().is_some();
        let next = page.last().filter(|_| more).map(serde_json::to_string);
        Ok(Page {
            items: page.into_iter().filter_map(|(_, key)| users.get(key)).collect(),
            next: next.and_then(Result::ok).map(|last| write_token(&last)),
        })
    }
}

impl Part for Users {
    fn watch(&mut self) -> serde_json::Result<()> {
        self.kept.watch()
    }

    fn changes(&mut self, path: &mut Vec<String>, into: &mut Vec<Change>) -> serde_json::Result<()> {
        self.kept.changes(path, into)
    }

    fn apply(&mut self, path: &[String], to: Option<Value>) -> Result<(), String> {
        self.index = None;
        self.kept.apply(path, to)
    }
}
