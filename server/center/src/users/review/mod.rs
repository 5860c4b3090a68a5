//! Access review: now and then a main contact confirms every user's access. What was decided, by whom and
//! about which roles and budgets, is kept.

mod decide;
mod evidence;
mod page;
mod remind;
mod state;

pub use decide::{Confirmed, confirm_access, deactivate_reviewed, finish_review};
pub use evidence::{Decision, Evidence, EvidenceRow, review_evidence};
pub use page::{ReviewQuery, review};

pub(super) use state::waiting;

pub(crate) use remind::remind_of_reviews;
pub(crate) use state::review_is_due;
