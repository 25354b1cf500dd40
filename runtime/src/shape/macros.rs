//! The macros that say what a type does, by a table beside it.
//!
//! A generated file holds plain Rust structs with their documentation. Beside each stands a table with a row a member,
//! from which its accessors, its builder, its serde impls, its `Debug` and its `PartialEq` are made:
//!
//! ```text
//! /// 1 to 55 characters.
//! user_pool_id: String = "UserPoolId" => text(set_user_pool_id, get_user_pool_id);
//! users: Vec<UserType> = "Users" => append(set_users, get_users; item: UserType);
//! created: DateTime = "CreatedAt" as EpochSeconds => value(set_created, get_created), required;
//! password: String = "Password" as Sensitive => text(set_password, get_password);
//! ```
//!
//! | part | what it says |
//! |---|---|
//! | `///` | what the setter says besides the member's name |
//! | `users: Vec<UserType>` | the field, and the type of a value; the field is an `Option` of it unless there is always one |
//! | `= "Users"` | the name on the wire |
//! | `as EpochSeconds` | the wire format, a [`Codec`](crate::shape::serde::Codec); without it the type's own |
//! | `append(…)` | what setter and getter take and give, see `accessor.rs`; in it two names, for macros can't make any |
//! | `, required` | there is always a value: a builder fails without it, a response that leaves it out gets an empty one |
//! | `, defaulted` | there is always a value: builder and response get an empty one |
//! | `, expected` | there may be none, but a response that leaves it out gets an empty one |
//!
//! `tutorial.rs` is a whole example, which the tests compile. A new kind of scalar needs none of these macros: it is a
//! variant of `Ty` and perhaps of `Codec` in the generator's plan, and an impl of `Wire` or `Codec` in `serde`.

mod accessor;
mod enumeration;
mod error;
mod page;
mod paginator;
mod structure;
#[cfg(test)]
mod tutorial;
mod union;
