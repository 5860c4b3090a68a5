//! Going down in order: say so, wait for the balancer, stop accepting, let what runs end.

use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// After SIGTERM a balancer needs this long to notice that the host is no longer ready.
pub const NOTICE: Duration = Duration::from_secs(2);
/// How long requests under way may go on once nothing new is accepted.
pub const DRAIN: Duration = Duration::from_secs(20);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Running,
    Draining,
    Closing,
}

/// How far the host is on its way down. Clones share it.
#[derive(Clone, Debug)]
pub struct Shutdown(watch::Sender<Stage>);

impl Default for Shutdown {
    fn default() -> Self {
        Self(watch::Sender::new(Stage::Running))
    }
}

impl Shutdown {
    /// Begins to go down when the process is told to. SIGTERM gives balancers time to notice;
    /// SIGINT, which a person at the keyboard sends, does not wait. A second signal ends at once.
    ///
    /// # Errors
    /// When signals can't be listened to.
    pub fn on_signals(&self) -> std::io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let shutdown = self.clone();
        tokio::spawn(async move {
            let notice = tokio::select! {
                _ = terminate.recv() => NOTICE,
                _ = interrupt.recv() => Duration::ZERO,
            };
            tracing::info!(event = "sys_shutdown", "going down");
            tokio::select! {
                () = shutdown.begin(notice) => {}
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            tracing::warn!(event = "sys_shutdown", "told twice: ending at once");
            std::process::exit(130);
        });
        Ok(())
    }

    /// Says that the host is going down, waits, then closes it to new connections.
    pub async fn begin(&self, notice: Duration) {
        self.reach(Stage::Draining);
        tokio::time::sleep(notice).await;
        self.reach(Stage::Closing);
    }

    fn reach(&self, stage: Stage) {
        self.0.send_if_modified(|now| {
            let further = *now < stage;
            *now = stage.max(*now);
            further
        });
    }

    /// Whether the host should get no new work.
    pub fn is_draining(&self) -> bool {
        *self.0.borrow() >= Stage::Draining
    }

    /// Waits until no new connections are accepted; jobs stop here too.
    pub async fn closing(&self) {
        let mut stage = self.0.subscribe();
        // The sender lives in self, so waiting can't fail.
        let _ = stage.wait_for(|stage| *stage >= Stage::Closing).await;
    }
}
