//! Companies and users in the Back Office: finding them, switching them on and off, seeing the portal as
//! one of them, and what is kept of a person.

mod company;
mod handover;
mod list;
mod manage;
mod merging;
mod moving;
mod person;
mod privacy;
mod view;

pub use company::company;
pub use handover::{code_page, make_code};
pub use list::list;
pub(in crate::office) use list::{find_companies, find_people, later_word};
pub use manage::{
    activate, close_company, deactivate, end_sessions, open_company, reset_second_step, send_password_link,
};
pub use merging::{merge, merge_page};
pub use moving::{move_into_company, move_page};
pub use person::person;
pub use privacy::{erase, export};
pub use view::{end_view, view_as, viewed_as};

pub(super) use list::named;
pub(crate) use manage::end_all_of;
pub(crate) use view::{close_view, close_views, close_views_of};

/// Rows of a page.
pub(super) const ROWS: usize = 25;

/// Cuts what was read to a page, with the cursors of its neighbours. One row more than a page has says that
/// there are more.
pub(super) fn paged<R>(
    mut rows: Vec<R>,
    from_start: bool,
    backwards: bool,
    cursor: impl Fn(&R) -> String,
) -> (Vec<R>, Option<String>, Option<String>) {
    let beyond = rows.len() > ROWS;
    rows.truncate(ROWS);
    if backwards {
        rows.reverse();
    }
    let (more_before, more_after) = if backwards { (beyond, true) } else { (!from_start, beyond) };
    let before = rows.first().filter(|_| more_before).map(&cursor);
    let after = rows.last().filter(|_| more_after).map(&cursor);
    (rows, before, after)
}
