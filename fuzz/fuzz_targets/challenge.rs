//! Any answer to a sign-in is a challenge, or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    cognito_tests::fuzz::challenge(input);
});
