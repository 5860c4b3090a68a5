use std::path::Path;

use super::{Failure, verify};
use crate::config::{Config, Sources};

/// Copies the embedded database into a new file.
pub(crate) async fn backup(sources: &Sources, file: &Path) -> Result<(), Failure> {
    let config = Config::load(sources)?;
    center::backup::backup(config.database_url.reveal(), file).await?;
    println!("Copied to {}.", file.display());
    Ok(())
}

/// Puts a copy in the database's place, and checks that everything in it fits together.
pub(crate) async fn restore(sources: &Sources, file: &Path) -> Result<(), Failure> {
    let config = Config::load(sources)?;
    center::backup::restore(config.database_url.reveal(), file).await?;
    println!("{} is in place. All sessions have ended; mails that waited are given up.", file.display());
    verify(sources).await
}
