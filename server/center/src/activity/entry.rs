use model::{
    CompanyId, Currency, Feature, Grants, Locale, Money, Notice, Permission, Role, Salutation, Scope, UserId,
};

use crate::access::{Place, SignedIn};
use crate::audit::{self, Changed, Event, Fact, FactValue};
use crate::store::{Conn, Row, StoreError, args};
use crate::words::{self, Times};
use crate::{Center, Instant};

/// An entry of the trail for one reader, before it is put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// What happened; `None` for a kind that only a newer version knows.
    pub event: Option<Event>,
    /// Who did it
    pub by: Doer,
    /// To whom, if that is somebody else: the name, and the user's page if the reader may open it.
    pub whom: Option<(String, Option<UserId>)>,
    /// Whether that is the reader. Only said of the reader's own activity.
    pub whom_you: bool,
    /// What is different now.
    pub changes: Vec<ToldChange>,
    /// When, as RFC 3339.
    pub at: String,
    /// When, in words.
    pub when: String,
    /// When, for spreadsheets.
    pub sortable: String,
    /// The network it came from; empty when nobody asked for it.
    pub network: String,
    /// The user whom activating again would undo it.
    pub undo: Option<UserId>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doer {
    /// The portal by itself.
    Portal,
    /// The reader. Only said of the reader's own activity.
    You,
    /// Somebody, by name.
    Person(String),
    /// Somebody of the staff of the shop with this name. Which one is the shop's own business.
    Staff(String),
}

/// A fact that is different from before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldChange {
    /// What it is
    pub fact: Fact,
    /// What it was; `None` when there was nothing.
    pub from: Option<Told>,
    /// What it is now; `None` when there is nothing.
    pub to: Option<Told>,
}

/// A value, ready to be put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// As it is
    Text(String),
    /// An amount, formatted; `None` is no limit.
    Limit(Option<String>),
    /// Roles
    Roles(Vec<ToldRole>),
    /// What a role allows.
    Rights(Grants),
    /// A salutation
    Salutation(Salutation),
    /// A language
    Language(Locale),
    /// A time zone; `None` is the company's.
    Zone(Option<String>),
    /// Mails
    Notices(Vec<Notice>),
    /// On or off
    Switch(bool),
    /// Features of the portal
    Features(Vec<Feature>),
    /// Personal data that were erased on request.
    Erased,
}

/// A role as the trail names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToldRole {
    /// A built-in one
    BuiltIn(Role),
    /// One of the company's own, by the name that it had then.
    Own(String),
}

impl ToldRole {
    /// A role as a list keeps it; `None` for one that is no longer known.
    pub(crate) fn read(written: &str) -> Option<Self> {
        let own = || audit::own_role(written).map(|name| Self::Own(name.to_owned()));
        Role::from_key(written).map(Self::BuiltIn).or_else(own)
    }
}

impl From<Role> for ToldRole {
    fn from(role: Role) -> Self {
        Self::BuiltIn(role)
    }
}

/// The columns that [`Reader::read`] reads.
pub(super) const COLUMNS: &str =
    "SELECT a.seq, a.at, a.event, a.actor_kind = 'staff' AS by_staff, a.actor_id, a.company_id, a.subject_id, a.data, a.hash,
    x.name AS actor_name, s.name AS subject_name, s.erased_at IS NOT NULL AS erased
    FROM audit a LEFT JOIN users x ON x.id = a.actor_id LEFT JOIN users s ON s.id = a.subject_id";

/// An entry with its place in the trail.
pub(super) struct Found {
    pub seq: i64,
    pub at: Instant,
    pub event: Option<Event>,
    pub subject: Option<UserId>,
    hash: [u8; 32],
    by_staff: bool,
    actor: Option<UserId>,
    company: Option<CompanyId>,
    actor_name: Option<String>,
    subject_name: Option<String>,
    /// The personal data of the subject were erased.
    erased: bool,
    /// The name of the user as whom somebody of the staff acted.
    behalf: Option<String>,
    data: String,
}

impl Found {
    pub(super) fn of(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            seq: row.get("seq")?,
            at: row.get("at")?,
            event: Event::from_key(&row.get::<String>("event")?),
            subject: row.get("subject_id")?,
            hash: row.get("hash")?,
            by_staff: row.get("by_staff")?,
            actor: row.get("actor_id")?,
            company: row.get("company_id")?,
            actor_name: row.get("actor_name")?,
            subject_name: row.get("subject_name")?,
            erased: row.get("erased")?,
            behalf: None,
            data: row.get("data")?,
        })
    }

    /// As whom somebody of the staff did it.
    fn acted_as(&self) -> Option<UserId> {
        let (changes, _) = audit::read(&self.data);
        let acted = changes.into_iter().find(|change| change.fact == Fact::OnBehalfOf)?;
        acted.after?.text()?.parse().ok()
    }

    /// The entry's place in addresses: its hash, which tells nothing of how many entries there are.
    pub(super) fn cursor(&self) -> String {
        self.hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Looks up the names of those as whom the staff acted.
///
/// # Errors
/// [`StoreError`]
pub(super) async fn name_behalves(conn: &mut Conn, rows: &mut [Found]) -> Result<(), StoreError> {
    for found in rows.iter_mut().filter(|found| found.by_staff) {
        let Some(user) = found.acted_as() else { continue };
        let row = conn.optional("SELECT name FROM users WHERE id = $1", args![user]).await?;
        found.behalf = row.map(|row| row.get("name")).transpose()?;
    }
    Ok(())
}

/// Reads entries for one person.
pub(super) struct Reader<'a> {
    who: &'a SignedIn,
    times: Times,
    shop: &'a str,
    /// Speaks to the reader: *You*.
    personal: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(center: &'a Center, who: &'a SignedIn, personal: bool) -> Self {
        Self { who, times: Times::new(center, who), shop: &who.client.shop.name, personal }
    }

    pub(super) const fn times(&self) -> &Times {
        &self.times
    }

    pub(super) fn read(&self, found: Found) -> Happening {
        // Without an actor, but about somebody: done by this person with a password, link or code.
        let (doer, doer_name) = match found.actor {
            Some(actor) => (Some(actor), found.actor_name.clone()),
            None => (found.subject, found.subject_name.clone()),
        };
        let you = |user: Option<UserId>| self.personal && user == Some(self.who.user);
        let by = match (doer, doer_name) {
            _ if found.by_staff => Doer::Staff(self.shop.to_owned()),
            (Some(_), _) if you(doer) => Doer::You,
            (Some(_), Some(name)) => Doer::Person(name),
            _ => Doer::Portal,
        };
        let whom = found.subject.filter(|subject| Some(*subject) != doer);
        let page = whom.filter(|_| self.may_open(found.company));
        let (changes, network) = audit::read(&found.data);
        Happening {
            event: found.event,
            by,
            whom: whom.and(found.subject_name).map(|name| (name, page)),
            whom_you: you(whom),
            changes: changes
                .into_iter()
                .map(|change| match change.fact {
                    Fact::OnBehalfOf => {
                        let to = found.behalf.clone().map(Told::Text);
                        ToldChange { fact: change.fact, from: None, to }
                    }
                    fact if found.erased && fact.is_personal() => {
                        let erased = |value: Option<FactValue>| value.map(|_| Told::Erased);
                        ToldChange { fact, from: erased(change.before), to: erased(change.after) }
                    }
                    _ => self.change(change),
                })
                .collect(),
            at: words::rfc3339(found.at),
            when: self.times.full(found.at),
            sortable: self.times.sortable(found.at),
            network,
            undo: None,
        }
    }

    /// Whether the reader may open the pages of the users of this company.
    fn may_open(&self, company: Option<CompanyId>) -> bool {
        match &self.who.place {
            Place::Company(member) => {
                company == Some(member.company) && member.grants.allow(Permission::UsersView, Scope::Company)
            }
            Place::Business { .. } => false,
        }
    }

    fn change(&self, Changed { fact, before, after }: Changed) -> ToldChange {
        let told = |value: Option<FactValue>| value.and_then(|value| self.told(fact, &value));
        ToldChange { fact, from: told(before), to: told(after) }
    }

    /// A value by what it is about. One that is not what it should be is told as it is.
    fn told(&self, fact: Fact, value: &FactValue) -> Option<Told> {
        let text = || value.text().map(|text| Told::Text(text.to_owned()));
        match fact {
            Fact::BudgetOrder | Fact::BudgetMonth if value.is_none() => Some(Told::Limit(None)),
            Fact::BudgetOrder | Fact::BudgetMonth => {
                value.number().map(|minor| Told::Limit(Some(self.money(minor))))
            }
            Fact::TimeZone => Some(Told::Zone(value.text().map(str::to_owned))),
            Fact::Roles => {
                let roles: Vec<ToldRole> = value.list()?.into_iter().filter_map(ToldRole::read).collect();
                Some(roles).filter(|roles| !roles.is_empty()).map(Told::Roles)
            }
            Fact::Rights => Some(Told::Rights(Grants::read(value.list()?))),
            Fact::DeclinedNotices => {
                Some(Told::Notices(value.list()?.into_iter().filter_map(Notice::from_key).collect()))
            }
            Fact::Salutation => {
                value.text().and_then(Salutation::from_key).map(Told::Salutation).or_else(text)
            }
            Fact::Language => value.text().and_then(Locale::from_tag).map(Told::Language).or_else(text),
            Fact::Shortcuts | Fact::ViewActs => value.yes().map(Told::Switch),
            Fact::FeaturesOff => {
                Some(Told::Features(value.list()?.into_iter().filter_map(Feature::from_key).collect()))
            }
            Fact::BrandHue => value.number().map(|hue| Told::Text(format!("{hue}°"))),
            Fact::TemplateVersion => value.number().map(|number| Told::Text(number.to_string())),
            Fact::Entries | Fact::RecordsNew | Fact::RecordsChanged | Fact::Errors => {
                value.number().map(|count| Told::Text(count.to_string()))
            }
            Fact::Name
            | Fact::Email
            | Fact::NewEmail
            | Fact::Contact
            | Fact::InShop
            | Fact::InErp
            | Fact::Customer
            | Fact::ShopContact
            | Fact::ShopAddress
            | Fact::SignInAddress
            | Fact::StaffRole
            | Fact::Template
            | Fact::OwnRole
            | Fact::ErpImport
            | Fact::Reason
            | Fact::OnBehalfOf
            | Fact::Filter => text(),
        }
    }

    fn money(&self, minor: i64) -> String {
        // Only members of a company have budgets.
        let currency = match &self.who.place {
            Place::Company(member) => member.currency,
            Place::Business { .. } => Currency::EUR,
        };
        Money { minor, currency }.format(self.who.client.locale)
    }
}
