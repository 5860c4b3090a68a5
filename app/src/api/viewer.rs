//! Language and look of the pages.

use leptos::prelude::*;
use model::Go;

use super::Failure;

/// Changes the language of the pages: by a cookie and, of somebody signed in, in the profile.
///
/// # Errors
/// The field `locale` when it is none of ours.
#[server(endpoint = "viewer/set_language")]
pub async fn set_language(
    #[server(default)] locale: String,
    #[server(default)] back: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    use model::{FieldIssue, Locale};
    Ok(submit(async |request| {
        let locale = Locale::from_tag(&locale)
            .ok_or_else(|| center::Error::field("locale", FieldIssue::UnknownChoice))?;
        center::accounts::choose_language(&request.center, &request.actor, locale).await?;
        request.reply.set(Cookie::Locale, locale.tag().to_owned());
        Ok(Go::anew(back_or(&back, "/")))
    })
    .await?)
}

/// Changes between light and dark, by a cookie.
///
/// # Errors
/// The field `theme` when it is none of ours.
#[server(endpoint = "viewer/set_theme")]
pub async fn set_theme(
    #[server(default)] theme: String,
    #[server(default)] back: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    use center::access::{Operation, authorize};
    use model::{FieldIssue, Theme};
    Ok(submit(async |request| {
        authorize(&request.actor, Operation::SetTheme)?;
        let theme = Theme::from_key(&theme)
            .ok_or_else(|| center::Error::field("theme", FieldIssue::UnknownChoice))?;
        request.reply.set(Cookie::Theme, theme.key().to_owned());
        Ok(Go::anew(back_or(&back, "/")))
    })
    .await?)
}

/// The page to go back to, if it is one of the portal's.
#[cfg(feature = "ssr")]
pub(crate) fn back_or(back: &str, otherwise: &str) -> String {
    if model::is_local_path(back) { back.to_owned() } else { otherwise.to_owned() }
}
