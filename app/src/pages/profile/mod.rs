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

use model::ProfileView;

use crate::api::accounts;
use crate::i18n::Text;
use crate::load::{Data, use_data};

/// The own data.
fn use_profile() -> Data<ProfileView> {
    use_data(String::new, || accounts::Profile {})
}

/// The way up from the pages below the profile.
fn parent(t: Text) -> (String, String) {
    ("/profile".to_owned(), t.nav_profile().to_owned())
}
