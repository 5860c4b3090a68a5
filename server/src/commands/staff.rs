use super::{Failure, center, database};
use crate::config::{Config, Sources};

/// Records one of the merchant's own people.
pub(crate) async fn create_staff(
    sources: &Sources,
    email: &str,
    name: &str,
    role: &str,
) -> Result<(), Failure> {
    let config = Config::load(sources)?;
    let db = database(&config).await?;
    let center = center(&config, db, "", config.activation_confirm_email, false)?;
    let created = center::staff::create(&center, email, name, role).await;
    center.close().await;
    created?;
    println!("{email} is recorded for the Back Office.");
    Ok(())
}
