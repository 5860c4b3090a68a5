use serde::{Deserialize, Serialize};

macro_rules! features {
    ($( $(#[$doc:meta])* $name:ident = $key:literal, $company:literal; )*) => {
        /// A part of the portal that the merchant can switch off: a closed set. All are on until they
        /// are switched off.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Feature { $( $(#[$doc])* #[serde(rename = $key)] $name, )* }

        impl Feature {
            /// All features, in the order in which lists show them.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The name in forms, in the database and in refusals.
            pub const fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )* }
            }

            /// Whether it can be switched off for one company alone.
            pub const fn per_company(self) -> bool {
                match self { $( Self::$name => $company, )* }
            }
        }
    };
}

features! {
    /// The whole portal.
    CustomerAccess = "customer_access", true;
    /// Activating an account with customer number and invoice.
    SelfActivation = "self_activation", false;
    /// Asking the main contacts of a company for access.
    AccessRequests = "access_requests", true;
}

impl Feature {
    /// Reads a form's value.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|feature| feature.key() == key)
    }
}

/// The features that are off, for the shop or for one company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FeaturesOff(u32);

impl FeaturesOff {
    /// Reads keys with spaces between them. Keys of a later version count as nothing.
    pub fn read(keys: &str) -> Self {
        keys.split(' ').filter_map(Feature::from_key).collect()
    }

    /// The keys, with spaces between them, in the order of [`Feature::ALL`].
    pub fn keys(self) -> String {
        self.iter().map(Feature::key).collect::<Vec<_>>().join(" ")
    }

    /// Whether this one is off.
    pub const fn has(self, feature: Feature) -> bool {
        self.0 & (1 << feature as u32) != 0
    }

    /// What is off here or there.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// All that are off.
    pub fn iter(self) -> impl Iterator<Item = Feature> {
        Feature::ALL.iter().copied().filter(move |feature| self.has(*feature))
    }
}

impl FromIterator<Feature> for FeaturesOff {
    fn from_iter<I: IntoIterator<Item = Feature>>(features: I) -> Self {
        Self(features.into_iter().fold(0, |off, feature| off | 1 << feature as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_off_reads_back_and_what_a_later_version_wrote_is_left_out() {
        let off = FeaturesOff::read("access_requests from_the_future customer_access");
        assert_eq!(off.keys(), "customer_access access_requests");
        assert_eq!(FeaturesOff::read(&off.keys()), off);
        assert!(!off.has(Feature::SelfActivation));
        assert_eq!(FeaturesOff::read(""), FeaturesOff::default());
        let both = off.and(FeaturesOff::read("self_activation"));
        assert_eq!(both.iter().count(), Feature::ALL.len());
    }
}
