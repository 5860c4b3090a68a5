use std::collections::HashSet;

use model::{
    ContactNumber, Count, DifferenceKind as Kind, DifferenceName, DifferenceRow, DifferencesBlock,
    PersonName, SideList, SortKey, UserCounts, UserId,
};

use super::compare::{COLUMNS, Contacts, Counterpart, Difference, Person, compare};
use crate::access::{self, Actor, Held, Operation};
use crate::erp::{ErpContact, ErpError};
use crate::store::{Conn, Sql, StoreError, args};
use crate::users::contacts::{all, customer_number, taken, without_access};
use crate::users::order::{Place, Value, position, rows_from};
use crate::users::row::{can_manage, count as counted, counts};
use crate::{Center, Error};

/// Users of a page.
const USERS: usize = 25;
/// Members read at a time.
const CHUNK: usize = 200;
/// Contacts that the ERP is asked for one by one, for a page. Only when its list is cut.
const ASKED: usize = 50;

/// What a list of differences is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DifferencesQuery {
    /// The page after this user; empty for the first.
    pub after: String,
    /// The page before this user.
    pub before: String,
    /// The ignored ones instead of those that wait.
    pub ignored: bool,
}

/// The page *Differences*, by the users' names.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn differences(
    center: &Center,
    actor: &Actor,
    query: &DifferencesQuery,
) -> Result<SideList<DifferencesBlock>, Error> {
    let held = access::in_company(actor, Operation::UsersDifferences)?;
    let contacts = all(center, &held).await?;
    let without_access = without_access(center, &held, contacts.as_deref()).await?;
    let mut differences = Count::default();
    let mut list = DifferencesBlock::Unavailable;
    if let Some(contacts) = &contacts {
        let taken = taken(center, &held, contacts).await?;
        differences = count(center, &held, contacts).await?;
        let known = Contacts::new(contacts, |key| taken.has_key(key));
        list = match Scan::new(center, &held, &known, query.ignored).await?.page(query).await {
            // It answered a moment ago, but not for each contact.
            Err(Error::Erp(ErpError::Unavailable(reason))) => {
                tracing::warn!(event = "erp_unavailable", %reason);
                DifferencesBlock::Unavailable
            }
            list => list?,
        };
    }
    let mut conn = center.db().read().await?;
    Ok(SideList {
        company: held.member.company_name.clone(),
        counts: UserCounts {
            differences,
            ..counts(&mut conn, held.company, without_access, center.now()).await?
        },
        list,
        can_manage: can_manage(held.member),
    })
}

/// Companies of more members are not compared as a whole only to say a number.
const COUNTED_MEMBERS: usize = 1_000;

/// How many differences wait; none for who may not settle them, and in companies of more than 1,000 members.
/// Contacts that a cut list lacks don't count.
pub(in crate::users) async fn count(
    center: &Center,
    held: &Held<'_>,
    contacts: &[ErpContact],
) -> Result<Count, StoreError> {
    if !can_manage(held.member) {
        return Ok(Count::default());
    }
    let mut conn = center.db().read().await?;
    let most = i64::try_from(COUNTED_MEMBERS).unwrap_or(i64::MAX);
    // Those of a larger company are not read only to find out that they are too many.
    let sql = "SELECT count(*) AS n FROM (SELECT 1 FROM members WHERE company_id = $1 LIMIT $2) AS found";
    if conn.value::<i64>(sql, args![held.company, most + 1]).await? > most {
        return Ok(Count::default());
    }
    let (text, values) = Sql::new(COLUMNS).bind(held.company).push(" LIMIT ").bind(most).build();
    let rows = conn.all(text, values).await?;
    let people = rows.iter().map(Person::read).collect::<Result<Vec<_>, _>>()?;
    let keys: HashSet<_> = people.iter().filter_map(|person| person.contact_key.as_deref()).collect();
    let known = Contacts::new(contacts, |key| keys.contains(key));
    let ignored = Ignored::read(&mut conn, held).await?;
    let mut waiting = 0;
    for person in people.iter().filter(|person| !person.deactivated) {
        let found = known.counterpart(person).map(|counterpart| compare(person, &counterpart));
        let open = found.iter().flatten().filter(|difference| !ignored.has(person, difference));
        waiting += i64::try_from(open.count()).unwrap_or(i64::MAX);
    }
    Ok(counted(waiting))
}

/// The ERP's answer about the contact that this person stands under.
pub(super) async fn ask(
    center: &Center,
    held: &Held<'_>,
    person: &Person,
) -> Result<Option<ErpContact>, Error> {
    let number = ContactNumber::parse(&person.contact_number)
        .map_err(|_| Error::Fault("a stored contact number is damaged".to_owned()))?;
    Ok(center.erp().contact(&customer_number(held)?, &number).await?)
}

/// What somebody left as it is.
struct Ignored(HashSet<(UserId, String, String)>);

impl Ignored {
    async fn read(conn: &mut Conn, held: &Held<'_>) -> Result<Self, StoreError> {
        let sql = "SELECT user_id, kind, fingerprint FROM ignored_differences WHERE company_id = $1";
        let rows = conn.all(sql, args![held.company]).await?;
        let read =
            rows.iter().map(|row| Ok((row.get("user_id")?, row.get("kind")?, row.get("fingerprint")?)));
        Ok(Self(read.collect::<Result<_, StoreError>>()?))
    }

    fn has(&self, person: &Person, difference: &Difference) -> bool {
        // Most companies ignore nothing, and then no fingerprint is needed.
        !self.0.is_empty()
            && self.0.contains(&(person.user, difference.kind.key().to_owned(), difference.fingerprint()))
    }
}

/// The way through a company's users for those who differ.
struct Scan<'a> {
    center: &'a Center,
    held: &'a Held<'a>,
    known: &'a Contacts<'a>,
    ignored: Ignored,
    /// Looks for the ignored ones.
    wanted: bool,
}

/// Users who differ, and where to go on if there may be more.
struct Stretch {
    found: Vec<(Person, Vec<Difference>)>,
    next: Option<UserId>,
}

impl<'a> Scan<'a> {
    async fn new(
        center: &'a Center,
        held: &'a Held<'a>,
        known: &'a Contacts<'a>,
        wanted: bool,
    ) -> Result<Self, StoreError> {
        let ignored = Ignored::read(&mut center.db().read().await?, held).await?;
        Ok(Self { center, held, known, ignored, wanted })
    }

    async fn page(self, query: &DifferencesQuery) -> Result<DifferencesBlock, Error> {
        let backwards = query.after.is_empty();
        let cursor = if backwards { &query.before } else { &query.after };
        let company = self.held.company.0;
        let place = {
            let mut conn = self.center.db().read().await?;
            position(&mut conn, company, SortKey::Name, cursor).await?
        };
        let backwards = backwards && place.is_some();
        let start = place.as_ref().map(|(_, user)| *user);
        let mut stretch = self.stretch(place, backwards).await?;
        let mut edges = (start, stretch.next);
        if start.is_some() && stretch.found.is_empty() && stretch.next.is_none() {
            // What stood here was settled meanwhile.
            stretch = self.stretch(None, false).await?;
            edges = (None, stretch.next);
        } else if backwards {
            stretch.found.reverse();
            // The user of the cursor stands on the next page, which begins behind the last one here.
            let last = stretch.found.last().map(|(person, _)| person.user).or(start);
            edges = (stretch.next, last);
        } else if start.is_some() {
            let first = stretch.found.first().map(|(person, _)| person.user).or(start);
            edges = (first, stretch.next);
        }
        let waiting = self.waiting(&stretch.found).await?;
        let rows = stretch.found.iter().flat_map(|(person, differences)| {
            differences.iter().map(|difference| self.row(person, difference, &waiting))
        });
        Ok(DifferencesBlock::Fresh {
            rows: rows.collect(),
            before: edges.0.map(|user| user.to_string()),
            after: edges.1.map(|user| user.to_string()),
            ignored: self.wanted,
        })
    }

    /// Users who differ, from this place on. No connection is held while the ERP is asked.
    async fn stretch(&self, mut place: Option<Place>, descending: bool) -> Result<Stretch, Error> {
        let mut found: Vec<(Person, Vec<Difference>)> = Vec::new();
        let (mut asked, mut passed) = (0, None);
        loop {
            let people = self.people(place, descending).await?;
            let all_read = people.len() < CHUNK;
            place = people.last().map(|person| (Value::Text(person.name_key.clone()), person.user));
            for person in people {
                let differences = match self.known.counterpart(&person) {
                    Some(counterpart) => compare(&person, &counterpart),
                    None if asked == ASKED => return Ok(Stretch { found, next: passed }),
                    None => {
                        asked += 1;
                        let contact = ask(self.center, self.held, &person).await?;
                        compare(&person, &contact.as_ref().map_or(Counterpart::Gone, Counterpart::Contact))
                    }
                };
                let wanted = |difference: &Difference| self.ignored.has(&person, difference) == self.wanted;
                let differences: Vec<_> = differences.into_iter().filter(wanted).collect();
                let user = person.user;
                if !differences.is_empty() {
                    if found.len() == USERS {
                        return Ok(Stretch { found, next: passed });
                    }
                    found.push((person, differences));
                }
                passed = Some(user);
            }
            if all_read {
                return Ok(Stretch { found, next: None });
            }
        }
    }

    async fn people(&self, place: Option<Place>, descending: bool) -> Result<Vec<Person>, StoreError> {
        let sql = Sql::new(COLUMNS).bind(self.held.company).push(" AND m.deactivated_at IS NULL");
        let mut conn = self.center.db().read().await?;
        let rows = rows_from(&mut conn, sql, (SortKey::Name, descending), place, CHUNK).await?;
        rows.iter().map(Person::read).collect()
    }

    /// New addresses of these users that wait for their confirmation.
    async fn waiting(
        &self,
        found: &[(Person, Vec<Difference>)],
    ) -> Result<HashSet<(UserId, String)>, StoreError> {
        let mut sql = Sql::new(
            "SELECT user_id, email FROM links WHERE purpose = 'email_change' AND consumed_at IS NULL
                 AND revoked_at IS NULL AND (ends_at IS NULL OR ends_at > ",
        )
        .bind(self.center.now())
        .push(") AND user_id IN (NULL");
        for (person, _) in found {
            sql = sql.push(", ").bind(person.user);
        }
        let (text, values) = sql.push(")").build();
        let rows = self.center.db().read().await?.all(text, values).await?;
        rows.iter().map(|row| Ok((row.get("user_id")?, row.get("email")?))).collect()
    }

    fn row(
        &self,
        person: &Person,
        difference: &Difference,
        waiting: &HashSet<(UserId, String)>,
    ) -> DifferenceRow {
        let name =
            DifferenceName { user: person.user, kind: difference.kind, seen: difference.fingerprint() };
        let you = person.user == self.held.user;
        let waits = difference.kind == Kind::Email
            && !waiting.is_empty()
            && waiting.contains(&(person.user, difference.erp.clone()));
        DifferenceRow {
            difference: name.to_string(),
            kind: difference.kind,
            user: person.user,
            name: person.name.clone(),
            email: person.email.to_string(),
            contact_number: person.contact_number.clone(),
            shop: difference.shop.clone(),
            erp: difference.erp.clone(),
            take: match difference.kind {
                Kind::Name => PersonName::parse(&difference.erp).is_ok(),
                Kind::Email => !you && !waits,
                Kind::Unlinked => true,
                Kind::Gone => !you,
                Kind::EmailMissing | Kind::NoContact => false,
            },
            tell: matches!(difference.kind, Kind::Name | Kind::Email | Kind::EmailMissing)
                && self.center.erp().contact_writer().is_some(),
            waits,
            you,
        }
    }
}
