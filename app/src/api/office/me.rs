//! The own account in the Back Office.

use leptos::prelude::*;
use model::{Go, OfficeMe, PasskeyOffer};

use crate::api::Failure;

/// The own page.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "office/me")]
pub async fn office_my_account() -> Result<OfficeMe, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::me(&r.center, &r.actor).await).await?)
}

/// Changes the own password.
///
/// # Errors
/// The fields `current`, `password` and `repeat`
#[server(endpoint = "office/me_change_password")]
pub async fn office_change_password(
    #[server(default)] current: String,
    #[server(default)] password: String,
    #[server(default)] repeat: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let token =
            center::office::change_password(&r.center, &r.actor, &current, &password, &repeat).await?;
        r.reply.set(Cookie::Office, token.text());
        Ok(Go::to("/office/me?done=password"))
    })
    .await?)
}

/// Makes new recovery codes and leads to the page that shows them.
///
/// # Errors
/// `ReauthRequired`
#[server(endpoint = "office/me_new_codes")]
pub async fn office_new_codes(#[server(default)] current: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let actor = center::office::type_again(&r.center, &r.actor, &current).await?;
        center::office::new_codes(&r.center, &actor).await?;
        Ok(Go::to("/office/second-step?next=/office/me"))
    })
    .await?)
}

/// The page *Add passkey*.
///
/// # Errors
/// `NotFound` where there can be no passkeys
#[server(endpoint = "office/me_passkey_page")]
pub async fn office_passkey_page() -> Result<Option<PasskeyOffer>, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::passkey_page(&r.center, &r.actor).await).await?)
}

/// Asks for a new passkey of this name.
///
/// # Errors
/// The field `name`, `ReauthRequired`
#[server(endpoint = "office/me_passkey_begin")]
pub async fn office_passkey_begin(
    #[server(default)] name: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let actor = center::office::type_again(&r.center, &r.actor, &current).await?;
        center::office::begin_passkey(&r.center, &actor, &name).await?;
        Ok(Go::to("/office/me/passkey"))
    })
    .await?)
}

/// Keeps the passkey that the device made.
///
/// # Errors
/// `WrongState`
#[server(endpoint = "office/me_passkey_add")]
pub async fn office_passkey_add(#[server(default)] answer: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::office::add_passkey(&r.center, &r.actor, &answer).await?;
        Ok(Go::to("/office/me?done=passkey_added"))
    })
    .await?)
}

/// Removes one of the own passkeys.
///
/// # Errors
/// `NotFound`, `ReauthRequired`
#[server(endpoint = "office/me_passkey_remove")]
pub async fn office_passkey_remove(
    #[server(default)] passkey: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use model::ErrorCode;
    Ok(submit(async |r| {
        center::access::office(&r.actor, center::access::Operation::OfficePasskeyRemove)?;
        let passkey = passkey.parse().map_err(|_| ErrorCode::NotFound)?;
        let actor = center::office::type_again(&r.center, &r.actor, &current).await?;
        center::office::remove_passkey(&r.center, &actor, passkey).await?;
        Ok(Go::to("/office/me?done=passkey_removed"))
    })
    .await?)
}

/// Signs out one of the own browsers.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/me_revoke_session")]
pub async fn office_revoke_session(#[server(default)] session: String) -> Result<Go, Failure> {
    use crate::host::submit;
    use model::ErrorCode;
    Ok(submit(async |r| {
        let session = session.parse().map_err(|_| ErrorCode::NotFound)?;
        center::office::revoke_session(&r.center, &r.actor, session).await?;
        Ok(Go::to("/office/me?done=session_revoked"))
    })
    .await?)
}

/// Signs out all other browsers.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "office/me_revoke_other_sessions")]
pub async fn office_revoke_other_sessions() -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::office::revoke_other_sessions(&r.center, &r.actor).await?;
        Ok(Go::to("/office/me?done=sessions_revoked"))
    })
    .await?)
}

/// Takes the password again, then leads to the file that wanted it.
///
/// # Errors
/// The field `current`
#[server(endpoint = "office/confirm_password")]
pub async fn office_confirm_password(
    #[server(default)] current: String,
    #[server(default)] next: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::office::confirm_password(&r.center, &r.actor, &current).await?;
        let path = next.split('?').next().unwrap_or_default();
        let known = model::is_local_path(&next) && center::access::is_office_file(path);
        Ok(Go::anew(if known { next.as_str() } else { "/office" }))
    })
    .await?)
}
