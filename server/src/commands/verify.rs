use super::{Failure, center, database};
use crate::config::{Config, Sources};

/// Checks all invariants; lists those that are broken.
pub(crate) async fn verify(sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources)?;
    let db = database(&config).await?;
    let center = center(&config, db, "", config.activation_confirm_email, false)?;
    let breaches = center::verify::verify(&center).await?;
    center.close().await;
    if breaches.is_empty() {
        println!("Everything fits together.");
        return Ok(());
    }
    for breach in breaches {
        println!("{breach}");
    }
    Err(Failure::Told)
}
