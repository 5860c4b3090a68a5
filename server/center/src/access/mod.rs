//! The one place where rights are decided. [`table`] lists every page, server function and
//! route with what it needs; [`authorize`] compares that with who is asking.

mod actor;
mod explain;
mod feature;
mod operation;
mod second_step;
mod view;

pub use actor::{Actor, Client, Member, Place, SignedIn, StaffSignedIn, View};
pub use explain::explain;
pub use operation::{Kind, Needs, Operation, Spec, is_office_file, page_for_path, table};
pub use second_step::wants_second_step;
pub(crate) use view::never_in_a_view;
pub use view::within_view;

use model::{CompanyId, ErrorCode, UserId};

use crate::Error;

/// Decides whether this actor may do this operation at all, as far as its features are on. Which rows it may touch is
/// decided by the company that every statement carries.
///
/// # Errors
/// `FeatureOff`, `Unauthenticated`, `SecondStepRequired` when the company wants one that the user lacks, `Forbidden`,
/// or [`Error::Lacks`] with the missing right.
pub fn authorize(actor: &Actor, operation: Operation) -> Result<(), Error> {
    if let Some(feature) = operation.spec().closed_by(actor.client().off) {
        return Err(ErrorCode::FeatureOff { feature }.into());
    }
    within_view(actor, operation.spec())?;
    if wants_second_step(actor, operation.spec()) {
        return Err(ErrorCode::SecondStepRequired.into());
    }
    match (operation.spec().needs, actor.signed_in()) {
        (Needs::SecondStep | Needs::Staff | Needs::Office(_), _) => office(actor, operation).map(|_| ()),
        (Needs::Anyone, _) | (Needs::SignedIn, Some(_)) => Ok(()),
        (_, None) => Err(ErrorCode::Unauthenticated.into()),
        (Needs::Right(permission, scope), Some(who)) => match &who.place {
            Place::Company(member) if member.grants.allow(permission, scope) => Ok(()),
            Place::Company(_) => Err(Error::Lacks(permission)),
            Place::Business { .. } => {
                Err(ErrorCode::Forbidden { missing: None, granted_by: Vec::new() }.into())
            }
        },
    }
}

/// As [`authorize`], for operations of any signed-in user: answers who it is.
///
/// # Errors
/// As [`authorize`].
pub fn signed_in(actor: &Actor, operation: Operation) -> Result<&SignedIn, Error> {
    authorize(actor, operation)?;
    actor.signed_in().ok_or_else(|| ErrorCode::Unauthenticated.into())
}

/// As [`authorize`], for operations of the Back Office: answers who of the staff it is. Users of the
/// portal are nobody there.
///
/// # Errors
/// `Unauthenticated`, `SecondStepRequired`, or [`Error::OfficeLacks`] with the missing right.
pub fn office(actor: &Actor, operation: Operation) -> Result<&StaffSignedIn, Error> {
    let who = actor.staff().ok_or(ErrorCode::Unauthenticated)?;
    match operation.spec().needs {
        Needs::SecondStep => Ok(who),
        _ if !who.verified => Err(ErrorCode::SecondStepRequired.into()),
        Needs::Office(right) if !who.role.allows(right) => Err(Error::OfficeLacks(right)),
        Needs::Staff | Needs::Office(_) | Needs::Anyone => Ok(who),
        // Operations of the portal.
        Needs::SignedIn | Needs::Right(..) => Err(ErrorCode::Unauthenticated.into()),
    }
}

/// A right held in a company: the only way to the company's data.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The company
    pub company: CompanyId,
    /// Who asks
    pub user: UserId,
    /// Who asks, in full
    pub who: &'a SignedIn,
    /// Roles and rights there
    pub member: &'a Member,
}

/// As [`authorize`], for operations inside a company: answers the company.
///
/// # Errors
/// As [`authorize`]; `Forbidden` for an operation that is not tied to a company.
pub fn in_company(actor: &Actor, operation: Operation) -> Result<Held<'_>, Error> {
    let who = signed_in(actor, operation)?;
    match &who.place {
        Place::Company(member) => Ok(Held { company: member.company, user: who.user, who, member }),
        Place::Business { .. } => Err(ErrorCode::Forbidden { missing: None, granted_by: Vec::new() }.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_operation_has_its_own_name_and_address() {
        let mut names = HashSet::new();
        let mut addresses = HashSet::new();
        for spec in table() {
            assert!(names.insert(spec.name), "{}", spec.name);
            assert!(addresses.insert((spec.method, spec.path)), "{}", spec.path);
        }
    }

    #[test]
    fn pages_are_found_by_their_pattern_and_fixed_parts_win() {
        assert_eq!(page_for_path("/users/new").unwrap().name, "page.users.new");
        assert_eq!(page_for_path("/users/0197").unwrap().name, "page.users.user");
        assert_eq!(page_for_path("/users/contacts/KT 7").unwrap().name, "page.users.contact");
        assert_eq!(page_for_path("/users/requests").unwrap().name, "page.users.requests");
        assert_eq!(page_for_path("/users/requests/0197/decline").unwrap().name, "page.users.decline");
        assert_eq!(page_for_path("/users/roles").unwrap().name, "page.users.roles");
        assert_eq!(page_for_path("/users/roles/new").unwrap().name, "page.users.role_new");
        assert_eq!(page_for_path("/users/roles/0197").unwrap().name, "page.users.role");
        assert!(page_for_path("/users/a/b/c").is_none());
        assert_eq!(page_for_path("/office").unwrap().name, "page.office");
        assert!(page_for_path("/office/a/b/c").is_none());
    }
}
