use tokio::sync::Notify;

/// Tells the worker that the outbox has something new, so that a mail leaves at once instead of
/// at the next look.
#[derive(Debug, Default)]
pub struct Wake(Notify);

impl Wake {
    /// Wakes the worker. Call it after the commit; a call before the worker listens is kept.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Waits for a ring.
    pub(super) async fn rung(&self) {
        self.0.notified().await;
    }
}
