use std::time::Duration;

use model::{
    CompanyId, CustomerNumber, Dashboard, DashboardErp, DashboardMails, DashboardPeople, DayCounts,
    OfficeRight,
};

use super::{mails, times};
use crate::access::{self, Actor, Operation, StaffSignedIn};
use crate::audit::Event;
use crate::clock::{DAY, MINUTE};
use crate::store::{Conn, Row, Sql, StoreError, Value, args};
use crate::users::count_of;
use crate::words::Times;
use crate::{Center, Error, Instant};

/// The days of the charts, today included.
const DAYS: u16 = 30;
/// What happened is counted by quarters of an hour, of which every time zone's days are made.
const QUARTER: Instant = 15 * MINUTE;
/// Companies whose requests for access are named.
const NAMED: i64 = 5;
/// How long the ERP may take to count as one that answers.
const ERP_TIME: Duration = Duration::from_secs(2);

/// The start page: how things stand, as far as this person may read it.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn dashboard(center: &Center, actor: &Actor) -> Result<Dashboard, Error> {
    let who = access::office(actor, Operation::OfficeDashboard)?;
    let times = times(center, who);
    let days = times.last_days(DAYS);
    let allows = |right| who.role.allows(right);
    let mut conn = center.db().read().await?;
    Ok(Dashboard {
        people: match allows(OfficeRight::UsersView) {
            true => Some(people(center, &mut conn, &times, &days).await?),
            false => None,
        },
        mails: match allows(OfficeRight::MailView) {
            true => Some(sent(center, &mut conn, who, &days).await?),
            false => None,
        },
        erp: match allows(OfficeRight::ErpView) {
            true => Some(erp(center, conn).await?),
            false => None,
        },
    })
}

async fn people(
    center: &Center,
    conn: &mut Conn,
    times: &Times,
    days: &[(Instant, String)],
) -> Result<DashboardPeople, Error> {
    let now = center.now();
    let since = days.first().map_or(now, |day| day.0);
    let events = "SELECT at / 900000000 AS quarter, count(*) AS n FROM audit WHERE event = $1 AND at >= $2 GROUP BY at / 900000000";
    let mut of = async |event: Event| by_day(conn, days, events, args![event.key(), since]).await;
    let mut activations = of(Event::UserActivated).await?;
    let accepted = of(Event::UserAcceptedInvitation).await?;
    for (day, (_, more)) in activations.0.iter_mut().zip(accepted.0) {
        day.1 = day.1.saturating_add(more);
    }
    let sign_ins = of(Event::SignedIn).await?;
    let sql =
        "SELECT created_at / 900000000 AS quarter, count(*) AS n FROM access_requests WHERE created_at >= $1
         GROUP BY created_at / 900000000";
    let requested = by_day(conn, days, sql, args![since]).await?;
    let seen = Sql::new("SELECT count(*) AS n FROM (SELECT DISTINCT user_id FROM (SELECT user_id FROM members WHERE last_seen_at >= ")
        .bind(now - 30 * DAY)
        .push(" UNION ALL SELECT user_id FROM business_users WHERE last_seen_at >= ")
        .bind(now - 30 * DAY)
        .push(") AS seen");
    let open =
        "SELECT count(*) AS n FROM (SELECT 1 FROM access_requests WHERE decided_at IS NULL AND ends_at > ";
    let sql =
        "SELECT min(created_at) AS oldest FROM access_requests WHERE decided_at IS NULL AND ends_at > $1";
    let oldest: Option<Instant> = conn.one(sql, args![now]).await?.get("oldest")?;
    Ok(DashboardPeople {
        activations,
        active: count_of(conn, seen).await?,
        sign_ins,
        requests: count_of(conn, Sql::new(open).bind(now)).await?,
        oldest_request: oldest.map(|at| times.moment(at)).unwrap_or_default(),
        asked: asked(conn, now).await?,
        requested,
    })
}

/// The companies whose requests for access wait longest.
async fn asked(conn: &mut Conn, now: Instant) -> Result<Vec<(CompanyId, String, u32)>, StoreError> {
    let sql = "SELECT c.id, c.name, r.n FROM (SELECT company_id, count(*) AS n, min(created_at) AS oldest FROM access_requests
             WHERE decided_at IS NULL AND ends_at > $1 GROUP BY company_id ORDER BY oldest LIMIT $2) AS r
         JOIN companies c ON c.id = r.company_id ORDER BY r.oldest, c.id";
    let rows = conn.all(sql, args![now, NAMED]).await?;
    let read = |row: &Row| Ok((row.get("id")?, row.get("name")?, number(row.get("n")?)));
    rows.iter().map(read).collect()
}

async fn sent(
    center: &Center,
    conn: &mut Conn,
    who: &StaffSignedIn,
    days: &[(Instant, String)],
) -> Result<DashboardMails, Error> {
    let now = center.now();
    let since = days.first().map_or(now, |day| day.0);
    let sql = "SELECT sent_at / 900000000 AS quarter, count(*) AS n FROM outbox WHERE sent_at >= $1 GROUP BY sent_at / 900000000";
    let sent = by_day(conn, days, sql, args![since]).await?;
    // What the list shows to this person.
    let staff = mails::sees_staff(who);
    let in_state = |sql| Sql::new(sql).bind(staff).push(" OR staff_id IS NULL)");
    let waiting = in_state("SELECT count(*) AS n FROM (SELECT 1 FROM outbox WHERE state = 'pending' AND (");
    let dead = in_state("SELECT count(*) AS n FROM (SELECT 1 FROM outbox WHERE state = 'dead' AND (");
    let sql =
        "SELECT min(created_at) AS oldest FROM outbox WHERE state = 'pending' AND ($1 OR staff_id IS NULL)";
    let oldest: Option<Instant> = conn.one(sql, args![staff]).await?.get("oldest")?;
    Ok(DashboardMails {
        waiting: count_of(conn, waiting).await?,
        oldest_minutes: oldest.map(|at| number((now - at).max(0) / MINUTE)),
        dead: count_of(conn, dead).await?,
        bouncing: count_of(conn, Sql::new("SELECT count(*) AS n FROM (SELECT 1 FROM mail_bounces")).await?,
        sent,
    })
}

async fn erp(center: &Center, mut conn: Conn) -> Result<DashboardErp, Error> {
    let parked = Sql::new(
        "SELECT count(*) AS n FROM (SELECT 1 FROM activations WHERE state = 'parked' AND ends_at > ",
    );
    let parked = count_of(&mut conn, parked.bind(center.now())).await?;
    // The ERP may be slow.
    drop(conn);
    // That it does not know the number is an answer too.
    let answers = match CustomerNumber::parse("0") {
        Ok(number) => {
            matches!(tokio::time::timeout(ERP_TIME, center.erp().customer(&number)).await, Ok(Ok(_)))
        }
        Err(_) => false,
    };
    Ok(DashboardErp { answers, parked })
}

/// What the statement finds by quarters of an hour, as numbers of days.
async fn by_day(
    conn: &mut Conn,
    days: &[(Instant, String)],
    sql: &'static str,
    values: Vec<Value>,
) -> Result<DayCounts, StoreError> {
    let mut counts: Vec<(String, u32)> = days.iter().map(|(_, words)| (words.clone(), 0)).collect();
    for row in conn.all(sql, values).await? {
        let at = row.get::<i64>("quarter")? * QUARTER;
        let day = days.partition_point(|(begins, _)| *begins <= at);
        if let Some((_, n)) = day.checked_sub(1).and_then(|day| counts.get_mut(day)) {
            *n = n.saturating_add(number(row.get("n")?));
        }
    }
    Ok(DayCounts(counts))
}

fn number(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
