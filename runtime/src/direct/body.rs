//! A response's body, whole or with what has come of it.

use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_types::body::{Error, SdkBody};
use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A body.
#[derive(Debug)]
pub(super) enum Body {
    /// All of it.
    Whole(Bytes),
    /// The same body again, as if nothing had been read: it failed, or it takes too long.
    Unfinished(SdkBody),
}

/// Reads the body, until it ends, fails, or `patience` does.
pub(super) async fn collect(body: SdkBody, patience: Option<impl Future<Output = ()>>) -> Body {
    let mut collecting = Collecting {
        body,
        chunks: VecDeque::new(),
        error: None,
    };
    // Most bodies are there with the headers: no timer is started for them.
    let at_once = poll_fn(|cx| Poll::Ready(Pin::new(&mut collecting).poll(cx).is_ready())).await;
    let ended = match patience {
        _ if at_once => true,
        Some(patience) => Timeout::new(&mut collecting, patience).await.is_ok(),
        None => {
            (&mut collecting).await;
            true
        }
    };
    if ended && collecting.error.is_none() {
        Body::Whole(collecting.into_bytes())
    } else {
        Body::Unfinished(SdkBody::from_body_1_x(collecting))
    }
}

/// A body, and what has been read of it.
struct Collecting {
    body: SdkBody,
    chunks: VecDeque<Bytes>,
    error: Option<Error>,
}

impl Collecting {
    fn into_bytes(mut self) -> Bytes {
        if self.chunks.len() <= 1 {
            return self.chunks.pop_front().unwrap_or_default();
        }
        let mut bytes = BytesMut::with_capacity(self.chunks.iter().map(Bytes::len).sum());
        for chunk in &self.chunks {
            bytes.extend_from_slice(chunk);
        }
        bytes.freeze()
    }
}

impl Future for Collecting {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                // Trailers mean nothing in AWS's JSON protocols.
                Some(Ok(frame)) => self.chunks.extend(frame.into_data()),
                Some(Err(error)) => {
                    self.error = Some(error);
                    return Poll::Ready(());
                }
                None => return Poll::Ready(()),
            }
        }
    }
}

impl HttpBody for Collecting {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if let Some(chunk) = self.chunks.pop_front() {
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        match self.error.take() {
            Some(error) => Poll::Ready(Some(Err(error))),
            None => Pin::new(&mut self.body).poll_frame(cx),
        }
    }
}
