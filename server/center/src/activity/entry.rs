use model::{
    CompanyId, Currency, Feature, Grants, Locale, Money, Notice, Permission, Role, Salutation, Scope,
    StaffId, UserId,
};

use crate::access::{Place, SignedIn, StaffSignedIn};
use crate::audit::{self, Changed, Event, Fact, FactValue};
use crate::mail::MailKind;
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
    /// The page of who did it, if the reader may open it.
    pub by_page: Option<Record>,
    /// To whom, if that is somebody else: the name, and the page if the reader may open it.
    pub whom: Option<(String, Option<Record>)>,
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
    /// In which company. Only said where entries of several are listed.
    pub company: Option<InCompany>,
    /// The user whom activating again would undo it.
    pub undo: Option<UserId>,
}

/// The company of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InCompany {
    /// Which
    pub id: CompanyId,
    /// Its name
    pub name: String,
    /// Its customer number
    pub number: String,
}

/// Somebody with a page that the reader may open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// A user, in the reader's own company.
    User(UserId),
    /// A user, in the Back Office.
    OfficeUser(UserId),
    /// Somebody of the staff
    Staff(StaffId),
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
    /// A number of years; `None` is without end.
    Years(Option<i64>),
    /// Mails
    Notices(Vec<Notice>),
    /// On or off
    Switch(bool),
    /// Features of the portal
    Features(Vec<Feature>),
    /// A mail by its kind
    Mail(MailKind),
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
pub(crate) const COLUMNS: &str =
    "SELECT a.seq, a.at, a.event, a.actor_kind = 'staff' AS by_staff, a.actor_id, a.company_id, a.subject_id, a.data, a.hash,
    x.name AS actor_name, s.name AS subject_name, s.erased_at IS NOT NULL AS erased, s.merged_into IS NOT NULL AS merged,
    y.name AS staff_name, z.name AS colleague_name, c.name AS company_name, c.customer_number, c.currency
    FROM audit a LEFT JOIN users x ON x.id = a.actor_id LEFT JOIN users s ON s.id = a.subject_id
    LEFT JOIN staff y ON y.id = a.actor_id LEFT JOIN staff z ON z.id = a.subject_id
    LEFT JOIN companies c ON c.id = a.company_id";

/// An entry with its place in the trail.
pub(crate) struct Found {
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
    /// The name of who of the staff did it.
    staff_name: Option<String>,
    /// The name of whom of the staff it was done to.
    colleague_name: Option<String>,
    /// Name, customer number and currency of the company.
    company_facts: Option<(String, String, Currency)>,
    /// The personal data of the subject were erased.
    erased: bool,
    /// The account of the subject was merged into another one: its company has no page of it.
    merged: bool,
    /// The name of the user as whom somebody of the staff acted.
    behalf: Option<String>,
    data: String,
}

impl Found {
    pub(crate) fn of(row: &Row) -> Result<Self, StoreError> {
        let company_name: Option<String> = row.get("company_name")?;
        let company_facts = match company_name {
            Some(name) => Some((name, row.get("customer_number")?, row.get("currency")?)),
            None => None,
        };
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
            staff_name: row.get("staff_name")?,
            colleague_name: row.get("colleague_name")?,
            company_facts,
            erased: row.get("erased")?,
            merged: row.get("merged")?,
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
    pub(crate) fn cursor(&self) -> String {
        audit::chain::hex(&self.hash)
    }
}

/// Looks up the names of those as whom the staff acted.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn name_behalves(conn: &mut Conn, rows: &mut [Found]) -> Result<(), StoreError> {
    for found in rows.iter_mut().filter(|found| found.by_staff) {
        let Some(user) = found.acted_as() else { continue };
        let row = conn.optional("SELECT name FROM users WHERE id = $1", args![user]).await?;
        found.behalf = row.map(|row| row.get("name")).transpose()?;
    }
    Ok(())
}

/// Whose eyes read entries.
enum Eyes<'a> {
    /// A user, who is told that the staff did something, not who of them.
    User {
        who: &'a SignedIn,
        /// Speaks to the reader: *You*.
        personal: bool,
    },
    /// Somebody of the staff, who reads what was done in all companies and by whom.
    Staff,
}

/// Reads entries for one person.
pub(crate) struct Reader<'a> {
    eyes: Eyes<'a>,
    locale: Locale,
    times: Times,
    shop: &'a str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(center: &'a Center, who: &'a SignedIn, personal: bool) -> Self {
        let (times, client) = (Times::new(center, who), &who.client);
        Self { eyes: Eyes::User { who, personal }, locale: client.locale, times, shop: &client.shop.name }
    }

    /// For somebody of the staff.
    pub(crate) fn of_office(center: &'a Center, who: &'a StaffSignedIn) -> Self {
        let (times, client) = (crate::office::times(center, who), &who.client);
        Self { eyes: Eyes::Staff, locale: client.locale, times, shop: &client.shop.name }
    }

    pub(crate) const fn times(&self) -> &Times {
        &self.times
    }

    pub(crate) fn read(&self, found: Found) -> Happening {
        let (changes, network) = audit::read(&found.data);
        let currency = self.currency(&found);
        let (by, by_page, doer) = self.doer(&found, &network);
        let whom = found.subject.filter(|subject| Some(*subject) != doer);
        let page = whom.and_then(|user| self.page_of(user, &found));
        let name = found.subject_name.or_else(|| found.colleague_name.filter(|_| self.is_staff()));
        let facts = found.company_facts.filter(|_| self.is_staff());
        let company = found.company.zip(facts);
        Happening {
            event: found.event,
            by,
            by_page,
            whom: whom.and(name).map(|name| (name, page)),
            whom_you: self.is_you(whom),
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
                    _ => self.change(change, currency),
                })
                .collect(),
            at: words::rfc3339(found.at),
            when: self.times.full(found.at),
            sortable: self.times.sortable(found.at),
            network,
            company: company.map(|(id, (name, number, _))| InCompany { id, name, number }),
            undo: None,
        }
    }

    /// Who did it: in words, with a page, and which user that was. Without an actor, but about somebody, this
    /// person did it with a password, link or code.
    fn doer(&self, found: &Found, network: &str) -> (Doer, Option<Record>, Option<UserId>) {
        if self.is_staff() {
            // What no browser asked for the portal did by itself.
            let own = found.subject.filter(|_| !network.is_empty() && found.actor.is_none());
            let own_name = found.subject_name.as_ref().or(found.colleague_name.as_ref());
            return match (found.actor, &found.staff_name, &found.actor_name, own, own_name) {
                (Some(actor), Some(name), ..) => {
                    let page = Record::Staff(StaffId(actor.0));
                    (Doer::Person(name.clone()), Some(page), Some(actor))
                }
                (Some(actor), None, Some(name), ..) => {
                    (Doer::Person(name.clone()), Some(Record::OfficeUser(actor)), Some(actor))
                }
                (.., Some(own), Some(name)) => {
                    (Doer::Person(name.clone()), self.page_of(own, found), Some(own))
                }
                (actor, ..) => (Doer::Portal, None, actor),
            };
        }
        let (doer, name) = match found.actor {
            Some(actor) => (Some(actor), &found.actor_name),
            None => (found.subject, &found.subject_name),
        };
        let by = match (doer, name) {
            _ if found.by_staff => Doer::Staff(self.shop.to_owned()),
            (Some(_), _) if self.is_you(doer) => Doer::You,
            (Some(_), Some(name)) => Doer::Person(name.clone()),
            _ => Doer::Portal,
        };
        (by, None, doer)
    }

    const fn is_staff(&self) -> bool {
        matches!(self.eyes, Eyes::Staff)
    }

    fn is_you(&self, user: Option<UserId>) -> bool {
        match self.eyes {
            Eyes::User { who, personal } => personal && user == Some(who.user),
            Eyes::Staff => false,
        }
    }

    /// The page of whom an entry is about, if the reader may open it.
    fn page_of(&self, subject: UserId, found: &Found) -> Option<Record> {
        match &self.eyes {
            Eyes::Staff if found.colleague_name.is_some() => Some(Record::Staff(StaffId(subject.0))),
            Eyes::Staff => found.subject_name.as_ref().map(|_| Record::OfficeUser(subject)),
            Eyes::User { who, .. } => {
                (may_open(who, found.company) && !found.merged).then_some(Record::User(subject))
            }
        }
    }

    fn change(&self, Changed { fact, before, after }: Changed, currency: Currency) -> ToldChange {
        let told = |value: Option<FactValue>| value.and_then(|value| self.told(fact, &value, currency));
        ToldChange { fact, from: told(before), to: told(after) }
    }

    /// A value by what it is about. One that is not what it should be is told as it is.
    fn told(&self, fact: Fact, value: &FactValue, currency: Currency) -> Option<Told> {
        let text = || value.text().map(|text| Told::Text(text.to_owned()));
        match fact {
            Fact::BudgetOrder | Fact::BudgetMonth if value.is_none() => Some(Told::Limit(None)),
            Fact::BudgetOrder | Fact::BudgetMonth => {
                value.number().map(|minor| Told::Limit(Some(Money { minor, currency }.format(self.locale))))
            }
            Fact::KeptYears => Some(Told::Years(value.number())),
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
            Fact::Shortcuts | Fact::ViewActs | Fact::SecondStepRequired => value.yes().map(Told::Switch),
            Fact::FeaturesOff => {
                Some(Told::Features(value.list()?.into_iter().filter_map(Feature::from_key).collect()))
            }
            Fact::BrandHue => value.number().map(|hue| Told::Text(format!("{hue}°"))),
            Fact::Mail => value.text().and_then(MailKind::from_key).map(Told::Mail).or_else(text),
            Fact::TemplateVersion => value.number().map(|number| Told::Text(number.to_string())),
            Fact::Entries
            | Fact::TrailEntry
            | Fact::RecordsNew
            | Fact::RecordsChanged
            | Fact::RecordsRemoved
            | Fact::Errors => value.number().map(|count| Told::Text(count.to_string())),
            Fact::Name
            | Fact::Email
            | Fact::NewEmail
            | Fact::MergedLogin
            | Fact::Contact
            | Fact::InShop
            | Fact::InErp
            | Fact::Customer
            | Fact::ShopContact
            | Fact::ShopAddress
            | Fact::SignInAddress
            | Fact::StaffRole
            | Fact::Passkey
            | Fact::Template
            | Fact::OwnRole
            | Fact::ErpImport
            | Fact::Reason
            | Fact::OnBehalfOf
            | Fact::TrailHash
            | Fact::Filter => text(),
        }
    }

    /// The currency of amounts: only members of a company have budgets.
    fn currency(&self, found: &Found) -> Currency {
        match &self.eyes {
            Eyes::User { who, .. } => match &who.place {
                Place::Company(member) => member.currency,
                Place::Business { .. } => Currency::EUR,
            },
            Eyes::Staff => found.company_facts.as_ref().map_or(Currency::EUR, |(.., currency)| *currency),
        }
    }
}

/// Whether the reader may open the pages of the users of this company.
fn may_open(who: &SignedIn, company: Option<CompanyId>) -> bool {
    match &who.place {
        Place::Company(member) => {
            company == Some(member.company) && member.grants.allow(Permission::UsersView, Scope::Company)
        }
        Place::Business { .. } => false,
    }
}
