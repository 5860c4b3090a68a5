//! The second step of signing in: codes of an app that change every half minute (TOTP, RFC 6238), and
//! codes on paper for the day on which the app is lost. The same for staff and for users of the portal. Staff may have
//! passkeys beside the app.

mod app;
mod codes;
mod holder;
pub(crate) mod passkey;
mod proof;
mod recovery;

pub(crate) use app::AppSecret;
pub(crate) use codes::FreshCodes;
pub(crate) use holder::Holder;
pub(crate) use proof::Proof;
use recovery::{RecoveryCode, fresh_codes};
