//! Any region and endpoint are resolved, or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    cognito_tests::fuzz::endpoint(input);
});
