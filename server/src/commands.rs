//! What the command line can be asked to do, one file each.

mod backup;
mod demo;
mod doctor;
mod import;
mod migrate;
mod routes;
mod serve;
mod staff;
mod verify;

use std::io;
use std::sync::Arc;

use center::backup::BackupError;
use center::erp::{EmbeddedErp, Erp, ImportError, Maintenance};
use center::store::{Db, StoreError};
use center::{Center, Parts, Seal, Settings, SystemClock, SystemEntropy};
use thiserror::Error;

use crate::config::{Config, ConfigError, ErpChoice};
use crate::web::assets::AssetsError;

pub(crate) use backup::{backup, restore};
pub(crate) use demo::demo;
pub(crate) use doctor::doctor;
pub(crate) use import::import;
pub(crate) use migrate::migrate;
pub(crate) use routes::routes;
pub(crate) use serve::serve;
pub(crate) use staff::create_staff;
pub(crate) use verify::verify;

/// Why a command did not do what it was asked.
#[derive(Debug, Error)]
pub enum Failure {
    /// The settings can't be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A use case failed.
    #[error(transparent)]
    Center(#[from] center::Error),
    /// The site's files are not there.
    #[error(transparent)]
    Assets(#[from] AssetsError),
    /// The database could not be copied or put back.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The import could not be carried out.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The operating system refused something.
    #[error("{what}: {error}")]
    System {
        /// What was tried
        what: String,
        /// What the system says
        error: io::Error,
    },
    /// The settings are good, but don't fit what was asked.
    #[error("{0}")]
    Unfit(String),
    /// What is wrong was printed already.
    #[error("")]
    Told,
}

impl Failure {
    pub(crate) fn system(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |error| Self::System { what, error }
    }
}

/// Opens the database and brings it to this version.
async fn database(config: &Config) -> Result<Db, Failure> {
    let db = Db::open(config.database_url.reveal()).await?;
    db.migrate().await?;
    Ok(db)
}

/// The host's services on this database. `inbox` says whether mails that are kept as files may be read in the browser.
fn center(
    config: &Config,
    db: Db,
    public_url: &str,
    confirm_email: bool,
    inbox: bool,
) -> Result<Center, Failure> {
    let erp: Arc<dyn Erp> = match config.erp {
        ErpChoice::Embedded => Arc::new(EmbeddedErp::new(db.clone())),
        ErpChoice::Maintenance => Arc::new(Maintenance),
    };
    let settings = Settings {
        shop_name: config.shop_name.clone(),
        shop_contact: config.shop_contact.clone(),
        public_url: public_url.to_owned(),
        confirm_email,
        time_zone: config.default_time_zone.clone(),
        locale: config.default_locale,
        access_review_days: config.access_review_days,
        view_as_mail: config.view_as_mail,
        mail_dir: config.smtp_url.is_none().then(|| config.mail_dir.clone()),
        inbox: inbox && config.smtp_url.is_none(),
    };
    Ok(Center::new(Parts {
        db,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        erp,
        settings,
        seal: Seal::new(config.any_secret_key()),
    })?)
}
