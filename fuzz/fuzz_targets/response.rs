//! Any body is read as an output, or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    cognito_tests::fuzz::response(input);
});
