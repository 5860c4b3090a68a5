use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Page, ReviewId, UserId, UserRow};

/// How far the review of a company's access is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewProgress {
    /// Enabled users who are confirmed as they stand.
    pub confirmed: u32,
    /// Enabled users
    pub total: u32,
}

/// Names a user as shown in a review: who, and in which version, so that nobody confirms roles or budgets
/// not seen. Written as two parts with a point between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewedUser {
    /// Who
    pub user: UserId,
    /// The version that was shown.
    pub version: i64,
}

impl fmt::Display for ReviewedUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.user, self.version)
    }
}

impl FromStr for ReviewedUser {
    type Err = ();

    /// Reads a form's value.
    ///
    /// # Errors
    /// When it is not one.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (user, version) = text.split_once('.').ok_or(())?;
        Ok(Self { user: user.parse().map_err(|_| ())?, version: version.parse().map_err(|_| ())? })
    }
}

/// A row of *Access review*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRow {
    /// The user
    pub user: UserRow,
    /// A [`ReviewedUser`], as forms send it.
    pub shown: String,
    /// When and by whom the user was confirmed, in words; empty while that is open.
    pub confirmed: String,
}

/// A finished review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastReview {
    /// Id
    pub id: ReviewId,
    /// When it was finished, in words.
    pub finished: String,
    /// Who finished it.
    pub by: String,
    /// How many users were decided about.
    pub users: u32,
}

/// The page *Access review*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPage {
    /// How far it is
    pub progress: ReviewProgress,
    /// Whether it is due.
    pub due: bool,
    /// The day on which the next one is or was due, in words; empty when reviews are never due.
    pub day: String,
    /// Enabled users by name.
    pub users: Page<ReviewRow>,
    /// Only those who are not confirmed are listed.
    pub open: bool,
    /// Finished ones, the latest first.
    pub past: Vec<PastReview>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reviewed_user_reads_back_and_nothing_else_is_one() {
        let user: UserId = "01970000-0000-7000-8000-000000000001".parse().unwrap();
        let shown = ReviewedUser { user, version: 7 };
        assert_eq!(shown.to_string().parse(), Ok(shown));
        for bad in ["", "7", "x.7", &user.to_string(), &format!("{user}.x"), &format!("{user}.")] {
            assert_eq!(bad.parse::<ReviewedUser>(), Err(()), "{bad}");
        }
    }
}
