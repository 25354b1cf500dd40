//! Any model is read, or its mistakes are said.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    cognito_tests::fuzz::model(input);
});
