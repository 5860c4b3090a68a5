use serde::{Deserialize, Serialize};

use crate::Count;

/// The own second step of signing in, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MySecondStep {
    /// There is none.
    Off {
        /// The companies of the person that want one, by name.
        required_by: Vec<String>,
    },
    /// An app waits for its first code: what to scan, or to type.
    SetUp {
        /// Side of the QR code in modules, with its margin.
        size: u32,
        /// The dark modules as the path of an SVG picture of that size.
        path: String,
        /// The same secret for typing, in groups of four.
        secret: String,
    },
    /// Codes for the day on which the app is lost, shown until they are kept.
    Keep {
        /// Each can be used once.
        codes: Vec<String>,
    },
    /// It counts.
    On {
        /// Since when, in words.
        since: String,
        /// Recovery codes that were not used.
        codes_left: u32,
        /// The companies of the person that want it, by name.
        required_by: Vec<String>,
    },
}

/// How a user's second step stands, for a colleague who manages users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColleagueStep {
    /// There is none.
    Off,
    /// It is set up; a colleague can take it back.
    On,
    /// It is set up, and the login opens other places too: only the shop can take it back.
    OfOthersToo,
    /// It is the one of the person who looks.
    Own,
}

/// The page *Settings* of users management.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersSettings {
    /// The company's name
    pub company: String,
    /// Whether its users have to sign in with a second step.
    pub second_step_required: bool,
    /// Active users who have none.
    pub without: Count,
    /// The person who looks is one of them.
    pub you_too: bool,
}
