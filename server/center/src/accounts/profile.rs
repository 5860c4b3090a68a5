use model::{
    CompanyBrand, ErrorCode, FeaturesOff, FieldIssue, Locale, Notice, NoticeChoice, ProfileInput,
    ProfilePage, ProfileView, Salutation, Scope, SignInPage,
};

use super::{language, notices, zones};
use crate::access::{self, Actor, Operation, Place, SignedIn};
use crate::audit::{self, Entry, Event, Fact};
use crate::shop::logo_path;
use crate::store::{StoreError, args};
use crate::users::name_key;
use crate::{Center, Error, words};

/// The own data.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn profile(center: &Center, actor: &Actor) -> Result<ProfileView, Error> {
    view(center, access::signed_in(actor, Operation::Profile)?).await
}

/// The page *Profile*: the own data, and what can be changed of them.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn profile_form(center: &Center, actor: &Actor) -> Result<ProfilePage, Error> {
    let who = access::signed_in(actor, Operation::ProfileForm)?;
    let declined = notices::declined(&mut center.db().read().await?, who.user).await?;
    let now = center.now();
    Ok(ProfilePage {
        profile: view(center, who).await?,
        locale: who.locale,
        time_zone: who.time_zone.clone().unwrap_or_default(),
        usual_zone: zones::words(words::usual_zone(who), now),
        zones: zones::offered(who.time_zone.as_deref(), now),
        notices: offered(who)
            .map(|notice| NoticeChoice { notice, wanted: !declined.contains(&notice) })
            .collect(),
        shortcuts: who.shortcuts,
    })
}

/// The mails that this person gets and may do without.
fn offered(who: &SignedIn) -> impl Iterator<Item = Notice> {
    Notice::ALL.into_iter().filter(move |notice| match &who.place {
        Place::Company(member) => member.grants.allow(notice.meant_for(), Scope::Company),
        Place::Business { .. } => false,
    })
}

/// Saves the own profile. What stays the same leaves no trace.
///
/// # Errors
/// The fields to correct, `Unauthenticated`, [`Error::Store`]
pub async fn edit_profile(center: &Center, actor: &Actor, input: &ProfileInput) -> Result<(), Error> {
    let who = access::signed_in(actor, Operation::EditProfile)?;
    let form = input.check()?;
    let unknown = || Error::field("time_zone", FieldIssue::UnknownChoice);
    let zone = form.time_zone.as_deref().map(|name| zones::known(name).ok_or_else(unknown)).transpose()?;
    let mut tx = center.db().write().await?;
    // Takes the person's row before it is compared, so that two edits follow one another.
    let sql = "UPDATE users SET locale = locale WHERE id = $1 RETURNING salutation, name, time_zone, shortcuts,
         COALESCE((SELECT m.locale FROM members m WHERE m.user_id = users.id AND m.company_id = $2), locale) AS locale";
    let row = tx.one(sql, args![who.user, who.company()]).await?;
    let (salutation, name): (Salutation, String) = (row.get("salutation")?, row.get("name")?);
    let (locale, old_zone): (Locale, Option<String>) = (row.get("locale")?, row.get("time_zone")?);
    let had_shortcuts: bool = row.get("shortcuts")?;
    let before = notices::declined(&mut tx, who.user).await?;
    let mut after = before.clone();
    for notice in offered(who) {
        after.retain(|declined| *declined != notice);
        if !form.notices.contains(&notice) {
            after.push(notice);
        }
    }
    after.sort_by_key(|notice| Notice::ALL.iter().position(|n| n == notice));
    let keys = |notices: &[Notice]| notices.iter().map(|notice| notice.key()).collect::<Vec<_>>();
    let entry = Entry::by(actor, Event::ProfileUpdated)
        .subject(who.user)
        .change(Fact::Salutation, salutation.key(), form.salutation.key())
        .change(Fact::Name, name.as_str(), form.name.as_str())
        .change(Fact::Language, locale.tag(), form.locale.tag())
        .change(Fact::TimeZone, old_zone.as_deref(), zone.as_deref())
        .change(Fact::DeclinedNotices, keys(&before), keys(&after))
        .change(Fact::Shortcuts, had_shortcuts, form.shortcuts);
    if entry.tells_nothing() {
        return Ok(());
    }
    tx.execute(
        "UPDATE users SET salutation = $2, name = $3, time_zone = $4, shortcuts = $5 WHERE id = $1",
        args![who.user, form.salutation, &form.name, zone, form.shortcuts],
    )
    .await?;
    if locale != form.locale {
        language::choose(&mut tx, who, form.locale).await?;
    }
    if name != form.name.as_str() {
        // Whoever edits this user just now is told that the form is out of date.
        tx.execute(
            "UPDATE members SET name = $2, name_key = $3, version = version + 1 WHERE user_id = $1",
            args![who.user, &form.name, name_key(form.name.as_str())],
        )
        .await?;
    }
    for notice in offered(who) {
        notices::choose(&mut tx, who.user, notice, !after.contains(&notice)).await?;
    }
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Changes the language of pages and mails, at the place acted for, by the switch on a page. Who is not signed in has only
/// the browser's cookie, which is not kept here.
///
/// # Errors
/// [`Error::Store`]
pub async fn choose_language(center: &Center, actor: &Actor, locale: Locale) -> Result<(), Error> {
    access::authorize(actor, Operation::SetLanguage)?;
    let Some(who) = actor.signed_in().filter(|who| who.locale != locale) else { return Ok(()) };
    let mut tx = center.db().write().await?;
    // The person's row before the member's, as everywhere.
    tx.execute("UPDATE users SET locale = locale WHERE id = $1", args![who.user]).await?;
    language::choose(&mut tx, who, locale).await?;
    let entry = Entry::by(actor, Event::ProfileUpdated).subject(who.user).change(
        Fact::Language,
        who.locale.tag(),
        locale.tag(),
    );
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

async fn view(center: &Center, who: &SignedIn) -> Result<ProfileView, Error> {
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
        roles,
        second_step: who.second_step,
        password_changed: words::Times::new(center, who).seen(changed),
    })
}

/// What a sign-in page shows: at a company's own address, the company.
///
/// # Errors
/// `NotFound` when no company has or had this address, `FeatureOff` when it has no access now.
pub async fn sign_in_page(center: &Center, actor: &Actor, slug: &str) -> Result<SignInPage, Error> {
    access::authorize(actor, Operation::SignInPage)?;
    if slug.is_empty() {
        return Ok(SignInPage { company: None });
    }
    let sql = "SELECT slug, name, logo, features_off FROM companies WHERE active
         AND (slug = $1 OR id = (SELECT company_id FROM former_slugs WHERE slug = $1))";
    let row = center.db().read().await?.optional(sql, args![slug]).await?.ok_or(ErrorCode::NotFound)?;
    let off = FeaturesOff::read(&row.get::<String>("features_off")?);
    if let Some(feature) = Operation::SignInPage.spec().closed_by(off) {
        return Err(ErrorCode::FeatureOff { feature }.into());
    }
    let logo = row.get::<Option<String>>("logo")?.as_deref().map(logo_path);
    Ok(SignInPage { company: Some(CompanyBrand { slug: row.get("slug")?, name: row.get("name")?, logo }) })
}

/// The last part of the sign-in address of the company that had this one before.
///
/// # Errors
/// [`StoreError`]
pub async fn moved_to(center: &Center, slug: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT c.slug FROM former_slugs f JOIN companies c ON c.id = f.company_id WHERE f.slug = $1";
    let row = center.db().read().await?.optional(sql, args![slug]).await?;
    row.map(|row| row.get("slug")).transpose()
}
