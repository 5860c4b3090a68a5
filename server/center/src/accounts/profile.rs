use model::{CompanyBrand, ErrorCode, ProfileView, Role, SignInPage};

use crate::access::{self, Actor, Operation, Place};
use crate::store::args;
use crate::{Center, Error, words};

/// The own data.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn profile(center: &Center, actor: &Actor) -> Result<ProfileView, Error> {
    let who = access::signed_in(actor, Operation::Profile)?;
    let row = center
        .db()
        .read()
        .await?
        .one(
            "SELECT u.salutation, u.password_changed_at, (SELECT l.email FROM links l
                 WHERE l.user_id = u.id AND l.purpose = 'email_change' AND l.consumed_at IS NULL AND l.revoked_at IS NULL
                   AND (l.ends_at IS NULL OR l.ends_at > $2)) AS pending_email
             FROM users u WHERE u.id = $1",
            args![who.user, center.now()],
        )
        .await?;
    let (belongs_to, roles) = match &who.place {
        Place::Company(member) => (member.company_name.clone(), member.roles.clone()),
        Place::Business { customer_name, .. } => (customer_name.clone(), Vec::new()),
    };
    let changed = row.get::<Option<i64>>("password_changed_at")?.unwrap_or_default();
    Ok(ProfileView {
        salutation: row.get("salutation")?,
        name: who.name.clone(),
        email: who.email.to_string(),
        pending_email: row.get("pending_email")?,
        belongs_to,
        roles: roles.into_iter().map(|role: Role| role.key().to_owned()).collect(),
        password_changed: words::Times::new(center, who).seen(changed),
    })
}

/// What a sign-in page shows: at a company's own address, the company.
///
/// # Errors
/// `NotFound` when no company has this address.
pub async fn sign_in_page(center: &Center, actor: &Actor, slug: &str) -> Result<SignInPage, Error> {
    access::authorize(actor, Operation::SignInPage)?;
    if slug.is_empty() {
        return Ok(SignInPage { company: None });
    }
    let sql = "SELECT slug, name FROM companies WHERE slug = $1 AND active";
    let row = center.db().read().await?.optional(sql, args![slug]).await?.ok_or(ErrorCode::NotFound)?;
    Ok(SignInPage { company: Some(CompanyBrand { slug: row.get("slug")?, name: row.get("name")? }) })
}
