//! What merging two accounts rests on, and what comes of it.

use std::cmp::Ordering;

use model::{
    CompanyId, CustomerNumber, Email, ErrorCode, Locale, MergeAccount, MergeObstacle, MergeOutcome,
    MergePlace, MergePlan, Role, RoleLabel, RoleRef, UserId,
};
use sha2::{Digest, Sha256};

use crate::access::Actor;
use crate::audit::{Entry, Event, Fact};
use crate::store::{Conn, StoreError, args};
use crate::users::{RoleBook, roles_of};
use crate::{Error, Instant};

const MAIN_CONTACT: RoleRef = RoleRef::BuiltIn(Role::MainContact);

/// How somebody stands in a place. Of two memberships the one that stands higher counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stands {
    Off,
    Invited,
    Acts,
}

impl Stands {
    const fn of(off: bool, accepted: bool) -> Self {
        match (off, accepted) {
            (true, _) => Self::Off,
            (false, false) => Self::Invited,
            (false, true) => Self::Acts,
        }
    }
}

/// One of the accounts.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) user: UserId,
    pub(super) name: String,
    pub(super) email: Email,
    pub(super) locale: Locale,
    has_password: bool,
    second_step: bool,
    /// Erased or merged already
    gone: bool,
    business: Option<Business>,
}

/// A customer without Customer center that the account acts for.
#[derive(Debug)]
struct Business {
    key: String,
    name: String,
    stands: Stands,
}

impl Account {
    pub(super) async fn of(conn: &mut Conn, user: UserId) -> Result<Self, Error> {
        let sql = "SELECT name, email, locale, password_hash IS NOT NULL AS has_password,
                 totp_set_up_at IS NOT NULL AS second_step,
                 (erased_at IS NOT NULL OR merged_into IS NOT NULL) AS gone FROM users WHERE id = $1";
        let row = conn.optional(sql, args![user]).await?.ok_or(ErrorCode::NotFound)?;
        let has_password = row.get("has_password")?;
        let sql = "SELECT customer_key, customer_name, deactivated_at IS NOT NULL AS is_off
             FROM business_users WHERE user_id = $1";
        let business = conn.optional(sql, args![user]).await?.map(|row| {
            Ok::<_, StoreError>(Business {
                key: row.get("customer_key")?,
                name: row.get("customer_name")?,
                stands: Stands::of(row.get("is_off")?, has_password),
            })
        });
        Ok(Self {
            user,
            name: row.get("name")?,
            email: row.get("email")?,
            locale: row.get("locale")?,
            has_password,
            second_step: row.get("second_step")?,
            gone: row.get("gone")?,
            business: business.transpose()?,
        })
    }

    pub(super) fn told(&self) -> MergeAccount {
        MergeAccount {
            id: self.user,
            name: self.name.clone(),
            email: self.email.to_string(),
            has_password: self.has_password,
            second_step: self.second_step,
        }
    }
}

/// A membership of one of the accounts.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    pub(super) stands: Stands,
    pub(super) accepted: Option<Instant>,
    pub(super) roles: Vec<RoleRef>,
    pub(super) budgets: (Option<i64>, Option<i64>),
}

impl Seat {
    async fn of(
        conn: &mut Conn,
        book: &RoleBook,
        company: CompanyId,
        user: UserId,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT deactivated_at IS NOT NULL AS is_off, accepted_at, budget_order, budget_month
             FROM members WHERE company_id = $1 AND user_id = $2";
        let Some(row) = conn.optional(sql, args![company, user]).await? else { return Ok(None) };
        let accepted: Option<Instant> = row.get("accepted_at")?;
        Ok(Some(Self {
            stands: Stands::of(row.get("is_off")?, accepted.is_some()),
            accepted,
            roles: roles_of(conn, book, company, &[user]).await?.pop().unwrap_or_default(),
            budgets: (row.get("budget_order")?, row.get("budget_month")?),
        }))
    }

    /// Acts or is invited.
    fn is_on(&self) -> bool {
        self.stands > Stands::Off
    }

    /// The roles of both, with the stricter budget of each kind: a role of the one with the budget of the
    /// other would be a right that neither had.
    fn joined(&self, other: &Self, book: &RoleBook) -> Self {
        let all: Vec<_> = self.roles.iter().chain(&other.roles).copied().collect();
        let stricter = |a: Option<i64>, b: Option<i64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self {
            roles: book.ordered(&all),
            budgets: (stricter(self.budgets.0, other.budgets.0), stricter(self.budgets.1, other.budgets.1)),
            ..self.clone()
        }
    }
}

fn is_on(seat: Option<&Seat>) -> bool {
    seat.is_some_and(Seat::is_on)
}

/// A company in which one of them or both are.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) company: CompanyId,
    pub(super) number: CustomerNumber,
    name: String,
    /// It can't do without a main contact who is active or invited, and has none beside these two.
    needs_them: bool,
    book: RoleBook,
    kept: Option<Seat>,
    pub(super) other: Option<Seat>,
}

impl Shared {
    async fn all(conn: &mut Conn, kept: UserId, other: UserId) -> Result<Vec<Self>, StoreError> {
        let rows = conn
            .all(
                "SELECT c.id, c.customer_number, c.name,
                     (c.active AND c.left_alone_at IS NULL AND NOT EXISTS (SELECT 1 FROM member_roles r
                         JOIN members o ON o.company_id = r.company_id AND o.user_id = r.user_id
                         WHERE r.company_id = c.id AND r.role = $3 AND o.deactivated_at IS NULL
                           AND o.user_id <> $1 AND o.user_id <> $2)) AS needs_them
                 FROM companies c WHERE EXISTS (SELECT 1 FROM members m
                     WHERE m.company_id = c.id AND (m.user_id = $1 OR m.user_id = $2)) ORDER BY c.id",
                args![kept, other, Role::MainContact],
            )
            .await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in &rows {
            let company = row.get("id")?;
            let book = RoleBook::of(conn, company).await?;
            all.push(Self {
                company,
                number: row.get("customer_number")?,
                name: row.get("name")?,
                needs_them: row.get("needs_them")?,
                kept: Seat::of(conn, &book, company, kept).await?,
                other: Seat::of(conn, &book, company, other).await?,
                book,
            });
        }
        Ok(all)
    }

    /// What becomes of the two memberships; the seat that the kept account has then, if it is another one.
    pub(super) fn outcome(&self) -> (MergeOutcome, Option<Seat>) {
        let (kept, other) = match (&self.kept, &self.other) {
            (kept, Some(other)) if other.is_on() => (kept.as_ref(), other),
            (Some(_), _) => return (MergeOutcome::Stays, None),
            (None, _) => return (MergeOutcome::Ends, None),
        };
        let Some(kept) = kept else { return (MergeOutcome::Comes, Some(other.clone())) };
        match other.stands.cmp(&kept.stands) {
            Ordering::Greater => (MergeOutcome::Comes, Some(other.clone())),
            Ordering::Equal if kept.stands == Stands::Acts => {
                (MergeOutcome::Joins, Some(kept.joined(other, &self.book)))
            }
            _ => (MergeOutcome::Stays, None),
        }
    }

    /// Whether the company would be without a main contact.
    fn loses_main_contact(&self) -> bool {
        let manages = |seat: &Option<Seat>| {
            seat.as_ref().is_some_and(|seat| seat.is_on() && seat.roles.contains(&MAIN_CONTACT))
        };
        let becomes = self.outcome().1.or_else(|| self.kept.clone());
        self.needs_them && (manages(&self.kept) || manages(&self.other)) && !manages(&becomes)
    }

    fn labels(&self, seat: Option<&Seat>) -> Vec<RoleLabel> {
        seat.filter(|seat| seat.is_on()).map(|seat| self.book.labels(&seat.roles)).unwrap_or_default()
    }

    fn told(&self) -> MergePlace {
        let (outcome, becomes) = self.outcome();
        MergePlace {
            name: self.name.clone(),
            outcome,
            kept: self.labels(self.kept.as_ref()),
            other: self.labels(self.other.as_ref()),
            roles: self.labels(becomes.as_ref().or(self.kept.as_ref())),
        }
    }
}

/// Everything that a merge rests on.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) kept: Account,
    pub(super) other: Account,
    pub(super) shared: Vec<Shared>,
}

impl Plan {
    pub(super) async fn of(conn: &mut Conn, kept: UserId, other: UserId) -> Result<Self, Error> {
        let (kept, other) = (Account::of(conn, kept).await?, Account::of(conn, other).await?);
        let shared = Shared::all(conn, kept.user, other.user).await?;
        Ok(Self { kept, other, shared })
    }

    /// Why it can't be done.
    pub(super) fn obstacle(&self) -> Option<MergeObstacle> {
        if self.kept.user == self.other.user {
            return Some(MergeObstacle::Same);
        }
        if self.kept.gone || self.other.gone {
            return Some(MergeObstacle::Gone);
        }
        match (self.kept.has_password, self.other.has_password) {
            // Otherwise nobody could sign in any more.
            (false, true) => return Some(MergeObstacle::KeepTheOther),
            // Two invitations: there is nothing yet that the one could take over from the other.
            (false, false) => return Some(MergeObstacle::NeverUsed),
            (true, _) => {}
        }
        if self.other.second_step && !self.kept.second_step {
            return Some(MergeObstacle::KeepTheSafer);
        }
        if let (Some(kept), Some(other)) = (&self.kept.business, &self.other.business)
            && kept.key != other.key
            && kept.stands > Stands::Off
            && !self.is_member_of(&kept.key)
            && self.business_outcome() == Some(MergeOutcome::Comes)
        {
            return Some(MergeObstacle::TwoCustomers);
        }
        let alone = self.shared.iter().find(|shared| shared.loses_main_contact());
        alone.map(|shared| MergeObstacle::NoMainContact { company: shared.name.clone() })
    }

    /// Whether one of them is in the company of this customer: a business user of the same one is nobody beside it.
    fn is_member_of(&self, key: &str) -> bool {
        let on = |shared: &Shared| is_on(shared.kept.as_ref()) || is_on(shared.other.as_ref());
        self.shared.iter().any(|shared| shared.number.key() == key && on(shared))
    }

    /// What becomes of the customer that the other one is a business user of.
    pub(super) fn business_outcome(&self) -> Option<MergeOutcome> {
        let other = self.other.business.as_ref()?;
        let kept = self.kept.business.as_ref().filter(|kept| kept.key == other.key);
        Some(if kept.is_some_and(|kept| kept.stands >= other.stands) {
            MergeOutcome::Stays
        } else if other.stands == Stands::Off || self.is_member_of(&other.key) {
            MergeOutcome::Ends
        } else {
            MergeOutcome::Comes
        })
    }

    /// The customers of whom they are business users, as the page shows them.
    fn businesses(&self) -> Vec<MergePlace> {
        let other = self.other.business.as_ref();
        // One that is switched off gives way without a word.
        let own = self.kept.business.as_ref();
        let own =
            own.filter(|own| own.stands > Stands::Off && other.is_none_or(|other| other.key != own.key));
        let own = own.map(|own| {
            (own, if self.is_member_of(&own.key) { MergeOutcome::Ends } else { MergeOutcome::Stays })
        });
        let place = |(business, outcome): (&Business, MergeOutcome)| MergePlace {
            name: business.name.clone(),
            outcome,
            kept: Vec::new(),
            other: Vec::new(),
            roles: Vec::new(),
        };
        own.into_iter().chain(other.zip(self.business_outcome())).map(place).collect()
    }

    /// Stands for exactly this plan: nothing that it rests on has changed while it is the same.
    pub(super) fn seen(&self) -> String {
        let hash = Sha256::digest(format!("{self:?}"));
        hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    pub(super) fn told(&self) -> MergePlan {
        MergePlan {
            kept: self.kept.told(),
            other: self.other.told(),
            places: self.shared.iter().map(Shared::told).chain(self.businesses()).collect(),
            obstacle: self.obstacle(),
            seen: self.seen(),
        }
    }

    /// What the trail tells: each company of the other account, and without any of those nobody's.
    pub(super) fn entries(&self, actor: &Actor) -> Vec<Entry> {
        let about_kept = || {
            Entry::by(actor, Event::UsersMerged).subject(self.kept.user).change(
                Fact::MergedLogin,
                self.other.email.as_str(),
                self.kept.email.as_str(),
            )
        };
        let mut entries = Vec::new();
        let mut told_of_kept = false;
        for shared in self.shared.iter().filter(|shared| shared.other.is_some()) {
            let (outcome, becomes) = shared.outcome();
            let entry = match &becomes {
                // The company never had to do with the other login.
                None if outcome == MergeOutcome::Ends => {
                    Entry::by(actor, Event::UsersMerged).subject(self.other.user)
                }
                None => about_kept(),
                Some(seat) => about_kept().change(
                    Fact::Roles,
                    shared.labels(shared.kept.as_ref()),
                    shared.labels(Some(seat)),
                ),
            };
            told_of_kept |= outcome != MergeOutcome::Ends;
            entries.push(entry.company(Some(shared.company)));
        }
        if !told_of_kept {
            entries.push(about_kept());
        }
        entries
    }
}
