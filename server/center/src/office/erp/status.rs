use std::collections::BTreeMap;

use model::{ErpFigures, ErpStatus};

use super::imports::last_written;
use crate::access::{self, Actor, Operation};
use crate::clock::HOUR;
use crate::erp::hour;
use crate::office::times;
use crate::store::args;
use crate::{Center, Error, Instant};

/// So many hours are told, this one among them.
const HOURS: Instant = 24;

/// *ERP*: whether it answers, and how it did in the last 24 hours.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn status(center: &Center, actor: &Actor) -> Result<ErpStatus, Error> {
    let who = access::office(actor, Operation::OfficeErpStatus)?;
    let times = times(center, who);
    let mut conn = center.db().read().await?;
    let state = conn.one("SELECT reachable, since, seen_at FROM erp_state WHERE id = 1", args![]).await?;
    let moment = |at: Option<Instant>| at.map(|at| times.moment(at)).unwrap_or_default();
    let first = hour(center.now()) - (HOURS - 1) * HOUR;
    let sql = "SELECT hour, answered, up_to, calls FROM erp_hours WHERE hour >= $1 ORDER BY hour, up_to";
    let mut hours: BTreeMap<Instant, Counts> =
        (0..HOURS).map(|n| (first + n * HOUR, Counts::default())).collect();
    let mut day = Counts::default();
    for row in conn.all(sql, args![first]).await? {
        let (answered, up_to, calls): (bool, i64, i64) =
            (row.get("answered")?, row.get("up_to")?, row.get("calls")?);
        for counts in hours.get_mut(&row.get("hour")?).into_iter().chain([&mut day]) {
            counts.add(answered, up_to, calls.unsigned_abs());
        }
    }
    Ok(ErpStatus {
        adapter: center.erp().adapter(),
        reachable: state.get("reachable")?,
        since: moment(state.get("since")?),
        seen: moment(state.get("seen_at")?),
        hours: hours.into_iter().map(|(at, counts)| counts.figures(times.moment(at))).collect(),
        day: day.figures(String::new()),
        last_import: last_written(&mut conn, &times).await?,
    })
}

/// Questions, by how long their answers took at most.
#[derive(Default)]
struct Counts {
    answered: BTreeMap<i64, u64>,
    unanswered: u64,
}

impl Counts {
    fn add(&mut self, answered: bool, up_to: i64, calls: u64) {
        if answered {
            *self.answered.entry(up_to).or_default() += calls;
        } else {
            self.unanswered += calls;
        }
    }

    fn figures(&self, label: String) -> ErpFigures {
        let answered: u64 = self.answered.values().sum();
        ErpFigures {
            label,
            calls: answered + self.unanswered,
            unanswered: self.unanswered,
            median: self.within(50, answered),
            slow: self.within(95, answered),
        }
    }

    /// So many percent of the answers took at most this long.
    fn within(&self, percent: u64, answered: u64) -> u64 {
        let wanted = (answered * percent).div_ceil(100);
        let mut so_far = 0;
        let bound = self.answered.iter().find(|(_, calls)| {
            so_far += **calls;
            so_far >= wanted
        });
        bound.map(|(up_to, _)| up_to.unsigned_abs()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn so_many_answers_took_at_most_so_long() {
        let mut counts = Counts::default();
        assert_eq!(counts.figures(String::new()).slow, 0);
        counts.add(true, 100, 90);
        counts.add(true, 5_000, 4);
        counts.add(true, 1_000_000, 6);
        counts.add(false, 100, 3);
        let figures = counts.figures("now".to_owned());
        assert_eq!((figures.calls, figures.unanswered), (103, 3));
        assert_eq!((figures.median, figures.slow), (100, 1_000_000));
        assert_eq!(counts.within(94, 100), 5_000);
    }
}
