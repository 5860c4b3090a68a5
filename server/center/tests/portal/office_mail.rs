//! The archive of mails: who finds what, what it says, sending again, and addresses that send mails back.

use center::access::Actor;
use center::mail::{Mail, MailKind, enqueue};
use center::office::mails::{self, Again, Obstacle};
use center::{Error, accounts, jobs, users};
use model::{
    ActivationId, CompanyId, Day, Email, ErrorCode, FieldIssue, Locale, MailContent, MailId, MailState,
    MailsQuery, Role, StaffRole, UserId,
};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";

fn lacks<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::OfficeLacks(_)))
}

/// The mail of this kind that was asked for last.
async fn latest(portal: &Portal, kind: &'static str) -> MailId {
    let rows = portal
        .rows("SELECT id FROM outbox WHERE kind = $1 ORDER BY created_at DESC, id DESC", vec![kind.into()])
        .await;
    rows[0].get("id").unwrap()
}

/// Gives up whatever waits.
async fn give_up(portal: &Portal) {
    portal
        .execute(
            "UPDATE outbox SET state = 'dead', reason = '550 no such user' WHERE state = 'pending'",
            vec![],
        )
        .await;
}

async fn found(portal: &Portal, staff: &Actor, query: MailsQuery) -> Vec<(&'static str, String)> {
    let found = mails::list(&portal.center, staff, &query).await.unwrap();
    found.mails.rows.into_iter().map(|row| (row.kind.unwrap().key(), row.recipient)).collect()
}

async fn ask_for_reset(portal: &Portal) -> Letter {
    accounts::forgot_password(&portal.center, &anybody(), MARTA).await.unwrap();
    one(&portal.settled_mails().await, "password_reset").clone()
}

async fn invited(portal: &Portal, bau: &Bau) -> UserId {
    let form = input("Kim Park", KIM, &[Role::Buyer]);
    users::request(&portal.center, &bau.chief, &form).await.unwrap()
}

async fn again(portal: &Portal, staff: &Actor, mail: MailId) -> Again {
    mails::record(&portal.center, staff, mail).await.unwrap().again
}

#[tokio::test]
async fn mails_are_found_by_recipient_company_kind_state_and_time() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.business_user(RITA).await;
        let staff = portal.staff(StaffRole::Auditor).await;
        invited(portal, &bau).await;
        portal.mails().await;
        portal.clock.advance(2 * DAY);
        ask_for_reset(portal).await;
        portal.clock.advance(1);
        accounts::forgot_password(&portal.center, &anybody(), RITA).await.unwrap();
        jobs::settle(&portal.center).await.unwrap();

        let q = |q: &str| MailsQuery { q: q.to_owned(), ..MailsQuery::default() };
        let reset = |to: &str| ("password_reset", to.to_owned());
        let invitation = [("account_created", KIM.to_owned())];
        assert_eq!(
            found(portal, &staff, MailsQuery::default()).await,
            [reset(RITA), reset(MARTA), invitation[0].clone()]
        );
        assert_eq!(found(portal, &staff, q("MARTA.")).await, [reset(MARTA)]);
        assert_eq!(found(portal, &staff, q("rita.kern@solo.example")).await, [reset(RITA)]);
        // The company's name, from a word of it on, and its number.
        assert_eq!(found(portal, &staff, q("gmbh")).await, invitation);
        assert_eq!(found(portal, &staff, q("10-4020")).await, invitation);
        assert!(found(portal, &staff, q("%")).await.is_empty());
        let kind = MailsQuery { kind: "account_created".to_owned(), ..MailsQuery::default() };
        assert_eq!(found(portal, &staff, kind).await, invitation);
        let in_state = |state| MailsQuery { state: Some(state), ..MailsQuery::default() };
        assert_eq!(found(portal, &staff, in_state(MailState::Waiting)).await, [reset(RITA)]);
        assert_eq!(
            found(portal, &staff, in_state(MailState::Sent)).await,
            [reset(MARTA), invitation[0].clone()]
        );
        assert!(found(portal, &staff, in_state(MailState::Dead)).await.is_empty());
        let day = |day: &str| Day::parse(day);
        let until = MailsQuery { to: day("2026-11-22"), ..MailsQuery::default() };
        assert_eq!(found(portal, &staff, until).await, invitation);
        let since = MailsQuery { from: day("2026-11-23"), ..MailsQuery::default() };
        assert_eq!(found(portal, &staff, since).await, [reset(RITA), reset(MARTA)]);

        let page = mails::list(&portal.center, &staff, &MailsQuery::default()).await.unwrap();
        assert_eq!((page.mails.total.n, page.can_manage), (3, false));
        assert_eq!(page.mails.rows[0].company, "Solo Handel");
        assert_eq!(page.mails.rows[2].company, "Bau-Partner GmbH");

        let editor = portal.staff(StaffRole::Editor).await;
        assert!(lacks(mails::list(&portal.center, &editor, &MailsQuery::default()).await));
        let mail = latest(portal, "account_created").await;
        assert!(lacks(mails::record(&portal.center, &editor, mail).await));
        assert!(lacks(mails::said(&portal.center, &editor, mail).await));
        assert!(lacks(mails::resend(&portal.center, &staff, mail).await));
        assert!(lacks(mails::retry(&portal.center, &staff, mail).await));
        assert!(lacks(mails::retry_all(&portal.center, &staff).await));
        assert!(lacks(mails::note_bounce(&portal.center, &staff, mail, "x").await));
        let user = mails::list(&portal.center, &bau.chief, &MailsQuery::default()).await;
        assert_eq!(refused(user), ErrorCode::Unauthenticated);
    })
    .await;
}

#[tokio::test]
async fn pages_follow_one_another_both_ways() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        for n in 0..60 {
            let form = input("Kim Park", &format!("kim{n:02}@bau-partner.example"), &[Role::Buyer]);
            users::request(&portal.center, &bau.chief, &form).await.unwrap();
            portal.clock.advance(SECOND);
        }
        let page = async |after: Option<String>, before: Option<String>| {
            let query = MailsQuery { after, before, ..MailsQuery::default() };
            let found = mails::list(&portal.center, &staff, &query).await.unwrap().mails;
            (found.rows[0].recipient[..5].to_owned(), found.rows.len(), found.before, found.after)
        };
        let (first, rows, before, after) = page(None, None).await;
        assert_eq!((first.as_str(), rows, before), ("kim59", 25, None));
        let (second, rows, before, after) = page(after, None).await;
        assert_eq!((second.as_str(), rows), ("kim34", 25));
        let (third, rows, _, end) = page(after, None).await;
        assert_eq!((third.as_str(), rows, end), ("kim09", 10, None));
        let (back, rows, newest, _) = page(None, before).await;
        assert_eq!((back.as_str(), rows, newest), ("kim59", 25, None));
    })
    .await;
}

#[tokio::test]
async fn what_a_mail_said_is_kept_with_its_secrets_masked() {
    both(async |portal| {
        portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let letter = ask_for_reset(portal).await;
        let mail = latest(portal, "password_reset").await;
        let said = mails::said(&portal.center, &staff, mail).await.unwrap().unwrap();
        assert!(said.text.contains("https://portal.example:8443/link/••••••••"), "{}", said.text);
        assert!(said.html.contains("/link/••••••••"), "{}", said.html);
        for text in [&said.text, &said.html, &said.subject] {
            assert!(!text.contains(&letter.token()));
        }
        let whole = said.text.replace("••••••••", &letter.token());
        // The letter's words as tests read them end before the signature.
        let words = whole.split("\n-- \n").next().unwrap().trim_end();
        assert!(letter.text.replace("\r\n", "\n").trim_end().ends_with(words), "{words}");
        let record = mails::record(&portal.center, &staff, mail).await.unwrap();
        assert_eq!(
            (record.content, record.state, record.attempts),
            (MailContent::AsSent, MailState::Sent, 1)
        );
        assert_eq!((record.kind, record.subject), (Some(MailKind::PasswordReset), said.subject));

        // What was never sent is shown as it would be.
        portal.clock.advance(MINUTE);
        accounts::forgot_password(&portal.center, &anybody(), MARTA).await.unwrap();
        jobs::settle(&portal.center).await.unwrap();
        let waiting = latest(portal, "password_reset").await;
        let record = mails::record(&portal.center, &staff, waiting).await.unwrap();
        assert_eq!((record.content, record.again), (MailContent::AsItWould, Again::No(Obstacle::OnItsWay)));
        let would = mails::said(&portal.center, &staff, waiting).await.unwrap().unwrap();
        assert!(would.text.contains("/link/••••••••"), "{}", would.text);
        let tokens = portal.count("SELECT count(*) AS n FROM link_tokens", vec![]).await;
        assert_eq!(tokens, 1, "showing makes no secret");

        // After a month the words go, after three the mail.
        portal.mails().await;
        portal.clock.advance(30 * DAY);
        jobs::sweep(&portal.center).await.unwrap();
        let record = mails::record(&portal.center, &staff, mail).await.unwrap();
        assert_eq!((record.content, record.subject.as_str()), (MailContent::Gone, ""));
        portal.clock.advance(60 * DAY);
        jobs::sweep(&portal.center).await.unwrap();
        assert_eq!(refused(mails::record(&portal.center, &staff, mail).await), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_masked_and_nobody_sends_it_again() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Administrator).await;
        let (id, now) = (portal.center.new_id(), portal.center.now());
        portal
            .execute(
                "INSERT INTO activations (id, browser_hash, state, customer_key, customer_number, invoice_number, email, locale,
                     created_at, ends_at) VALUES ($1, $2, 'code', '207', '20-7', 'S-1', $3, 'en', $4, $5)",
                vec![
                    id.into(),
                    center::Token::new(&center::SystemEntropy).hash().into(),
                    RITA.into(),
                    now.into(),
                    (now + HOUR).into(),
                ],
            )
            .await;
        let mut letter = Mail::new(MailKind::ActivationCode, Email::parse(RITA).unwrap(), Locale::En);
        letter.activation = Some(ActivationId(id));
        let mut tx = portal.center.db().write().await.unwrap();
        let mail = enqueue(&portal.center, &mut tx, letter.fact("name", "Rita Kern")).await.unwrap();
        tx.commit().await.unwrap();
        let code = one(&portal.mails().await, "activation_code").code();
        let said = mails::said(&portal.center, &staff, mail).await.unwrap().unwrap();
        assert!(said.text.contains("••••••") && !said.text.contains(&code), "{}", said.text);
        assert!(!said.html.contains(&code) && !said.subject.contains(&code), "{}", said.html);
        assert_eq!(again(portal, &staff, mail).await, Again::No(Obstacle::Code));
        assert_eq!(refused(mails::resend(&portal.center, &staff, mail).await), ErrorCode::WrongState);
    })
    .await;
}

#[tokio::test]
async fn a_link_sent_again_is_a_fresh_one_and_the_first_is_dead() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let first = ask_for_reset(portal).await.token();
        let mail = latest(portal, "password_reset").await;
        // Also when the first one has ended.
        portal.clock.advance(HOUR);
        let fresh = mails::resend(center, &staff, mail).await.unwrap();
        let letter = one(&portal.mails().await, "password_reset").clone();
        assert_eq!(letter.to, MARTA);
        assert!(accounts::links::inspect(center, &first).await.unwrap().is_none());
        assert!(accounts::links::inspect(center, &letter.token()).await.unwrap().is_some());
        let record = mails::record(center, &staff, fresh).await.unwrap();
        assert_eq!((record.repeats, record.again), (Some(mail), Again::Resend));
        let record = mails::record(center, &staff, mail).await.unwrap();
        assert_eq!((record.repeated, record.again), (Some(fresh), Again::No(Obstacle::LinkReplaced)));
        assert_eq!(refused(mails::resend(center, &staff, mail).await), ErrorCode::WrongState);
        accounts::set_password(center, &anybody(), &letter.token(), NEW_PASSWORD, NEW_PASSWORD)
            .await
            .unwrap();
        assert_eq!(again(portal, &staff, fresh).await, Again::No(Obstacle::LinkUsed));

        // An invitation goes out with the roles that hold now.
        let kim = invited(portal, &bau).await;
        let first = one(&portal.mails().await, "account_created").clone();
        assert!(first.text.contains("Buyer"), "{}", first.text);
        let sql = "UPDATE member_roles SET role = 'viewer' WHERE user_id = $1";
        portal.execute(sql, vec![kim.into()]).await;
        let mail = latest(portal, "account_created").await;
        mails::resend(center, &staff, mail).await.unwrap();
        let second = one(&portal.mails().await, "account_created").clone();
        assert!(second.text.contains("Viewer") && !second.text.contains("Buyer"), "{}", second.text);
        assert!(second.text.contains("Marta Lind"), "in the name of who invited: {}", second.text);
        assert!(accounts::links::inspect(center, &first.token()).await.unwrap().is_none());
        let events = portal.events().await;
        assert_eq!(events.iter().filter(|event| *event == "mail_resent").count(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_no_longer_holds_is_not_told_again() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        portal.person(bau.company, "Kim Park", KIM, &[Role::Buyer]).await;
        let kim: UserId = portal.rows("SELECT id FROM users WHERE email = $1", vec![KIM.into()]).await[0]
            .get("id")
            .unwrap();
        users::deactivate(center, &bau.chief, kim).await.unwrap();
        portal.mails().await;
        let off = latest(portal, "deactivated").await;
        assert_eq!(again(portal, &staff, off).await, Again::Resend);
        users::activate(center, &bau.chief, kim).await.unwrap();
        portal.mails().await;
        assert_eq!(again(portal, &staff, off).await, Again::No(Obstacle::ActiveAgain));
        let on = latest(portal, "reactivated").await;
        assert_eq!(again(portal, &staff, on).await, Again::Resend);
        mails::resend(center, &staff, on).await.unwrap();
        assert_eq!(refused(mails::resend(center, &staff, on).await), ErrorCode::WrongState);
        assert_eq!(again(portal, &staff, on).await, Again::No(Obstacle::OnItsWay));
        assert_eq!(addressed(&portal.mails().await), [("reactivated", KIM)]);

        // Another address: the old one is told nothing more.
        portal.execute("UPDATE users SET email = 'new@kim.example' WHERE id = $1", vec![kim.into()]).await;
        portal
            .execute("UPDATE members SET email = 'new@kim.example' WHERE user_id = $1", vec![kim.into()])
            .await;
        assert_eq!(again(portal, &staff, on).await, Again::No(Obstacle::OtherAddress));

        // A request for access, until it is decided.
        ask_for_access(portal, bau.company).await;
        portal.settled_mails().await;
        let asked = latest(portal, "access_requested").await;
        assert_eq!(again(portal, &staff, asked).await, Again::Resend);
        portal
            .execute("UPDATE access_requests SET decided_at = created_at, decision = 'expired'", vec![])
            .await;
        assert_eq!(again(portal, &staff, asked).await, Again::No(Obstacle::Decided));
        let missing = MailId(center.new_id());
        assert_eq!(refused(mails::resend(center, &staff, missing).await), ErrorCode::NotFound);
    })
    .await;
}

async fn ask_for_access(portal: &Portal, company: CompanyId) {
    let now = portal.center.now();
    portal
        .execute(
            "INSERT INTO access_requests (id, company_id, name, email, locale, created_at, ends_at)
             VALUES ($1, $2, 'Nora Neu', 'nora@bau-partner.example', 'en', $3, $4)",
            vec![portal.center.new_id().into(), company.into(), now.into(), (now + DAY).into()],
        )
        .await;
}

#[tokio::test]
async fn dead_letters_are_taken_up_again_one_by_one_and_together() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        invited(portal, &bau).await;
        accounts::forgot_password(center, &anybody(), MARTA).await.unwrap();
        jobs::settle(center).await.unwrap();
        give_up(portal).await;
        // As long ago as mails are tried.
        portal.clock.advance(72 * HOUR);
        let (invitation, reset) =
            (latest(portal, "account_created").await, latest(portal, "password_reset").await);
        assert_eq!(again(portal, &staff, invitation).await, Again::Retry);
        assert_eq!(refused(mails::resend(center, &staff, invitation).await), ErrorCode::WrongState);
        mails::retry(center, &staff, invitation).await.unwrap();
        assert_eq!(refused(mails::retry(center, &staff, invitation).await), ErrorCode::WrongState);
        let record = mails::record(center, &staff, invitation).await.unwrap();
        assert_eq!((record.state, record.reason.as_str(), record.attempts), (MailState::Waiting, "", 0));
        let letter = one(&portal.mails().await, "account_created").clone();
        assert!(accounts::links::inspect(center, &letter.token()).await.unwrap().is_some());

        // Together: each for itself.
        accounts::forgot_password(center, &anybody(), MARTA).await.unwrap();
        jobs::settle(center).await.unwrap();
        give_up(portal).await;
        let second = latest(portal, "password_reset").await;
        let nothing = mails::retry_many(center, &staff, &[]).await;
        assert_eq!(issue(nothing), ("mails".to_owned(), FieldIssue::Required));
        let ids = [second, reset, invitation].map(|id| id.to_string());
        let ids = [&ids[..], &["nonsense".to_owned(), ids[0].clone()]].concat();
        let result = mails::retry_many(center, &staff, &ids).await.unwrap();
        let rows = mails::result(center, &staff, result).await.unwrap().rows;
        let kept: Vec<_> = rows.iter().map(|row| row.kept).collect();
        assert_eq!(
            kept,
            [None, Some(Obstacle::LinkReplaced), Some(Obstacle::NotGivenUp), Some(Obstacle::Missing)]
        );
        assert_eq!(addressed(&portal.mails().await), [("password_reset", MARTA)]);
        // Somebody else's result is nobody's.
        let other = portal.staff(StaffRole::Administrator).await;
        assert_eq!(refused(mails::result(center, &other, result).await), ErrorCode::NotFound);

        let all = mails::retry_all(center, &staff).await.unwrap();
        let rows = mails::result(center, &staff, all).await.unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.kept).collect::<Vec<_>>(), [Some(Obstacle::LinkReplaced)]);
        portal.execute("DELETE FROM outbox WHERE state = 'dead'", vec![]).await;
        let none = mails::retry_all(center, &staff).await;
        assert_eq!(issue(none), ("mails".to_owned(), FieldIssue::Required));
        let events = portal.events().await;
        assert_eq!(events.iter().filter(|event| *event == "mail_retried").count(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_sends_mails_back_is_marked_until_it_takes_them_again() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        ask_for_reset(portal).await;
        let mail = latest(portal, "password_reset").await;
        let empty = mails::note_bounce(center, &staff, mail, " ").await;
        assert_eq!(issue(empty), ("note".to_owned(), FieldIssue::Required));
        mails::note_bounce(center, &staff, mail, "552 mailbox full").await.unwrap();
        mails::note_bounce(center, &staff, mail, "552 mailbox still full").await.unwrap();
        let record = mails::record(center, &staff, mail).await.unwrap();
        assert_eq!(record.bounce.unwrap().note, "552 mailbox still full");
        let bouncing = MailsQuery { bounces: true, ..MailsQuery::default() };
        assert_eq!(found(portal, &staff, bouncing.clone()).await, [("password_reset", MARTA.to_owned())]);
        let person = center::office::users::person(center, &staff, bau.marta).await.unwrap();
        assert_eq!(person.bounce.unwrap().who, "Petra service");
        // Mails go on all the same.
        portal.clock.advance(HOUR);
        assert_eq!(ask_for_reset(portal).await.to, MARTA);
        mails::forget_bounce(center, &staff, mail).await.unwrap();
        assert_eq!(refused(mails::forget_bounce(center, &staff, mail).await), ErrorCode::WrongState);
        assert!(found(portal, &staff, bouncing).await.is_empty());
        let events = portal.events().await;
        let of = |name: &str| events.iter().filter(|event| *event == name).count();
        assert_eq!((of("mail_bounce_noted"), of("mail_bounce_forgotten")), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn of_an_erased_person_nothing_is_left_in_the_archive() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Administrator).await;
        let center = &portal.center;
        let kim = invited(portal, &bau).await;
        portal.mails().await;
        let mail = latest(portal, "account_created").await;
        mails::note_bounce(center, &staff, mail, "552 mailbox full").await.unwrap();
        let kept = center::office::users::export(center, &staff, kim).await.unwrap();
        assert!(kept.contains("••••••••") && kept.contains("552 mailbox full"), "{kept}");
        center::office::users::erase(center, &staff, kim, KIM, "").await.unwrap();
        let record = mails::record(center, &staff, mail).await.unwrap();
        assert_eq!((record.content, record.again), (MailContent::Gone, Again::No(Obstacle::Erased)));
        assert!(!record.recipient.contains("kim@"), "{}", record.recipient);
        assert_eq!(mails::said(center, &staff, mail).await.unwrap(), None);
        for sql in ["SELECT count(*) AS n FROM mail_bodies", "SELECT count(*) AS n FROM mail_bounces"] {
            assert_eq!(portal.count(sql, vec![]).await, 0, "{sql}");
        }
        let again = mails::note_bounce(center, &staff, mail, "552").await;
        assert_eq!(refused(again), ErrorCode::WrongState);
    })
    .await;
}

#[tokio::test]
async fn mails_to_colleagues_are_for_those_who_see_colleagues() {
    both(async |portal| {
        let administrator = portal.staff(StaffRole::Administrator).await;
        let service = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let invited = model::StaffInput {
            name: "Paul Neu".to_owned(),
            email: "paul@nordholz.example".to_owned(),
            role: "editor".to_owned(),
        };
        center::office::staff::invite(center, &administrator, &invited).await.unwrap();
        give_up(portal).await;
        let mail = latest(portal, "staff_invitation").await;
        assert_eq!(found(portal, &administrator, MailsQuery::default()).await.len(), 1);
        assert!(found(portal, &service, MailsQuery::default()).await.is_empty());
        assert_eq!(refused(mails::record(center, &service, mail).await), ErrorCode::NotFound);
        assert_eq!(refused(mails::said(center, &service, mail).await), ErrorCode::NotFound);
        assert_eq!(refused(mails::retry(center, &service, mail).await), ErrorCode::NotFound);
        let none = mails::retry_all(center, &service).await;
        assert_eq!(issue(none), ("mails".to_owned(), FieldIssue::Required));
        mails::retry(center, &administrator, mail).await.unwrap();
        assert_eq!(portal.mails().await.len(), 1);
        assert_eq!(again(portal, &administrator, mail).await, Again::No(Obstacle::Colleague));
    })
    .await;
}
