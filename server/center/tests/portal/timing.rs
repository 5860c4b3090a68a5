//! How long answers take must not tell whether there is an account. The fine measurement is left to
//! `make soak`: it wants a machine that does nothing else.

use std::time::Duration;

use center::{Error, accounts, activation};
use model::Role;
use tokio::time::Instant;

use crate::support::*;

const NOBODY: &str = "mona.lins@bau-partner.example";

async fn took<T>(ask: impl Future<Output = Result<T, Error>>) -> Duration {
    let started = Instant::now();
    // Refused or not is the same to whoever measures.
    let _ = ask.await;
    started.elapsed()
}

async fn signing_in(portal: &Portal, email: &str) -> Duration {
    portal.clock.advance(HOUR);
    took(portal.sign_in(&anybody(), email, "a wrong password")).await
}

async fn forgetting(portal: &Portal, email: &str) -> Duration {
    portal.clock.advance(HOUR);
    took(accounts::forgot_password(&portal.center, &anybody(), email)).await
}

async fn activating(portal: &Portal, facts: [&str; 3]) -> Duration {
    portal.clock.advance(HOUR);
    took(activation::start(&portal.center, &anybody(), facts[0], facts[1], facts[2])).await
}

#[tokio::test]
async fn signing_in_without_an_account_costs_as_much_as_with_one() {
    both(async |portal| {
        let bau = portal.bau().await;
        let invited = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        center::users::request(&portal.center, &bau.chief, &invited).await.unwrap();
        let off = portal.person(bau.company, "Off", "off@bau-partner.example", &[Role::Buyer]).await;
        center::users::deactivate(&portal.center, &bau.chief, off).await.unwrap();
        // What else the machine does only adds to it, so the fastest tells most, and is asked for anew until all
        // had a quiet moment. One without a verification takes a tenth, however often it is asked.
        let emails = [MARTA, NOBODY, invited.email.as_str(), "off@bau-partner.example", "no address"];
        let mut fastest = [Duration::MAX; 5];
        let alike = |fastest: &[Duration; 5]| {
            fastest.iter().all(|time| *time * 2 > fastest[0] && fastest[0] * 2 > *time)
        };
        for round in 0..40 {
            for (email, fastest) in emails.iter().zip(&mut fastest) {
                *fastest = signing_in(portal, email).await.min(*fastest);
            }
            if round >= 3 && alike(&fastest) {
                return;
            }
        }
        panic!("{:?}", emails.iter().zip(fastest).collect::<Vec<_>>());
    })
    .await;
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 { values[half] } else { f64::midpoint(values[half - 1], values[half]) }
}

/// Asks one and the other in turn. The median of the differences has to lie within five times its own
/// uncertainty, as the scatter of the differences gives it, and 0.1 ms.
async fn alike(
    what: &str,
    samples: usize,
    one: impl AsyncFn() -> Duration,
    other: impl AsyncFn() -> Duration,
) {
    let mut differences = Vec::new();
    let mut times = Vec::new();
    for i in 0..samples + 10 {
        let (a, b) = if i % 2 == 0 {
            let a = one().await;
            (a, other().await)
        } else {
            let b = other().await;
            (one().await, b)
        };
        // The first ones warm up.
        if i >= 10 {
            differences.push((a.as_secs_f64() - b.as_secs_f64()) * 1e3);
            times.push(a.as_secs_f64() * 1e3);
        }
    }
    let middle = median(differences.clone());
    let scatter = 1.4826 * median(differences.iter().map(|d| (d - middle).abs()).collect());
    let bound = 5.0 * 1.2533 * scatter / (samples as f64).sqrt() + 0.1;
    println!(
        "timing: {what}: {:.2} ms, difference {middle:+.3} ms, bound {bound:.3} ms, {samples} pairs",
        median(times)
    );
    assert!(middle.abs() <= bound, "{what}: {middle:+.3} ms, beyond {bound:.3} ms");
}

#[tokio::test]
async fn known_and_unknown_take_equally_long() {
    // Measures finely, which only a machine that does nothing else allows: `make soak`.
    if std::env::var_os("CC_TEST_TIMES").is_none() {
        return;
    }
    both(async |portal| {
        let bau = portal.bau().await;
        let invited = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        center::users::request(&portal.center, &bau.chief, &invited).await.unwrap();
        let off = portal.person(bau.company, "Off", "off@bau-partner.example", &[Role::Buyer]).await;
        center::users::deactivate(&portal.center, &bau.chief, off).await.unwrap();
        let on = portal.center.db().backend();
        for (who, email) in [
            ("active", MARTA),
            ("invited", invited.email.as_str()),
            ("deactivated", "off@bau-partner.example"),
        ] {
            let known = async || signing_in(portal, email).await;
            let unknown = async || signing_in(portal, NOBODY).await;
            alike(&format!("{on:?}: sign-in, {who} or unknown"), 150, known, unknown).await;
            let known = async || forgetting(portal, email).await;
            let unknown = async || forgetting(portal, NOBODY).await;
            alike(&format!("{on:?}: forgot, {who} or unknown"), 300, known, unknown).await;
        }
        let known = async || activating(portal, [BAU, "RE-1", MARTA]).await;
        let unknown = async || activating(portal, ["99-1", "RE-1", MARTA]).await;
        alike(&format!("{on:?}: activation, customer known or not"), 300, known, unknown).await;
        let known = async || activating(portal, [SOLO, SOLO_INVOICE, MARTA]).await;
        let unknown = async || activating(portal, [SOLO, SOLO_INVOICE, NOBODY]).await;
        alike(&format!("{on:?}: activation, address known or not"), 300, known, unknown).await;
    })
    .await;
}
