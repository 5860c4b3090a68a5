/// A moment in µs since 1970, UTC.
pub type Instant = i64;

/// A second in µs.
pub const SECOND: Instant = 1_000_000;
/// A minute in µs.
pub const MINUTE: Instant = 60 * SECOND;
/// An hour in µs.
pub const HOUR: Instant = 60 * MINUTE;
/// A day in µs.
pub const DAY: Instant = 24 * HOUR;

/// The only source of the time, so that tests own it.
pub trait Clock: Send + Sync {
    /// Now, in µs since 1970, UTC.
    fn now(&self) -> Instant;
}

/// The computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    fn now(&self) -> Instant {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .ok()
            .and_then(|since| i64::try_from(since.as_micros()).ok())
            .unwrap_or_default()
    }
}
