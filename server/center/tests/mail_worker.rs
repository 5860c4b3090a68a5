//! What the worker does with the outbox, on every database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod mail_support;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use center::Token;
use center::mail::{self, Drained, Mail, MailKind, Outgoing, SendError, Transport};
use center::store::Value;
use mail_support::{HOUR, MINUTE, PUBLIC_URL, Portal, SECOND, Script, email, filled, portals, sent};
use model::{Email, Locale};
use tokio::sync::{Notify, watch};

fn deferred() -> SendError {
    SendError::Deferred("transient error (451): 4.3.0 later".to_owned())
}

fn unavailable() -> SendError {
    SendError::Unavailable("Connection refused".to_owned())
}

async fn tokens(portal: &Portal, link: model::LinkId) -> Vec<[u8; 32]> {
    let mut conn = portal.center.db().read().await.unwrap();
    let sql = "SELECT token_hash FROM link_tokens WHERE link_id = $1 ORDER BY created_at";
    conn.all(sql, vec![link.into()]).await.unwrap().iter().map(|row| row.get("token_hash").unwrap()).collect()
}

#[tokio::test]
async fn an_invitation_gets_its_token_when_it_leaves() {
    for portal in portals().await {
        let (company, _) = portal.company().await;
        let (mail, link, user) = portal.invitation(company, "").await;
        assert!(tokens(&portal, link).await.is_empty());
        portal.clock.advance(5 * MINUTE);

        let transport = Arc::new(Script::default());
        assert_eq!(portal.worker(transport.clone()).drain_once().await.unwrap(), sent(1));

        let got = transport.got();
        assert_eq!(got[0].message_id, format!("<{}@portal.example>", mail.0));
        assert_eq!(got[0].to, portal.address(user).await.as_str());
        assert!(got[0].raw.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{}", got[0].raw);
        let token = got[0].token("link");
        assert_eq!(tokens(&portal, link).await, [Token::parse(&token).unwrap().hash()]);
        let ends = portal.center.now() + 72 * HOUR;
        let row = portal.row("SELECT ends_at FROM links WHERE id = $1", vec![link.into()]).await;
        assert_eq!(row.get::<i64>("ends_at").unwrap(), ends);
        let row = portal
            .row("SELECT invitation_ends_at AS n FROM members WHERE user_id = $1", vec![user.into()])
            .await;
        assert_eq!(row.get::<i64>("n").unwrap(), ends);
        let row = portal.row("SELECT state, data, reason, sent_at FROM outbox", vec![]).await;
        assert_eq!(row.get::<String>("state").unwrap(), "sent");
        assert_eq!(row.get::<i64>("sent_at").unwrap(), portal.center.now());
        assert!(!row.get::<String>("data").unwrap().contains(&token));
        portal.verify().await;
    }
}

#[tokio::test]
async fn resets_and_changes_of_address_end_in_time() {
    for portal in portals().await {
        let (_, chief) = portal.company().await;
        let address = portal.address(chief).await;
        for (purpose, kind, hours) in [
            ("reset", MailKind::PasswordReset, HOUR / 2),
            ("email_change", MailKind::EmailChangeConfirm, 24 * HOUR),
        ] {
            let link = portal.link(purpose, chief, None, &address).await;
            let mut mail = filled(Mail::new(kind, address.clone(), Locale::De)).about(chief, None);
            mail.link = Some(link);
            portal.enqueue(mail).await;
            let transport = Arc::new(Script::default());
            assert_eq!(portal.worker(transport.clone()).drain_once().await.unwrap(), sent(1), "{purpose}");
            let row = portal.row("SELECT ends_at FROM links WHERE id = $1", vec![link.into()]).await;
            assert_eq!(row.get::<i64>("ends_at").unwrap() - portal.center.now(), hours);
        }
        portal.verify().await;
    }
}

#[tokio::test]
async fn a_code_is_made_hashed_and_mailed() {
    for portal in portals().await {
        let activation = portal.activation("code").await;
        let mut mail = filled(Mail::new(MailKind::ActivationCode, email("a@b.example"), Locale::En));
        mail.activation = Some(activation);
        portal.enqueue(mail).await;
        portal.clock.advance(9 * MINUTE);

        let transport = Arc::new(Script::default());
        assert_eq!(portal.worker(transport.clone()).drain_once().await.unwrap(), sent(1));

        let text = &transport.got()[0].text;
        let code = text
            .lines()
            .find_map(|line| line.trim().strip_prefix("    ").or(Some(line.trim())).filter(|l| l.len() == 6))
            .unwrap();
        let row = portal
            .row(
                "SELECT code_hash, code_sent_at, code_attempts FROM activations WHERE id = $1",
                vec![activation.0.into()],
            )
            .await;
        let hash: String = row.get("code_hash").unwrap();
        assert!(portal.center.passwords().verify(code.to_owned(), Some(hash)).await.unwrap().0, "{text}");
        assert_eq!(row.get::<i64>("code_sent_at").unwrap(), portal.center.now());
        assert_eq!(row.get::<i64>("code_attempts").unwrap(), 0);
        portal.verify().await;
    }
}

#[tokio::test]
async fn a_code_that_is_late_or_not_waited_for_is_not_sent() {
    for portal in portals().await {
        let mut ids = Vec::new();
        for state in ["code", "done", "you"] {
            let mut mail = filled(Mail::new(MailKind::ActivationCode, email("a@b.example"), Locale::En));
            mail.activation = Some(portal.activation(state).await);
            if state == "code" {
                ids.push(portal.enqueue(mail).await);
                portal.clock.advance(10 * MINUTE);
            } else {
                ids.push(portal.enqueue(mail).await);
            }
        }
        let transport = Arc::new(Script::default());
        let drained = portal.worker(transport.clone()).drain_once().await.unwrap();
        assert_eq!(drained, Drained { expired: 1, cancelled: 2, ..Drained::default() });
        assert!(transport.got().is_empty());
        assert_eq!(portal.state(ids[0]).await.0, "expired");
        let hashes = portal.row("SELECT count(code_hash) AS n FROM activations", vec![]).await;
        assert_eq!(hashes.get::<i64>("n").unwrap(), 0);
        portal.verify().await;
    }
}

#[tokio::test]
async fn a_resumed_activation_gets_a_link_of_its_own() {
    for portal in portals().await {
        let activation = portal.activation("resumed").await;
        let mut mail = filled(Mail::new(MailKind::ActivationResumed, email("a@b.example"), Locale::En));
        mail.activation = Some(activation);
        portal.enqueue(mail).await;
        let transport = Script::answering([deferred()]);
        let worker = portal.worker(transport.clone());
        worker.drain_once().await.unwrap();
        portal.clock.advance(MINUTE);
        assert_eq!(worker.drain_once().await.unwrap(), sent(1));
        let got = transport.got();
        let token = got[1].token("activate/resume");
        assert_eq!(got[0].token("activate/resume"), token);
        let row = portal.row("SELECT browser_hash, ends_at FROM activations", vec![]).await;
        assert_eq!(row.get::<[u8; 32]>("browser_hash").unwrap(), Token::parse(&token).unwrap().hash());
        assert_eq!(row.get::<i64>("ends_at").unwrap(), portal.center.now() + 72 * HOUR);
    }
}

#[tokio::test]
async fn mails_die_with_their_reason() {
    for portal in portals().await {
        let (company, chief) = portal.company().await;
        let now: Value = portal.center.now().into();

        let (off, off_link, user) = portal.invitation(company, "").await;
        portal
            .execute(
                "UPDATE members SET deactivated_at = $2 WHERE user_id = $1",
                vec![user.into(), now.clone()],
            )
            .await;
        let told = filled(Mail::new(MailKind::Deactivated, portal.address(user).await, Locale::En))
            .about(user, Some(company));
        let told = portal.enqueue(told).await;

        let (revoked, link, _) = portal.invitation(company, "").await;
        portal
            .execute("UPDATE links SET revoked_at = $2 WHERE id = $1", vec![link.into(), now.clone()])
            .await;
        let (used, link, _) = portal.invitation(company, "").await;
        portal
            .execute("UPDATE links SET consumed_at = $2 WHERE id = $1", vec![link.into(), now.clone()])
            .await;

        let solo = portal.business_user().await;
        let active = portal.address(solo).await;
        let active = portal
            .enqueue(filled(Mail::new(MailKind::PasswordChanged, active, Locale::En)).about(solo, None))
            .await;
        let gone = portal.business_user().await;
        portal
            .execute(
                "UPDATE business_users SET deactivated_at = $2 WHERE user_id = $1",
                vec![gone.into(), now.clone()],
            )
            .await;
        let address = portal.address(gone).await;
        let gone = portal
            .enqueue(filled(Mail::new(MailKind::PasswordChanged, address, Locale::En)).about(gone, None))
            .await;
        let elsewhere = filled(Mail::new(MailKind::PasswordChanged, email("a@b.example"), Locale::En))
            .about(solo, Some(company));
        let elsewhere = portal.enqueue(elsewhere).await;
        let anywhere = filled(Mail::new(MailKind::PasswordChanged, portal.address(chief).await, Locale::En))
            .about(chief, None);
        let anywhere = portal.enqueue(anywhere).await;

        let transport = Arc::new(Script::default());
        let drained = portal.worker(transport).drain_once().await.unwrap();
        assert_eq!(drained, Drained { sent: 3, cancelled: 5, ..Drained::default() });
        for mail in [told, active, anywhere] {
            assert_eq!(portal.state(mail).await.0, "sent");
        }
        for (mail, reason) in [
            (off, "the account is not active"),
            (gone, "the account is not active"),
            (elsewhere, "the account is not active"),
            (revoked, "the link was revoked"),
            (used, "the link was used"),
        ] {
            assert_eq!(portal.state(mail).await.1, reason);
        }
        assert!(tokens(&portal, off_link).await.is_empty());
        let row = portal
            .row("SELECT count(*) AS n FROM members WHERE invitation_ends_at IS NOT NULL", vec![])
            .await;
        assert_eq!(row.get::<i64>("n").unwrap(), 0);
    }
}

#[tokio::test]
async fn nobody_acts_for_a_company_that_is_off() {
    for portal in portals().await {
        let (company, chief) = portal.company().await;
        let mail = filled(Mail::new(MailKind::PasswordChanged, portal.address(chief).await, Locale::En))
            .about(chief, None);
        portal.enqueue(mail).await;
        portal
            .execute("UPDATE companies SET active = $2 WHERE id = $1", vec![company.into(), false.into()])
            .await;
        let drained = portal.worker(Arc::new(Script::default())).drain_once().await.unwrap();
        assert_eq!(drained.cancelled, 1);
    }
}

#[tokio::test]
async fn a_token_never_reaches_another_address() {
    for portal in portals().await {
        let (company, _) = portal.company().await;
        let (mail, link, _) = portal.invitation(company, "").await;
        portal.execute("UPDATE links SET email = 'eve@evil.example' WHERE id = $1", vec![link.into()]).await;
        let transport = Arc::new(Script::default());
        assert_eq!(portal.worker(transport.clone()).drain_once().await.unwrap().dead, 1);
        assert!(transport.got().is_empty() && tokens(&portal, link).await.is_empty());
        assert_eq!(portal.state(mail).await.1, "the link belongs to another address");
    }
}

#[tokio::test]
async fn a_deferred_mail_is_tried_again_with_the_same_id_and_secret() {
    for portal in portals().await {
        let (company, _) = portal.company().await;
        let (mail, link, _) = portal.invitation(company, "").await;
        let transport = Script::answering((0..12).map(|_| deferred()));
        let worker = portal.worker(transport.clone());
        for pause in [5, 10, 20, 40, 80, 160, 320, 640, 1_280, 1_800, 1_800, 1_800] {
            assert_eq!(worker.drain_once().await.unwrap().deferred, 1);
            let due = portal.due_in(mail).await;
            assert!((pause * SECOND * 8 / 10..=pause * SECOND * 12 / 10).contains(&due), "{pause}: {due}");
            assert_eq!(worker.drain_once().await.unwrap(), Drained::default());
            portal.clock.advance(due);
        }
        assert_eq!(worker.drain_once().await.unwrap(), sent(1));
        let got = transport.got();
        assert_eq!(got.len(), 13);
        assert_eq!(got.iter().map(|mail| &mail.message_id).collect::<HashSet<_>>().len(), 1);
        assert_eq!(got.iter().map(|mail| mail.token("link")).collect::<HashSet<_>>().len(), 1);
        assert_eq!(tokens(&portal, link).await.len(), 1);
        assert_eq!(portal.state(mail).await, ("sent".to_owned(), String::new(), 13));
        portal.verify().await;
    }
}

#[tokio::test]
async fn a_restart_makes_a_new_secret_and_both_work() {
    for portal in portals().await {
        let (company, _) = portal.company().await;
        let (_, link, _) = portal.invitation(company, "").await;
        let transport = Script::answering([deferred()]);
        portal.worker(transport.clone()).drain_once().await.unwrap();
        portal.clock.advance(MINUTE);
        assert_eq!(portal.worker(transport.clone()).drain_once().await.unwrap(), sent(1));
        let got = transport.got();
        assert_eq!(got[0].message_id, got[1].message_id);
        assert_ne!(got[0].token("link"), got[1].token("link"));
        let hash = |mail: &mail_support::Got| Token::parse(&mail.token("link")).unwrap().hash();
        assert_eq!(
            tokens(&portal, link).await.into_iter().collect::<HashSet<_>>(),
            got.iter().map(hash).collect()
        );
    }
}

#[tokio::test]
async fn a_code_that_another_node_replaced_is_not_sent_again() {
    for portal in portals().await {
        let activation = portal.activation("code").await;
        let mut mail = filled(Mail::new(MailKind::ActivationCode, email("a@b.example"), Locale::En));
        mail.activation = Some(activation);
        portal.enqueue(mail).await;
        let one = Script::answering([deferred(), deferred()]);
        let other = Script::answering([deferred()]);
        let (first, second) = (portal.worker(one.clone()), portal.worker(other));
        first.drain_once().await.unwrap();
        portal.clock.advance(MINUTE);
        second.drain_once().await.unwrap();
        portal.clock.advance(MINUTE);
        assert_eq!(first.drain_once().await.unwrap().deferred, 1);
        portal.clock.advance(MINUTE);
        assert_eq!(first.drain_once().await.unwrap(), sent(1));
        let got = one.got();
        assert_ne!(got[0].text, got[1].text, "the first code was replaced");
        assert_eq!(got[1].text, got[2].text);
        let code = got[2]
            .text
            .lines()
            .map(str::trim)
            .find(|line| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit()))
            .unwrap();
        let row = portal.row("SELECT code_hash FROM activations", vec![]).await;
        assert!(
            portal
                .center
                .passwords()
                .verify(code.to_owned(), Some(row.get("code_hash").unwrap()))
                .await
                .unwrap()
                .0
        );
    }
}

#[tokio::test]
async fn mails_are_given_up_after_three_days() {
    for portal in portals().await {
        let mail = portal.notice("a@b.example").await;
        let transport = Script::answering((0..1_000).map(|_| deferred()));
        let worker = portal.worker(transport);
        let started = portal.center.now();
        loop {
            let drained = worker.drain_once().await.unwrap();
            if drained.dead == 1 {
                break;
            }
            assert_eq!(drained.deferred, 1);
            portal.clock.advance(portal.due_in(mail).await);
        }
        let tried = portal.center.now() - started;
        assert!((72 * HOUR..73 * HOUR).contains(&tried), "{tried}");
        let (state, reason, attempts) = portal.state(mail).await;
        assert_eq!(
            (state.as_str(), reason.as_str()),
            ("dead", "deferred: transient error (451): 4.3.0 later")
        );
        assert!((140..190).contains(&attempts), "{attempts}");
        assert_eq!(
            mail::figures(&portal.center).await.unwrap(),
            mail::MailFigures { waiting: 0, oldest: None, dead: 1 }
        );
        portal.verify().await;
    }
}

#[tokio::test]
async fn a_refused_mail_is_dead_and_others_go_on() {
    for portal in portals().await {
        let refused = portal.notice("nobody@b.example").await;
        portal.clock.advance(1);
        let fine = portal.notice("a@b.example").await;
        let transport =
            Script::answering([SendError::Refused("permanent error (550): 5.1.1\nNo such user".to_owned())]);
        let drained = portal.worker(transport).drain_once().await.unwrap();
        assert_eq!(drained, Drained { sent: 1, dead: 1, ..Drained::default() });
        let (state, reason, _) = portal.state(refused).await;
        assert_eq!(
            (state.as_str(), reason.as_str()),
            ("dead", "refused: permanent error (550): 5.1.1 No such user")
        );
        assert_eq!(portal.state(fine).await.0, "sent");
        portal.verify().await;
    }
}

#[tokio::test]
async fn an_outage_costs_no_mail_its_turn() {
    for portal in portals().await {
        let mut mails = Vec::new();
        for n in 0..20 {
            mails.push(portal.notice(&format!("a{n}@b.example")).await);
        }
        let transport = Script::answering((0..10_000).map(|_| unavailable()));
        let worker = portal.worker(transport.clone());
        let began = portal.center.now();
        while portal.center.now() - began < HOUR {
            worker.drain_once().await.unwrap();
            portal.clock.advance(10 * SECOND);
        }
        let tries = transport.got().len();
        assert!((40..140).contains(&tries), "{tries} tries in an hour");
        for mail in &mails {
            let (state, _, attempts) = portal.state(*mail).await;
            assert_eq!((state.as_str(), attempts), ("pending", 0));
        }
        assert_eq!(mail::figures(&portal.center).await.unwrap().waiting, 20);

        transport.answers.lock().unwrap().clear();
        let back = portal.center.now();
        let mut done = 0;
        while done < 20 {
            done += worker.drain_once().await.unwrap().sent;
            portal.clock.advance(SECOND);
        }
        assert!(
            portal.center.now() - back <= 2 * MINUTE,
            "drained {} s after the return",
            (portal.center.now() - back) / SECOND
        );
        portal.verify().await;
    }
}

#[tokio::test]
async fn wrong_settings_keep_the_mail() {
    for portal in portals().await {
        let mail = portal.notice("a@b.example").await;
        let transport =
            Script::answering((0..3).map(|_| SendError::Misconfigured("permanent error (535)".to_owned())));
        let worker = portal.worker(transport);
        for _ in 0..3 {
            assert_eq!(worker.drain_once().await.unwrap().deferred, 1);
            portal.clock.advance(20 * HOUR);
        }
        assert_eq!(portal.state(mail).await.0, "pending");
        assert_eq!(worker.drain_once().await.unwrap(), sent(1));
    }
}

#[tokio::test]
async fn several_workers_send_each_mail_once() {
    for portal in portals().await {
        for n in 0..60 {
            portal.notice(&format!("a{n}@b.example")).await;
        }
        let transport = Arc::new(Script::default());
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..3 {
            let worker = portal.worker(transport.clone());
            tasks.spawn(async move { worker.drain_once().await.unwrap().sent });
        }
        assert_eq!(tasks.join_all().await.into_iter().sum::<usize>(), 60);
        let got = transport.got();
        assert_eq!(got.len(), 60);
        assert_eq!(got.iter().map(|mail| &mail.to).collect::<HashSet<_>>().len(), 60);
        portal.verify().await;
    }
}

/// Never answers until it is let go, and counts who is inside.
#[derive(Default)]
struct Slow {
    inside: AtomicUsize,
    most: AtomicUsize,
    entered: Notify,
    go: Notify,
}

#[async_trait]
impl Transport for Slow {
    async fn send(&self, _: &Outgoing) -> Result<(), SendError> {
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(inside, Ordering::SeqCst);
        self.entered.notify_one();
        self.go.notified().await;
        self.inside.fetch_sub(1, Ordering::SeqCst);
        self.go.notify_one();
        Ok(())
    }
}

#[tokio::test]
async fn at_most_four_are_under_way() {
    for portal in portals().await {
        for n in 0..9 {
            portal.notice(&format!("a{n}@b.example")).await;
        }
        let slow = Arc::new(Slow::default());
        let worker = portal.worker(slow.clone());
        let task = tokio::spawn(async move { worker.drain_once().await.unwrap() });
        while slow.inside.load(Ordering::SeqCst) < 4 {
            slow.entered.notified().await;
        }
        slow.go.notify_one();
        assert_eq!(task.await.unwrap(), sent(9));
        assert_eq!(slow.most.load(Ordering::SeqCst), 4);
    }
}

#[tokio::test]
async fn a_killed_worker_s_mail_leaves_after_its_lease() {
    for portal in portals().await {
        let mail = portal.notice("a@b.example").await;
        let slow = Arc::new(Slow::default());
        let worker = portal.worker(slow.clone());
        let task = tokio::spawn(async move { worker.drain_once().await });
        slow.entered.notified().await;
        task.abort();
        let _ = task.await;

        let transport = Arc::new(Script::default());
        let other = portal.worker(transport.clone());
        portal.clock.advance(2 * MINUTE - 1);
        assert_eq!(other.drain_once().await.unwrap(), Drained::default());
        portal.clock.advance(1);
        assert_eq!(other.drain_once().await.unwrap(), sent(1));
        assert_eq!(transport.got()[0].message_id, format!("<{}@portal.example>", mail.0));
    }
}

#[tokio::test]
async fn a_mail_that_left_is_sent_even_if_it_was_cancelled_meanwhile() {
    for portal in portals().await {
        let mail = portal.notice("a@b.example").await;
        let slow = Arc::new(Slow::default());
        let worker = portal.worker(slow.clone());
        let task = tokio::spawn(async move { worker.drain_once().await.unwrap() });
        slow.entered.notified().await;
        portal.execute("UPDATE outbox SET state = 'cancelled', reason = 'deactivated'", vec![]).await;
        slow.go.notify_one();
        assert_eq!(task.await.unwrap(), sent(1));
        assert_eq!(portal.state(mail).await.0, "sent");
        portal.verify().await;
    }
}

#[tokio::test]
async fn kinds_of_a_later_version_are_left_to_it() {
    for portal in portals().await {
        let mail = portal.notice("a@b.example").await;
        portal.execute("UPDATE outbox SET kind = 'order_confirmed'", vec![]).await;
        let worker = portal.worker(Arc::new(Script::default()));
        assert_eq!(worker.drain_once().await.unwrap(), Drained::default());
        assert_eq!(portal.state(mail).await, ("pending".to_owned(), String::new(), 0));
    }
}

#[tokio::test]
async fn a_damaged_row_holds_up_no_other() {
    for portal in portals().await {
        let damaged = portal.notice("a@b.example").await;
        let (company, _) = portal.company().await;
        let (odd, link, _) = portal.invitation(company, "").await;
        let damage = "UPDATE outbox SET recipient = 'no address' WHERE id = $1";
        portal.execute(damage, vec![damaged.into()]).await;
        portal.execute("UPDATE links SET email = 'no address' WHERE id = $1", vec![link.into()]).await;
        portal.clock.advance(1);
        portal.notice("b@b.example").await;
        let worker = portal.worker(Arc::new(Script::default()));
        assert_eq!(worker.drain_once().await.unwrap(), sent(1));
        for mail in [damaged, odd] {
            assert_eq!(portal.state(mail).await.0, "pending");
        }
    }
}

#[tokio::test]
async fn a_mail_without_its_facts_is_dead_with_a_reason() {
    for portal in portals().await {
        let mail = portal
            .enqueue(Mail::new(MailKind::PasswordChanged, email("a@b.example"), Locale::En).fact("name", "A"))
            .await;
        assert_eq!(portal.worker(Arc::new(Script::default())).drain_once().await.unwrap().dead, 1);
        assert_eq!(portal.state(mail).await.1, "the fact when is missing");
        portal.verify().await;
    }
}

#[tokio::test]
async fn the_worker_wakes_at_once_and_stops_when_told() {
    for portal in portals().await {
        let transport = Arc::new(Script::default());
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(portal.worker(transport.clone()).run(stopped));
        tokio::time::sleep(Duration::from_millis(300)).await;
        let asked = tokio::time::Instant::now();
        let mail = portal.notice("a@b.example").await;
        portal.center.mail_wake().ring();
        while portal.state(mail).await.0 != "sent" {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
        portal.notice("b@b.example").await;
        let asked = tokio::time::Instant::now();
        while transport.got().len() < 2 {
            assert!(asked.elapsed() < Duration::from_secs(5), "the outbox is looked at without being woken");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        stop.send(true).unwrap();
        tokio::time::timeout(Duration::from_secs(3), task).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_stopped_worker_gives_back_what_is_under_way() {
    // It takes its 15 seconds of grace, so one database has to do.
    let portal = portals().await.remove(0);
    let mail = portal.notice("a@b.example").await;
    let slow = Arc::new(Slow::default());
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(portal.worker(slow.clone()).run(stopped));
    slow.entered.notified().await;
    drop(stop);
    tokio::time::timeout(Duration::from_secs(25), task).await.unwrap().unwrap();
    let row = portal.row("SELECT lease_until FROM outbox WHERE id = $1", vec![mail.into()]).await;
    assert_eq!(row.get::<i64>("lease_until").unwrap(), 0);
    assert_eq!(portal.worker(Arc::new(Script::default())).drain_once().await.unwrap(), sent(1));
}

#[tokio::test]
async fn hostile_names_make_no_headers() {
    for portal in portals().await {
        let hostile = "Eve\r\nBcc: x@evil.example\r\n\r\n<script> =?utf-8?q?=0d=0aBcc:_y?= \u{2028}";
        for kind in MailKind::ALL.into_iter().filter(|kind| kind.validity().is_none()) {
            let mail = Mail::new(kind, email("a@b.example"), Locale::De).fact("name", hostile);
            let mail = kind
                .facts()
                .iter()
                .fold(mail, |mail, name| mail.fact(name, if *name == "roles" { "buyer" } else { hostile }));
            portal.enqueue(mail).await;
        }
        let transport = Arc::new(Script::default());
        assert_eq!(portal.worker(transport.clone()).drain_once().await.unwrap().dead, 0);
        for got in transport.got() {
            let head = got.raw.split("\r\n\r\n").next().unwrap();
            let names: Vec<_> = head
                .split("\r\n")
                .filter(|line| !line.starts_with(' '))
                .map(|line| line.split(':').next().unwrap())
                .collect();
            let expected = [
                "From",
                "To",
                "Subject",
                "Date",
                "Message-ID",
                "Auto-Submitted",
                "MIME-Version",
                "Content-Type",
            ];
            assert_eq!(names.iter().collect::<HashSet<_>>(), expected.iter().collect(), "{head}");
            assert_eq!(names.len(), expected.len(), "{head}");
            assert_eq!(got.to, "a@b.example");
        }
    }
}

#[tokio::test]
async fn the_recipient_is_the_stored_address_alone() {
    let portal = portals().await.remove(0);
    portal.notice("anna+x@b.example").await;
    let transport = Arc::new(Script::default());
    portal.worker(transport.clone()).drain_once().await.unwrap();
    let got = transport.got();
    assert_eq!(got.len(), 1);
    assert!(got[0].raw.contains("\r\nTo: anna+x@b.example\r\n"), "{}", got[0].raw);
    assert!(got[0].text.contains(&format!("{PUBLIC_URL}/")));
    let _: Email = email(&got[0].to);
}
