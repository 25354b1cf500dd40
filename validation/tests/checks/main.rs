//! Values checked against a small service: what a client learns, and in which words a server refuses.

mod refusals;
mod request;
mod violations;
