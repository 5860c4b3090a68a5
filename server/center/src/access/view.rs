//! What somebody of the staff may do who sees the portal as one of its users. Whatever is not named here
//! is refused, so that a new function is closed to views until somebody thought of them.

use model::ErrorCode;

use super::{Actor, Kind, Needs, SignedIn, Spec};
use crate::Error;

/// Functions that only read, and those that leave no trace but in this browser.
const READING: &[&str] = &[
    "accounts.end_view",
    "accounts.sign_out",
    "accounts.sign_in_page",
    "accounts.second_step_page",
    "accounts.my_second_step",
    "accounts.profile",
    "accounts.profile_form",
    "accounts.sessions",
    "activation.get",
    "activity.company",
    "activity.mine",
    "inbox.get",
    "inbox.list",
    "roles.form",
    "roles.list",
    "users.access_request",
    "users.access_requests",
    "users.contact_form",
    "users.contacts",
    "users.differences",
    "users.get",
    "users.import_form",
    "users.invitations",
    "users.list",
    "users.matching_form",
    "users.new_form",
    "users.result",
    "users.review",
    "users.settings",
    "viewer.set_theme",
];

/// Addresses that hand out or follow something without a change.
const ROUTES: &[&str] =
    &["health.live", "health.ready", "users.import_sample", "users.live", "users.result_rows"];

/// Refuses what a view must not do. Everybody else passes.
///
/// Reading is open to every view. One that acts may besides do what takes a right in the company, and
/// edit the profile; never what the account is got into with (passwords, the email address, sessions).
///
/// # Errors
/// `ViewRefuses`
pub fn within_view(actor: &Actor, spec: &Spec) -> Result<(), Error> {
    let Some(view) = actor.signed_in().and_then(|who| who.view) else { return Ok(()) };
    let open = match spec.kind {
        Kind::Page => true,
        Kind::Route => ROUTES.contains(&spec.name),
        Kind::Function if READING.contains(&spec.name) => true,
        Kind::Function => {
            view.acts && (matches!(spec.needs, Needs::Right(..)) || spec.name == "accounts.edit_profile")
        }
    };
    if open { Ok(()) } else { Err(ErrorCode::ViewRefuses { acts: view.acts }.into()) }
}

/// Refuses what somebody gets in with, where a use case touches it only sometimes.
///
/// # Errors
/// `ViewRefuses`
pub(crate) fn never_in_a_view(who: &SignedIn) -> Result<(), Error> {
    match who.view {
        Some(view) => Err(ErrorCode::ViewRefuses { acts: view.acts }.into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn every_name_stands_in_the_table() {
        for (names, kind) in [(READING, Kind::Function), (ROUTES, Kind::Route)] {
            for name in names {
                assert!(table().iter().any(|spec| spec.name == *name && spec.kind == kind), "{name}");
            }
        }
    }
}
