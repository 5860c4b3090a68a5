use std::path::PathBuf;
use std::sync::Arc;

use model::{CustomerNumber, Locale};
use uuid::Uuid;

use crate::accounts::Passwords;
use crate::entropy::new_id;
use crate::erp::{Calls, Erp, ErpContact, Recorded, Running};
use crate::live::Live;
use crate::mail::Wake;
use crate::seal::Seal;
use crate::store::{Db, StoreError};
use crate::{Clock, Entropy, Error, Instant};

/// What the merchant decides about the portal.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The merchant's name.
    pub shop_name: String,
    /// How to reach the merchant, as one line for pages and mails.
    pub shop_contact: String,
    /// Where the portal is reached, without a slash at the end. Every link in a mail starts with it.
    pub public_url: String,
    /// Whether an activation mails a code before it makes the account.
    pub confirm_email: bool,
    /// Time zone of new companies, an IANA name.
    pub time_zone: String,
    /// Language of mails to people who never chose one.
    pub locale: Locale,
    /// Days from one review of a company's access to the next; 0 for never.
    pub access_review_days: u32,
    /// Whether main contacts are mailed when somebody of the staff begins to see the portal as one of their users.
    pub view_as_mail: bool,
    /// Where mails are kept as files because no mail server is set.
    pub mail_dir: Option<PathBuf>,
    /// Whether the kept mails can be read in an inbox page. Only ever on in the demo.
    pub inbox: bool,
}

/// What a [`Center`] is made of.
pub struct Parts {
    /// The database, migrated.
    pub db: Db,
    /// The time
    pub clock: Arc<dyn Clock>,
    /// Randomness
    pub entropy: Arc<dyn Entropy>,
    /// The merchant's ERP
    pub erp: Arc<dyn Erp>,
    /// Settings
    pub settings: Settings,
    /// Seals what the database must not hold in clear.
    pub seal: Seal,
}

/// The host's services, shared by all requests and jobs.
pub struct Center {
    db: Db,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    erp: Recorded,
    erp_import: Running,
    passwords: Passwords,
    settings: Settings,
    seal: Seal,
    mail_wake: Wake,
    live: Live,
}

impl Center {
    /// Puts the parts together.
    ///
    /// # Errors
    /// [`Error::Fault`] when the password hasher can't be set up.
    pub fn new(parts: Parts) -> Result<Self, Error> {
        let Parts { db, clock, entropy, erp, settings, seal } = parts;
        let passwords = Passwords::new(Arc::clone(&entropy))?;
        let erp = Recorded::new(erp, Arc::clone(&clock));
        Ok(Self {
            db,
            clock,
            entropy,
            erp,
            erp_import: Running::default(),
            passwords,
            settings,
            seal,
            mail_wake: Wake::default(),
            live: Live::default(),
        })
    }

    /// The database.
    pub const fn db(&self) -> &Db {
        &self.db
    }

    /// Now, in µs since 1970, UTC.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The source of randomness.
    pub fn entropy(&self) -> &dyn Entropy {
        self.entropy.as_ref()
    }

    /// The merchant's ERP.
    pub fn erp(&self) -> &dyn Erp {
        &self.erp
    }

    /// The people at a customer as it named them last, and when, to be shown while it does not answer.
    pub(crate) fn last_contacts(&self, customer: &CustomerNumber) -> Option<(Instant, Vec<ErpContact>)> {
        self.erp.last_contacts(customer)
    }

    /// What was asked of it and is not written down yet.
    pub(crate) const fn erp_calls(&self) -> &Calls {
        self.erp.calls()
    }

    /// Asks the ERP whether it answers at all.
    pub(crate) async fn look_after_erp(&self) {
        self.erp.look().await;
    }

    /// The import that this node carries out.
    pub(crate) const fn erp_import(&self) -> &Running {
        &self.erp_import
    }

    /// The password hasher.
    pub const fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// What the merchant decided.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Seals what the database must not hold in clear.
    pub const fn seal(&self) -> &Seal {
        &self.seal
    }

    /// Rings for the mail worker: after a commit with mails in it, so that they leave at once.
    pub const fn mail_wake(&self) -> &Wake {
        &self.mail_wake
    }

    /// The pages that are told when what they show has changed.
    pub const fn live(&self) -> &Live {
        &self.live
    }

    /// A fresh identifier.
    pub fn new_id(&self) -> Uuid {
        new_id(self.now(), self.entropy())
    }

    /// Closes the database.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// Whether the portal can do its work: the database takes writes.
    ///
    /// # Errors
    /// [`StoreError`] saying why not.
    pub async fn probe(&self) -> Result<(), StoreError> {
        self.db.probe().await
    }
}
