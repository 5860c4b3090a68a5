//! Mails that wait, were sent or were given up: finding them, seeing what they said, sending them again, and
//! noting addresses that take none.

mod again;
mod bounce;
mod list;
mod obstacle;
mod record;
mod retry;
mod said;
mod stored;

pub use again::resend;
pub use bounce::{forget_bounce, note_bounce};
pub use list::{Found, FoundMail, list};
pub use obstacle::Obstacle;
pub use record::{Again, Record, record};
pub use retry::{Retried, result, retry, retry_all, retry_many};
pub use said::said;

pub(super) use bounce::bounce_of;
pub(super) use stored::sees_staff;
