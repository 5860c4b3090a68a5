use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::clock::MINUTE;
use crate::{Entropy, Instant};

/// The first pause after a failure.
pub(super) const FIRST_PAUSE: Instant = 5_000_000;
/// The longest pause of a mail that can't be sent.
pub(super) const LONGEST_PAUSE: Instant = 30 * MINUTE;
/// The longest pause while no mail can be sent: what waited leaves soon after the server is back.
const LONGEST_OUTAGE_PAUSE: Instant = MINUTE;

/// The pause after the `failures`-th failure in a row, from 1: 5 s, 10 s, 20 s, … up to 30 min,
/// each 20 % longer or shorter.
pub(super) fn pause(failures: i64, entropy: &dyn Entropy) -> Instant {
    jittered(doubled(failures).min(LONGEST_PAUSE), entropy)
}

fn doubled(failures: i64) -> Instant {
    let doublings = u32::try_from(failures - 1).unwrap_or_default().min(20);
    FIRST_PAUSE << doublings
}

fn jittered(pause: Instant, entropy: &dyn Entropy) -> Instant {
    let mut bytes = [0; 2];
    entropy.fill(&mut bytes);
    pause / 1000 * (800 + i64::from(u16::from_le_bytes(bytes)) % 401)
}

/// Whether the mail server as a whole is out of order. While it is, one mail at a time tries it,
/// with growing pauses; the others wait without being counted as failed.
#[derive(Debug, Default)]
pub(super) struct Outage(Mutex<State>);

#[derive(Clone, Copy, Debug, Default)]
struct State {
    failures: i64,
    until: Instant,
}

impl State {
    const fn pauses(self, now: Instant) -> bool {
        // An end that is too far away means that the clock was set back.
        now < self.until && self.until - now <= 2 * LONGEST_OUTAGE_PAUSE
    }
}

impl Outage {
    fn state(&self) -> MutexGuard<'_, State> {
        // Two numbers that are written together, so a poisoned state is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many mails may be under way at `now`, when `slots` may in good times.
    pub(super) fn slots(&self, slots: usize, now: Instant) -> usize {
        let state = *self.state();
        match (state.failures, state.pauses(now)) {
            (0, _) => slots,
            (_, true) => 0,
            (_, false) => 1,
        }
    }

    /// Notes that the server is out of order. Answers until when nothing is tried, and whether
    /// this is news: mails that were under way together fail together.
    pub(super) fn failed(&self, now: Instant, entropy: &dyn Entropy) -> (Instant, bool) {
        let mut state = self.state();
        let news = !state.pauses(now);
        if news {
            state.failures += 1;
            state.until = now + jittered(doubled(state.failures).min(LONGEST_OUTAGE_PAUSE), entropy);
        }
        (state.until, news)
    }

    /// Notes that the server works.
    pub(super) fn over(&self) {
        *self.state() = State::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemEntropy;

    const SECOND: Instant = 1_000_000;

    #[test]
    fn pauses_double_up_to_half_an_hour() {
        for (failures, seconds) in [(1, 5), (2, 10), (5, 80), (9, 1_280), (10, 1_800), (1_000_000, 1_800)] {
            for _ in 0..200 {
                let pause = pause(failures, &SystemEntropy);
                assert!(
                    (seconds * SECOND * 8 / 10..=seconds * SECOND * 12 / 10).contains(&pause),
                    "{failures}: {pause}"
                );
            }
        }
    }

    #[test]
    fn an_outage_lets_one_mail_try_after_each_pause() {
        let outage = Outage::default();
        assert_eq!(outage.slots(4, 0), 4);
        let (until, news) = outage.failed(0, &SystemEntropy);
        assert!(news && (4 * SECOND..=6 * SECOND).contains(&until));
        assert_eq!(outage.failed(SECOND, &SystemEntropy), (until, false));
        assert_eq!((outage.slots(4, SECOND), outage.slots(4, until)), (0, 1));
        let (again, news) = outage.failed(until, &SystemEntropy);
        assert!(news && again - until >= 8 * SECOND);
        outage.over();
        assert_eq!(outage.slots(4, until), 4);
    }

    #[test]
    fn pauses_of_an_outage_stay_short() {
        let outage = Outage::default();
        let mut now = 0;
        for _ in 0..50 {
            let (until, _) = outage.failed(now, &SystemEntropy);
            assert!(until - now <= 72 * SECOND);
            now = until;
        }
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_stop_the_mail() {
        let outage = Outage::default();
        outage.failed(1_000_000 * SECOND, &SystemEntropy);
        assert_eq!(outage.slots(4, 0), 1);
    }
}
