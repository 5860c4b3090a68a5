//! How guessing passwords is slowed down. Whatever asks for a password counts here, so that no
//! form is a way around the limits of another (docs/adr/0014).

use crate::access::Client;
use crate::clock::{DAY, SECOND};
use crate::store::{StoreError, Tx, args};
use crate::throttle::{
    self, SIGN_IN_ACCOUNT, SIGN_IN_ACCOUNT_NETWORK, SIGN_IN_ACCOUNTS, SIGN_IN_ADDRESS, count_in, give_back_in,
};
use crate::{Center, Error, Instant};

/// A network counts as known for this long after the last sign-in from it.
const NETWORK_KNOWN: Instant = 30 * DAY;
/// The pauses after the first, second, third and every later wrong password for one account from
/// one network within the window.
const PAUSES: [Instant; 4] = [SECOND, 3 * SECOND, 5 * SECOND, 10 * SECOND];

/// Whose logins they are. Both are judged in one place and under the same limits, and never taken for
/// one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Realm {
    /// Users of the portal.
    Portal,
    /// The merchant's staff.
    Office,
}

impl Realm {
    /// The account as counters name it. No address has a space.
    fn subject(self, account: &str) -> String {
        match self {
            Self::Portal => account.to_owned(),
            Self::Office => format!("staff {account}"),
        }
    }

    const fn known_network(self) -> &'static str {
        match self {
            Self::Portal => {
                "SELECT 1 AS n FROM known_networks k JOIN users u ON u.id = k.user_id
                 WHERE u.email = $1 AND k.network = $2 AND k.seen_at > $3"
            }
            Self::Office => {
                "SELECT 1 AS n FROM known_staff_networks k JOIN staff s ON s.id = k.staff_id
                 WHERE s.email = $1 AND k.network = $2 AND k.seen_at > $3"
            }
        }
    }
}

/// A password that was typed and counted, before anybody looked whether it is right.
pub(super) struct Attempt {
    source: String,
    account: String,
    /// Account and network
    lane: String,
    /// What counts as a guess at the account. One from a network where the account signed in lately counts by
    /// itself and shuts nobody out; it is written down all the same, so that both take equally long.
    guess: String,
    /// Seconds to wait, when a limit or a pause forbids to judge the password.
    closed_for: Option<u32>,
}

impl Attempt {
    /// Counts an attempt for this account, which need not exist.
    ///
    /// # Errors
    /// `TooManyRequests` when too much comes from the address, whatever the account;
    /// [`Error::Store`]
    pub(super) async fn count(
        center: &Center,
        client: &Client,
        realm: Realm,
        email: &str,
    ) -> Result<Self, Error> {
        let now = center.now();
        let network = client.network();
        let account = realm.subject(email);
        let mut attempt = Self {
            source: client.source(),
            lane: format!("{account} {network}"),
            guess: account.clone(),
            account,
            closed_for: None,
        };
        let mut tx = center.db().write().await?;
        // The address comes first: its lock makes attempts from there follow one another, so that
        // of several at once none is overlooked.
        let address = count_in(&mut tx, now, SIGN_IN_ADDRESS, &attempt.source).await?;
        if address.count > SIGN_IN_ADDRESS.allowed {
            tx.commit().await?;
            return Err(throttle::exceeded(SIGN_IN_ADDRESS, address.retry_after));
        }
        if let Some(retry_after) = attempt.one_account_more(&mut tx, now).await? {
            tx.commit().await?;
            return Err(throttle::exceeded(SIGN_IN_ACCOUNTS, retry_after));
        }
        let known = known_network(&mut tx, realm, email, &network, now).await?;
        if known {
            attempt.guess.push_str(" known");
        }
        let lane = count_in(&mut tx, now, SIGN_IN_ACCOUNT_NETWORK, &attempt.lane).await?;
        if now < lane.paused_until {
            attempt.closed_for = Some(throttle::seconds(lane.paused_until - now - 1));
        }
        if lane.count > SIGN_IN_ACCOUNT_NETWORK.allowed {
            attempt.closed_for = Some(lane.retry_after);
        }
        let guesses = count_in(&mut tx, now, SIGN_IN_ACCOUNT, &attempt.guess).await?;
        let locked = !known && guesses.count > SIGN_IN_ACCOUNT.allowed;
        if locked {
            attempt.closed_for = Some(guesses.retry_after);
        }
        // Shows the company's administrators that somebody guesses. Nothing is refused by this mark.
        let until = now + Instant::from(guesses.retry_after) * SECOND;
        let sql = "UPDATE members SET locked_until = $2
             WHERE user_id = (SELECT id FROM users WHERE email = $1 AND $3)";
        tx.execute(sql, args![&attempt.account, until, locked]).await?;
        tx.commit().await?;
        Ok(attempt)
    }

    /// Notes that the address tries this account. Answers the seconds to wait when it has tried
    /// too many others lately.
    async fn one_account_more(&self, tx: &mut Tx, now: Instant) -> Result<Option<u32>, StoreError> {
        let row = tx
            .one(
                "SELECT count(*) AS n, min(tried_at) AS first FROM tried_accounts
                 WHERE address = $1 AND account <> $2 AND tried_at > $3",
                args![&self.source, &self.account, now - SIGN_IN_ACCOUNTS.window],
            )
            .await?;
        if row.get::<i64>("n")? >= SIGN_IN_ACCOUNTS.allowed {
            let first: Option<Instant> = row.get("first")?;
            let wait = first.unwrap_or(now) + SIGN_IN_ACCOUNTS.window - now;
            return Ok(Some(throttle::seconds(wait)));
        }
        tx.execute(
            "INSERT INTO tried_accounts (address, account, tried_at) VALUES ($1, $2, $3)
             ON CONFLICT (address, account) DO UPDATE SET tried_at = $3",
            args![&self.source, &self.account, now],
        )
        .await?;
        Ok(None)
    }

    /// Seconds to wait, when the password is not to be judged.
    pub(super) const fn closed_for(&self) -> Option<u32> {
        self.closed_for
    }

    /// It was wrong, or not judged. Only what was judged begins a pause, so that who tries again
    /// too early need not wait longer. Both write the same row, so that they take equally long.
    pub(super) async fn failed(&self, center: &Center) -> Result<(), StoreError> {
        let [first, second, third, later] = PAUSES;
        let mut tx = center.db().write().await?;
        tx.execute(
            "UPDATE attempts SET failures = failures + 1, paused_until = CASE WHEN $3 THEN $4 + CASE failures
                 WHEN 0 THEN $5 WHEN 1 THEN $6 WHEN 2 THEN $7 ELSE $8 END ELSE paused_until END
             WHERE bucket = $1 AND subject = $2",
            args![
                SIGN_IN_ACCOUNT_NETWORK.bucket,
                &self.lane,
                self.closed_for.is_none(),
                center.now(),
                first,
                second,
                third,
                later
            ],
        )
        .await?;
        tx.commit().await
    }

    /// It was right: it counts nowhere, and the address may try this account.
    pub(super) async fn right(&self, center: &Center) -> Result<(), StoreError> {
        self.give_back(center, true).await
    }

    /// Nobody could judge it, so it counts nowhere.
    pub(super) async fn dropped(&self, center: &Center) -> Result<(), StoreError> {
        self.give_back(center, false).await
    }

    async fn give_back(&self, center: &Center, right: bool) -> Result<(), StoreError> {
        // In the order in which they were counted, so that no two wait for each other.
        let mut tx = center.db().write().await?;
        give_back_in(&mut tx, SIGN_IN_ADDRESS, &self.source).await?;
        if right {
            let sql = "DELETE FROM tried_accounts WHERE address = $1 AND account = $2";
            tx.execute(sql, args![&self.source, &self.account]).await?;
        }
        give_back_in(&mut tx, SIGN_IN_ACCOUNT_NETWORK, &self.lane).await?;
        give_back_in(&mut tx, SIGN_IN_ACCOUNT, &self.guess).await?;
        tx.commit().await
    }
}

async fn known_network(
    tx: &mut Tx,
    realm: Realm,
    email: &str,
    network: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let known = tx.optional(realm.known_network(), args![email, network, now - NETWORK_KNOWN]).await?;
    Ok(known.is_some())
}
