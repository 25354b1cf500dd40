//! The macros that turn a table of members, values or errors into types.
//!
//! A generated file holds tables, one row a member, and reads like the service's model:
//!
//! ```text
//! /// The pool's id.
//! user_pool_id(set_user_pool_id, get_user_pool_id): string = "UserPoolId";
//! users(set_users, get_users): list(UserType) = "Users";
//! created(set_created, get_created): required timestamp = "CreatedAt" as EpochSeconds;
//! ```
//!
//! that is: documentation, the names of the accessors (a macro can't make names), the kind, the name on the wire, and
//! where serde alone can't know it the wire format. `sensitive` at the end keeps a value out of `Debug`.
//!
//! | kind | type | setter takes |
//! |---|---|---|
//! | `string` | `String` | `impl Into<String>` |
//! | `bool`, `i32`, … | the same | the same |
//! | `timestamp`, `blob`, `document` | `DateTime`, `Blob`, `Document` | the same |
//! | `enumeration(T)`, `value(T)` | `T` | the same |
//! | `boxed(T)` | `Box<T>` | `impl Into<Box<T>>` |
//! | `list(T)` | `Vec<T>` | one item, which it appends |
//! | `map(K => V)` | `HashMap<K, V>` | one entry, which it inserts |
//!
//! A member is an `Option` of that. With `required` it isn't: a builder fails without it, and a response that leaves it
//! out gets an empty value. With `defaulted` the builder takes the empty value, too. `expected` members (structures)
//! are optional, but a response that leaves one out gets an empty one.

mod accessor;
mod enumeration;
mod error;
mod paginator;
mod structure;
mod union;
