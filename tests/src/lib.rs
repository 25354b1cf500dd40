//! What the tests share.

pub mod codes;
pub mod data;
pub mod model;
pub mod operations;
pub mod recording;
pub mod servers;
pub mod session;
pub mod sessions;
pub mod witness;
