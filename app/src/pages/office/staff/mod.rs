//! The staff: list, invitation, one person.

mod list;
mod new;
mod person;

pub use list::OfficeStaff;
pub use new::OfficeStaffNew;
pub use person::OfficeStaffPerson;

use model::{StaffRole, StaffStatus};

use crate::i18n::{Text, staff_role_name, staff_role_summary};
use crate::ui::{Choice, Status};

/// The roles to choose from, with what each allows.
fn roles(t: Text) -> Vec<Choice> {
    let words = |role| format!("{} – {}", staff_role_name(t, role), staff_role_summary(t, role));
    StaffRole::ALL.into_iter().map(|role| Choice::new(role.key(), words(role))).collect()
}

const fn shape(status: StaffStatus) -> Status {
    match status {
        StaffStatus::Active => Status::Good,
        StaffStatus::Invited => Status::Waiting,
        StaffStatus::Deactivated => Status::Off,
    }
}

/// What was done just before.
fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "invited" => Some(t.done_staff_invited()),
        "link" => Some(t.done_staff_link()),
        "role" => Some(t.done_staff_role()),
        "deactivated" => Some(t.done_staff_deactivated()),
        "activated" => Some(t.done_staff_activated()),
        "reset" => Some(t.done_staff_reset()),
        _ => None,
    }
}
