//! The pages of managed login: plain HTML, which both a script and a person can fill in.

use crate::http::respond;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

/// Text for HTML, escaped.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A field of the form: name, label, type, value.
pub(super) type Field<'a> = (&'a str, &'a str, &'a str, &'a str);

/// A form that posts to its own URL.
pub(super) fn form(title: &str, message: Option<&str>, fields: &[Field<'_>]) -> HttpResponse {
    let mut inputs = String::new();
    for (name, label, kind, value) in fields {
        let (label, value) = (escape(label), escape(value));
        let input = format!("<input id=\"{name}\" name=\"{name}\" type=\"{kind}\" value=\"{value}\">");
        if *kind == "hidden" {
            inputs.push_str(&input);
        } else {
            inputs.push_str(&format!("<p><label for=\"{name}\">{label}</label><br>{input}</p>\n"));
        }
    }
    let message = message.map(|message| format!("<p role=\"alert\">{}</p>\n", escape(message)));
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<h1>{title}</h1>\n\
         {}<form method=\"post\">\n{inputs}<button type=\"submit\">{title}</button>\n</form>\n</html>\n",
        message.unwrap_or_default()
    );
    let mut response = respond(200, "text/html; charset=utf-8", html);
    // Nobody may put the form into a frame of theirs, and nothing of it is kept.
    response
        .headers_mut()
        .insert("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
    response.headers_mut().insert("cache-control", "no-store");
    response
}

/// The error page for a request that can't be sent back to the app.
pub(super) fn error(error: &str) -> HttpResponse {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Error</title>\n<h1>An error was \
         encountered with the requested page.</h1>\n<p>{}</p>\n</html>\n",
        escape(error)
    );
    respond(400, "text/html; charset=utf-8", html)
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_of_a_request_becomes_markup() {
        assert_eq!(super::escape("<a href='\"&"), "&lt;a href=&#39;&quot;&amp;");
    }
}
