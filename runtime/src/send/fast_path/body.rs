//! The body of a response, complete or partial.

use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::http::body::minimum_throughput::MinimumThroughputDownloadBody;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::body::{Error, SdkBody};
use aws_smithy_types::config_bag::ConfigBag;
use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Abandons stalled bodies, as the orchestrator's interceptor does.
#[derive(Debug)]
pub(super) struct Protection {
    config: StalledStreamProtectionConfig,
    sleep: SharedAsyncSleep,
    time_source: SharedTimeSource,
}

impl Protection {
    pub(super) fn of(cfg: &ConfigBag, components: &RuntimeComponents) -> Option<Self> {
        let config = cfg.load::<StalledStreamProtectionConfig>()?;
        Some(Self {
            config: config.download_enabled().then(|| config.clone())?,
            sleep: components.sleep_impl()?,
            time_source: components.time_source()?,
        })
    }

    fn watch(&self, body: SdkBody) -> SdkBody {
        SdkBody::from_body_1_x(MinimumThroughputDownloadBody::new(
            self.time_source.clone(),
            self.sleep.clone(),
            body,
            self.config.clone().into(),
        ))
    }
}

/// A body.
#[derive(Debug)]
pub(super) enum Body {
    /// The complete body.
    Whole(Bytes),
    /// The same body, as if nothing had been read: it yields the part that was received, and then its error.
    Broken(SdkBody),
}

/// Reads the body, until it ends or fails.
pub(super) async fn collect(body: SdkBody, protection: Option<&Protection>) -> Body {
    let mut collecting = Collecting {
        body,
        chunks: VecDeque::new(),
        error: None,
    };
    // Most bodies are there with the headers: no clock is started for them.
    let at_once = poll_fn(|cx| Poll::Ready(Pin::new(&mut collecting).poll(cx).is_ready())).await;
    if !at_once {
        if let Some(protection) = protection {
            collecting.body = protection.watch(std::mem::replace(&mut collecting.body, SdkBody::taken()));
        }
        (&mut collecting).await;
    }
    if collecting.error.is_none() {
        Body::Whole(collecting.into_bytes())
    } else {
        Body::Broken(SdkBody::from_body_1_x(collecting))
    }
}

/// A body, and the part of it that has been read.
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
