//! Passes a stream of bytes on and cuts it when it becomes too long or takes too much time.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;
use tokio::time::{Sleep, sleep};

/// A stream with a limit. One chunk is held at a time.
pub(crate) struct Metered<S> {
    stream: S,
    left: u64,
    deadline: Pin<Box<Sleep>>,
}

impl<S> Metered<S> {
    /// At most `bytes`, for at most `time`.
    pub(crate) fn new(stream: S, bytes: u64, time: Duration) -> Self {
        Self { stream, left: bytes, deadline: Box::pin(sleep(time)) }
    }
}

impl<E, S: Stream<Item = Result<Bytes, E>> + Unpin> Stream for Metered<S> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.deadline.as_mut().poll(context).is_ready() {
            return Poll::Ready(Some(Err(io::ErrorKind::TimedOut.into())));
        }
        let Some(chunk) = ready!(Pin::new(&mut self.stream).poll_next(context)) else {
            return Poll::Ready(None);
        };
        // The error would name the address; what is cut off is all that the client needs to see.
        let Ok(chunk) = chunk else {
            return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
        };
        match self.left.checked_sub(chunk.len() as u64) {
            Some(left) => self.left = left,
            None => return Poll::Ready(Some(Err(io::ErrorKind::FileTooLarge.into()))),
        }
        Poll::Ready(Some(Ok(chunk)))
    }
}
