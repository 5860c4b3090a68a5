//! The time zones that a profile offers.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::ZoneChoice;

use crate::Instant;

/// Europe whole, and the zones of most people elsewhere. Any other that the time zone database
/// knows is taken too, and then offered to whoever chose it.
const OFFERED: [&str; 66] = [
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Belgrade",
    "Europe/Berlin",
    "Europe/Bratislava",
    "Europe/Brussels",
    "Europe/Bucharest",
    "Europe/Budapest",
    "Europe/Chisinau",
    "Europe/Copenhagen",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/Ljubljana",
    "Europe/London",
    "Europe/Luxembourg",
    "Europe/Madrid",
    "Europe/Malta",
    "Europe/Minsk",
    "Europe/Moscow",
    "Europe/Oslo",
    "Europe/Paris",
    "Europe/Prague",
    "Europe/Riga",
    "Europe/Rome",
    "Europe/Sarajevo",
    "Europe/Skopje",
    "Europe/Sofia",
    "Europe/Stockholm",
    "Europe/Tallinn",
    "Europe/Tirane",
    "Europe/Vienna",
    "Europe/Vilnius",
    "Europe/Warsaw",
    "Europe/Zagreb",
    "Europe/Zurich",
    "Atlantic/Azores",
    "Atlantic/Canary",
    "Atlantic/Reykjavik",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "America/Anchorage",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Toronto",
    "Asia/Dubai",
    "Asia/Hong_Kong",
    "Asia/Jerusalem",
    "Asia/Kolkata",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Perth",
    "Australia/Sydney",
    "Pacific/Auckland",
    "UTC",
];

/// The database's spelling of this time zone. `None` when it knows no such zone.
pub(crate) fn known(name: &str) -> Option<String> {
    let zone = TimeZone::get(name).ok()?;
    zone.iana_name().map(str::to_owned)
}

/// The zones on offer; the one chosen already is among them.
pub(crate) fn offered(chosen: Option<&str>, now: Instant) -> Vec<ZoneChoice> {
    let further = chosen.filter(|name| !OFFERED.contains(name));
    further
        .into_iter()
        .chain(OFFERED)
        .map(|name| ZoneChoice { name: name.to_owned(), words: words(name, now) })
        .collect()
}

/// `Europe/Berlin (UTC+01:00)`
pub(crate) fn words(name: &str, now: Instant) -> String {
    let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
    let seconds = zone.to_offset(Timestamp::from_microsecond(now).unwrap_or(Timestamp::UNIX_EPOCH)).seconds();
    let minutes = seconds.unsigned_abs() / 60;
    let sign = if seconds < 0 { '−' } else { '+' };
    format!("{} (UTC{sign}{:02}:{:02})", name.replace('_', " "), minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_on_offer_is_known_by_its_very_name() {
        for name in OFFERED {
            assert_eq!(known(name).as_deref(), Some(name));
        }
        assert_eq!(known("europe/berlin").as_deref(), Some("Europe/Berlin"));
        for bad in ["", "Mars/Olympus", "../etc/passwd", "Europe/Berlin\0", "CET-1CEST"] {
            assert_eq!(known(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_zone_chosen_elsewhere_is_offered_too() {
        let winter = "2026-11-22T12:00:00Z".parse::<Timestamp>().unwrap().as_microsecond();
        let list = offered(Some("Asia/Kathmandu"), winter);
        assert_eq!(list.len(), OFFERED.len() + 1);
        assert_eq!(list[0].words, "Asia/Kathmandu (UTC+05:45)");
        assert_eq!(offered(Some("UTC"), winter).len(), OFFERED.len());
        assert_eq!(words("America/New_York", winter), "America/New York (UTC−05:00)");
        assert_eq!(words("UTC", winter), "UTC (UTC+00:00)");
    }
}
