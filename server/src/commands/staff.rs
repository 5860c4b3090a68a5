use super::{Failure, center, database};
use crate::config::{Config, Sources};

/// Records one of the merchant's own people and prints the link with which the person sets a password.
pub(crate) async fn create_staff(
    sources: &Sources,
    email: &str,
    name: &str,
    role: &str,
) -> Result<(), Failure> {
    let config = Config::load(sources)?;
    let db = database(&config).await?;
    let public = config.public()?.clone();
    let center = center(&config, db, public.origin(), config.activation_confirm_email, false)?;
    let created = center::office::create(&center, email, name, role).await;
    center.close().await;
    let token = created?;
    println!("{email} is recorded for the Back Office. Within three days, set the password here:");
    println!("{}/office/link/{}", public.origin(), token.text());
    Ok(())
}
