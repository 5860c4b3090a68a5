//! A page says for whom it was loaded with all that it sends and asks: another tab may have switched the
//! company since, and what was meant for the one must not reach the other.

/// The field that forms send along.
pub const ACTING_FIELD: &str = "acting";
/// The header that what the page asks by script carries.
pub const ACTING_HEADER: &str = "x-acting";

#[cfg(not(feature = "ssr"))]
pub(crate) use browser::{acting, remember};

#[cfg(not(feature = "ssr"))]
mod browser {
    use std::sync::OnceLock;

    static ACTING: OnceLock<String> = OnceLock::new();

    /// Keeps for whom the page was loaded; it stays so until another is.
    pub(crate) fn remember(acting: &str) {
        _ = ACTING.set(acting.to_owned());
    }

    /// For whom the page was loaded; `None` when nobody was signed in.
    pub(crate) fn acting() -> Option<&'static str> {
        ACTING.get().map(String::as_str)
    }
}
