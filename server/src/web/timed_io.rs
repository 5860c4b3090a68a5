use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// How patient a connection is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// From the first moment to the end of a request's headers.
    pub(super) head: Duration,
    /// Between two requests.
    pub(super) idle: Duration,
    /// For a client that stopped reading.
    pub(super) stalled: Duration,
}

const HEAD: u8 = 0;
const BUSY: u8 = 1;
const IDLE: u8 = 2;

/// What the connection is doing, told by the service to the stream under it.
#[derive(Clone, Debug)]
pub(super) struct Pace(Arc<AtomicU8>);

impl Pace {
    pub(super) fn new() -> Self {
        Self(Arc::new(AtomicU8::new(HEAD)))
    }

    /// A request has arrived; limits of the request itself apply from now on.
    pub(super) fn busy(&self) {
        self.0.store(BUSY, Ordering::Relaxed);
    }

    /// It is answered.
    pub(super) fn idle(&self) {
        self.0.store(IDLE, Ordering::Relaxed);
    }
}

/// A stream that breaks off when the client is silent or too slow. The HTTP library's own limit
/// would cut idle connections as early as slow ones, and does not see a client that stops reading.
pub(super) struct TimedIo<S> {
    stream: S,
    pace: Pace,
    patience: Patience,
    /// What the reading clock was set for.
    clock_for: u8,
    reading: Pin<Box<Sleep>>,
    writing: Option<Pin<Box<Sleep>>>,
}

impl<S> TimedIo<S> {
    pub(super) fn new(stream: S, pace: Pace, patience: Patience) -> Self {
        let reading = Box::pin(sleep(patience.head));
        Self { stream, pace, patience, clock_for: HEAD, reading, writing: None }
    }

    fn set_clock(&mut self, what: u8, time: Duration) {
        self.clock_for = what;
        self.reading.as_mut().reset(Instant::now() + time);
    }

    /// Data came in.
    fn heard(&mut self) {
        if self.pace.0.compare_exchange(IDLE, HEAD, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            self.set_clock(HEAD, self.patience.head);
        }
    }

    /// Nothing came in; ready with an error when the time is up.
    fn waited(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        match self.pace.0.load(Ordering::Relaxed) {
            BUSY => {
                self.clock_for = BUSY;
                return Poll::Pending;
            }
            IDLE if self.clock_for != IDLE => self.set_clock(IDLE, self.patience.idle),
            _ => {}
        }
        self.reading.as_mut().poll(cx).map(|()| io::Error::from(io::ErrorKind::TimedOut))
    }

    fn wrote<T>(&mut self, cx: &mut Context<'_>, result: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.writing = None;
            // A long download is no idle time.
            if self.clock_for == IDLE {
                self.set_clock(IDLE, self.patience.idle);
            }
            return result;
        }
        let clock = self.writing.get_or_insert_with(|| Box::pin(sleep(self.patience.stalled)));
        clock.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for TimedIo<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match Pin::new(&mut this.stream).poll_read(cx, buf) {
            Poll::Ready(result) => {
                this.heard();
                Poll::Ready(result)
            }
            Poll::Pending => this.waited(cx).map(Err),
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for TimedIo<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.stream).poll_write(cx, buf);
        this.wrote(cx, result)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.stream).poll_write_vectored(cx, bufs);
        this.wrote(cx, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
