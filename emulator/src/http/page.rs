//! The page at `/`: pools, users, codes sent, the last requests.

use crate::cognito::Cognito;
use crate::oauth::escape;
use std::fmt::Write;

/// How many users of a pool are shown.
const USERS: usize = 50;
/// How many messages are shown.
const MESSAGES: usize = 20;

/// A table; the cells are text.
fn table<const N: usize>(html: &mut String, head: [&str; N], rows: impl Iterator<Item = [String; N]>) {
    let cells = |tag: &str, cells: &[String]| {
        let cells = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell)));
        cells.collect::<String>()
    };
    let head = head.map(str::to_owned);
    let _ = write!(html, "<table>\n<tr>{}</tr>\n", cells("th", &head));
    for row in rows {
        let _ = writeln!(html, "<tr>{}</tr>", cells("td", &row));
    }
    html.push_str("</table>\n");
}

/// What is in the emulator.
pub(super) fn page(cognito: &Cognito) -> String {
    let mut html = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>cognito-emulator</title>\n<style>body { \
         font: 15px sans-serif; margin: 2em } td, th { text-align: left; padding: 0 1.5em 0 0; vertical-align: top \
         }</style>\n<h1>cognito-emulator</h1>\n",
    );
    {
        let world = cognito.world();
        for pool in world.state.pools.values() {
            let name = pool.description.name().unwrap_or_default();
            let _ = writeln!(html, "<h2>{} <code>{}</code></h2>", escape(name), escape(&pool.id));
            table(
                &mut html,
                ["App client", "Id"],
                pool.clients.values().map(|app| {
                    let name = app.description.client_name().unwrap_or_default();
                    [name.to_owned(), app.id.clone()]
                }),
            );
            let _ = writeln!(html, "<p>{} users</p>", pool.users.len());
            table(
                &mut html,
                ["User", "Status", "Enabled", "E-mail", "Phone", "Groups"],
                pool.users.values().take(USERS).map(|user| {
                    [
                        user.username.clone(),
                        user.status.to_string(),
                        user.enabled.to_string(),
                        user.attribute("email").unwrap_or_default().to_owned(),
                        user.attribute("phone_number").unwrap_or_default().to_owned(),
                        user.groups.iter().cloned().collect::<Vec<_>>().join(", "),
                    ]
                }),
            );
        }
    }
    html.push_str("<h2>Codes sent</h2>\n");
    table(
        &mut html,
        ["User", "To", "Why", "Code"],
        cognito
            .outbox()
            .all()
            .into_iter()
            .rev()
            .take(MESSAGES)
            .map(|message| [message.username, message.destination, message.reason, message.code]),
    );
    html.push_str("<h2>Last requests</h2>\n");
    table(
        &mut html,
        ["Request", "Status", "Error", "Id"],
        cognito.requests().into_iter().map(|request| {
            [
                request.what,
                request.status.to_string(),
                request.error.unwrap_or_default(),
                request.request_id,
            ]
        }),
    );
    html.push_str("</html>\n");
    html
}
