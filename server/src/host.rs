//! The portal as a running process: listeners, mail, jobs, and how they end together.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use center::mail::{FileTransport, SmtpTransport, Transport, Worker};
use center::{Center, SystemEntropy, jobs, live, mail};
use model::Email;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

use crate::commands::Failure;
use crate::config::{Config, PublicUrl};
use crate::web::assets::Assets;
use crate::web::limits::Room;
use crate::web::listener::{self, Rules};
use crate::web::metrics::{self, Gauge, Gauges};
use crate::web::shutdown::{DRAIN, Shutdown};
use crate::web::{Edge, layers, router};

/// Who mails come from while they are only kept as files.
const UNSENT_FROM: &str = "portal@customer-center.example";
/// How often what people asked for is settled.
const SETTLE_EVERY: Duration = Duration::from_secs(2);
/// How often it is written down how the ERP does.
const WATCH_EVERY: Duration = Duration::from_secs(5);
/// How often open pages are told what has changed.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How often what has ended is cleared away.
const SWEEP_EVERY: Duration = Duration::from_secs(900);
/// How long all parts together may take to end: a little more than requests under way have.
const END: Duration = DRAIN.saturating_add(Duration::from_secs(2));
/// Connections to the metrics.
const METRICS_CONNECTIONS: usize = 32;

/// A portal that listens but does not answer yet.
pub struct Host {
    center: Arc<Center>,
    edge: Arc<Edge>,
    worker: Arc<Worker>,
    portal: TcpListener,
    metrics: Option<TcpListener>,
    rules: Rules,
    address: SocketAddr,
}

impl Host {
    /// Takes the addresses and makes everything ready, so that whatever is wrong is told before
    /// anybody is answered.
    ///
    /// # Errors
    /// [`Failure`] naming what can't be had.
    pub async fn prepare(config: &Config, public: PublicUrl, center: Center) -> Result<Self, Failure> {
        let assets = Assets::load()?;
        let center = Arc::new(center);
        let worker = worker(config, &center)?;
        let portal = listen(config.listen).await?;
        let address = portal.local_addr().map_err(Failure::system("the address is not known"))?;
        let metrics = match config.metrics_listen {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let probed = Arc::clone(&center);
        let edge = Arc::new(Edge {
            public,
            proxies: config.trusted_proxies.clone(),
            entropy: Arc::new(SystemEntropy),
            assets,
            probe: Arc::new(move || {
                let center = Arc::clone(&probed);
                Box::pin(async move { center.probe().await.map_err(|error| error.to_string()) })
            }),
            shutdown: Shutdown::default(),
            room: Room::default(),
            larger_bodies: router::LARGER_BODIES,
            uploads: router::UPLOADS,
            reload_port: reload_port(),
        });
        let rules = Rules { uncounted: config.trusted_proxies.clone(), ..Rules::default() };
        Ok(Self { center, edge, worker, portal, metrics, rules, address })
    }

    /// Where the portal listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until the process is told to end; then ends in order within 25 seconds.
    pub async fn run(self) {
        let Self { center, edge, worker, portal, metrics, rules, .. } = self;
        let shutdown = edge.shutdown.clone();
        if let Err(error) = shutdown.on_signals() {
            tracing::error!(event = "sys_shutdown", %error, "signals can't be heard; the process ends without order");
        }
        let (stop, stopped) = watch::channel(false);
        let mailing = tokio::spawn(worker.run(stopped));
        let settling = tokio::spawn(repeat(Arc::clone(&center), shutdown.clone(), SETTLE_EVERY, settle));
        let sweeping = tokio::spawn(repeat(Arc::clone(&center), shutdown.clone(), SWEEP_EVERY, sweep));
        let watching = tokio::spawn(repeat(Arc::clone(&center), shutdown.clone(), WATCH_EVERY, watch));
        let telling = tokio::spawn(repeat(Arc::clone(&center), shutdown.clone(), LOOK_EVERY, look));
        let numbers = metrics.zip(metrics::start()).map(|(listener, handle)| {
            let routes = metrics::routes(handle, gauges(&center));
            let rules =
                Rules { connections: METRICS_CONNECTIONS, drain_time: Duration::ZERO, ..Rules::default() };
            tokio::spawn(listener::serve(listener, routes, rules, shutdown.clone()))
        });
        let application = layers(router::application(&center, &edge), &edge);
        let serving = tokio::spawn(listener::serve(portal, application, rules, shutdown.clone()));

        shutdown.closing().await;
        // Requests under way may go on, but these would never end by themselves.
        center.live().end();
        // No receiver means that the worker has ended already.
        let _ = stop.send(true);
        let ended = async {
            let parts = [
                Some(serving),
                Some(mailing),
                Some(settling),
                Some(sweeping),
                Some(watching),
                Some(telling),
                numbers,
            ];
            for part in parts.into_iter().flatten() {
                if let Err(error) = part.await {
                    tracing::error!(event = "sys_shutdown", %error, "a part of the host broke off");
                }
            }
            // What was asked since the last time.
            watch(Arc::clone(&center)).await;
            center.close().await;
        };
        if tokio::time::timeout(END, ended).await.is_err() {
            tracing::error!(event = "sys_shutdown", "a part of the host does not end");
        }
        tracing::info!(event = "sys_shutdown", "gone");
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(Failure::system(format!("{address} can't be listened on")))
}

fn worker(config: &Config, center: &Arc<Center>) -> Result<Arc<Worker>, Failure> {
    let transport: Arc<dyn Transport> = match &config.smtp_url {
        Some(url) => {
            let smtp = SmtpTransport::new(url.reveal(), config.smtp_ca_file.as_deref());
            Arc::new(smtp.map_err(|error| Failure::Unfit(error.to_string()))?)
        }
        None => Arc::new(file_transport(config)?),
    };
    Ok(Worker::new(Arc::clone(center), transport, &sender(config)?)?)
}

/// Keeps mails in the folder of the settings.
pub(crate) fn file_transport(config: &Config) -> Result<FileTransport, Failure> {
    FileTransport::new(config.mail_dir.clone())
        .map_err(Failure::system(format!("mail_dir: {} can't be made", config.mail_dir.display())))
}

/// Who mails come from.
pub(crate) fn sender(config: &Config) -> Result<Email, Failure> {
    match &config.mail_from {
        Some(from) => Ok(from.clone()),
        None => Email::parse(UNSENT_FROM).map_err(|error| Failure::Unfit(error.to_string())),
    }
}

/// The port of the developer's reload socket, while `cargo leptos watch` runs the host.
fn reload_port() -> Option<u16> {
    std::env::var_os("LEPTOS_WATCH")?;
    std::env::var_os("LEPTOS_RELOAD_PORT")?.to_str()?.parse().ok()
}

fn gauges(center: &Arc<Center>) -> Gauges {
    let center = Arc::clone(center);
    Arc::new(move || {
        let center = Arc::clone(&center);
        Box::pin(async move {
            match mail::figures(&center).await {
                Ok(figures) => {
                    let age = figures.oldest.map_or(0, |oldest| center.now() - oldest);
                    let mails = |state: &str, value: i64| Gauge {
                        name: "outbox_mails",
                        label: ("state", state.to_owned()),
                        value: value as f64,
                    };
                    let oldest = Gauge {
                        name: "outbox_oldest_seconds",
                        label: ("state", "waiting".to_owned()),
                        value: age as f64 / 1e6,
                    };
                    vec![mails("waiting", figures.waiting), mails("dead", figures.dead), oldest]
                }
                Err(error) => {
                    tracing::error!(event = "sys_database", %error, "the outbox can't be counted");
                    Vec::new()
                }
            }
        })
    })
}

async fn settle(center: Arc<Center>) {
    if let Err(error) = jobs::settle(&center).await {
        tracing::error!(event = "sys_job", job = "settle", %error);
    }
}

async fn sweep(center: Arc<Center>) {
    if let Err(error) = jobs::sweep(&center).await {
        tracing::error!(event = "sys_job", job = "sweep", %error);
    }
    if let Err(error) = jobs::remind(&center).await {
        tracing::error!(event = "sys_job", job = "remind", %error);
    }
}

async fn watch(center: Arc<Center>) {
    if let Err(error) = jobs::watch(&center).await {
        tracing::error!(event = "sys_job", job = "watch", %error);
    }
}

async fn look(center: Arc<Center>) {
    if let Err(error) = live::look(&center).await {
        tracing::error!(event = "sys_job", job = "live", %error);
    }
}

/// Does a job again and again until the host closes; one that runs is finished first.
async fn repeat<F: Future<Output = ()>>(
    center: Arc<Center>,
    shutdown: Shutdown,
    every: Duration,
    job: impl Fn(Arc<Center>) -> F,
) {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => job(Arc::clone(&center)).await,
            () = shutdown.closing() => return,
        }
    }
}
