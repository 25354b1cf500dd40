//! A browser without a screen: HTTP over TCP, cookies, and forms.

use super::TestResult;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

#[derive(Debug, Default)]
pub(crate) struct Browser {
    pub(crate) cookie: Option<String>,
}

impl Browser {
    /// Sends a request to an `http` URL of this machine. It is an error if there is no answer for a minute.
    pub(crate) async fn send(&mut self, method: &str, url: &str, content_type: &str, body: &str) -> TestResult<Page> {
        let answer = self.answer(method, url, content_type, body);
        tokio::time::timeout(PATIENCE, answer).await?
    }

    async fn answer(&mut self, method: &str, url: &str, content_type: &str, body: &str) -> TestResult<Page> {
        let rest = url.strip_prefix("http://").ok_or("not http")?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let address: SocketAddr = host.replace("localhost", "127.0.0.1").parse()?;
        let cookie = self
            .cookie
            .as_ref()
            .map(|cookie| format!("cookie: {cookie}\r\n"))
            .unwrap_or_default();
        let request = format!(
            "{method} /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: {content_type}\r\n\
             {cookie}content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no response")?;
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1))
            .ok_or("no status")?;
        let headers: HashMap<_, _> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        if let Some(cookie) = headers.get("set-cookie").and_then(|cookie| cookie.split(';').next()) {
            self.cookie = Some(cookie.to_owned());
        }
        Ok(Page {
            status: status.parse()?,
            headers,
            body: body.to_owned(),
        })
    }

    /// Opens managed login, signs a user in at the form, and goes where it leads: gives that URL, and the page there if
    /// it is on this machine.
    pub(crate) async fn log_in(&mut self, url: &str, name: &str, password: &str) -> TestResult<(String, Option<Page>)> {
        let origin = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        let authorized = self.send("GET", url, "text/plain", "").await?;
        let form = authorized.headers.get("location").ok_or("not sent to the form")?;
        let form = format!("{origin}{form}");
        let page = self.send("GET", &form, "text/plain", "").await?;
        assert!(page.body.contains("name=\"password\""), "{}", page.body);
        let filled = form_urlencoded::Serializer::new(String::new())
            .append_pair("username", name)
            .append_pair("password", password)
            .finish();
        let done = self
            .send("POST", &form, "application/x-www-form-urlencoded", &filled)
            .await?;
        let back = done.headers.get("location").ok_or_else(|| done.body.clone())?.clone();
        let page = match back.starts_with("http://127.0.0.1:") {
            true => Some(self.send("GET", &back, "text/plain", "").await?),
            false => None,
        };
        Ok((back, page))
    }
}
