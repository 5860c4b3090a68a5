//! Companies and users in the Back Office, a file for each screen.

mod code;
mod company;
mod erase;
mod list;
mod merging;
mod moving;
mod person;
mod view;

pub use code::OfficeCode;
pub use company::OfficeCompany;
pub use erase::OfficeErase;
pub use list::OfficeUsers;
pub use merging::OfficeMerge;
pub use moving::OfficeMove;
pub use person::OfficeUser;
pub use view::OfficeViewAs;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{PersonPage, UserStatus};

use crate::api::office::users::OfficeUsersPerson;
use crate::i18n::{status_text, use_text};
use crate::load::{Data, use_data};
use crate::pages::users::shape;
use crate::ui::Badge;

/// A status in its shape.
fn status_badge(status: UserStatus) -> AnyView {
    let t = use_text();
    view! { <Badge status=shape(status)>{status_text(t, status)}</Badge> }.into_any()
}

/// The person of the page's address.
fn use_person() -> Data<PersonPage> {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    use_data(move || id.get(), move || OfficeUsersPerson { person: id.get_untracked() })
}
