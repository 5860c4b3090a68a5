//! The second step of signing in: codes of an app that change every half minute (TOTP, RFC 6238), and
//! codes on paper for the day on which the app is lost.

mod app;
mod recovery;

pub(crate) use app::AppSecret;
pub(crate) use recovery::{RecoveryCode, fresh_codes};
