//! The macros that implement a type from its table.
//!
//! A generated file has plain Rust structs with their documentation. Each struct has a table with one row per member.
//! The macros make its accessors, builder, serde impls, `Debug` and `PartialEq` from the table:
//!
//! ```text
//! /// 1 to 55 characters.
//! user_pool_id: String = "UserPoolId" => text(set_user_pool_id, get_user_pool_id);
//! users: Vec<UserType> = "Users" => append(set_users, get_users; item: UserType);
//! created: DateTime = "CreatedAt" as EpochSeconds => value(set_created, get_created), required;
//! password: String = "Password" as Sensitive => text(set_password, get_password);
//! ```
//!
//! | part | meaning |
//! |---|---|
//! | `///` | the setter's documentation besides the member's name |
//! | `users: Vec<UserType>` | the field, and the type of its value; the field is an `Option` of that type unless there is always a value |
//! | `= "Users"` | the name on the wire |
//! | `as EpochSeconds` | the wire format, a [`Codec`](crate::shape::serde::Codec); the default is the type's own |
//! | `append(…)` | what the setter takes and the getter returns, see `accessor.rs`; it contains the names of two accessors, because macros can't make names |
//! | `, required` | there is always a value: a builder fails without it, and if a response omits it, it is empty |
//! | `, defaulted` | there is always a value: if a builder or a response omits it, it is empty |
//! | `, expected` | there may be no value, but if a response omits it, it is empty |
//!
//! `runtime/tests/tutorial.rs` is a complete example with tests. A new kind of scalar needs no change of these macros.
//! It needs a variant of `Ty`, and perhaps of `Codec`, in the generator's plan, and an impl of `Wire` or `Codec` in
//! `serde`.

mod accessor;
mod enumeration;
mod error;
mod page;
mod paginator;
mod structure;
mod union;
