//! Who would lose what by a change of a role, before it is done.

use model::{Grants, Permission, RightLoss, RoleId, Scope, UserId, ValidRole};
use sha2::{Digest, Sha256};

use super::{RoleBook, roles_of};
use crate::access::Held;
use crate::store::{StoreError, Tx, args};

/// So many people are named; the others are counted.
const NAMED: usize = 5;
/// People read at a time.
const ROWS: usize = 500;

/// What people would lose.
pub(super) struct Losses {
    /// For people
    pub(super) list: Vec<RightLoss>,
    /// Whether the person asking would lose something.
    pub(super) own: bool,
    /// Everybody who would, in the order of the list.
    people: Vec<UserId>,
}

/// A permission that people would lose, or have only in part.
struct Loss {
    permission: Permission,
    left: Option<Scope>,
    people: Vec<(UserId, String)>,
}

impl Losses {
    /// What the users with this role would lose if it allowed only `after`. Who is deactivated has nothing to lose.
    pub(super) async fn of(
        tx: &mut Tx,
        held: &Held<'_>,
        book: &RoleBook,
        role: RoleId,
        after: &Grants,
    ) -> Result<Self, StoreError> {
        let rows = tx
            .all(
                "SELECT m.user_id, m.name FROM member_company_roles r
                 JOIN members m ON m.company_id = r.company_id AND m.user_id = r.user_id
                 WHERE r.company_id = $1 AND r.role_id = $2 AND m.deactivated_at IS NULL ORDER BY m.name_key, m.user_id",
                args![held.company, role],
            )
            .await?;
        let changed = book.with(role, after);
        let mut found: Vec<Loss> = Vec::new();
        for rows in rows.chunks(ROWS) {
            let users = rows.iter().map(|row| row.get("user_id")).collect::<Result<Vec<UserId>, _>>()?;
            let roles = roles_of(tx, book, held.company, &users).await?;
            for ((row, user), roles) in rows.iter().zip(users).zip(roles) {
                let left = changed.grants(&roles);
                for (permission, scope) in book.grants(&roles).iter() {
                    let left = left.reach(permission);
                    if left >= Some(scope) {
                        continue;
                    }
                    let person = (user, row.get("name")?);
                    match found.iter_mut().find(|loss| (loss.permission, loss.left) == (permission, left)) {
                        Some(loss) => loss.people.push(person),
                        None => found.push(Loss { permission, left, people: vec![person] }),
                    }
                }
            }
        }
        found.sort_by_key(|loss| (loss.permission, loss.left));
        let people: Vec<UserId> =
            found.iter().flat_map(|loss| loss.people.iter().map(|(user, _)| *user)).collect();
        let list = found.into_iter().map(|Loss { permission, left, people }| RightLoss {
            permission,
            left,
            users: u32::try_from(people.len()).unwrap_or(u32::MAX),
            names: people.into_iter().take(NAMED).map(|(_, name)| name).collect(),
        });
        Ok(Self { list: list.collect(), own: people.contains(&held.user), people })
    }

    /// Stands for exactly this change of exactly this version of the role with exactly these losses. No
    /// secret: it says what was shown.
    pub(super) fn shown(&self, role: RoleId, version: i64, form: &ValidRole) -> String {
        let mut hasher = Sha256::new();
        hasher.update(role.0.as_bytes());
        hasher.update(version.to_be_bytes());
        for text in [form.name.as_str(), &form.grants.keys().join(" ")] {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text);
        }
        for loss in &self.list {
            hasher.update(loss.permission.key());
            hasher.update([0, loss.left.map_or(0, |left| left as u8 + 1)]);
            hasher.update(loss.users.to_be_bytes());
        }
        for user in &self.people {
            hasher.update(user.0.as_bytes());
        }
        hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}
