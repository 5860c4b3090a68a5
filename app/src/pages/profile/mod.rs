//! The own profile.

mod email;
mod fields;
mod overview;
mod password;
mod sessions;

pub use email::ProfileEmail;
pub use overview::Profile;
pub use password::ProfilePassword;
pub use sessions::ProfileSessions;

use leptos::prelude::*;
use model::ProfileView;

use crate::api::Failure;
use crate::api::accounts::profile;
use crate::i18n::Text;

/// The own data.
fn use_profile() -> Resource<Result<ProfileView, Failure>> {
    Resource::new(|| (), |()| profile())
}

/// The way up from the pages below the profile.
fn parent(t: Text) -> (String, String) {
    ("/profile".to_owned(), t.nav_profile().to_owned())
}
