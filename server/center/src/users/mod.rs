//! Users management: a company's people, their roles, budgets and invitations, and the ERP
//! contacts that are not users yet (product reference, §4).

mod access_decisions;
mod access_requests;
mod bulk;
mod contacts;
mod differences;
mod export;
mod form;
mod found;
mod guard;
mod import;
mod invite;
mod list;
mod main_contacts;
mod manage;
mod matching;
mod order;
mod overview;
mod results;
mod review;
pub mod roles;
mod row;
mod search;
mod second_step;
mod switch;

pub use access_decisions::{decline_access, grant_access};
pub use access_requests::{access_request, access_requests};
pub use bulk::{BulkInput, Kept, bulk};
pub use contacts::{contact_form, contacts};
pub use differences::{
    DifferencesQuery, TakenOver, differences, ignore_difference, recall_difference, take_difference,
    tell_difference,
};
pub use export::{ExportRow, export};
pub use form::new_form;
pub use import::{ImportRow, RowState, add_imported, check_import, import_form, read_roles};
pub(crate) use import::{cell, separator};
pub use invite::{add_contact, invitations, request, resend_invitation, revoke_invitation};
pub use list::list;
pub use manage::{Edited, change_role, edit, get, send_password_link};
pub use matching::{MatchingInput, MatchingWork, Progress, go_on_matching, matching_form, start_matching};
pub use overview::overview;
pub use results::{ActionLine, ActionWork, Outcome, RowsLeft, Work, result, rows_left};
pub use review::{
    Confirmed, Decision, Evidence, EvidenceRow, ReviewQuery, confirm_access, deactivate_reviewed,
    finish_review, review, review_evidence,
};
pub use second_step::{require_second_step, reset_second_step, settings};
pub use switch::{activate, deactivate};

pub(crate) use found::lock_found;
pub(crate) use guard::{lock_company, lock_person, others_manage};
pub(crate) use invite::{Inviter, invite_again, inviter_of, mail_invitation_of};
pub(crate) use main_contacts::{main_contacts, tell_main_contacts};
pub(crate) use review::{remind_of_reviews, review_is_due};
pub(crate) use roles::{RoleBook, is_free_role_name, roles_of};
pub(crate) use row::{count, count_of, status};
pub(crate) use switch::{end_access, off, on};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a name is sorted and searched by: lower case, without accents, so that *Zoë* stands
/// beside *Zoe* and either finds both.
pub fn name_key(name: &str) -> String {
    name.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('ß', "ss")
}

#[cfg(test)]
mod tests {
    use super::name_key;

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(name_key("Zoë ÖZGÜR-Strauß"), "zoe ozgur-strauss");
    }
}
