use model::{
    CompanyId, CompanySwitches, CustomerNumber, ErrorCode, Feature, FeatureRow, FeaturesOff, FeaturesPage,
    FieldIssue,
};

use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event, Fact};
use crate::store::{Conn, Row, Sql, StoreError, args, like_anywhere};
use crate::{Center, Error, shop};

/// Companies that are listed at once.
const LISTED: usize = 20;
/// The longest search, in characters.
const SEARCH_MAX: usize = 100;

/// *Enable features*: the shop's switches, or one company's. `search` finds companies by a part of their
/// name or by their customer number; without it those are listed that have something switched off.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], `NotFound`, [`Error::Store`]
pub async fn features_page(
    center: &Center,
    actor: &Actor,
    company: Option<CompanyId>,
    search: &str,
) -> Result<FeaturesPage, Error> {
    access::office(actor, Operation::OfficeFeaturesPage)?;
    let shop_off = shop::read(center).await?.off;
    let mut conn = center.db().read().await?;
    if let Some(id) = company {
        let company = company_switches(&mut conn, id).await?;
        let off: FeaturesOff = company.off.iter().copied().collect();
        let offered = Feature::ALL.iter().copied().filter(|feature| feature.per_company());
        let features = offered
            .map(|feature| FeatureRow { feature, on: !off.has(feature), shop_off: shop_off.has(feature) })
            .collect();
        let before = off.keys();
        return Ok(FeaturesPage {
            company: Some(company),
            features,
            before,
            companies: Vec::new(),
            more: false,
        });
    }
    let (companies, more) = companies(&mut conn, search).await?;
    let features = Feature::ALL
        .iter()
        .map(|feature| FeatureRow { feature: *feature, on: !shop_off.has(*feature), shop_off: false })
        .collect();
    Ok(FeaturesPage { company: None, features, before: shop_off.keys(), companies, more })
}

const COMPANIES: &str = "SELECT id, name, customer_number, slug, features_off FROM companies";

/// The company of this id.
///
/// # Errors
/// `NotFound`, [`Error::Store`]
pub(super) async fn company_switches(conn: &mut Conn, id: CompanyId) -> Result<CompanySwitches, Error> {
    let sql = "SELECT id, name, customer_number, slug, features_off FROM companies WHERE id = $1";
    Ok(read(&conn.optional(sql, args![id]).await?.ok_or(ErrorCode::NotFound)?)?)
}

fn read(row: &Row) -> Result<CompanySwitches, StoreError> {
    let off = FeaturesOff::read(&row.get::<String>("features_off")?);
    Ok(CompanySwitches {
        id: row.get("id")?,
        name: row.get("name")?,
        number: row.get("customer_number")?,
        slug: row.get("slug")?,
        off: off.iter().collect(),
    })
}

async fn companies(conn: &mut Conn, search: &str) -> Result<(Vec<CompanySwitches>, bool), StoreError> {
    let search: String = search.trim().chars().take(SEARCH_MAX).collect();
    let sql = Sql::new(COMPANIES);
    let sql = if search.is_empty() {
        sql.push(" WHERE features_off <> ''")
    } else {
        let number = CustomerNumber::parse(&search).ok().map(|number| number.key());
        sql.push(" WHERE customer_key = ")
            .bind(number.unwrap_or_default())
            .push(" OR lower(name) LIKE ")
            .bind(like_anywhere(&search.to_lowercase()))
            .push(" ESCAPE '\\'")
    };
    let most = i64::try_from(LISTED + 1).unwrap_or(i64::MAX);
    let (text, values) = sql.push(" ORDER BY name, id LIMIT ").bind(most).build();
    let rows = conn.all(text, values).await?;
    let listed = rows.iter().take(LISTED).map(read).collect::<Result<_, _>>()?;
    Ok((listed, rows.len() > LISTED))
}

/// Switches features: those in `on` are on from the next request, all others of the page off. `before` is
/// what was off when the page was shown.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], `NotFound`, the field `on` when it names no feature,
/// `Conflict` when somebody else switched meanwhile, [`Error::Store`]
pub async fn switch_features(
    center: &Center,
    actor: &Actor,
    company: Option<CompanyId>,
    on: &[String],
    before: &str,
) -> Result<(), Error> {
    access::office(actor, Operation::OfficeFeaturesSwitch)?;
    let mut wanted = Vec::new();
    for key in on.iter().take(64) {
        wanted.push(Feature::from_key(key).ok_or_else(|| Error::field("on", FieldIssue::UnknownChoice))?);
    }
    let offered = Feature::ALL.iter().copied().filter(|f| company.is_none() || f.per_company());
    let off: FeaturesOff = offered.filter(|feature| !wanted.contains(feature)).collect();
    let mut tx = center.db().write().await?;
    // The write comes first: its lock makes this and what somebody else switches follow one another.
    let row = match company {
        None => {
            let sql = "UPDATE shop SET features_off = features_off WHERE id = 1 RETURNING features_off";
            tx.optional(sql, args![]).await?
        }
        Some(id) => {
            let sql = "UPDATE companies SET features_off = features_off WHERE id = $1 RETURNING features_off";
            tx.optional(sql, args![id]).await?
        }
    };
    let row = row.ok_or(ErrorCode::NotFound)?;
    let was = FeaturesOff::read(&row.get::<String>("features_off")?);
    if was != FeaturesOff::read(before) {
        return Err(ErrorCode::Conflict.into());
    }
    let event = if company.is_some() { Event::CompanyFeaturesSwitched } else { Event::FeaturesSwitched };
    let list = |off: FeaturesOff| off.iter().map(Feature::key).collect::<Vec<_>>();
    let entry = Entry::by(actor, event).company(company).change(Fact::FeaturesOff, list(was), list(off));
    if entry.tells_nothing() {
        return Ok(());
    }
    match company {
        None => tx.execute("UPDATE shop SET features_off = $1 WHERE id = 1", args![off.keys()]).await?,
        Some(id) => {
            let sql = "UPDATE companies SET features_off = $2 WHERE id = $1";
            tx.execute(sql, args![id, off.keys()]).await?
        }
    };
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
