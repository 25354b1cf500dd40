//! Redirect URIs, as people write them.

use crate::support::{names, rules};
use serde_json::json;

rules! {
    a_redirect_uri_is_absolute: "redirect-uri-absolute", "CreateUserPoolClient" {
        breaks "CallbackURLs[0]": { "CallbackURLs": ["/callback"] };
        breaks "CallbackURLs[1]": { "CallbackURLs": ["https://example.com", "www.example.com/cb"] };
        breaks "LogoutURLs[0]": { "LogoutURLs": ["localhost:3000/bye"] };
        breaks "DefaultRedirectURI": { "CallbackURLs": ["https://"], "DefaultRedirectURI": "https://" };
        keeps { "CallbackURLs": ["https://example.com/callback"], "LogoutURLs": ["https://example.com/bye"] };
        keeps { "CallbackURLs": [], "LogoutURLs": [] };
    }
    a_redirect_uri_has_no_fragment: "redirect-uri-fragment", "CreateUserPoolClient" {
        breaks "CallbackURLs[0]": { "CallbackURLs": ["https://example.com/#/callback"] };
        breaks "LogoutURLs[0]": { "LogoutURLs": ["https://example.com/#"] };
        keeps { "CallbackURLs": ["https://example.com/callback?a=b%23c"] };
    }
    a_redirect_uri_uses_https: "redirect-uri-https", "CreateUserPoolClient" {
        breaks "CallbackURLs[0]": { "CallbackURLs": ["http://example.com"] };
        breaks "LogoutURLs[0]": { "LogoutURLs": ["http://localhost.evil.com"] };
        breaks "CallbackURLs[0]": { "CallbackURLs": ["http://localhost@evil.com"] };
        breaks "CallbackURLs[0]": { "CallbackURLs": ["javascript:alert(1)"] };
        keeps { "CallbackURLs": ["HTTPS://EXAMPLE.COM:8443/cb", "myapp://example", "com.example.app:/cb"] };
    }
    http_on_a_loopback_host_is_for_testing: "redirect-uri-testing", "CreateUserPoolClient" {
        breaks "CallbackURLs[0]": { "CallbackURLs": ["http://localhost:3000/cb"] };
        breaks "CallbackURLs[0]": { "CallbackURLs": ["http://127.0.0.1"] };
        breaks "LogoutURLs[0]": { "LogoutURLs": ["http://[::1]:8080/"] };
        keeps { "CallbackURLs": ["https://localhost:3000/cb"] };
    }
    a_default_redirect_uri_is_a_callback_url_to_the_letter: "default-redirect-uri-registered", "CreateUserPoolClient" {
        breaks "DefaultRedirectURI":
            { "CallbackURLs": ["https://a.example"], "DefaultRedirectURI": "https://a.example/" };
        breaks "DefaultRedirectURI":
            { "CallbackURLs": ["https://a.example/cb"], "DefaultRedirectURI": "https://A.example/cb" };
        breaks "DefaultRedirectURI": { "DefaultRedirectURI": "https://a.example" };
        keeps { "CallbackURLs": ["https://b.example", "https://a.example"], "DefaultRedirectURI": "https://a.example" };
    }
    an_update_can_rest_on_the_callback_urls_that_are_there: "default-redirect-uri-registered", "UpdateUserPoolClient" {
        breaks "DefaultRedirectURI":
            { "CallbackURLs": ["https://a.example"], "DefaultRedirectURI": "https://b.example" };
        keeps { "DefaultRedirectURI": "https://a.example" };
    }
}

#[test]
fn each_form_of_a_uri_gets_its_verdict() {
    const OK: &[&str] = &[];
    const ABSOLUTE: &[&str] = &["redirect-uri-absolute"];
    const FRAGMENT: &[&str] = &["redirect-uri-fragment"];
    const HTTPS: &[&str] = &["redirect-uri-https"];
    const TESTING: &[&str] = &["redirect-uri-testing"];
    for (uri, verdict) in [
        ("https://example.com", OK),
        ("https://example.com/", OK),
        ("https://example.com:8443/a/b?c=d&e=f", OK),
        ("https://user@example.com/cb", OK),
        ("https://192.0.2.7/cb", OK),
        ("https://[2001:db8::1]/cb", OK),
        ("https://bücher.example/", OK),
        ("https://xn--bcher-kva.example/", OK),
        ("https://localhost", OK),
        ("HttpS://Example.COM/Callback", OK),
        ("https://example.com/with%20space", OK),
        ("https://example.com/a(b)!*'$,;", OK),
        ("myapp://", OK),
        ("myapp://example", OK),
        ("my-app+v2.0://cb", OK),
        ("MyApp://CallBack/Path?x=y", OK),
        ("com.example.app:/oauth2redirect", OK),
        ("com.example.app://oauth2redirect/ios", OK),
        ("com.googleusercontent.apps.123-abc:/oauth2redirect", OK),
        ("exp://127.0.0.1:19000/--/", OK),
        ("exp+myapp://expo-development-client/?url=http%3A%2F%2F192.0.2.1", OK),
        ("amzn-com.example.app://callback", OK),
        ("msauth.com.example.app://auth", OK),
        ("capacitor://localhost/callback", OK),
        ("urn:ietf:wg:oauth:2.0:oob", OK),
        ("http://localhost", TESTING),
        ("http://localhost/", TESTING),
        ("http://localhost:3000", TESTING),
        ("http://LOCALHOST:8080/cb?x=y", TESTING),
        ("http://127.0.0.1:5173/cb", TESTING),
        ("http://[::1]", TESTING),
        ("http://[::1]:8080/cb", TESTING),
        ("http://user:secret@localhost/cb", TESTING),
        ("http://example.com", HTTPS),
        ("HTTP://example.com", HTTPS),
        ("http://localhost.evil.com", HTTPS),
        ("http://evil.com/localhost", HTTPS),
        ("http://evil.com?http://localhost", HTTPS),
        ("http://localhost@evil.com", HTTPS),
        ("http://localhost:3000@evil.com", HTTPS),
        ("http://notlocalhost", HTTPS),
        ("http://127.0.0.1.evil.com", HTTPS),
        ("http://127.0.0.2", HTTPS),
        ("http://0.0.0.0:3000", HTTPS),
        ("http://192.168.1.10:3000", HTTPS),
        ("http://[::2]", HTTPS),
        ("ftp://example.com/cb", HTTPS),
        ("javascript:alert(1)", HTTPS),
        ("data:text/html,hi", HTTPS),
        ("wss://example.com", HTTPS),
        ("https://example.com/#", FRAGMENT),
        ("https://example.com/cb#top", FRAGMENT),
        ("myapp://example#top", FRAGMENT),
        ("/callback", ABSOLUTE),
        ("callback", ABSOLUTE),
        ("//example.com/cb", ABSOLUTE),
        ("example.com", ABSOLUTE),
        ("example.com:8443/cb", ABSOLUTE),
        ("localhost:3000", ABSOLUTE),
        ("https", ABSOLUTE),
        ("https:", ABSOLUTE),
        ("https:/example.com", ABSOLUTE),
        ("https:example.com", ABSOLUTE),
        ("https://", ABSOLUTE),
        ("https:///cb", ABSOLUTE),
        ("https://:443/cb", ABSOLUTE),
        ("http://", ABSOLUTE),
        ("://example.com", ABSOLUTE),
        ("1app://example", ABSOLUTE),
        ("my_app://example", ABSOLUTE),
        ("https://example.com/a b", ABSOLUTE),
    ] {
        let client = json!({ "CallbackURLs": [uri], "LogoutURLs": [] });
        assert_eq!(names("CreateUserPoolClient", &client), verdict, "{uri}");
    }
}
