use super::{Failure, database};
use crate::config::{Config, Sources};

/// Brings the database to this version.
pub(crate) async fn migrate(sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources)?;
    let db = database(&config).await?;
    db.close().await;
    println!("The database is at this version.");
    Ok(())
}
