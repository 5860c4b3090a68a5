//! Pages that are open are told when what they show has changed, never what: they then read it
//! anew, with the rights that count at that moment.
//!
//! What changed is read from the audit trail, which every change is written into and whose numbers
//! are given in the order of the commits. That carries from one node to the others too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::{ActivityKind, CompanyId, ErrorCode, UserId};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::timeout;

use crate::access::{self, Actor, Operation, SignedIn};
use crate::accounts::sessions;
use crate::audit::Event;
use crate::clock::{MINUTE, SECOND};
use crate::store::{StoreError, args};
use crate::{Center, Error, Instant};

/// Pages of one person that are told, in this process.
const PER_PERSON: usize = 5;
/// Pages of all people together that are told, in this process.
const TOGETHER: usize = 1_000;
/// A page hears at least this often, so that neither side takes the connection for dead; whether
/// the session goes on is looked at just as often.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// A page that is told for the first time may have been read this long ago.
const OPENED: Instant = MINUTE;
/// Between the moment that an entry names and the end of its transaction.
const COMMITTED: Instant = 10 * SECOND;
/// Entries read at a time.
const AT_ONCE: i64 = 500;
/// Entries that are looked at for what a page missed; with more of them it missed something.
const LOOKED_AT: usize = 100;
/// Entries that may wait for a listener.
const WAITING: usize = 1_024;

/// What an entry of the trail means to those who listen.
#[derive(Clone, Copy, Debug)]
struct News {
    company: Option<CompanyId>,
    people: [Option<UserId>; 2],
    /// Whether lists of the company's users may look different.
    users: bool,
}

/// Who listens in this process.
pub struct Live {
    /// Gone once the host goes down.
    news: Mutex<Option<broadcast::Sender<News>>>,
    open: Arc<Mutex<HashMap<UserId, usize>>>,
    /// The number of the last entry that was told; none while nobody listens.
    told: tokio::sync::Mutex<Option<i64>>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            news: Mutex::new(Some(broadcast::Sender::new(WAITING))),
            open: Arc::default(),
            told: tokio::sync::Mutex::default(),
        }
    }
}

impl Live {
    /// Ends all listening for good, because the host goes down.
    pub fn end(&self) {
        lock(&self.news).take();
    }

    fn sender(&self) -> Option<broadcast::Sender<News>> {
        lock(&self.news).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A place among those who listen, given back when it is dropped.
struct Place {
    open: Arc<Mutex<HashMap<UserId, usize>>>,
    user: UserId,
}

impl Place {
    fn take(live: &Live, user: UserId) -> Result<Self, Error> {
        let mut open = lock(&live.open);
        if open.values().sum::<usize>() >= TOGETHER {
            return Err(Error::Busy);
        }
        let own = open.entry(user).or_default();
        if *own >= PER_PERSON {
            tracing::warn!(event = "excess_rate_limit_exceeded", bucket = "live.person");
            return Err(ErrorCode::TooManyRequests { retry_after: 60 }.into());
        }
        *own += 1;
        Ok(Self { open: Arc::clone(&live.open), user })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = lock(&self.open);
        if let Some(own) = open.get_mut(&self.user) {
            *own -= 1;
            if *own == 0 {
                open.remove(&self.user);
            }
        }
    }
}

/// What a listener hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The users of the company have changed.
    Changed,
    /// Nothing has, and the listener still may hear.
    Nothing,
    /// The listener may hear no more: signed out, switched off, without the right, or the host goes down.
    Over,
}

/// An open list of a company's users.
pub struct Listener {
    who: SignedIn,
    company: CompanyId,
    news: broadcast::Receiver<News>,
    /// Something changed between the reading of the page and now.
    missed: bool,
    _place: Place,
}

/// Begins to listen for changes of the company's users. `since` is when a listener whose connection
/// broke heard something last, in µs; what happened meanwhile is told at once.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, `TooManyRequests` with more than 5 pages of one person,
/// [`Error::Busy`] with more than 1,000 in all or while the host goes down, [`Error::Store`]
pub async fn listen(center: &Center, actor: &Actor, since: Option<Instant>) -> Result<Listener, Error> {
    let held = access::in_company(actor, Operation::UsersLive)?;
    let live = center.live();
    let place = Place::take(live, held.user)?;
    let news = {
        // Held while the first listener notes where the trail stands, so that nothing falls between.
        let mut told = live.told.lock().await;
        let news = live.sender().ok_or(Error::Busy)?.subscribe();
        if told.is_none() {
            let sql = "SELECT seq AS n FROM audit_head WHERE id = 1";
            *told = Some(center.db().read().await?.value(sql, args![]).await?);
        }
        news
    };
    let since = since.unwrap_or_else(|| center.now() - OPENED).saturating_sub(COMMITTED);
    let missed = changed_since(center, held.company, since).await?;
    Ok(Listener { who: held.who.clone(), company: held.company, news, missed, _place: place })
}

/// Whether the users of a company have changed since then. In doubt they have.
async fn changed_since(center: &Center, company: CompanyId, since: Instant) -> Result<bool, StoreError> {
    let sql = "SELECT at, event FROM audit WHERE company_id = $1 ORDER BY seq DESC LIMIT $2";
    let most = i64::try_from(LOOKED_AT).unwrap_or(i64::MAX);
    let rows = center.db().read().await?.all(sql, args![company, most]).await?;
    let mut later = 0;
    for row in &rows {
        if row.get::<Instant>("at")? > since {
            later += 1;
            if touches_users(&row.get::<String>("event")?) {
                return Ok(true);
            }
        }
    }
    Ok(later == LOOKED_AT)
}

/// Whether lists of users may look different after this. An event of a newer version may matter.
fn touches_users(event: &str) -> bool {
    Event::from_key(event).is_none_or(|event| {
        matches!(event.kind(), ActivityKind::People | ActivityKind::Changes) || event == Event::EmailChanged
    })
}

impl Listener {
    /// Waits for something to tell, at most 15 seconds.
    pub async fn next(&mut self, center: &Center) -> Told {
        let changed = if std::mem::take(&mut self.missed) {
            true
        } else {
            match timeout(HEARTBEAT, self.concerned()).await {
                Ok(Some(changed)) => changed,
                Ok(None) => return Told::Over,
                Err(_) => false,
            }
        };
        match self.may_listen(center).await {
            Ok(true) if changed => Told::Changed,
            Ok(true) => Told::Nothing,
            Ok(false) => Told::Over,
            Err(error) => {
                // Of whom nothing is known, nothing is told.
                tracing::error!(event = "sys_database", %error);
                Told::Over
            }
        }
    }

    /// Waits for an entry about the company or the listener: whether the users have changed.
    async fn concerned(&mut self) -> Option<bool> {
        loop {
            match self.news.recv().await {
                Ok(news) if news.company == Some(self.company) => return Some(news.users),
                Ok(news) if news.people.contains(&Some(self.who.user)) => return Some(false),
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return Some(true),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    async fn may_listen(&mut self, center: &Center) -> Result<bool, StoreError> {
        let Some(who) = sessions::still(center, &self.who).await? else { return Ok(false) };
        let actor = Actor::User(Box::new(who));
        Ok(access::in_company(&actor, Operation::UsersLive).is_ok_and(|held| held.company == self.company))
    }
}

/// Tells those who listen what has been written into the trail since the last time.
///
/// # Errors
/// [`StoreError`]
pub async fn look(center: &Center) -> Result<(), StoreError> {
    let live = center.live();
    let Some(sender) = live.sender() else { return Ok(()) };
    let mut told = live.told.lock().await;
    if sender.receiver_count() == 0 {
        *told = None;
        return Ok(());
    }
    let Some(mut last) = *told else { return Ok(()) };
    let sql =
        "SELECT seq, event, company_id, actor_id, subject_id FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2";
    loop {
        let rows = center.db().read().await?.all(sql, args![last, AT_ONCE]).await?;
        for row in &rows {
            last = row.get("seq")?;
            let news = News {
                company: row.get("company_id")?,
                people: [row.get("actor_id")?, row.get("subject_id")?],
                users: touches_users(&row.get::<String>("event")?),
            };
            // Without a receiver the last listener has just gone.
            let _ = sender.send(news);
        }
        *told = Some(last);
        if i64::try_from(rows.len()).is_ok_and(|read| read < AT_ONCE) {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lists_of_users_show_is_told_and_no_more() {
        for event in ["user_deactivated", "access_requested", "profile_updated", "user_email_changed"] {
            assert!(touches_users(event), "{event}");
        }
        for event in ["authn_login_success", "session_ended", "users_exported", "authn_password_change"] {
            assert!(!touches_users(event), "{event}");
        }
        assert!(touches_users("from_the_future"));
    }
}
