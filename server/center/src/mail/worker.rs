use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use model::{Email, MailId};
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use uuid::Uuid;

use super::MailKind;
use super::archive;
use super::compose::Composer;
use super::outage::{self, FIRST_PAUSE, LONGEST_PAUSE, Outage};
use super::permit::{Permit, Waiting, permit};
use super::render::{RenderError, Rendered, Templates};
use super::secret::{Remembered, Secret, masked_inset, sample_inset};
use super::transport::{Outgoing, SendError, Transport};
use super::wording::{Wording, wording};
use super::words;
use crate::clock::{HOUR, MINUTE};
use crate::shop::{self, Shop};
use crate::store::{StoreError, args};
use crate::{Center, Error, Instant};

/// Mails under way at once.
const SLOTS: usize = 4;
/// A mail belongs to one worker this long; more than sending may take.
const LEASE: Instant = 2 * MINUTE;
/// A mail is tried this long, and again so long each time somebody takes it up again.
const GIVE_UP: Instant = 72 * HOUR;
/// How often the outbox is looked at without being woken.
const POLL: Duration = Duration::from_secs(2);
/// How long mails under way may take when the worker is stopped.
const GRACE: Duration = Duration::from_secs(15);
/// How often, and after which pause, the end of a mail is written down again when the database fails.
const MARK_TRIES: u32 = 20;
const MARK_PAUSE: Duration = Duration::from_secs(2);

/// What became of the mails of one [`Worker::drain_once`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    /// Taken by the mail server.
    pub sent: usize,
    /// To be tried again.
    pub deferred: usize,
    /// Given up.
    pub dead: usize,
    /// Not sent because their reason was gone.
    pub cancelled: usize,
    /// Not sent because their time was over.
    pub expired: usize,
}

/// Sends what stands in the outbox. Any number of workers, on any number of nodes, may run on one
/// database.
pub struct Worker {
    center: Arc<Center>,
    transport: Arc<dyn Transport>,
    templates: Templates,
    composer: Composer,
    owner: Uuid,
    outage: Outage,
    remembered: Remembered,
}

/// The end of a mail, or of one attempt.
#[derive(Debug)]
enum End {
    /// With what it said, its secret masked.
    Sent(Rendered),
    Deferred(String),
    /// The server as a whole was out of order, so this was no attempt.
    Waits {
        until: Instant,
        reason: String,
    },
    Dead(String),
    Cancelled(&'static str),
    Expired(&'static str),
}

/// A mail that this worker may send.
struct Leased {
    mail: Waiting,
    secret: Secret,
    wording: Wording,
    shop: Shop,
}

enum Next {
    Send(Box<Leased>),
    Settled(End),
    /// Another worker was faster, or the row is not for this version.
    Skipped,
    Nothing,
}

impl Worker {
    /// Makes a worker that sends from this address, in the shop's name.
    ///
    /// # Errors
    /// [`Error::Fault`] when a template or the address can't be used.
    pub fn new(center: Arc<Center>, transport: Arc<dyn Transport>, from: &Email) -> Result<Arc<Self>, Error> {
        let templates = Templates::load().map_err(|e| Error::Fault(e.to_string()))?;
        let composer = Composer::new(center.settings(), from)?;
        let owner = center.new_id();
        Ok(Arc::new(Self {
            center,
            transport,
            templates,
            composer,
            owner,
            outage: Outage::default(),
            remembered: Remembered::default(),
        }))
    }

    /// Sends until `stop` turns true or its sender is gone; then finishes what is under way, for
    /// at most 15 seconds, and gives the rest back.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut sending = JoinSet::new();
        while !*stop.borrow_and_update() {
            if let Err(error) = self.fill(&mut sending, &mut Drained::default()).await {
                tracing::error!(event = "mail_outbox_failed", %error);
            }
            tokio::select! {
                changed = stop.changed() => if changed.is_err() { break },
                Some(ended) = sending.join_next() => log_panic(ended),
                () = self.center.mail_wake().rung() => {}
                () = tokio::time::sleep(POLL) => if sending.is_empty() { self.transport.rest().await },
            }
        }
        let finished =
            tokio::time::timeout(GRACE, async { while sending.join_next().await.is_some() {} }).await;
        if finished.is_err() {
            sending.shutdown().await;
        }
        self.transport.rest().await;
        if let Err(error) = self.give_back().await {
            tracing::error!(event = "mail_outbox_failed", %error);
        }
    }

    /// Sends everything that is due, and answers what became of it.
    ///
    /// # Errors
    /// [`StoreError`] when the outbox can't be read or written.
    pub async fn drain_once(self: &Arc<Self>) -> Result<Drained, StoreError> {
        let mut sending = JoinSet::new();
        let mut drained = Drained::default();
        loop {
            self.fill(&mut sending, &mut drained).await?;
            match sending.join_next().await {
                None => break,
                Some(Ok(end)) => drained.count(&end),
                Some(ended) => log_panic(ended),
            }
        }
        self.transport.rest().await;
        Ok(drained)
    }

    /// Puts mails under way while there are any and slots are free.
    async fn fill(
        self: &Arc<Self>,
        sending: &mut JoinSet<End>,
        drained: &mut Drained,
    ) -> Result<(), StoreError> {
        while sending.len() < self.outage.slots(SLOTS, self.center.now()) {
            match self.next().await? {
                Next::Send(leased) => {
                    let worker = Arc::clone(self);
                    sending.spawn(async move { worker.send(*leased).await });
                }
                Next::Settled(end) => drained.count(&end),
                Next::Skipped => {}
                Next::Nothing => break,
            }
        }
        Ok(())
    }

    /// Takes the next mail that is due. One that can't be taken just now never holds up the others.
    async fn next(&self) -> Result<Next, StoreError> {
        let sql =
            "SELECT id, kind, trial FROM outbox WHERE state = 'pending' AND not_before <= $1 AND lease_until <= $1
             ORDER BY not_before, id LIMIT 1";
        let found = self.center.db().read().await?.optional(sql, args![self.center.now()]).await?;
        let Some(found) = found else { return Ok(Next::Nothing) };
        let id: MailId = found.get("id")?;
        let Some(kind) = MailKind::from_key(&found.get::<String>("kind")?) else {
            // Of a later version; a newer node may know it.
            return self.leave(id, MINUTE).await;
        };
        match self.take(id, kind, found.get::<Option<String>>("trial")?.is_some()).await {
            Err(Error::Store(StoreError::Column(column))) => {
                tracing::error!(event = "mail_damaged", mail = %id.0, column);
                self.leave(id, LONGEST_PAUSE).await
            }
            Err(Error::Store(error)) => Err(error),
            // The hasher is busy with people who wait.
            Err(error) => {
                tracing::warn!(event = "mail_waits", mail = %id.0, %error);
                self.leave(id, FIRST_PAUSE).await
            }
            Ok(next) => Ok(next),
        }
    }

    /// Decides whether a mail may be sent, makes its secret and leases its row, in one transaction.
    async fn take(&self, id: MailId, kind: MailKind, trial: bool) -> Result<Next, Error> {
        let center = &*self.center;
        let shop = shop::read(center).await?;
        let remembered = self.remembered.get(id);
        let fresh = remembered.is_none();
        let secret = match remembered {
            Some(secret) => secret,
            None if trial => Secret::Nothing,
            None => Secret::make(center, kind).await?,
        };

        let mut tx = center.db().write().await?;
        let now = center.now();
        let Some(mail) = Waiting::find(&mut tx, id).await? else { return Ok(Next::Skipped) };
        let wording = wording(&mut tx, kind, mail.locale).await?;
        let end = match permit(&mut tx, &mail, &secret, fresh, now).await? {
            Permit::Granted => None,
            Permit::Stale => {
                self.remembered.forget(id);
                return Ok(Next::Skipped);
            }
            Permit::Cancelled(reason) => Some(End::Cancelled(reason)),
            Permit::Expired(reason) => Some(End::Expired(reason)),
            Permit::Broken(reason) => Some(End::Dead(reason.to_owned())),
        };
        if end.is_some() {
            // Without a commit: a secret that is not sent leaves no trace.
            drop(tx);
            tx = center.db().write().await?;
        }
        let leased = tx
            .execute(
                "UPDATE outbox SET lease_until = $2, lease_owner = $3, attempts = attempts + 1
                 WHERE id = $1 AND state = 'pending' AND lease_until <= $4",
                args![id, now + LEASE, self.owner, now],
            )
            .await?;
        if leased == 0 {
            return Ok(Next::Skipped);
        }
        tx.commit().await?;
        if let Some(end) = end {
            self.settle(&mail, &end).await;
            return Ok(Next::Settled(end));
        }
        let mail = Waiting { attempts: mail.attempts + 1, ..mail };
        Ok(Next::Send(Box::new(Leased { mail, secret, wording, shop })))
    }

    /// Puts a mail aside for a while.
    async fn leave(&self, id: MailId, pause: Instant) -> Result<Next, StoreError> {
        let mut tx = self.center.db().write().await?;
        let sql = "UPDATE outbox SET not_before = $2 WHERE id = $1 AND state = 'pending'";
        tx.execute(sql, args![id, self.center.now() + pause]).await?;
        tx.commit().await?;
        Ok(Next::Skipped)
    }

    /// Sends a mail and writes down how that ended.
    async fn send(&self, leased: Leased) -> End {
        let Leased { mail, secret, wording, shop } = leased;
        let end = match self.words(&mail, &secret, wording, &shop) {
            Err(fault) => End::Dead(fault),
            Ok((outgoing, said)) => {
                let result = self.transport.send(&outgoing).await;
                self.judge(&mail, secret, said, result)
            }
        };
        self.settle(&mail, &end).await;
        end
    }

    /// The mail as it goes out, and what it says with its secret masked.
    fn words(
        &self,
        mail: &Waiting,
        secret: &Secret,
        wording: Wording,
        shop: &Shop,
    ) -> Result<(Outgoing, Rendered), String> {
        let facts: BTreeMap<String, String> = serde_json::from_str(&mail.data).map_err(|e| e.to_string())?;
        let settings = shop.over(self.center.settings());
        let (inset, wording) = match &mail.trial {
            Some(trial) => {
                let own = serde_json::from_str(trial).map_err(|e| e.to_string())?;
                (sample_inset(mail.kind), Wording { own, ..wording })
            }
            None => (secret.inset(), wording),
        };
        let write = |wording: &Wording| {
            let write =
                |inset| self.templates.write(mail.kind, mail.locale, &facts, &settings, inset, wording);
            Ok::<_, RenderError>((write(inset)?, write(masked_inset(mail.kind))?))
        };
        let written = match write(&wording) {
            // The mail is needed; the template can wait.
            Err(error) if wording.own.is_some() && mail.trial.is_none() => {
                tracing::error!(event = "mail_template_broken", kind = mail.kind.key(), locale = mail.locale.tag(), %error);
                write(&Wording { own: None, ..wording.clone() })
            }
            written => written,
        };
        let (mut rendered, mut said) = written.map_err(|e| e.to_string())?;
        if mail.trial.is_some() {
            rendered.subject.insert_str(0, words::TRIAL);
            said.subject.insert_str(0, words::TRIAL);
        }
        let now = self.center.now();
        let outgoing =
            self.composer.compose(mail.id, now, &mail.recipient, &shop.name, rendered, &wording)?;
        Ok((outgoing, said))
    }

    fn judge(&self, mail: &Waiting, secret: Secret, said: Rendered, result: Result<(), SendError>) -> End {
        let now = self.center.now();
        let error = match result {
            Ok(()) => {
                self.outage.over();
                return End::Sent(said);
            }
            Err(error) => error,
        };
        let too_old = now - mail.since >= GIVE_UP;
        let reason = reason(&error);
        match error {
            SendError::Refused(_) => {
                self.outage.over();
                End::Dead(reason)
            }
            SendError::Deferred(_) => {
                self.outage.over();
                if too_old {
                    return End::Dead(reason);
                }
                self.remembered.keep(mail.id, secret, now);
                End::Deferred(reason)
            }
            SendError::Unavailable(_) | SendError::Misconfigured(_) => {
                let (until, news) = self.outage.failed(now, self.center.entropy());
                if news && matches!(error, SendError::Misconfigured(_)) {
                    tracing::error!(event = "mail_server_misconfigured", reason);
                } else if news {
                    tracing::warn!(event = "mail_server_unavailable", reason);
                }
                if too_old {
                    return End::Dead(reason);
                }
                self.remembered.keep(mail.id, secret, now);
                End::Waits { until, reason }
            }
        }
    }

    /// Writes the end down. When the database fails just now it is tried again while the lease
    /// lasts: otherwise a mail that was sent would be sent once more.
    async fn settle(&self, mail: &Waiting, end: &End) {
        if !matches!(end, End::Deferred(_) | End::Waits { .. }) {
            self.remembered.forget(mail.id);
        }
        match end {
            End::Sent(_) => tracing::info!(event = "mail_sent", mail = %mail.id.0, kind = mail.kind.key()),
            End::Dead(reason) => {
                tracing::error!(event = "mail_dead", mail = %mail.id.0, kind = mail.kind.key(), reason)
            }
            End::Deferred(reason) => {
                tracing::warn!(event = "mail_deferred", mail = %mail.id.0, kind = mail.kind.key(), reason)
            }
            End::Waits { .. } => {}
            End::Cancelled(reason) | End::Expired(reason) => {
                tracing::info!(event = "mail_not_sent", mail = %mail.id.0, kind = mail.kind.key(), reason);
            }
        }
        for _ in 0..MARK_TRIES {
            match self.mark(mail, end).await {
                Ok(()) => return,
                Err(error) => tracing::error!(event = "mail_outbox_failed", mail = %mail.id.0, %error),
            }
            tokio::time::sleep(MARK_PAUSE).await;
        }
    }

    async fn mark(&self, mail: &Waiting, end: &End) -> Result<(), StoreError> {
        let now = self.center.now();
        let mut tx = self.center.db().write().await?;
        let ended = "UPDATE outbox SET state = $3, reason = $4, lease_until = 0
             WHERE id = $1 AND lease_owner = $2 AND state = 'pending'";
        let later =
            "UPDATE outbox SET not_before = $3, reason = $4, attempts = attempts - $5, lease_until = 0
             WHERE id = $1 AND lease_owner = $2 AND state = 'pending'";
        match end {
            End::Sent(said) => {
                // Also when it was cancelled while it was under way: it did leave.
                let sql = "UPDATE outbox SET state = 'sent', sent_at = $3, reason = '', lease_until = 0
                     WHERE id = $1 AND lease_owner = $2 AND state IN ('pending', 'cancelled')";
                let touched = tx.execute(sql, args![mail.id, self.owner, now]).await?;
                archive::keep(&mut tx, mail.id, mail.recipient.as_str(), said, now).await?;
                touched
            }
            End::Deferred(reason) => {
                let not_before = now + outage::pause(mail.attempts, self.center.entropy());
                tx.execute(later, args![mail.id, self.owner, not_before, reason, 0_i64]).await?
            }
            End::Waits { until, reason } => {
                tx.execute(later, args![mail.id, self.owner, *until, reason, 1_i64]).await?
            }
            End::Dead(reason) => tx.execute(ended, args![mail.id, self.owner, "dead", reason]).await?,
            End::Cancelled(reason) => {
                tx.execute(ended, args![mail.id, self.owner, "cancelled", *reason]).await?
            }
            End::Expired(reason) => tx.execute(ended, args![mail.id, self.owner, "expired", *reason]).await?,
        };
        tx.commit().await
    }

    /// Gives back the leases of mails that were under way.
    async fn give_back(&self) -> Result<(), StoreError> {
        let mut tx = self.center.db().write().await?;
        let sql = "UPDATE outbox SET lease_until = 0 WHERE lease_owner = $1 AND state = 'pending' AND lease_until > 0";
        tx.execute(sql, args![self.owner]).await?;
        tx.commit().await
    }
}

impl Drained {
    const fn count(&mut self, end: &End) {
        match end {
            End::Sent(_) => self.sent += 1,
            End::Deferred(_) | End::Waits { .. } => self.deferred += 1,
            End::Dead(_) => self.dead += 1,
            End::Cancelled(_) => self.cancelled += 1,
            End::Expired(_) => self.expired += 1,
        }
    }
}

/// A mail whose task broke down comes back when its lease is over.
fn log_panic(ended: Result<End, JoinError>) {
    if let Err(error) = ended {
        tracing::error!(event = "mail_task_failed", %error);
    }
}

/// An error as a row and a log keep it: one line of at most 300 characters.
fn reason(error: &SendError) -> String {
    super::render::one_line(&error.to_string()).chars().take(300).collect()
}
