use model::{CompanyId, FieldIssue, Grants, Role, RoleId, RoleLabel, RoleRef};

use crate::Error;
use crate::store::{Conn, StoreError, args};

/// A role that the company made itself.
#[derive(Clone, Debug)]
pub(crate) struct OwnRole {
    pub(crate) id: RoleId,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) grants: Grants,
    pub(crate) version: i64,
}

/// All roles of a company: who reads or gives some reads them all first, which are few.
#[derive(Clone, Debug)]
pub(crate) struct RoleBook(Vec<OwnRole>);

impl RoleBook {
    /// The company's roles as they stand.
    ///
    /// # Errors
    /// [`StoreError`]
    pub(crate) async fn of(conn: &mut Conn, company: CompanyId) -> Result<Self, StoreError> {
        let rows = conn
            .all(
                "SELECT id, name, name_key, rights, version FROM company_roles WHERE company_id = $1 ORDER BY name_key, id",
                args![company],
            )
            .await?;
        let own = rows.iter().map(|row| {
            Ok(OwnRole {
                id: row.get("id")?,
                name: row.get("name")?,
                name_key: row.get("name_key")?,
                grants: row.get("rights")?,
                version: row.get("version")?,
            })
        });
        own.collect::<Result<_, StoreError>>().map(Self)
    }

    /// The same roles, but for what one of the company's own allows.
    pub(crate) fn with(&self, id: RoleId, grants: &Grants) -> Self {
        let mut book = self.clone();
        for role in book.0.iter_mut().filter(|role| role.id == id) {
            role.grants.clone_from(grants);
        }
        book
    }

    /// The company's own roles, by name.
    pub(crate) fn own(&self) -> &[OwnRole] {
        &self.0
    }

    /// One of the company's own.
    pub(crate) fn find(&self, id: RoleId) -> Option<&OwnRole> {
        self.0.iter().find(|role| role.id == id)
    }

    /// All roles in the order in which people choose them.
    pub(crate) fn all(&self) -> Vec<RoleRef> {
        let own = self.0.iter().map(|role| RoleRef::Own(role.id));
        Role::ALL.into_iter().map(RoleRef::BuiltIn).chain(own).collect()
    }

    /// These of the roles, each once, in the order in which people choose them.
    pub(crate) fn ordered(&self, roles: &[RoleRef]) -> Vec<RoleRef> {
        self.all().into_iter().filter(|role| roles.contains(role)).collect()
    }

    /// Refuses a field that names a role which the company does not have; another company's looks the same.
    ///
    /// # Errors
    /// The field
    pub(crate) fn check(&self, field: &str, roles: &[RoleRef]) -> Result<(), Error> {
        let known = |role: &RoleRef| match role {
            RoleRef::BuiltIn(_) => true,
            RoleRef::Own(id) => self.find(*id).is_some(),
        };
        if roles.iter().all(known) { Ok(()) } else { Err(Error::field(field, FieldIssue::UnknownChoice)) }
    }

    /// What a role allows.
    pub(crate) fn grants_of(&self, role: RoleRef) -> Grants {
        match role {
            RoleRef::BuiltIn(role) => role.grants(),
            RoleRef::Own(id) => self.find(id).map(|role| role.grants.clone()).unwrap_or_default(),
        }
    }

    /// What several roles allow together.
    pub(crate) fn grants(&self, roles: &[RoleRef]) -> Grants {
        roles.iter().flat_map(|role| self.grants_of(*role).iter().collect::<Vec<_>>()).collect()
    }

    /// Whether one of these roles lets a person change what others may do.
    pub(crate) fn administer(&self, roles: &[RoleRef]) -> bool {
        roles.iter().any(|role| self.grants_of(*role).administer())
    }

    /// Whether going from these roles to those gives or takes one that lets a person change what others may do.
    pub(crate) fn changes_administration(&self, before: &[RoleRef], after: &[RoleRef]) -> bool {
        let changed = before.iter().filter(|role| !after.contains(role));
        let changed: Vec<_> =
            changed.chain(after.iter().filter(|role| !before.contains(role))).copied().collect();
        self.administer(&changed)
    }

    /// A role with its name.
    pub(crate) fn label(&self, role: RoleRef) -> RoleLabel {
        let own_name = match role {
            RoleRef::BuiltIn(_) => String::new(),
            RoleRef::Own(id) => self.find(id).map(|role| role.name.clone()).unwrap_or_default(),
        };
        RoleLabel { role, own_name }
    }

    /// Roles with their names.
    pub(crate) fn labels(&self, roles: &[RoleRef]) -> Vec<RoleLabel> {
        roles.iter().map(|role| self.label(*role)).collect()
    }

    /// The company's own roles with their names.
    pub(crate) fn own_labels(&self) -> Vec<RoleLabel> {
        self.0.iter().map(|role| self.label(RoleRef::Own(role.id))).collect()
    }
}
