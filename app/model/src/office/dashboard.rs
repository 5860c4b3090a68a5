//! What the start page of the Back Office shows. What somebody may not read is not there.

use serde::{Deserialize, Serialize};

use crate::{CompanyId, Count};

/// The start page of the Back Office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// For those who may see companies and users
    pub people: Option<DashboardPeople>,
    /// For those who may see mails
    pub mails: Option<DashboardMails>,
    /// For those who may see how the ERP does
    pub erp: Option<DashboardErp>,
}

/// Each of the last thirty days with its number, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCounts(pub Vec<(String, u32)>);

impl DayCounts {
    /// All together.
    pub fn sum(&self) -> u32 {
        self.0.iter().fold(0, |sum, (_, n)| sum.saturating_add(*n))
    }

    /// The largest number of a day.
    pub fn most(&self) -> u32 {
        self.0.iter().map(|(_, n)| *n).max().unwrap_or_default()
    }
}

/// Companies and users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DashboardPeople {
    /// Accounts that were activated and invitations that were accepted, by day.
    pub activations: DayCounts,
    /// Users who were seen within thirty days
    pub active: Count,
    /// Sign-ins by day
    pub sign_ins: DayCounts,
    /// Requests for access that wait for a company's decision
    pub requests: Count,
    /// Since when the oldest of them waits, in words; empty when none does.
    pub oldest_request: String,
    /// The companies with the oldest of them: which, its name, how many.
    pub asked: Vec<(CompanyId, String, u32)>,
    /// Requests by the day on which they were made
    pub requested: DayCounts,
}

/// Mails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DashboardMails {
    /// Mails that wait, or are tried again
    pub waiting: Count,
    /// How long the oldest of them has been waiting, in minutes; `None` when none does.
    pub oldest_minutes: Option<u32>,
    /// Mails that were given up
    pub dead: Count,
    /// Addresses that send mails back
    pub bouncing: Count,
    /// Mails sent by day
    pub sent: DayCounts,
}

/// The ERP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DashboardErp {
    /// Whether it answered just now
    pub answers: bool,
    /// Activations that wait for it
    pub parked: Count,
}
