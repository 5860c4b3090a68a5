use super::{Failure, center, database};
use crate::config::{Config, Sources};
use crate::host::Host;
use crate::log;

/// Serves the portal until the process is told to end.
pub(crate) async fn serve(sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources)?;
    let public = config.public()?.clone();
    config.secret_key()?;
    log::start(&config.log, config.log_format);
    for variable in sources.unknown_variables() {
        tracing::warn!(event = "sys_settings", variable, "is no setting and has no effect");
    }
    let db = database(&config).await?;
    let center = center(&config, db, public.origin(), config.activation_confirm_email, false)?;
    let host = Host::prepare(&config, public, center).await?;
    tracing::info!(event = "sys_startup", address = %host.address(), "ready");
    host.run().await;
    Ok(())
}
