//! What the reader knows of a place in a document, and what becomes of it.

/// A kind of object in a document, with all keys that it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// What people call it, such as `operation`.
    pub name: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

/// A key, and what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The key, as it is written.
    pub name: &'static str,
    /// What becomes of it.
    pub treatment: Treatment,
}

/// What becomes of a key: there is no fourth way, so that nothing is read and used by nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    /// It decides something, which the sentence names.
    Honoured(&'static str),
    /// What has it can't be generated, for this reason.
    Refused(&'static str),
    /// It isn't read, for this reason.
    Ignored(&'static str),
}

impl Key {
    /// A key that decides something: how.
    pub(crate) const fn honoured(name: &'static str, how: &'static str) -> Self {
        let treatment = Treatment::Honoured(how);
        Self { name, treatment }
    }

    /// A key of what can't be generated: why.
    pub(crate) const fn refused(name: &'static str, why: &'static str) -> Self {
        let treatment = Treatment::Refused(why);
        Self { name, treatment }
    }

    /// A key that isn't read: why.
    pub(crate) const fn ignored(name: &'static str, why: &'static str) -> Self {
        let treatment = Treatment::Ignored(why);
        Self { name, treatment }
    }
}
