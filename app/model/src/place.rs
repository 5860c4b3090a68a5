use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::CompanyId;

/// Where a person can act, as forms name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceId {
    /// A company with Customer center.
    Company(CompanyId),
    /// The customer without one; a person has at most one.
    Business,
}

/// What forms say for [`PlaceId::Business`].
const BUSINESS: &str = "business";

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Company(company) => company.fmt(f),
            Self::Business => f.write_str(BUSINESS),
        }
    }
}

/// A text that names no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no place")]
pub struct NoPlace;

impl FromStr for PlaceId {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        match text {
            BUSINESS => Ok(Self::Business),
            company => company.parse().map(Self::Company).map_err(|_| NoPlace),
        }
    }
}

/// A place that a person may switch to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceChoice {
    /// Which
    pub place: PlaceId,
    /// Name of the company or customer.
    pub name: String,
    /// Whether the session acts for it.
    pub current: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_read_back() {
        let company = PlaceId::Company("0197b3a4-0000-7000-8000-000000000001".parse().unwrap());
        for place in [company, PlaceId::Business] {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for bad in ["", "Business", "0197", "0197b3a4-0000-7000-8000-00000000000x"] {
            assert_eq!(bad.parse::<PlaceId>(), Err(NoPlace), "{bad}");
        }
    }
}
