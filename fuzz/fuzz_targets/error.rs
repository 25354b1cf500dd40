//! Any error response gives an error, with the code of its header.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    cognito_tests::fuzz::error(input);
});
