//! Parts of the state that know what has changed in them, so that the changes are written and not all of the state.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Deref;

/// What became of one part of the state: the names that lead to it, and its new value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Change {
    Set(Vec<String>, Value),
    Remove(Vec<String>),
}

/// A part of the state. Without methods of its own it is written as a whole.
pub(crate) trait Part: Serialize + DeserializeOwned {
    /// What is there now has been written: changes count from here.
    fn watch(&mut self) -> serde_json::Result<()> {
        Ok(())
    }

    /// Takes what has changed since it was written; `path` leads here.
    fn changes(&mut self, path: &mut Vec<String>, into: &mut Vec<Change>) -> serde_json::Result<()> {
        into.push(Change::Set(path.clone(), serde_json::to_value(self)?));
        Ok(())
    }

    /// Makes a change again: `to` is the value of what `path` leads to from here, or none where that was removed.
    fn apply(&mut self, path: &[String], to: Option<Value>) -> Result<(), String> {
        replace(self, path, to)
    }
}

impl Part for String {}
impl Part for () {}

/// Gives `part` the value that was written, where the path ends at it.
pub(crate) fn replace<T: DeserializeOwned>(part: &mut T, path: &[String], to: Option<Value>) -> Result<(), String> {
    match (path, to) {
        ([], Some(to)) => *part = serde_json::from_value(to).map_err(|error| error.to_string())?,
        ([], None) => return Err("only entries can be removed".to_owned()),
        _ => return Err("there is nothing below this part".to_owned()),
    }
    Ok(())
}

/// Whether an entry was put in as a whole, or may have changed in itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Touch {
    Put,
    Changed,
}

/// A map of parts. All ways to change an entry lead past it, so that none is forgotten.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Kept<V> {
    map: BTreeMap<String, V>,
    /// The entries that aren't written as they are; none where nothing of this map has been written.
    #[serde(skip)]
    touched: Option<BTreeMap<String, Touch>>,
}

impl<V> Default for Kept<V> {
    fn default() -> Self {
        Self {
            map: BTreeMap::new(),
            touched: None,
        }
    }
}

impl<V> Deref for Kept<V> {
    type Target = BTreeMap<String, V>;

    fn deref(&self) -> &Self::Target {
        &self.map
    }
}

impl<V> Kept<V> {
    fn touch(&mut self, key: &str, touch: Touch) {
        let Some(touched) = &mut self.touched else { return };
        match touched.get_mut(key) {
            Some(known) if touch == Touch::Put => *known = touch,
            Some(_) => {}
            None => drop(touched.insert(key.to_owned(), touch)),
        }
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        if self.map.contains_key(key) {
            self.touch(key, Touch::Changed);
        }
        self.map.get_mut(key)
    }

    pub(crate) fn insert(&mut self, key: String, value: V) {
        self.touch(&key, Touch::Put);
        self.map.insert(key, value);
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<V> {
        let value = self.map.remove(key)?;
        self.touch(key, Touch::Put);
        Some(value)
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&String, &V) -> bool) {
        let gone = self.map.iter().filter(|(key, value)| !keep(key, value));
        let gone: Vec<String> = gone.map(|(key, _)| key.clone()).collect();
        for key in gone {
            self.remove(&key);
        }
    }
}

impl<V: Part> Part for Kept<V> {
    fn watch(&mut self) -> serde_json::Result<()> {
        self.touched = Some(BTreeMap::new());
        self.map.values_mut().try_for_each(V::watch)
    }

    fn changes(&mut self, path: &mut Vec<String>, into: &mut Vec<Change>) -> serde_json::Result<()> {
        for (key, touch) in self.touched.replace(BTreeMap::new()).unwrap_or_default() {
            path.push(key);
            match (self.map.get_mut(path.last().map_or("", String::as_str)), touch) {
                (None, _) => into.push(Change::Remove(path.clone())),
                (Some(value), Touch::Changed) => value.changes(path, into)?,
                (Some(value), Touch::Put) => {
                    into.push(Change::Set(path.clone(), serde_json::to_value(&value)?));
                    value.watch()?;
                }
            }
            path.pop();
        }
        Ok(())
    }

    fn apply(&mut self, path: &[String], to: Option<Value>) -> Result<(), String> {
        match (path, to) {
            ([], to) => replace(self, path, to),
            ([key], Some(to)) => {
                let value = serde_json::from_value(to).map_err(|error| error.to_string())?;
                self.map.insert(key.clone(), value);
                Ok(())
            }
            ([key], None) => {
                self.map.remove(key);
                Ok(())
            }
            ([key, rest @ ..], to) => match self.map.get_mut(key) {
                Some(value) => value.apply(rest, to),
                None => Err("it is about an entry that isn't there".to_owned()),
            },
        }
    }
}

/// The members of a structure that are written as a whole, as they were when that last happened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written(Option<BTreeMap<&'static str, Value>>);

impl Written {
    /// Whether the structure has been written at all.
    pub(crate) fn is_watched(&self) -> bool {
        self.0.is_some()
    }

    /// Remembers a member; gives its value if it is another one than before.
    pub(crate) fn note(&mut self, name: &'static str, member: &impl Serialize) -> serde_json::Result<Option<Value>> {
        let value = serde_json::to_value(member)?;
        let known = self.0.get_or_insert_default();
        if known.get(name) == Some(&value) {
            return Ok(None);
        }
        known.insert(name, value.clone());
        Ok(Some(value))
    }
}

/// Makes a structure a [`Part`]: members that are written as a whole when they differ, and those that are parts. A
/// member that is in neither list doesn't compile.
macro_rules! parts {
    ($type:ident: $($whole:ident),*; $($part:ident),*) => {
        impl $crate::kept::Part for $type {
            fn watch(&mut self) -> serde_json::Result<()> {
                let Self { $($whole,)* $($part,)* written } = self;
                $(written.note(stringify!($whole), $whole)?;)*
                $($part.watch()?;)*
                Ok(())
            }

            fn changes(
                &mut self,
                path: &mut Vec<String>,
                into: &mut Vec<$crate::kept::Change>,
            ) -> serde_json::Result<()> {
                let Self { $($whole,)* $($part,)* written } = self;
                $(
                    if let Some(value) = written.note(stringify!($whole), $whole)? {
                        let mut path = path.clone();
                        path.push(stringify!($whole).to_owned());
                        into.push($crate::kept::Change::Set(path, value));
                    }
                )*
                $(
                    path.push(stringify!($part).to_owned());
                    $part.changes(path, into)?;
                    path.pop();
                )*
                Ok(())
            }

            fn apply(&mut self, path: &[String], to: Option<serde_json::Value>) -> Result<(), String> {
                let Some((name, rest)) = path.split_first() else {
                    return $crate::kept::replace(self, path, to);
                };
                match name.as_str() {
                    $(stringify!($whole) => $crate::kept::replace(&mut self.$whole, rest, to),)*
                    $(stringify!($part) => self.$part.apply(rest, to),)*
                    _ => Err("it is about a member that isn't known".to_owned()),
                }
            }
        }
    };
}
pub(crate) use parts;

#[cfg(test)]
mod tests {
    use super::{Change, Kept, Part, Written};
    use serde::{Deserialize, Serialize};
    use serde_json::{Value, json};

    #[derive(Debug, Default, Serialize, Deserialize)]
    struct Room {
        name: String,
        guests: Kept<String>,
        #[serde(skip)]
        written: Written,
    }
    parts!(Room: name; guests);

    fn taken(house: &mut Kept<Room>) -> Vec<Value> {
        let mut changes = Vec::new();
        house.changes(&mut Vec::new(), &mut changes).expect("JSON");
        let json = |change: &Change| serde_json::to_value(change).expect("JSON");
        changes.iter().map(json).collect()
    }

    #[test]
    fn only_what_has_changed_is_told_and_that_once() {
        let mut house = Kept::<Room>::default();
        house.insert("a".to_owned(), Room::default());
        house.watch().expect("JSON");
        assert!(taken(&mut house).is_empty(), "all of it was there before");

        house.insert("b".to_owned(), Room::default());
        let room = house.get_mut("b").expect("put in");
        room.guests.insert("x".to_owned(), "early".to_owned());
        assert_eq!(
            taken(&mut house),
            [json!({ "set": [["b"], { "guests": { "x": "early" }, "name": "" }] })]
        );

        let room = house.get_mut("b").expect("put in");
        room.guests.insert("y".to_owned(), "late".to_owned());
        room.guests.remove("x");
        assert!(room.guests.remove("nobody").is_none());
        assert_eq!(
            taken(&mut house),
            [
                json!({ "remove": ["b", "guests", "x"] }),
                json!({ "set": [["b", "guests", "y"], "late"] })
            ]
        );

        house.get_mut("a").expect("there").name = "hall".to_owned();
        house.remove("b");
        assert_eq!(
            taken(&mut house),
            [json!({ "set": [["a", "name"], "hall"] }), json!({ "remove": ["b"] })]
        );
        assert!(house.get_mut("a").is_some(), "looked at, not changed");
        assert!(taken(&mut house).is_empty());
    }

    #[test]
    fn a_change_that_fits_nothing_is_refused() {
        let mut house = Kept::<Room>::default();
        house.insert("a".to_owned(), Room::default());
        let mut apply = |path: &[&str], to| {
            let path: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
            house.apply(&path, to).err()
        };
        assert_eq!(apply(&["a", "name"], Some("hall".into())), None);
        for path in [&["b", "name"][..], &["a", "colour"], &["a", "name", "first"]] {
            assert!(apply(path, Some("x".into())).is_some(), "{path:?}");
        }
        assert!(apply(&["a", "name"], Some(1.into())).is_some());
        assert!(apply(&["a", "name"], None).is_some());
    }
}
