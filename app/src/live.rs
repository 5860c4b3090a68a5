//! An open page hears from the host that what it shows has changed, and reads it anew by itself.
//! Where it hears nothing it shows what was read last, as without script.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod browser;

/// The query of what a page asks by itself. The session does not live longer by it, so that a
/// browser left alone is signed out in time.
pub const BY_ITSELF: &str = "live";

/// How often the host has told of changes at this address, counted while the page is open. Only in
/// the browser.
pub(crate) fn use_news(path: &'static str) -> RwSignal<u32> {
    let news = RwSignal::new(0);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::listen(path, news));
    #[cfg(not(feature = "hydrate"))]
    let _ = path;
    news
}

/// Does what puts new rows in the place of others, as soon as that takes nothing out of somebody's
/// hands. Ticks and focus go with their rows. Only in the browser.
pub(crate) fn renew(show: Box<dyn FnOnce()>) {
    #[cfg(feature = "hydrate")]
    browser::renew(show);
    #[cfg(not(feature = "hydrate"))]
    drop(show);
}
