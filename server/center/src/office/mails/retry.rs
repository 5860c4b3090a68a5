use std::collections::HashSet;

use model::{ErrorCode, FieldIssue, MANY_MAX, MailId, ResultId};
use serde::{Deserialize, Serialize};

use super::again::{entry, facts, lock};
use super::obstacle::{self, Obstacle};
use super::stored::{Stored, sees_staff};
use crate::access::{self, Actor, Operation, StaffSignedIn, explain};
use crate::audit::{self, Event};
use crate::office::results::{self, Outcome};
use crate::store::args;
use crate::throttle::{self, MAILS_AGAIN};
use crate::{Center, Error};

/// What came of one mail among several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retried {
    /// Which; `None` when there is none.
    pub mail: Option<MailId>,
    /// The name of its kind
    pub kind: String,
    /// To whom
    pub recipient: String,
    /// Why it was left alone, if so.
    pub kept: Option<Obstacle>,
}

/// *Retry*: takes a mail up again that was given up. Whether it may still go is decided here, and once more when
/// it is sent.
///
/// # Errors
/// `NotFound`, `WrongState`, `TooManyRequests`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn retry(center: &Center, actor: &Actor, id: MailId) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeMailRetry)?;
    match one(center, actor, who, id).await? {
        None => Err(ErrorCode::NotFound.into()),
        Some(Retried { kept: Some(_), .. }) => Err(ErrorCode::WrongState.into()),
        Some(_) => Ok(()),
    }
}

/// *Retry* for several; the result has a row for each.
///
/// # Errors
/// The field `mails` when there are none or too many; [`Error::OfficeLacks`], [`Error::Store`]
pub async fn retry_many(center: &Center, actor: &Actor, ids: &[String]) -> Result<ResultId, Error> {
    let who = access::office(actor, Operation::OfficeMailRetryMany)?;
    match ids.len() {
        0 => return Err(Error::field("mails", FieldIssue::Required)),
        n if n > MANY_MAX => return Err(Error::field("mails", FieldIssue::TooMany { max: MANY_MAX })),
        _ => {}
    }
    let mut named = HashSet::new();
    // What is no id is a mail that is not there.
    let ids = ids.iter().map(|id| id.parse::<MailId>().ok());
    let ids: Vec<_> = ids.filter(|id| id.is_none_or(|id| named.insert(id))).collect();
    several(center, actor, who, ids).await
}

/// *Retry all*: the oldest that were given up, as many as are done at once.
///
/// # Errors
/// The field `mails` when there are none; [`Error::OfficeLacks`], [`Error::Store`]
pub async fn retry_all(center: &Center, actor: &Actor) -> Result<ResultId, Error> {
    let who = access::office(actor, Operation::OfficeMailRetryAll)?;
    let sql = "SELECT id FROM outbox WHERE state = 'dead' AND ($1 OR staff_id IS NULL) ORDER BY created_at, id LIMIT $2";
    let most = i64::try_from(MANY_MAX).unwrap_or(i64::MAX);
    let rows = center.db().read().await?.all(sql, args![sees_staff(who), most]).await?;
    let ids: Vec<Option<MailId>> =
        rows.iter().map(|row| row.get("id").map(Some)).collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Err(Error::field("mails", FieldIssue::Required));
    }
    several(center, actor, who, ids).await
}

/// A result of this person.
///
/// # Errors
/// `NotFound` when there is none, it has ended, or somebody else did it.
pub async fn result(center: &Center, actor: &Actor, id: ResultId) -> Result<Outcome<Retried>, Error> {
    let who = access::office(actor, Operation::OfficeMailResults)?;
    results::load(center, who, id).await
}

/// Each in its own transaction: what is wrong with one keeps no other from being done.
async fn several(
    center: &Center,
    actor: &Actor,
    who: &StaffSignedIn,
    ids: Vec<Option<MailId>>,
) -> Result<ResultId, Error> {
    let missing =
        |kept| Retried { mail: None, kind: String::new(), recipient: String::new(), kept: Some(kept) };
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(id) = id else {
            rows.push(missing(Obstacle::Missing));
            continue;
        };
        rows.push(match one(center, actor, who, id).await {
            Ok(Some(done)) => done,
            Ok(None) => missing(Obstacle::Missing),
            Err(error) => {
                // Said to the log; the row says that it was not done.
                explain(center, actor, error).await;
                Retried { mail: Some(id), ..missing(Obstacle::NotDone) }
            }
        });
    }
    results::save(center, who, &rows).await
}

/// `None` when there is no such mail.
async fn one(
    center: &Center,
    actor: &Actor,
    who: &StaffSignedIn,
    id: MailId,
) -> Result<Option<Retried>, Error> {
    throttle::spend(center, MAILS_AGAIN, &who.staff.to_string()).await?;
    let now = center.now();
    let mut tx = center.db().write().await?;
    let Some(mail) = Stored::find(&mut tx, who, id, now).await? else { return Ok(None) };
    let done =
        |kept| Retried { mail: Some(id), kind: mail.key.clone(), recipient: mail.recipient.clone(), kept };
    match lock(&mut tx, &mail).await {
        Err(Error::Refused(_)) => return Ok(Some(done(Some(Obstacle::NotActive)))),
        other => other?,
    }
    if let Some(obstacle) = obstacle::of_retrying(center, &mut tx, &mail).await? {
        return Ok(Some(done(Some(obstacle))));
    }
    let facts =
        serde_json::to_string(&facts(&mut tx, &mail).await?).map_err(|e| Error::Fault(e.to_string()))?;
    let sql = "UPDATE outbox SET state = 'pending', reason = '', attempts = 0, not_before = $2, lease_until = 0, retried_at = $2, data = $3
         WHERE id = $1 AND state = 'dead'";
    if tx.execute(sql, args![id, now, facts]).await? == 0 {
        return Ok(Some(done(Some(Obstacle::NotGivenUp))));
    }
    audit::append(center, &mut tx, entry(actor, Event::MailRetried, &mail)).await?;
    tx.commit().await?;
    Ok(Some(done(None)))
}
