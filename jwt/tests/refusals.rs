//! What a verifier refuses, category by category, with tokens made here.

mod support;

use aws_lc_rs::hmac;
use cognito_jwt::{JwksError, KeyFault, Part, Refusal, Verifier};
use serde_json::{Value, json};
use std::time::Duration;
use support::*;

/// Why an access token is refused.
fn refused(token: &str) -> Refusal {
    let verifier = access().build().expect("a verifier");
    verifier.verify_sync(token).expect_err("it is refused")
}

/// Why an access token with these claims is refused.
fn claims_refused(claims: &Value) -> Refusal {
    refused(&KEY.token(claims))
}

/// Why an access token with this payload is refused.
fn payload_refused(payload: &str) -> Refusal {
    refused(&KEY.sign(KEY.header(), payload))
}

/// Why a good access token with this header is refused.
fn header_refused(header: &str) -> Refusal {
    refused(&KEY.sign(header, access_claims().to_string()))
}

fn good() -> String {
    KEY.token(&access_claims())
}

#[test]
fn the_token_that_all_others_are_made_from_is_good() {
    let verifier = access().build().expect("a verifier");
    assert_eq!(
        verifier.verify_sync(&good()).expect("a good token").username.as_deref(),
        Some("alice")
    );
}

mod structure {
    use super::*;

    #[test]
    fn a_token_has_three_parts() {
        let good = good();
        let (signed, signature) = good.rsplit_once('.').expect("parts");
        for token in [
            "",
            "x",
            "x.y",
            signed,
            &format!("{good}."),
            &format!("{good}.x"),
            &format!(".{good}"),
            "a.b.c.d.e",
        ] {
            assert_eq!(refused(token), Refusal::Parts, "{token}");
        }
        assert_eq!(refused(".."), Refusal::Json { part: Part::Header });
        assert_eq!(refused(&format!("{signed}.")), Refusal::Signature);
        let (header, _) = signed.split_once('.').expect("parts");
        assert_eq!(
            refused(&format!("{header}..{signature}")),
            Refusal::Json { part: Part::Payload }
        );
    }

    #[test]
    fn the_parts_are_base64url_without_padding_or_white_space() {
        let good = good();
        let parts: Vec<&str> = good.split('.').collect();
        for (index, part) in [Part::Header, Part::Payload, Part::Signature].into_iter().enumerate() {
            for change in ["=", "==", " ", "\n", "+", "/", "%", "\u{e9}", "\0"] {
                let mut parts: Vec<String> = parts.iter().map(|&part| part.to_owned()).collect();
                parts[index] += change;
                assert_eq!(
                    refused(&parts.join(".")),
                    Refusal::Encoding { part },
                    "{part}: {change:?}"
                );
                parts[index] = format!("{change}{}", &parts[index][..parts[index].len() - change.len()]);
                assert_eq!(
                    refused(&parts.join(".")),
                    Refusal::Encoding { part },
                    "{part}: {change:?}"
                );
            }
        }
        assert_eq!(refused(&format!(" {good}")), Refusal::Encoding { part: Part::Header });
        assert_eq!(
            refused(&format!("{good}\n")),
            Refusal::Encoding { part: Part::Signature }
        );
    }

    #[test]
    fn bits_that_mean_nothing_are_zero() {
        // The last character of a 256-byte signature has four bits; the other two must be zero.
        let good = good();
        let last = good.chars().last().expect("a character");
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let index = alphabet.find(last).expect("Base64url");
        for bits in 1..16 {
            let other = &alphabet[index + bits..=index + bits];
            let token = format!("{}{other}", &good[..good.len() - 1]);
            assert_eq!(refused(&token), Refusal::Encoding { part: Part::Signature });
        }
    }

    #[test]
    fn header_and_payload_are_json_objects() {
        for text in [
            "",
            "x",
            "[]",
            "7",
            "\"x\"",
            "null",
            "{",
            "{}{}",
            "{} {}",
            "{\"a\":}",
            "{'a':1}",
            "\u{feff}{}",
            "{\"a\":\"\u{1}\"}",
            "{\"a\":NaN}",
            "{\"a\":1,}",
            "{\"a\":\"\\ud800\"}",
        ] {
            assert_eq!(header_refused(text), Refusal::Json { part: Part::Header }, "{text}");
            assert_eq!(payload_refused(text), Refusal::Json { part: Part::Payload }, "{text}");
        }
        let bytes = b"{\"a\":\"\xff\"}";
        assert_eq!(refused(&KEY.sign(bytes, "{}")), Refusal::Json { part: Part::Header });
        assert_eq!(
            refused(&KEY.sign(KEY.header(), bytes)),
            Refusal::Json { part: Part::Payload }
        );
    }

    #[test]
    fn trailing_data_is_refused() {
        let text = access_claims().to_string();
        for tail in ["x", "{}", "\0", ",", "}"] {
            assert_eq!(
                payload_refused(&format!("{text}{tail}")),
                Refusal::Json { part: Part::Payload }
            );
            assert_eq!(
                header_refused(&format!("{}{tail}", KEY.header())),
                Refusal::Json { part: Part::Header }
            );
        }
    }

    #[test]
    fn a_name_twice_is_refused() {
        let header = format!("{{\"alg\":\"RS256\",\"kid\":\"{}\",\"alg\":\"RS256\"}}", KEY.kid);
        assert_eq!(header_refused(&header), Refusal::DuplicateMember { part: Part::Header });
        let text = access_claims().to_string();
        for second in [
            "\"exp\":9999999999",
            "\"\\u0065xp\":9999999999",
            "\"tenant\":1",
            "\"sub\":\"root\"",
        ] {
            let payload = format!("{},{second}}}", text.trim_end_matches('}'));
            assert_eq!(
                payload_refused(&payload),
                Refusal::DuplicateMember { part: Part::Payload },
                "{second}"
            );
        }
    }

    #[test]
    fn a_long_token_is_refused_unread() {
        let token = KEY.token(&with(access_claims(), "padding", json!("x".repeat(16 * 1024))));
        assert_eq!(refused(&token), Refusal::TooLong { most: 16 * 1024 });
        let verifier = access().longest_token(usize::MAX).build().expect("a verifier");
        assert!(verifier.verify_sync(&token).is_ok());
        let header = json!({"alg": "RS256", "kid": KEY.kid, "x5c": ["x".repeat(4096)]});
        assert_eq!(header_refused(&header.to_string()), Refusal::TooLong { most: 4096 });
        assert_eq!(refused(&"a.".repeat(1 << 20)), Refusal::TooLong { most: 16 * 1024 });
    }

    #[test]
    fn deep_json_does_no_harm() {
        let verifier = access().longest_token(usize::MAX).build().expect("a verifier");
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let text = access_claims().to_string();
            let deep = format!("{}0{}", open.repeat(200_000), close.repeat(200_000));
            let payload = format!("{},\"deep\":{deep}}}", text.trim_end_matches('}'));
            // Whether it is read over or refused is serde_json's affair. The stack must hold.
            let _ = verifier.verify_sync(&KEY.sign(KEY.header(), payload));
        }
        let header = format!("{{\"alg\":{}{}}}", "[".repeat(1000), "]".repeat(1000));
        assert!(matches!(
            header_refused(&header),
            Refusal::Json { .. } | Refusal::WrongType { .. }
        ));
    }
}

mod types {
    use super::*;

    fn wrong(refusal: Refusal) -> Option<(Part, &'static str)> {
        match refusal {
            Refusal::WrongType { part, member, .. } => Some((part, member)),
            _ => None,
        }
    }

    #[test]
    fn alg_and_kid_are_strings() {
        for member in ["alg", "kid"] {
            for value in [json!(7), json!(true), json!(["RS256"]), json!({"a": 1}), json!(1.5)] {
                let mut header = json!({"alg": "RS256", "kid": KEY.kid});
                header[member] = value.clone();
                assert_eq!(
                    wrong(header_refused(&header.to_string())),
                    Some((Part::Header, member)),
                    "{value}"
                );
            }
            let header = json!({"alg": null, "kid": null});
            assert_eq!(wrong(header_refused(&header.to_string())), Some((Part::Header, "alg")));
        }
    }

    #[test]
    fn claims_that_are_strings_are_nothing_else() {
        for member in [
            "iss",
            "sub",
            "client_id",
            "token_use",
            "scope",
            "jti",
            "username",
            "origin_jti",
        ] {
            for value in [json!(7), json!(false), json!([ISSUER]), json!({"iss": ISSUER})] {
                let claims = with(access_claims(), member, value.clone());
                assert_eq!(
                    wrong(claims_refused(&claims)),
                    Some((Part::Payload, member)),
                    "{member}: {value}"
                );
            }
            let payload = access_claims();
            let text = payload.to_string().replace(
                &format!("\"{member}\":{}", payload[member]),
                &format!("\"{member}\":null"),
            );
            assert_eq!(wrong(payload_refused(&text)), Some((Part::Payload, member)), "null");
        }
    }

    #[test]
    fn times_are_numbers_of_seconds_from_1970_to_9999() {
        for member in ["exp", "iat", "nbf", "auth_time"] {
            for value in [
                json!("1800000000"),
                json!(true),
                json!([1]),
                json!({}),
                json!(-1),
                json!(1e15),
                json!(u64::MAX),
                json!(-0.5),
            ] {
                let claims = with(access_claims(), member, value.clone());
                assert_eq!(
                    wrong(claims_refused(&claims)),
                    Some((Part::Payload, member)),
                    "{member}: {value}"
                );
            }
        }
    }

    #[test]
    fn numbers_that_no_type_holds_are_refused() {
        let text = access_claims().to_string();
        let exp = format!("\"exp\":{}", NOW + 3540);
        for value in [
            "1e400",
            "-1e400",
            "NaN",
            "Infinity",
            "-Infinity",
            "0x7fffffff",
            "01",
            "1_000",
            "+1",
            ".5",
            "1.",
        ] {
            let payload = text.replace(&exp, &format!("\"exp\":{value}"));
            assert_ne!(payload, text);
            assert_eq!(
                payload_refused(&payload),
                Refusal::Json { part: Part::Payload },
                "{value}"
            );
        }
        let long = text.replace(&exp, &format!("\"exp\":{}", "9".repeat(400)));
        assert!(matches!(
            payload_refused(&long),
            Refusal::Json { .. } | Refusal::WrongType { .. }
        ));
    }

    #[test]
    fn groups_and_audience_are_strings() {
        for value in [
            json!("admins"),
            json!([1]),
            json!(["admins", null]),
            json!({"admins": true}),
        ] {
            let claims = with(access_claims(), "cognito:groups", value);
            assert_eq!(wrong(claims_refused(&claims)), Some((Part::Payload, "cognito:groups")));
        }
        let verifier = id().build().expect("a verifier");
        for value in [json!(7), json!([CLIENT, 7]), json!([[CLIENT]]), json!({"0": CLIENT})] {
            let refusal = verifier.verify_sync(&KEY.token(&with(id_claims(), "aud", value)));
            assert_eq!(wrong(refusal.expect_err("it is refused")), Some((Part::Payload, "aud")));
        }
    }

    #[test]
    fn what_must_be_there_is_there() {
        for member in ["iss", "sub", "client_id", "iat", "exp", "token_use"] {
            let expected = Refusal::Missing {
                part: Part::Payload,
                member,
            };
            assert_eq!(claims_refused(&with(access_claims(), member, Value::Null)), expected);
        }
        for member in ["alg", "kid"] {
            let header = with(json!({"alg": "RS256", "kid": KEY.kid}), member, Value::Null);
            let expected = Refusal::Missing {
                part: Part::Header,
                member,
            };
            assert_eq!(header_refused(&header.to_string()), expected);
        }
    }
}

mod algorithms {
    use super::*;

    #[test]
    fn none_is_refused_however_it_is_written() {
        for alg in ["none", "None", "NONE", "nOnE", ""] {
            let header = json!({"alg": alg, "kid": KEY.kid}).to_string();
            let unsigned = format!("{}.{}.", encode(&header), encode(access_claims().to_string()));
            assert_eq!(refused(&unsigned), Refusal::Algorithm, "{alg}");
            assert_eq!(header_refused(&header), Refusal::Algorithm, "{alg}");
        }
    }

    #[test]
    fn hs256_with_the_public_key_as_secret_is_refused() {
        let header = json!({"alg": "HS256", "kid": KEY.kid}).to_string();
        let message = format!("{}.{}", encode(header), encode(access_claims().to_string()));
        let jwk = KEY.jwk();
        let secrets = [
            KEY.public_der(),
            KEY.modulus(),
            jwk.to_string().into_bytes(),
            jwk["n"].to_string().into_bytes(),
        ];
        for secret in secrets {
            let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
            let tag = hmac::sign(&key, message.as_bytes());
            assert_eq!(
                refused(&format!("{message}.{}", encode(tag.as_ref()))),
                Refusal::Algorithm
            );
        }
    }

    #[test]
    fn every_other_algorithm_is_refused_even_over_a_good_signature() {
        for alg in [
            "RS384",
            "RS512",
            "PS256",
            "ES384",
            "EdDSA",
            "rs256",
            "RS256 ",
            "RSA",
            "HS512",
            "\u{52}S\u{200b}256",
        ] {
            let header = json!({"alg": alg, "kid": KEY.kid});
            assert_eq!(header_refused(&header.to_string()), Refusal::Algorithm, "{alg}");
        }
    }

    #[test]
    fn a_user_pool_signs_with_rs256_only() {
        let pool = cognito_jwt::Issuer::user_pool(POOL).keys(keys(&[KEY.jwk(), CURVE.jwk()]));
        let verifier = Verifier::user_pool(pool)
            .client(CLIENT)
            .access()
            .clock(now)
            .build()
            .expect("a verifier");
        let token = CURVE.sign(&json!({"alg": "ES256", "kid": CURVE.kid}), &access_claims());
        assert_eq!(verifier.verify_sync(&token), Err(Refusal::Algorithm));
        let token = CURVE.sign(&json!({"alg": "RS256", "kid": CURVE.kid}), &access_claims());
        assert_eq!(verifier.verify_sync(&token), Err(Refusal::KeyAlgorithm));
    }

    #[test]
    fn crit_is_refused_whatever_it_says() {
        for crit in [
            json!(["b64"]),
            json!([]),
            json!("exp"),
            json!(null),
            json!(["http://example.com/x"]),
        ] {
            let header = json!({"alg": "RS256", "kid": KEY.kid, "crit": crit, "b64": false});
            assert_eq!(header_refused(&header.to_string()), Refusal::Critical);
        }
    }

    #[test]
    fn a_key_in_the_header_is_refused() {
        for (key, kid) in [(&*OTHER, &OTHER.kid), (&*OTHER, &KEY.kid), (&*KEY, &KEY.kid)] {
            let header = json!({"alg": "RS256", "kid": kid, "jwk": key.jwk()});
            assert_eq!(
                refused(&key.sign(header.to_string(), access_claims().to_string())),
                Refusal::EmbeddedKey
            );
        }
    }

    #[test]
    fn addresses_of_keys_in_the_header_are_never_used() {
        let refused = |kid: &str, member: &str, value: Value| {
            let header = with(json!({"alg": "RS256", "kid": kid}), member, value);
            refused(&OTHER.sign(header.to_string(), access_claims().to_string()))
        };
        for (member, value) in [
            ("jku", json!("https://evil.example.com/jwks.json")),
            ("x5u", json!("https://evil.example.com/x.pem")),
            ("x5c", json!(["MIIB"])),
        ] {
            assert_eq!(refused(&OTHER.kid, member, value.clone()), Refusal::UnknownKey);
            assert_eq!(refused(&KEY.kid, member, value), Refusal::Signature);
        }
    }

    #[test]
    fn what_rfc_7515_registers_has_its_type() {
        for member in ["typ", "cty", "jku", "x5u", "x5t", "x5t#S256", "x5c"] {
            for value in [json!(7), json!({}), json!([7]), json!(true)] {
                let header = with(json!({"alg": "RS256", "kid": KEY.kid}), member, value);
                let refusal = header_refused(&header.to_string());
                assert!(
                    matches!(refusal, Refusal::WrongType { part: Part::Header, .. }),
                    "{member}: {refusal}"
                );
            }
        }
    }
}

mod key_sets {
    use super::*;

    /// Why a token is refused whose key is this in the JWKS.
    fn refused_with(jwk: Value) -> Refusal {
        let pool = cognito_jwt::Issuer::user_pool(POOL).keys(keys(&[jwk]));
        let verifier = Verifier::user_pool(pool)
            .client(CLIENT)
            .access()
            .clock(now)
            .build()
            .expect("a verifier");
        verifier.verify_sync(&good()).expect_err("it is refused")
    }

    #[test]
    fn a_key_for_something_else_is_not_used() {
        for (member, value, fault) in [
            ("use", json!("enc"), KeyFault::Use),
            ("use", json!(""), KeyFault::Use),
            ("use", json!(7), KeyFault::Malformed { member: "use" }),
            ("key_ops", json!(["encrypt"]), KeyFault::Use),
            ("key_ops", json!([]), KeyFault::Use),
            ("key_ops", json!("verify"), KeyFault::Use),
            ("alg", json!("RS512"), KeyFault::Algorithm),
            ("alg", json!("RSA1_5"), KeyFault::Algorithm),
            ("kty", json!("EC"), KeyFault::Algorithm),
            ("kty", json!("OKP"), KeyFault::Algorithm),
            ("kty", Value::Null, KeyFault::Missing { member: "kty" }),
            ("n", Value::Null, KeyFault::Missing { member: "n" }),
            ("e", Value::Null, KeyFault::Missing { member: "e" }),
            ("n", json!("%%%"), KeyFault::Malformed { member: "n" }),
            ("n", json!(""), KeyFault::Size { bits: 0 }),
            ("e", json!(""), KeyFault::Malformed { member: "e" }),
            ("e", json!("AQ"), KeyFault::Malformed { member: "e" }),
            ("e", json!("Ag"), KeyFault::Malformed { member: "e" }),
            ("e", json!(65537), KeyFault::Malformed { member: "e" }),
            ("e", json!("AQAAAAAAAQAB"), KeyFault::Malformed { member: "e" }),
            ("n", json!(even_modulus()), KeyFault::Malformed { member: "n" }),
        ] {
            assert_eq!(
                refused_with(with(KEY.jwk(), member, value.clone())),
                Refusal::UnusableKey(fault),
                "{member}: {value}"
            );
        }
        let verifier = |jwk| {
            let pool = cognito_jwt::Issuer::user_pool(POOL).keys(keys(&[jwk]));
            Verifier::user_pool(pool)
                .client(CLIENT)
                .access()
                .clock(now)
                .build()
                .expect("a verifier")
        };
        for (member, value) in [
            ("use", Value::Null),
            ("alg", Value::Null),
            ("key_ops", json!(["verify"])),
        ] {
            assert!(
                verifier(with(KEY.jwk(), member, value)).verify_sync(&good()).is_ok(),
                "{member}"
            );
        }
    }

    fn even_modulus() -> String {
        let mut modulus = KEY.modulus();
        *modulus.last_mut().expect("bytes") ^= 1;
        encode(modulus)
    }

    #[test]
    fn a_curve_key_for_something_else_is_not_used() {
        for (member, value, fault) in [
            ("alg", json!("ES384"), KeyFault::Algorithm),
            ("alg", json!("ECDH-ES"), KeyFault::Algorithm),
            ("crv", json!("P-384"), KeyFault::Algorithm),
            ("crv", Value::Null, KeyFault::Algorithm),
            ("x", json!(encode([7; 31])), KeyFault::Malformed { member: "x" }),
            ("y", json!(encode([7; 33])), KeyFault::Malformed { member: "y" }),
            ("y", Value::Null, KeyFault::Missing { member: "y" }),
        ] {
            let set = keys(&[with(CURVE.jwk(), member, value.clone())]);
            assert_eq!(
                set.faults().map(|(_, fault)| fault).collect::<Vec<_>>(),
                [&fault],
                "{member}: {value}"
            );
        }
    }

    #[test]
    fn a_short_rsa_key_is_not_used() {
        for (bytes, bits) in [(128, 1024), (255, 2040), (1025, 8200)] {
            let mut modulus = vec![0xff; bytes];
            modulus[0] = 0x80;
            let refusal = refused_with(with(KEY.jwk(), "n", json!(encode(modulus))));
            assert_eq!(refusal, Refusal::UnusableKey(KeyFault::Size { bits }));
        }
    }

    #[test]
    fn two_keys_with_one_id_are_refused() {
        let twin = with(OTHER.jwk(), "kid", json!(KEY.kid));
        let error = jwks(&[KEY.jwk(), twin])
            .parse::<cognito_jwt::Jwks>()
            .expect_err("it is refused");
        assert_eq!(error, JwksError::DuplicateKey);
    }

    #[test]
    fn a_set_with_a_secret_in_it_is_refused() {
        for secret in [
            json!({"kty": "oct", "kid": "s", "alg": "HS256", "k": encode("secret")}),
            with(OTHER.jwk(), "d", json!("AQAB")),
            with(OTHER.jwk(), "p", json!("AQAB")),
            with(OTHER.jwk(), "q", json!("AQAB")),
        ] {
            let error = jwks(&[KEY.jwk(), secret])
                .parse::<cognito_jwt::Jwks>()
                .expect_err("it is refused");
            assert_eq!(error, JwksError::Secret);
        }
    }

    #[test]
    fn a_document_that_is_no_jwks_is_refused() {
        for text in [
            "",
            "[]",
            "{}",
            "{\"keys\":{}}",
            "{\"keys\":[7]}",
            "{\"keys\":[]}x",
            "{\"keys\":[],\"keys\":[]}",
            "<html>",
        ] {
            assert_eq!(
                text.parse::<cognito_jwt::Jwks>().expect_err("it is refused"),
                JwksError::Shape,
                "{text}"
            );
        }
        let twice = "{\"keys\":[{\"kty\":\"RSA\",\"kty\":\"EC\"}]}";
        assert_eq!(
            twice.parse::<cognito_jwt::Jwks>().expect_err("it is refused"),
            JwksError::DuplicateMember
        );
        let many: Vec<Value> = (0..257).map(|number| json!({"kid": number.to_string()})).collect();
        assert_eq!(
            jwks(&many).parse::<cognito_jwt::Jwks>().expect_err("it is refused"),
            JwksError::TooManyKeys
        );
    }

    #[test]
    fn a_key_that_nobody_knows_does_not_spoil_the_others() {
        let set = keys(&[
            json!({"kty": "OKP", "crv": "Ed25519", "kid": "ed", "x": "AA"}),
            json!({"kty": "RSA"}),
            KEY.jwk(),
        ]);
        assert_eq!(set.ids().collect::<Vec<_>>(), ["ed", "key-1"]);
        assert_eq!(set.faults().collect::<Vec<_>>(), [("ed", &KeyFault::Algorithm)]);
    }
}

mod signatures {
    use super::*;

    #[test]
    fn a_changed_signature_or_message_is_refused() {
        let good = good();
        let (message, signature) = good.rsplit_once('.').expect("parts");
        let bytes = KEY.signature(message.as_bytes());
        assert_eq!(encode(&bytes), signature);
        for change in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[change] ^= 1 << (change % 8);
            assert_eq!(refused(&format!("{message}.{}", encode(bytes))), Refusal::Signature);
        }
        for bytes in [
            &bytes[1..],
            &bytes[..255],
            &[],
            &[0; 256],
            &[0xff; 256],
            &[&bytes[..], &[0]].concat(),
            &[&[0], &bytes[..]].concat(),
        ] {
            assert_eq!(refused(&format!("{message}.{}", encode(bytes))), Refusal::Signature);
        }
        let other = KEY.token(&with(access_claims(), "sub", json!("someone-else")));
        let (other, _) = other.rsplit_once('.').expect("parts");
        assert_eq!(refused(&format!("{other}.{signature}")), Refusal::Signature);
    }

    #[test]
    fn a_signature_that_is_longer_than_any_is_refused() {
        let good = good();
        let (message, _) = good.rsplit_once('.').expect("parts");
        let refusal = refused(&format!("{message}.{}", encode([1; 4000])));
        assert_eq!(refusal, Refusal::Encoding { part: Part::Signature });
    }

    #[test]
    fn the_key_of_somebody_else_is_refused() {
        let header = KEY.header();
        assert_eq!(
            refused(&OTHER.sign(header, access_claims().to_string())),
            Refusal::Signature
        );
        assert_eq!(refused(&OTHER.token(&access_claims())), Refusal::UnknownKey);
    }

    #[test]
    fn a_kid_is_compared_and_nothing_else() {
        for kid in [
            "",
            "KEY-1",
            "key-1 ",
            "key-1\0",
            "../key-1",
            "key-1' OR '1'='1",
            "https://evil.example.com/key-1",
            "ke\u{79}-1\u{301}",
        ] {
            let header = json!({"alg": "RS256", "kid": kid});
            assert_eq!(header_refused(&header.to_string()), Refusal::UnknownKey, "{kid}");
        }
    }

    #[test]
    fn what_the_header_says_besides_does_not_matter_but_is_signed() {
        let verifier = access().build().expect("a verifier");
        let header = json!({"typ": "JWT", "alg": "RS256", "kid": KEY.kid, "x": {"y": [1, 2]}});
        assert!(
            verifier
                .verify_sync(&KEY.sign(header.to_string(), access_claims().to_string()))
                .is_ok()
        );
        let spaced = format!(" {{ \"kid\" : \"{}\",\n\"alg\":\"RS256\" }} ", KEY.kid);
        assert!(
            verifier
                .verify_sync(&KEY.sign(spaced, access_claims().to_string()))
                .is_ok()
        );
    }
}

mod times {
    use super::*;

    fn at(claims: &Value, leeway: u64) -> Result<(), Refusal> {
        let verifier = access()
            .leeway(Duration::from_secs(leeway))
            .build()
            .expect("a verifier");
        verifier.verify_sync(&KEY.token(claims)).map(drop)
    }

    #[test]
    fn an_expired_token_is_refused() {
        let exp = |exp: u64| with(access_claims(), "exp", json!(exp));
        assert_eq!(at(&exp(NOW + 1), 0), Ok(()));
        // "On or after" exp, a token must not be accepted (RFC 7519, section 4.1.4).
        assert_eq!(at(&exp(NOW), 0), Err(Refusal::Expired { since: Duration::ZERO }));
        assert_eq!(
            at(&exp(NOW - 60), 0),
            Err(Refusal::Expired {
                since: Duration::from_secs(60)
            })
        );
        assert_eq!(
            at(&exp(0), 0),
            Err(Refusal::Expired {
                since: Duration::from_secs(NOW)
            })
        );
    }

    #[test]
    fn the_leeway_is_just_enough_or_just_too_little() {
        let exp = with(access_claims(), "exp", json!(NOW - 60));
        assert_eq!(at(&exp, 61), Ok(()));
        assert_eq!(
            at(&exp, 60),
            Err(Refusal::Expired {
                since: Duration::from_secs(60)
            })
        );
        let nbf = with(access_claims(), "nbf", json!(NOW + 60));
        assert_eq!(at(&nbf, 60), Ok(()));
        assert_eq!(at(&nbf, 59), Err(Refusal::NotYetValid));
    }

    #[test]
    fn a_token_that_is_not_yet_valid_is_refused() {
        let nbf = |nbf: Value| with(access_claims(), "nbf", nbf);
        assert_eq!(at(&nbf(json!(NOW)), 0), Ok(()));
        assert_eq!(at(&nbf(json!(NOW + 1)), 0), Err(Refusal::NotYetValid));
        assert_eq!(at(&nbf(json!(NOW as f64 - 0.5)), 0), Ok(()));
    }

    #[test]
    fn a_token_without_exp_is_refused() {
        let expected = Refusal::Missing {
            part: Part::Payload,
            member: "exp",
        };
        assert_eq!(at(&with(access_claims(), "exp", Value::Null), 60), Err(expected));
    }

    #[test]
    fn the_leeway_may_be_anything() {
        let verifier = access().leeway(Duration::MAX).build();
        // The latest time that there is, and more: no overflow.
        let claims = with(
            with(access_claims(), "exp", json!(1)),
            "nbf",
            json!(253_402_300_799_u64),
        );
        assert!(verifier.expect("a verifier").verify_sync(&KEY.token(&claims)).is_ok());
    }
}

mod claims {
    use super::*;

    #[test]
    fn the_issuer_is_the_pool_and_compared_exactly() {
        for issuer in [
            "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf124",
            "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123/",
            "https://cognito-idp.us-east-1.amazonaws.com.evil.com/us-east-1_AbCdEf123",
            "http://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123",
            "HTTPS://COGNITO-IDP.us-east-1.amazonaws.com/us-east-1_AbCdEf123",
            "https://cognito-idp.eu-west-1.amazonaws.com/us-east-1_AbCdEf123",
            "us-east-1_AbCdEf123",
            "",
        ] {
            assert_eq!(
                claims_refused(&with(access_claims(), "iss", json!(issuer))),
                Refusal::Issuer,
                "{issuer}"
            );
        }
    }

    #[test]
    fn an_access_token_is_for_the_client() {
        for client in ["", "2example", "1EXAMPLE23456789", "1example23456789 "] {
            assert_eq!(
                claims_refused(&with(access_claims(), "client_id", json!(client))),
                Refusal::Client
            );
        }
        // The audience of an access token doesn't stand in for its client.
        let claims = with(
            with(access_claims(), "client_id", json!("2example")),
            "aud",
            json!(CLIENT),
        );
        assert_eq!(claims_refused(&claims), Refusal::Client);
    }

    #[test]
    fn an_id_token_is_for_one_client() {
        let verifier = id().build().expect("a verifier");
        let refused = |aud: Value| {
            verifier
                .verify_sync(&KEY.token(&with(id_claims(), "aud", aud)))
                .expect_err("it is refused")
        };
        assert_eq!(refused(json!("2example")), Refusal::Client);
        assert_eq!(refused(json!([CLIENT, "2example"])), Refusal::Client);
        let missing = Refusal::Missing {
            part: Part::Payload,
            member: "aud",
        };
        assert_eq!(refused(json!([])), missing);
        assert_eq!(refused(Value::Null), missing);
        assert!(
            verifier
                .verify_sync(&KEY.token(&with(id_claims(), "aud", json!([CLIENT]))))
                .is_ok()
        );
    }

    #[test]
    fn an_id_token_is_no_access_token_and_the_other_way_round() {
        let mixed = with(id_claims(), "client_id", json!(CLIENT));
        for claims in [id_claims(), mixed] {
            assert_eq!(claims_refused(&claims), Refusal::TokenUse { expected: "access" });
        }
        let verifier = id().build().expect("a verifier");
        let mixed = with(access_claims(), "aud", json!(CLIENT));
        for claims in [access_claims(), mixed] {
            assert_eq!(
                verifier.verify_sync(&KEY.token(&claims)),
                Err(Refusal::TokenUse { expected: "id" })
            );
        }
        for token_use in ["", "Access", "refresh", "id access"] {
            let claims = with(access_claims(), "token_use", json!(token_use));
            assert_eq!(claims_refused(&claims), Refusal::TokenUse { expected: "access" });
        }
    }

    #[test]
    fn all_scopes_are_needed_or_one_of_several() {
        let verify = |builder: cognito_jwt::Builder<cognito_jwt::Access>, scope: Value| {
            let verifier = builder.build().expect("a verifier");
            verifier
                .verify_sync(&KEY.token(&with(access_claims(), "scope", scope)))
                .map(drop)
        };
        let lacks = |required: &str| {
            Err(Refusal::Scope {
                required: required.to_owned(),
            })
        };
        let all = || access().scope("api/read").scope("api/write");
        assert_eq!(verify(all(), json!("api/write openid api/read")), Ok(()));
        assert_eq!(verify(all(), json!("api/read")), lacks("api/read api/write"));
        assert_eq!(verify(all(), json!("api/readapi/write")), lacks("api/read api/write"));
        assert_eq!(verify(all(), Value::Null), lacks("api/read api/write"));
        let any = || access().any_scope(["api/read", "api/admin"]);
        assert_eq!(verify(any(), json!("api/admin")), Ok(()));
        assert_eq!(verify(any(), json!("api/write")), lacks("api/read api/admin"));
        assert_eq!(
            verify(any(), json!("api/admin2 xapi/admin API/ADMIN")),
            lacks("api/read api/admin")
        );
        assert_eq!(verify(any().scope("openid"), json!("api/admin")), lacks("openid"));
    }

    #[test]
    fn groups_are_needed_all_or_one_of_several() {
        let verify = |builder: cognito_jwt::Builder<cognito_jwt::Access>| {
            builder.build().expect("a verifier").verify_sync(&good()).map(drop)
        };
        assert_eq!(verify(access().group("admins").group("editors")), Ok(()));
        assert_eq!(verify(access().group("admins").group("auditors")), Err(Refusal::Group));
        assert_eq!(verify(access().any_group(["auditors", "editors"])), Ok(()));
        assert_eq!(verify(access().any_group(["auditors", "admin"])), Err(Refusal::Group));
        assert_eq!(verify(access().any_group(["auditors"]).any_group(["editors"])), Ok(()));
        assert_eq!(
            verify(access().any_group(["editors"]).group("auditors")),
            Err(Refusal::Group)
        );
    }

    #[test]
    fn a_resource_server_is_needed_if_one_is_named() {
        let verifier = access()
            .audience("https://api.example.com")
            .build()
            .expect("a verifier");
        let verify = |aud: Value| {
            verifier
                .verify_sync(&KEY.token(&with(access_claims(), "aud", aud)))
                .map(drop)
        };
        assert_eq!(verify(json!("https://api.example.com")), Ok(()));
        assert_eq!(verify(json!(["https://api.example.com", "x"])), Ok(()));
        assert_eq!(verify(json!("https://other.example.com")), Err(Refusal::Audience));
        assert_eq!(verify(Value::Null), Err(Refusal::Audience));
    }

    #[test]
    fn the_application_has_the_last_word() {
        let verifier = access()
            .check(|claims| {
                if claims.is_in_group("admins") {
                    Err("no admins today".to_owned())
                } else {
                    Ok(())
                }
            })
            .build()
            .expect("a verifier");
        assert_eq!(
            verifier.verify_sync(&good()),
            Err(Refusal::Check("no admins today".to_owned()))
        );
        let claims = with(access_claims(), "cognito:groups", Value::Null);
        assert!(verifier.verify_sync(&KEY.token(&claims)).is_ok());
    }

    #[test]
    fn the_applications_claims_fit_its_type() {
        #[derive(Debug, serde::Deserialize, PartialEq)]
        struct Mine {
            tenant: String,
        }
        let verifier = access().build().expect("a verifier");
        let claims = verifier.verify_sync_with::<Mine>(&good()).expect("a good token");
        assert_eq!(claims.custom.tenant, "blue");
        let other = KEY.token(&with(access_claims(), "tenant", json!(["secret-tenant"])));
        assert_eq!(
            verifier.verify_sync_with::<Mine>(&other).expect_err("it is refused"),
            Refusal::CustomClaims
        );
    }
}

mod disclosure {
    use super::*;
    use std::error::Error;
    use std::fmt::Write;

    /// Everything that an error says: its text, its debug form, what the client is told, and all sources.
    fn said(refusal: &Refusal) -> String {
        let mut text = format!("{refusal} {refusal:?} {}", refusal.public());
        let rejection = cognito_jwt::Rejection::from(refusal.clone());
        write!(text, "{rejection} {rejection:?} {:?}", rejection.www_authenticate()).expect("a string");
        let mut error: &dyn Error = &rejection;
        while let Some(source) = error.source() {
            write!(text, "{source} {source:?}").expect("a string");
            error = source;
        }
        text
    }

    #[test]
    fn no_part_of_a_token_is_in_an_error() {
        let secret = "s3cr3t";
        let verifier = access().scope("api/admin").build().expect("a verifier");
        let mut tokens = vec![
            secret.to_owned(),
            format!("{secret}.{secret}.{secret}"),
            KEY.sign(secret, secret),
            KEY.sign(KEY.header(), format!("{{\"sub\":\"{secret}\",\"exp\":{secret}}}")),
            KEY.sign(
                json!({"alg": secret, "kid": secret}).to_string(),
                access_claims().to_string(),
            ),
            KEY.sign(
                json!({"alg": "RS256", "kid": secret}).to_string(),
                access_claims().to_string(),
            ),
            OTHER.sign(KEY.header(), with(access_claims(), "sub", json!(secret)).to_string()),
        ];
        for member in [
            "iss",
            "sub",
            "client_id",
            "token_use",
            "scope",
            "exp",
            "nbf",
            "aud",
            "cognito:groups",
            "username",
        ] {
            for value in [json!(secret), json!([secret, 1]), json!({secret: secret})] {
                tokens.push(KEY.token(&with(access_claims(), member, value)));
            }
        }
        for token in tokens {
            let refusal = verifier.verify_sync(&token).expect_err("it is refused");
            let said = said(&refusal);
            assert!(!said.contains(secret), "{said}");
            for part in token.split('.').filter(|part| part.len() > 8) {
                assert!(!said.contains(part), "{said}");
            }
        }
        let debug = format!("{verifier:?}");
        assert!(!debug.contains(&encode(KEY.modulus())), "{debug}");
    }

    #[test]
    fn the_client_is_told_nothing_that_helps_to_forge() {
        let all_alike = [
            refused("x"),
            refused(&OTHER.token(&access_claims())),
            refused(&OTHER.sign(KEY.header(), access_claims().to_string())),
            claims_refused(&with(access_claims(), "iss", json!("x"))),
            claims_refused(&with(access_claims(), "client_id", json!("x"))),
            header_refused("{\"alg\":\"none\",\"kid\":\"x\"}"),
        ];
        for refusal in all_alike {
            assert_eq!(refusal.public(), "The token is not valid", "{refusal}");
        }
    }
}
