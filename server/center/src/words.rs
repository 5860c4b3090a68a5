//! Moments and browsers in words, in the reader's language and time zone.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use model::{Day, Locale};

use crate::access::{Place, SignedIn};
use crate::{Center, Instant};

const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_DE: [&str; 12] =
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];

/// Writes moments for one reader.
pub(crate) struct Times {
    zone: TimeZone,
    locale: Locale,
    now: Zoned,
}

impl Times {
    /// For this user: the time zone chosen, else the usual one, and the language of the page.
    pub(crate) fn new(center: &Center, who: &SignedIn) -> Self {
        let zone = who.time_zone.as_deref().unwrap_or_else(|| usual_zone(who));
        Self::at(center.now(), zone, who.client.locale)
    }

    /// For this time zone (an IANA name; UTC when it is unknown) and language.
    pub(crate) fn at(now: Instant, zone: &str, locale: Locale) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let now = zoned(now, &zone);
        Self { zone, locale, now }
    }

    /// `today, 09:12` · `yesterday, 18:40` · `12 Nov, 07:30` · `12 Nov 2025`.
    pub(crate) fn moment(&self, at: Instant) -> String {
        let then = zoned(at, &self.zone);
        let time = format!("{:02}:{:02}", then.hour(), then.minute());
        let day = then.date();
        if day == self.now.date() {
            return match self.locale {
                Locale::En => format!("today, {time}"),
                Locale::De => format!("heute, {time}"),
            };
        }
        if self.now.date().yesterday().is_ok_and(|yesterday| yesterday == day) {
            return match self.locale {
                Locale::En => format!("yesterday, {time}"),
                Locale::De => format!("gestern, {time}"),
            };
        }
        if then.year() == self.now.year() { format!("{}, {time}", self.day(&then)) } else { self.date(at) }
    }

    /// As [`Times::moment`], with the time of day also in other years.
    pub(crate) fn full(&self, at: Instant) -> String {
        let then = zoned(at, &self.zone);
        if then.year() == self.now.year() {
            return self.moment(at);
        }
        format!("{}, {:02}:{:02}", self.date(at), then.hour(), then.minute())
    }

    /// `2026-11-12 07:30:05`, for spreadsheets.
    pub(crate) fn sortable(&self, at: Instant) -> String {
        let then = zoned(at, &self.zone);
        format!("{} {:02}:{:02}:{:02}", then.date(), then.hour(), then.minute(), then.second())
    }

    /// The time zone's IANA name.
    pub(crate) fn zone(&self) -> String {
        self.zone.iana_name().unwrap_or("UTC").to_owned()
    }

    /// The moment at which this day begins, or at which the next one does.
    pub(crate) fn midnight(&self, day: &Day, after: bool) -> Option<Instant> {
        let mut date: Date = day.as_str().parse().ok()?;
        if after {
            date = date.tomorrow().ok()?;
        }
        Some(date.to_zoned(self.zone.clone()).ok()?.timestamp().as_microsecond())
    }

    /// The last days, today included, the oldest first: when each begins, and its day and month in words.
    pub(crate) fn last_days(&self, count: u16) -> Vec<(Instant, String)> {
        let today = self.now.date();
        let days =
            (0..i64::from(count)).rev().filter_map(|ago| today.checked_sub(jiff::Span::new().days(ago)).ok());
        days.filter_map(|date| {
            let begins = date.to_zoned(self.zone.clone()).ok()?;
            Some((begins.timestamp().as_microsecond(), self.day(&begins)))
        })
        .collect()
    }

    /// As [`Times::moment`]; empty for never.
    pub(crate) fn seen(&self, at: Instant) -> String {
        if at <= 0 { String::new() } else { self.moment(at) }
    }

    /// `12 Nov 2025` · `12. Nov. 2025`
    pub(crate) fn date(&self, at: Instant) -> String {
        let then = zoned(at, &self.zone);
        format!("{} {}", self.day(&then), then.year())
    }

    fn day(&self, then: &Zoned) -> String {
        let month = usize::try_from(then.month() - 1).unwrap_or_default();
        match self.locale {
            Locale::En => format!("{} {}", then.day(), MONTHS_EN[month]),
            Locale::De => format!("{}. {}", then.day(), MONTHS_DE[month]),
        }
    }
}

/// The time zone of people who chose none: the company's, else the shop's.
pub(crate) fn usual_zone(who: &SignedIn) -> &str {
    match &who.place {
        Place::Company(member) => &member.time_zone,
        Place::Business { .. } => &who.client.shop.time_zone,
    }
}

/// A moment as RFC 3339, in UTC.
pub(crate) fn rfc3339(at: Instant) -> String {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

/// As [`rfc3339`], to the second: `2026-11-22T09:12:00Z`.
pub(crate) fn utc(at: Instant) -> String {
    rfc3339(at - at.rem_euclid(crate::clock::SECOND))
}

fn zoned(at: Instant, zone: &TimeZone) -> Zoned {
    Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
}

/// What a browser says of itself, cut down to what a person recognises: `Firefox · Windows`.
pub(crate) fn device(user_agent: &str) -> String {
    // Order matters: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari.
    let browsers = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("Windows", "Windows"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => user_agent.split(['/', ' ']).next().unwrap_or_default().chars().take(40).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(text: &str) -> Instant {
        text.parse::<Timestamp>().unwrap().as_microsecond()
    }

    #[test]
    fn moments_are_told_from_the_reader_s_day() {
        let times = Times::at(micros("2026-11-21T22:30:00Z"), "Europe/Berlin", Locale::En);
        assert_eq!(times.moment(micros("2026-11-21T08:12:00Z")), "today, 09:12");
        assert_eq!(times.moment(micros("2026-11-20T22:59:00Z")), "yesterday, 23:59");
        assert_eq!(times.moment(micros("2026-11-20T23:01:00Z")), "today, 00:01");
        assert_eq!(times.moment(micros("2026-08-03T10:00:00Z")), "3 Aug, 12:00");
        assert_eq!(times.moment(micros("2025-11-12T06:30:00Z")), "12 Nov 2025");
        assert_eq!(times.full(micros("2025-11-12T06:30:00Z")), "12 Nov 2025, 07:30");
        assert_eq!(times.full(micros("2026-08-03T10:00:00Z")), "3 Aug, 12:00");
        assert_eq!(times.sortable(micros("2026-08-03T10:00:07Z")), "2026-08-03 12:00:07");
        assert_eq!(times.zone(), "Europe/Berlin");
        assert_eq!(times.seen(0), "");
        let german = Times::at(micros("2026-11-21T22:30:00Z"), "Europe/Berlin", Locale::De);
        assert_eq!(german.moment(micros("2026-03-03T10:00:00Z")), "3. März, 11:00");
        assert_eq!(german.moment(micros("2026-11-20T10:00:00Z")), "gestern, 11:00");
    }

    #[test]
    fn a_day_is_the_reader_s_also_when_the_clocks_change() {
        let times = Times::at(micros("2026-11-21T22:30:00Z"), "Europe/Berlin", Locale::En);
        let day = |text| Day::parse(text).unwrap();
        let from = |text| times.midnight(&day(text), false).unwrap();
        let to = |text| times.midnight(&day(text), true).unwrap();
        assert_eq!(from("2026-11-21"), micros("2026-11-20T23:00:00Z"));
        assert_eq!(to("2026-11-21"), micros("2026-11-21T23:00:00Z"));
        assert_eq!(to("2026-10-25") - from("2026-10-25"), 25 * crate::clock::HOUR);
        assert_eq!(to("9998-12-31"), from("9998-12-31") + crate::clock::DAY);
        assert_eq!(rfc3339(from("2026-11-21")), "2026-11-20T23:00:00Z");
    }

    #[test]
    fn the_last_days_begin_at_the_reader_s_midnight_also_when_the_clocks_change() {
        let times = Times::at(micros("2026-10-26T22:30:00Z"), "Europe/Berlin", Locale::En);
        let days = times.last_days(3);
        let words: Vec<&str> = days.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, ["24 Oct", "25 Oct", "26 Oct"]);
        assert_eq!(days[1].0, micros("2026-10-24T22:00:00Z"));
        assert_eq!(days[2].0 - days[1].0, 25 * crate::clock::HOUR);
    }

    #[test]
    fn programs_get_whole_seconds_of_utc() {
        assert_eq!(utc(micros("2026-11-22T09:12:00.987654Z")), "2026-11-22T09:12:00Z");
    }

    #[test]
    fn browsers_are_recognised() {
        assert_eq!(
            device(
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36"
            ),
            "Chrome · Linux"
        );
        assert_eq!(device("curl/8.5"), "curl");
        assert_eq!(device(""), "");
    }
}
