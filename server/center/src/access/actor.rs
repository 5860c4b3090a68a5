use std::net::IpAddr;
use std::sync::Arc;

use model::{
    CompanyId, Currency, Email, FeaturesOff, Grants, Locale, PlaceId, RoleLabel, SessionId, StaffId,
    StaffRole, Theme, UserId, ViewId,
};
use sha2::{Digest, Sha256};

use crate::Instant;
use crate::shop::Shop;

/// Where a request comes from, before anybody is known, and the shop that it finds.
#[derive(Clone, Debug)]
pub struct Client {
    /// Network address, after trusted proxies.
    pub address: IpAddr,
    /// What the browser says of itself, cut to 200 characters.
    pub device: String,
    /// Language of the page.
    pub locale: Locale,
    /// Light or dark.
    pub theme: Theme,
    /// The shop, read for this very request.
    pub shop: Arc<Shop>,
    /// What is switched off for who asks: for everybody and, of a member, for the company.
    pub off: FeaturesOff,
}

impl Client {
    /// What attempts from one address are counted by: an IPv4 address as it is, of an IPv6 one
    /// the /64, all of which a single subscriber can send from.
    pub fn source(&self) -> String {
        match self.address.to_canonical() {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(_) => self.network(),
        }
    }

    /// The neighbourhood that guessing is counted by: /24 or /64.
    pub fn network(&self) -> String {
        match self.address {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
                Some(v4) => Self { address: IpAddr::V4(v4), ..self.clone() }.network(),
                None => {
                    let [a, b, c, d, ..] = v6.segments();
                    format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
                }
            },
        }
    }
}

/// Who is asking. The first argument of every use case.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Nobody is signed in.
    Anonymous(Client),
    /// A user of the portal.
    User(Box<SignedIn>),
    /// One of the merchant's people, in the Back Office.
    Staff(Box<StaffSignedIn>),
}

/// A signed-in person of the merchant's staff, read from the database for this very request.
#[derive(Clone, Debug)]
pub struct StaffSignedIn {
    /// Who
    pub staff: StaffId,
    /// Full name
    pub name: String,
    /// Login
    pub email: Email,
    /// What the person is.
    pub role: StaffRole,
    /// The session used
    pub session: SessionId,
    /// When the password was last typed in this session, in µs.
    pub password_checked_at: Instant,
    /// Whether the second step was done. Until then only that step is open.
    pub verified: bool,
    /// Where from
    pub client: Client,
}

/// A signed-in user, read from the database for this very request.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who
    pub user: UserId,
    /// Full name
    pub name: String,
    /// Login
    pub email: Email,
    /// Language of pages and mails at the place acted for
    pub locale: Locale,
    /// The time zone that the person chose, an IANA name; `None` for the company's.
    pub time_zone: Option<String>,
    /// Whether single keys do something in the pages.
    pub shortcuts: bool,
    /// The session used
    pub session: SessionId,
    /// When the password was last typed in this session, in µs.
    pub password_checked_at: Instant,
    /// Whether the user has set up a second step of signing in.
    pub second_step: bool,
    /// For whom the user acts.
    pub place: Place,
    /// Whether the user can act for others too.
    pub elsewhere: bool,
    /// Set when it is not the user at all, but somebody of the staff who sees the portal as this user.
    pub view: Option<View>,
    /// Where from
    pub client: Client,
}

/// Who of the staff sees the portal as a user, and until when.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Which view
    pub id: ViewId,
    /// Who looks
    pub staff: StaffId,
    /// Whether changes are allowed that have nothing to do with how the user gets in.
    pub acts: bool,
    /// The end, in µs.
    pub ends_at: Instant,
}

/// For whom a session acts.
#[derive(Clone, Debug)]
pub enum Place {
    /// A company with Customer center.
    Company(Member),
    /// A customer without it.
    Business {
        /// As the ERP writes it.
        customer_number: String,
        /// The customer's name.
        customer_name: String,
    },
}

/// A membership in a company.
#[derive(Clone, Debug)]
pub struct Member {
    /// The company
    pub company: CompanyId,
    /// Its name
    pub company_name: String,
    /// Its customer number, as the ERP writes it.
    pub customer_number: String,
    /// Its currency
    pub currency: Currency,
    /// Its time zone, an IANA name.
    pub time_zone: String,
    /// Whether its users have to sign in with a second step.
    pub second_step_required: bool,
    /// Roles held, in the order in which people choose them.
    pub roles: Vec<RoleLabel>,
    /// What they allow together
    pub grants: Grants,
}

impl SignedIn {
    /// The company acted for; `None` for a business user.
    pub const fn company(&self) -> Option<CompanyId> {
        match &self.place {
            Place::Company(member) => Some(member.company),
            Place::Business { .. } => None,
        }
    }

    /// For whom the user acts, as forms name it.
    pub const fn place_id(&self) -> PlaceId {
        match self.company() {
            Some(company) => PlaceId::Company(company),
            None => PlaceId::Business,
        }
    }

    /// Whether the company acted for wants a second step that the user does not have. Somebody of the staff
    /// who sees the portal as the user can't set it up.
    pub const fn lacks_second_step(&self) -> bool {
        match &self.place {
            Place::Company(member) => member.second_step_required && !self.second_step && self.view.is_none(),
            Place::Business { .. } => false,
        }
    }

    /// Stands for this person at this place. What a page was loaded for is compared with it, because another
    /// tab may have switched the company meanwhile. No secret: who sends it holds the session.
    pub fn acting(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(self.user.0.as_bytes());
        digest.update(self.place_id().to_string());
        digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Actor {
    /// The user, if somebody is signed in.
    pub const fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Self::Anonymous(_) | Self::Staff(_) => None,
            Self::User(who) => Some(who),
        }
    }

    /// The person of the staff, if one is signed in, with the second step done or not.
    pub const fn staff(&self) -> Option<&StaffSignedIn> {
        match self {
            Self::Anonymous(_) | Self::User(_) => None,
            Self::Staff(who) => Some(who),
        }
    }

    /// Where the request comes from.
    pub const fn client(&self) -> &Client {
        match self {
            Self::Anonymous(client) => client,
            Self::User(who) => &who.client,
            Self::Staff(who) => &who.client,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> Shop {
        Shop {
            name: String::new(),
            contact: String::new(),
            address: String::new(),
            locale: Locale::En,
            time_zone: "UTC".to_owned(),
            hue: None,
            logo: None,
            off: FeaturesOff::default(),
            version: 1,
        }
    }

    #[test]
    fn addresses_fold_into_neighbourhoods() {
        let client = |a: &str| Client {
            address: a.parse().unwrap(),
            device: String::new(),
            locale: Locale::En,
            theme: Theme::System,
            shop: Arc::new(shop()),
            off: FeaturesOff::default(),
        };
        assert_eq!(client("192.0.2.77").network(), "192.0.2.0/24");
        assert_eq!(client("::ffff:192.0.2.77").network(), "192.0.2.0/24");
        assert_eq!(client("2001:db8:1:2:3::4").network(), "2001:db8:1:2::/64");
        assert_eq!(client("192.0.2.77").source(), "192.0.2.77");
        assert_eq!(client("::ffff:192.0.2.77").source(), "192.0.2.77");
        assert_eq!(client("2001:db8:1:2:3::4").source(), "2001:db8:1:2::/64");
    }
}
