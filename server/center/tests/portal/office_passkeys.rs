//! Passkeys of staff: made and removed on the own page, used in place of a code. The device is one of our own, which
//! signs as browsers and keys do.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use center::access::Actor;
use center::office;
use model::{ErrorCode, FieldIssue, SecondStepPage, StaffRole};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::*;

const ADA: &str = "ada@nordholz.example";
/// How the portal of these tests is reached.
const ORIGIN: &str = PUBLIC_URL;
const NAME: &str = "portal.example";

/// A key in somebody's hand.
pub(super) struct Device {
    key: SigningKey,
    id: Vec<u8>,
}

impl Device {
    pub(super) fn new(seed: u8) -> Self {
        Self { key: SigningKey::from_slice(&[seed; 32]).unwrap(), id: vec![seed; 32] }
    }

    fn told(kind: &str, options: &str, origin: &str) -> Vec<u8> {
        let question: Value = serde_json::from_str(options).unwrap();
        let challenge = &question["publicKey"]["challenge"];
        json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn data(name: &str, flags: u8, counter: u32) -> Vec<u8> {
        [Sha256::digest(name).as_slice(), &[flags], &counter.to_be_bytes()].concat()
    }

    /// The answer to the question for a new key.
    pub(super) fn make(&self, options: &str) -> String {
        self.make_with(options, 0x45)
    }

    fn make_with(&self, options: &str, flags: u8) -> String {
        let point = self.key.verifying_key().to_sec1_point(false);
        let point = point.as_bytes();
        let cose = [
            &[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20],
            &point[1..33],
            &[0x22, 0x58, 0x20],
            &point[33..65],
        ]
        .concat();
        let key = [&[0; 16], &[0, 32][..], &self.id, &cose].concat();
        let data = [Self::data(NAME, flags, 0), key].concat();
        let object = [
            &[0xa3, 0x63][..],
            b"fmt",
            &[0x64],
            b"none",
            &[0x67],
            b"attStmt",
            &[0xa0, 0x68],
            b"authData",
            &[0x59],
            &u16::try_from(data.len()).unwrap().to_be_bytes(),
            &data,
        ]
        .concat();
        json!({
            "id": BASE64.encode(&self.id),
            "rawId": BASE64.encode(&self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "attestationObject": BASE64.encode(object),
                "clientDataJSON": BASE64.encode(Self::told("webauthn.create", options, ORIGIN)),
            },
        })
        .to_string()
    }

    /// The answer to the question for a signature, as it would be given to `origin`.
    fn sign_for(&self, options: &str, origin: &str, flags: u8, counter: u32) -> String {
        let client = Self::told("webauthn.get", options, origin);
        let data = Self::data(NAME, flags, counter);
        let signed = [data.as_slice(), Sha256::digest(&client).as_slice()].concat();
        let signature: Signature = self.key.sign(&signed);
        json!({
            "id": BASE64.encode(&self.id),
            "rawId": BASE64.encode(&self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "authenticatorData": BASE64.encode(data),
                "clientDataJSON": BASE64.encode(client),
                "signature": BASE64.encode(signature.to_der().as_bytes()),
            },
        })
        .to_string()
    }

    pub(super) fn sign(&self, options: &str, counter: u32) -> String {
        self.sign_for(options, ORIGIN, 0x05, counter)
    }
}

pub(super) async fn half(portal: &Portal) -> Actor {
    let entered = office::sign_in(&portal.center, &anybody(), ADA, PASSWORD).await.unwrap();
    portal.staff_holding(&entered.token.text()).await.unwrap()
}

/// Somebody of the staff with the app set up; the secret, and who is signed in.
pub(super) async fn set_up(portal: &Portal) -> (String, Actor) {
    let center = &portal.center;
    let token = office::create(center, ADA, "Ada Shop", StaffRole::Administrator.key()).await.unwrap().text();
    office::set_password(center, &anybody(), &token, PASSWORD, PASSWORD).await.unwrap();
    let actor = half(portal).await;
    let page = office::second_step_page(center, &actor).await.unwrap();
    let SecondStepPage::SetUp { secret, .. } = page else { panic!("{page:?}") };
    let passed = office::second_step(center, &actor, &code(center, &secret, 0)).await.unwrap();
    let actor = portal.staff_holding(&passed.token.text()).await.unwrap();
    office::keep_codes(center, &actor).await.unwrap();
    (secret, actor)
}

/// What a device is asked for a new passkey of this name.
async fn offer(portal: &Portal, actor: &Actor, name: &str) -> String {
    office::begin_passkey(&portal.center, actor, name).await.unwrap();
    let offer = office::passkey_page(&portal.center, actor).await.unwrap().unwrap();
    assert_eq!(offer.name, name);
    offer.options
}

async fn add(portal: &Portal, actor: &Actor, name: &str, device: &Device) {
    let options = offer(portal, actor, name).await;
    office::add_passkey(&portal.center, actor, &device.make(&options)).await.unwrap();
}

/// What the passkeys are asked at sign-in.
async fn question(portal: &Portal, actor: &Actor) -> String {
    office::passkey_question(&portal.center, actor).await.unwrap()
}

async fn step(portal: &Portal, actor: &Actor, answer: &str) -> Result<(), ErrorCode> {
    match office::passkey_step(&portal.center, actor, answer).await {
        Ok(_) => Ok(()),
        Err(center::Error::Refused(refusal)) => Err(refusal.code),
        Err(other) => panic!("{other:?}"),
    }
}

fn late(actor: &Actor) -> Actor {
    let Actor::Staff(who) = actor else { panic!("no staff") };
    let mut who = who.clone();
    who.password_checked_at -= 6 * MINUTE;
    Actor::Staff(who)
}

#[tokio::test]
async fn a_passkey_is_made_by_a_device_named_and_removed() {
    both(async |portal| {
        let (center, (_, actor)) = (&portal.center, set_up(portal).await);
        let (laptop, stick) = (Device::new(7), Device::new(9));
        let nameless = office::begin_passkey(center, &actor, " \t").await;
        assert_eq!(issue(nameless).0, "name");
        let left_open = office::begin_passkey(center, &late(&actor), "Laptop").await;
        assert_eq!(refused(left_open), ErrorCode::ReauthRequired);
        assert!(office::passkey_page(center, &actor).await.unwrap().is_none());
        let unasked = office::add_passkey(center, &actor, "{}").await;
        assert_eq!(refused(unasked), ErrorCode::WrongState);
        portal.mails().await;
        add(portal, &actor, "Laptop", &laptop).await;
        let mails = portal.mails().await;
        assert!(one(&mails, "staff_passkey_added").text.contains("Laptop"));
        assert_eq!(portal.events().await.last().unwrap(), "staff_passkey_added");
        // Each question is answered once, and the answer to another one is none.
        let first = offer(portal, &actor, "Stick").await;
        offer(portal, &actor, "Stick").await;
        let old = office::add_passkey(center, &actor, &stick.make(&first)).await;
        assert_eq!(refused(old), ErrorCode::WrongState);
        let second = office::passkey_page(center, &actor).await.unwrap();
        assert!(second.is_none(), "the wrong answer used it up");
        let options = offer(portal, &actor, "Stick").await;
        portal.clock.advance(5 * MINUTE);
        let tardy = office::add_passkey(center, &actor, &stick.make(&options)).await;
        assert_eq!(refused(tardy), ErrorCode::WrongState);
        // Nor is a key one that the device makes for another session, or without knowing its owner.
        let options = offer(portal, &actor, "Stick").await;
        let other = portal.staff(StaffRole::Administrator).await;
        let foreign = office::add_passkey(center, &other, &stick.make(&options)).await;
        assert_eq!(refused(foreign), ErrorCode::WrongState);
        let unseen = office::add_passkey(center, &actor, &stick.make_with(&options, 0x41)).await;
        assert_eq!(refused(unseen), ErrorCode::WrongState);
        add(portal, &actor, "Stick", &stick).await;

        let mine = office::me(center, &actor).await.unwrap().passkeys.unwrap();
        let names: Vec<_> = mine.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["Laptop", "Stick"]);
        let left_open = office::remove_passkey(center, &late(&actor), mine[0].id).await;
        assert_eq!(refused(left_open), ErrorCode::ReauthRequired);
        let foreign = office::remove_passkey(center, &other, mine[0].id).await;
        assert_eq!(refused(foreign), ErrorCode::NotFound);
        portal.mails().await;
        office::remove_passkey(center, &actor, mine[0].id).await.unwrap();
        assert_eq!(office::me(center, &actor).await.unwrap().passkeys.unwrap().len(), 1);
        assert_eq!(portal.events().await.last().unwrap(), "staff_passkey_removed");
        assert!(one(&portal.mails().await, "staff_passkey_removed").text.contains("Laptop"));
        let again = office::remove_passkey(center, &actor, mine[0].id).await;
        assert_eq!(refused(again), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_key_is_one_persons_and_there_is_an_end_to_them() {
    both(async |portal| {
        let (center, (_, actor)) = (&portal.center, set_up(portal).await);
        let other = portal.staff(StaffRole::Administrator).await;
        add(portal, &other, "Theirs", &Device::new(1)).await;
        let options = offer(portal, &actor, "Mine").await;
        let taken = office::add_passkey(center, &actor, &Device::new(1).make(&options)).await;
        assert_eq!(refused(taken), ErrorCode::WrongState);
        for seed in 2..12 {
            add(portal, &actor, "Another", &Device::new(seed)).await;
        }
        let full = office::begin_passkey(center, &actor, "One more").await;
        assert_eq!(issue(full), ("name".to_owned(), FieldIssue::TooMany { max: 10 }));
    })
    .await;
}

#[tokio::test]
async fn it_takes_the_place_of_the_code_after_the_password() {
    both(async |portal| {
        let (center, (_, actor)) = (&portal.center, set_up(portal).await);
        let laptop = Device::new(7);
        let first = half(portal).await;
        assert_eq!(refused(office::passkey_question(center, &first).await), ErrorCode::WrongState);
        assert_eq!(
            office::second_step_page(center, &first).await.unwrap(),
            SecondStepPage::Code { passkey: false }
        );
        add(portal, &actor, "Laptop", &laptop).await;
        assert_eq!(
            office::second_step_page(center, &first).await.unwrap(),
            SecondStepPage::Code { passkey: true }
        );
        let options = question(portal, &first).await;
        let answer = laptop.sign(&options, 1);
        let passed = office::passkey_step(center, &first, &answer).await.unwrap();
        assert!(!passed.codes_to_keep);
        let whole = portal.staff_holding(&passed.token.text()).await.unwrap();
        assert!(whole.staff().unwrap().verified);
        assert_eq!(portal.events().await.last().unwrap(), "staff_authn_login_success");
        assert!(!office::me(center, &whole).await.unwrap().passkeys.unwrap()[0].last_used.is_empty());
        assert_eq!(step(portal, &whole, &answer).await, Err(ErrorCode::WrongState));

        // The answer is worth nothing again, in another browser that asks for one of its own.
        let second = half(portal).await;
        question(portal, &second).await;
        assert_eq!(step(portal, &second, &answer).await, Err(ErrorCode::WrongState));
        // Of several at once one gets in.
        let options = question(portal, &second).await;
        let answer = laptop.sign(&options, 2);
        let mut tasks = Vec::new();
        for _ in 0..4 {
            let (center, actor, answer) = (portal.center.clone(), second.clone(), answer.clone());
            tasks.push(async move { office::passkey_step(&center, &actor, &answer).await.is_ok() });
        }
        let done = portal.together(tasks).await;
        assert_eq!(done.iter().filter(|ok| **ok).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_that_counts_backwards_is_refused() {
    both(async |portal| {
        let (_, actor) = set_up(portal).await;
        let laptop = Device::new(7);
        add(portal, &actor, "Laptop", &laptop).await;
        // Two questions at the same time: a copy of the key has signed as often as the key.
        let (first, second) = (half(portal).await, half(portal).await);
        let (one, two) = (question(portal, &first).await, question(portal, &second).await);
        assert_eq!(step(portal, &first, &laptop.sign(&one, 5)).await, Ok(()));
        assert_eq!(step(portal, &second, &laptop.sign(&two, 5)).await, Err(ErrorCode::WrongState));
        for counter in [5, 4, 0] {
            let options = question(portal, &second).await;
            let stale = step(portal, &second, &laptop.sign(&options, counter)).await;
            assert_eq!(stale, Err(ErrorCode::WrongState), "{counter}");
        }
        let options = question(portal, &second).await;
        portal.clock.advance(5 * MINUTE);
        assert!(portal.center.now() > 0);
        let tardy = step(portal, &second, &laptop.sign(&options, 6)).await;
        assert_eq!(tardy, Err(ErrorCode::WrongState));
    })
    .await;
}

#[tokio::test]
async fn answers_that_do_not_fit_are_refused_and_counted() {
    both(async |portal| {
        let (center, (secret, actor)) = (&portal.center, set_up(portal).await);
        let (laptop, stranger) = (Device::new(7), Device::new(8));
        add(portal, &actor, "Laptop", &laptop).await;
        let half_way = half(portal).await;
        let options = question(portal, &half_way).await;
        let good = laptop.sign(&options, 3);
        // What a browser says may be anything, of any length.
        let padded = format!("{}{good}", " ".repeat(20_000));
        for wrong in ["{}", "[[[", &padded] {
            assert_eq!(step(portal, &half_way, wrong).await, Err(ErrorCode::WrongState));
            question(portal, &half_way).await;
        }
        let options = question(portal, &half_way).await;
        let elsewhere = laptop.sign_for(&options, "https://portal.example.evil.example", 0x05, 3);
        assert_eq!(step(portal, &half_way, &elsewhere).await, Err(ErrorCode::WrongState));
        let options = question(portal, &half_way).await;
        assert_eq!(step(portal, &half_way, &stranger.sign(&options, 3)).await, Err(ErrorCode::WrongState));
        assert!(is_limited(office::passkey_step(center, &half_way, "{}").await));
        // The limit is the one of codes, and what is refused by it was not looked at.
        let limited = office::second_step(center, &half_way, &code(center, &secret, 1)).await;
        assert!(is_limited(limited));
        portal.clock.advance(15 * MINUTE);
        let half_way = half(portal).await;
        let options = question(portal, &half_way).await;
        // Somebody is there, but was not recognised.
        let unseen = laptop.sign_for(&options, ORIGIN, 0x01, 3);
        assert_eq!(step(portal, &half_way, &unseen).await, Err(ErrorCode::WrongState));
        let options = question(portal, &half_way).await;
        let gone = office::me(center, &actor).await.unwrap().passkeys.unwrap()[0].id;
        portal.execute("DELETE FROM staff_passkeys WHERE id = $1", vec![gone.into()]).await;
        let removed = step(portal, &half_way, &laptop.sign(&options, 3)).await;
        assert_eq!(removed, Err(ErrorCode::WrongState));
        office::second_step(center, &half_way, &code(center, &secret, 0)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_loses_the_second_step_or_the_account_loses_passkeys_too() {
    both(async |portal| {
        let (center, (_, actor)) = (&portal.center, set_up(portal).await);
        let laptop = Device::new(7);
        add(portal, &actor, "Laptop", &laptop).await;
        let administrator = portal.staff(StaffRole::Administrator).await;
        let ada = actor.staff().unwrap().staff;
        // Switched off: what was asked is not taken any more, and on again the key is there.
        let half_way = half(portal).await;
        let options = question(portal, &half_way).await;
        office::staff::deactivate(center, &administrator, ada).await.unwrap();
        let off = step(portal, &half_way, &laptop.sign(&options, 1)).await;
        assert_eq!(off, Err(ErrorCode::WrongState));
        office::staff::activate(center, &administrator, ada).await.unwrap();

        let half_way = half(portal).await;
        let options = question(portal, &half_way).await;
        office::staff::reset_second_step(center, &administrator, ada).await.unwrap();
        let tardy = step(portal, &half_way, &laptop.sign(&options, 1)).await;
        assert_eq!(tardy, Err(ErrorCode::WrongState));
        assert_eq!(portal.count("SELECT count(*) AS n FROM staff_passkeys", vec![]).await, 0);
        let again = half(portal).await;
        let page = office::second_step_page(center, &again).await.unwrap();
        assert!(matches!(page, SecondStepPage::SetUp { .. }), "{page:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_kept_out_by_a_key_that_can_not_be_read() {
    both(async |portal| {
        let (center, (secret, actor)) = (&portal.center, set_up(portal).await);
        add(portal, &actor, "Laptop", &Device::new(7)).await;
        portal.execute("UPDATE staff_passkeys SET passkey = '{}'", vec![]).await;
        portal.clock.advance(MINUTE);
        let half_way = half(portal).await;
        assert_eq!(refused(office::passkey_question(center, &half_way).await), ErrorCode::WrongState);
        office::second_step(center, &half_way, &code(center, &secret, 0)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn passkeys_stay_with_the_host_and_a_number_has_none() {
    both(async |portal| {
        let (_, actor) = set_up(portal).await;
        let laptop = Device::new(7);
        add(portal, &actor, "Laptop", &laptop).await;
        let half_way = half(portal).await;
        let moved = portal.with_settings(|settings| settings.public_url = "https://shop.example".to_owned());
        let page = office::second_step_page(&moved, &half_way).await.unwrap();
        assert_eq!(page, SecondStepPage::Code { passkey: false });
        assert_eq!(refused(office::passkey_question(&moved, &half_way).await), ErrorCode::WrongState);
        assert_eq!(office::me(&moved, &actor).await.unwrap().passkeys.unwrap()[0].elsewhere, NAME);

        let center =
            portal.with_settings(|settings| settings.public_url = "http://127.0.0.1:3000".to_owned());
        assert!(office::me(&center, &actor).await.unwrap().passkeys.is_none());
        for none in [
            office::begin_passkey(&center, &actor, "Laptop").await,
            office::passkey_page(&center, &actor).await.map(drop),
        ] {
            assert_eq!(refused(none), ErrorCode::NotFound);
        }
        let issue_of = office::begin_passkey(&portal.center, &actor, &"x".repeat(60)).await;
        assert_eq!(issue(issue_of), ("name".to_owned(), FieldIssue::TooLong { max: 50 }));
    })
    .await;
}
