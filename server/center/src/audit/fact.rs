//! What entries say beside who, what and whom: facts with the values before and after.

use model::{Grants, RoleLabel, RoleRef};
use serde_json::{Map, Value};

macro_rules! facts {
    ($( $(#[$doc:meta])* $name:ident = $key:literal; )*) => {
        /// What a value of an entry is about: a closed set, in the order in which lists show it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Fact { $( $(#[$doc])* $name, )* }

        impl Fact {
            /// All facts.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The name in the trail.
            pub const fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )* }
            }
        }
    };
}

facts! {
    /// How to address the person; the salutation's key.
    Salutation = "salutation";
    /// Full name
    Name = "name";
    /// Login
    Email = "email";
    /// An address that counts once its owner has confirmed it.
    NewEmail = "new_email";
    /// The login of an account, which another one is used in place of from then on.
    MergedLogin = "merged_login";
    /// The role of the company that it is about, by the name that it had.
    OwnRole = "own_role";
    /// What a role allows; a list of permissions with their scopes.
    Rights = "rights";
    /// Roles held; a list of keys, and of names with `own:` before them.
    Roles = "roles";
    /// Budget per order in minor units of the company's currency; null is no limit.
    BudgetOrder = "budget_order";
    /// Budget per month, likewise.
    BudgetMonth = "budget_month";
    /// Language of pages and mails; a tag.
    Language = "language";
    /// Time zone, an IANA name; null is the company's.
    TimeZone = "time_zone";
    /// Mails that the person does without; a list of keys.
    DeclinedNotices = "declined_notices";
    /// Whether single keys do something.
    Shortcuts = "shortcuts";
    /// The ERP's number for the person.
    Contact = "contact";
    /// What the shop has, beside what the ERP has.
    InShop = "in_shop";
    /// What the ERP has.
    InErp = "in_erp";
    /// Customer number
    Customer = "customer";
    /// Features that are off; a list of keys.
    FeaturesOff = "features_off";
    /// How to reach the shop.
    ShopContact = "shop_contact";
    /// The shop's postal address.
    ShopAddress = "shop_address";
    /// Hue of the brand in degrees; null is the portal's own.
    BrandHue = "brand_hue";
    /// The last part of a company's sign-in address.
    SignInAddress = "sign_in_address";
    /// Whether the company's users need a second step.
    SecondStepRequired = "second_step_required";
    /// The name of a passkey.
    Passkey = "passkey";
    /// Role of a member of staff.
    StaffRole = "role";
    /// A mail's template: kind and language.
    Template = "template";
    /// Which version of it
    TemplateVersion = "template_version";
    /// Which mail, by the name of its kind.
    Mail = "mail";
    /// An import into the embedded ERP; an id.
    ErpImport = "erp_import";
    /// How many records it added.
    RecordsNew = "records_new";
    /// How many records it changed.
    RecordsChanged = "records_changed";
    /// How many records it took away.
    RecordsRemoved = "records_removed";
    /// How much is wrong in its files.
    Errors = "errors";
    /// Why, in somebody's own words.
    Reason = "reason";
    /// The user as whom somebody of the staff acted; an id.
    OnBehalfOf = "on_behalf_of";
    /// Whether a view of the portal allows changes.
    ViewActs = "view_acts";
    /// How many entries an export holds.
    Entries = "entries";
    /// Years for which entries of the trail are kept; null is without end.
    KeptYears = "kept_years";
    /// The number of an entry of the trail.
    TrailEntry = "trail_entry";
    /// The hash of that entry.
    TrailHash = "trail_hash";
    /// What narrowed an export, as the address says it.
    Filter = "filter";
}

impl Fact {
    /// Whether its values say something of the person that an entry is about. They are told no more once
    /// that person's data were erased.
    pub const fn is_personal(self) -> bool {
        matches!(
            self,
            Self::Salutation
                | Self::Name
                | Self::Email
                | Self::NewEmail
                | Self::MergedLogin
                | Self::Contact
                | Self::InShop
                | Self::InErp
                | Self::Reason
        )
    }
}

/// Stands before the name of a role that the company made.
const OWN_ROLE: &str = "own:";

/// The name in a list of roles, if it is one of a company's own.
pub fn own_role(written: &str) -> Option<&str> {
    written.strip_prefix(OWN_ROLE)
}

/// A role as lists keep it. Own ones are kept by name: whoever reads it later may find them renamed or gone.
pub(crate) fn written_role(label: &RoleLabel) -> String {
    match label.role {
        RoleRef::BuiltIn(role) => role.key().to_owned(),
        RoleRef::Own(_) => [OWN_ROLE, &label.own_name].concat(),
    }
}

/// A value as the trail keeps it. Never a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactValue(Value);

impl FactValue {
    /// No value: no limit, the company's time zone.
    pub const NONE: Self = Self(Value::Null);

    /// The value as text.
    pub fn text(&self) -> Option<&str> {
        self.0.as_str()
    }

    /// The value as a number.
    pub fn number(&self) -> Option<i64> {
        self.0.as_i64()
    }

    /// The value as a list of keys.
    pub fn list(&self) -> Option<Vec<&str>> {
        self.0.as_array()?.iter().map(Value::as_str).collect()
    }

    /// The value as yes or no.
    pub fn yes(&self) -> Option<bool> {
        self.0.as_bool()
    }

    /// Whether there is no value.
    pub const fn is_none(&self) -> bool {
        matches!(self.0, Value::Null)
    }
}

impl From<&str> for FactValue {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<Option<&str>> for FactValue {
    fn from(text: Option<&str>) -> Self {
        Self(text.into())
    }
}

impl From<i64> for FactValue {
    fn from(number: i64) -> Self {
        Self(number.into())
    }
}

impl From<Option<i64>> for FactValue {
    fn from(number: Option<i64>) -> Self {
        Self(number.into())
    }
}

impl From<bool> for FactValue {
    fn from(yes: bool) -> Self {
        Self(yes.into())
    }
}

impl From<Vec<RoleLabel>> for FactValue {
    fn from(roles: Vec<RoleLabel>) -> Self {
        Self(roles.iter().map(written_role).map(Value::from).collect())
    }
}

impl From<&Grants> for FactValue {
    fn from(grants: &Grants) -> Self {
        Self(grants.keys().into_iter().map(Value::from).collect())
    }
}

impl From<Vec<&'static str>> for FactValue {
    fn from(keys: Vec<&'static str>) -> Self {
        Self(keys.into_iter().map(Value::from).collect())
    }
}

/// A fact of an entry, as it was and as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What it is about
    pub fact: Fact,
    /// What it was; `None` when the entry says nothing of before.
    pub before: Option<FactValue>,
    /// What it is now
    pub after: Option<FactValue>,
}

/// The network that an entry came from, beside its facts.
const NETWORK: &str = "network";

/// Facts and network as the column `data` holds them.
pub(super) fn write(changes: Vec<Changed>, network: Option<String>) -> String {
    let mut data = Map::new();
    let (mut before, mut after) = (Map::new(), Map::new());
    for Changed { fact, before: was, after: is } in changes {
        if let Some(FactValue(was)) = was {
            before.insert(fact.key().to_owned(), was);
        }
        if let Some(FactValue(is)) = is {
            after.insert(fact.key().to_owned(), is);
        }
    }
    for (name, side) in [("before", before), ("after", after)] {
        if !side.is_empty() {
            data.insert(name.to_owned(), Value::Object(side));
        }
    }
    if let Some(network) = network {
        data.insert(NETWORK.to_owned(), network.into());
    }
    Value::Object(data).to_string()
}

/// Reads the column `data`: what has changed, and the network. Entries of earlier versions have
/// the facts of something new without `after` around them, and a confirmed address as `from` and
/// `to`. What can't be read counts as not there.
pub fn read(data: &str) -> (Vec<Changed>, String) {
    let Ok(Value::Object(data)) = serde_json::from_str(data) else { return (Vec::new(), String::new()) };
    let side = |name: &str| data.get(name).and_then(Value::as_object);
    let (before, after) = (side("before"), side("after"));
    let plain = before.is_none() && after.is_none();
    let value = |side: Option<&Map<String, Value>>, earlier: &str, fact: Fact| {
        let found = side.and_then(|side| side.get(fact.key()));
        let found = found.or_else(|| data.get(earlier).filter(|_| plain && fact == Fact::Email));
        found.cloned().map(FactValue)
    };
    let mut changes = Vec::new();
    for fact in Fact::ALL.iter().copied() {
        let was = value(before, "from", fact);
        let is = value(after.or_else(|| plain.then_some(&data)), "to", fact);
        let nothing_new = was.is_none() && is.as_ref().is_none_or(FactValue::is_none);
        if was != is && !nothing_new {
            changes.push(Changed { fact, before: was, after: is });
        }
    }
    let network = data.get(NETWORK).and_then(Value::as_str).unwrap_or_default();
    (changes, network.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Role;

    fn told(data: &str) -> Vec<(Fact, Option<String>, Option<String>)> {
        let text = |value: Option<FactValue>| value.map(|FactValue(value)| value.to_string());
        let (changes, _) = read(data);
        changes.into_iter().map(|c| (c.fact, text(c.before), text(c.after))).collect()
    }

    #[test]
    fn what_is_written_reads_back() {
        let role = RoleRef::from_key("01970000-0000-7000-8000-00000000000a").unwrap();
        let own = RoleLabel { role, own_name: "Team: lead".to_owned() };
        assert_eq!(FactValue::from(vec![own.clone()]).list().unwrap(), ["own:Team: lead"]);
        assert_eq!((own_role("own:Team: lead"), own_role("buyer")), (Some("Team: lead"), None));
        let changes = vec![
            Changed {
                fact: Fact::Roles,
                before: Some(vec![RoleLabel::from(Role::Buyer)].into()),
                after: Some(vec![RoleLabel::from(Role::Buyer), own.clone()].into()),
            },
            Changed { fact: Fact::BudgetOrder, before: Some(FactValue::NONE), after: Some(500.into()) },
            Changed { fact: Fact::NewEmail, before: None, after: Some("a@b.example".into()) },
        ];
        let data = write(changes.clone(), Some("192.0.2.0/24".to_owned()));
        let (read_back, network) = read(&data);
        let mut expected = changes;
        expected.sort_by_key(|c| Fact::ALL.iter().position(|fact| *fact == c.fact));
        assert_eq!(read_back, expected);
        assert_eq!(network, "192.0.2.0/24");
        assert_eq!(write(Vec::new(), None), "{}");
    }

    #[test]
    fn entries_of_earlier_versions_are_understood() {
        let new =
            r#"{"name":"Kim","email":"k@b.example","roles":["buyer"],"contact":null,"budget_order":null}"#;
        assert_eq!(
            told(new),
            [
                (Fact::Name, None, Some("\"Kim\"".to_owned())),
                (Fact::Email, None, Some("\"k@b.example\"".to_owned())),
                (Fact::Roles, None, Some("[\"buyer\"]".to_owned())),
            ]
        );
        let edited = r#"{"before":{"name":"Kim","roles":["buyer"],"budget_order":null},"after":{"name":"Kim","roles":["viewer"],"budget_order":5}}"#;
        assert_eq!(
            told(edited),
            [
                (Fact::Roles, Some("[\"buyer\"]".to_owned()), Some("[\"viewer\"]".to_owned())),
                (Fact::BudgetOrder, Some("null".to_owned()), Some("5".to_owned())),
            ]
        );
        let address = r#"{"from":"a@b.example","to":"c@d.example"}"#;
        let expected = (Fact::Email, Some("\"a@b.example\"".to_owned()), Some("\"c@d.example\"".to_owned()));
        assert_eq!(told(address), [expected]);
        assert_eq!(told(r#"{"customer":"10-1"}"#), [(Fact::Customer, None, Some("\"10-1\"".to_owned()))]);
    }

    #[test]
    fn what_can_t_be_read_is_left_out() {
        for data in ["", "{}", "[]", "null", "{\"before\":7}", "{\"x\":{}}", "{\"network\":3}"] {
            assert_eq!(told(data), [], "{data}");
        }
    }
}
