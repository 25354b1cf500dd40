#![doc = include_str!("../README.md")]
//!
//! # Example
//!
//! ```
//! use cognito_idp::operation::create_user_pool_client::CreateUserPoolClientInput;
//! use cognito_idp::validation::Validate;
//!
//! let input = CreateUserPoolClientInput::builder()
//!     .user_pool_id("us-east-1_EXAMPLE")
//!     .client_name("web")
//!     .callback_urls("http://example.com/callback")
//!     .build()?;
//! if let Err(errors) = input.validate() {
//!     let text = errors.to_string();
//!     assert!(text.starts_with(r#"`CallbackURLs[0]` (now "http://example.com/callback") must use https"#), "{text}");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod cognito_idp;
mod macros;
