//! Inputs made from seeds by a few random changes each: no coverage guides them, but they need no other compiler.

use fastrand::Rng;

/// What readers of JSON, of host names and of numbers stumble over.
const TOKENS: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\n",
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1e400",
    "-1e400",
    "8.5",
    "9223372036854775808",
    "18446744073709551616",
    "1e-400",
    "NaN",
    "\"\"",
    "{}",
    "[]",
    "[[[[[[[[",
    "\\ud800",
    "\\u0000",
    "\\udc00\\ud800",
    "\"__type\":\"UserNotFoundException\",",
    "\"message\":",
    "\"Zzz\":1,",
    "\u{1}",
    "\u{feff}",
    "é",
    "..",
    "@",
    "/",
    "#",
    "%00",
];

/// One of the seeds, with one to six changes.
pub fn mutated(seeds: &[Vec<u8>], rng: &mut Rng) -> Vec<u8> {
    let mut input = rng.choice(seeds).cloned().unwrap_or_default();
    for _ in 0..rng.usize(1..=6) {
        change(&mut input, seeds, rng);
    }
    input
}

fn change(input: &mut Vec<u8>, seeds: &[Vec<u8>], rng: &mut Rng) {
    let at = rng.usize(..=input.len());
    let to = (at + rng.usize(..=12)).min(input.len());
    match rng.u8(..8) {
        0 if at < input.len() => input[at] ^= 1 << rng.u8(..8),
        1 if at < input.len() => input[at] = rng.u8(..),
        2 => drop(input.drain(at..to)),
        3 => input.truncate(at),
        4 => {
            let again = input[at..to].to_vec();
            drop(input.splice(at..at, again));
        }
        5 => {
            let other = rng.choice(seeds).cloned().unwrap_or_default();
            let from = rng.usize(..=other.len());
            let end = (from + rng.usize(..=64)).min(other.len());
            drop(input.splice(at..to, other[from..end].iter().copied()));
        }
        6 => drop(input.splice(at..to, token(rng))),
        _ => drop(input.splice(at..at, token(rng))),
    }
}

fn token(rng: &mut Rng) -> impl Iterator<Item = u8> {
    TOKENS[rng.usize(..TOKENS.len())].bytes()
}
