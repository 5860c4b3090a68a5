//! Sending through a real mail server that fails on demand (`scripts/faultsmtp.py`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod mail_support;

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;

use center::accounts;
use center::mail::{Drained, Mail, MailKind, Outgoing, SmtpTransport, Transport, Worker};
use center::office::mails;
use mail_support::{HOUR, MINUTE, Portal, SECOND, filled, portals, sent};
use model::{Locale, MailId};
use serde_json::Value;

/// The Python of a virtual environment with the mail server's library, and a folder with
/// certificates; both made once and kept in `target/`.
fn tools() -> &'static (PathBuf, PathBuf) {
    static TOOLS: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let root = root().join("target");
        // Several test programs may come here at once.
        let lock = File::create(root.join("faultsmtp.lock")).unwrap();
        lock.lock().unwrap();
        let venv = root.join("faultsmtp");
        let python = venv.join("bin/python");
        if !Command::new(&python)
            .args(["-c", "import aiosmtpd"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
        {
            run(Command::new("python3").args(["-m", "venv"]).arg(&venv));
            run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "aiosmtpd==1.4.6"]));
        }
        let tls = root.join("faultsmtp-tls");
        if !tls.join("server.pem").exists() {
            run(Command::new(root.join("../scripts/tls.sh")).arg(&tls));
        }
        (python, tls)
    })
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn run(command: &mut Command) {
    let status = command.status().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(status.success(), "{command:?}: {status}");
}

struct Server {
    process: Child,
    smtp: u16,
    http: u16,
}

impl Server {
    fn start(mode: &str) -> Self {
        Self::on(mode, 0)
    }

    fn on(mode: &str, port: u16) -> Self {
        let (python, tls) = tools();
        let mut process = Command::new(python)
            .arg(root().join("scripts/faultsmtp.py"))
            .arg("--tls")
            .arg(tls)
            .args(["--mode", mode, "--smtp", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ports: Value = serde_json::from_str(&line).expect("the mail server says where it listens");
        let port = |name: &str| u16::try_from(ports[name].as_u64().unwrap()).unwrap();
        Self { process, smtp: port("smtp"), http: port("http") }
    }

    fn get(&self, path: &str) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.http)).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    fn messages(&self) -> Vec<Value> {
        self.get("/messages").as_array().unwrap().clone()
    }

    fn message_ids(&self) -> Vec<String> {
        self.messages().iter().map(|m| m["message_id"].as_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn transport(scheme: &str, password: &str, port: u16) -> SmtpTransport {
    let authority = tools().1.join("ca.pem");
    SmtpTransport::new(&format!("{scheme}://portal:{password}@localhost:{port}"), Some(&authority)).unwrap()
}

fn worker(portal: &Portal, server: &Server) -> Arc<Worker> {
    portal.worker(Arc::new(transport("smtp", "s3cret", server.smtp)))
}

#[tokio::test]
async fn mails_arrive_encrypted_and_whole() {
    for (mode, scheme) in [("starttls", "smtp"), ("implicit", "smtps")] {
        let server = Server::start(mode);
        for portal in portals().await {
            let (company, _) = portal.company().await;
            let (mail, _, user) = portal.invitation(company, "").await;
            let worker = portal.worker(Arc::new(transport(scheme, "s3cret", server.smtp)));
            assert_eq!(worker.drain_once().await.unwrap(), sent(1), "{:?}", portal.state(mail).await);
            let got = server.messages().pop().unwrap();
            assert_eq!(got["message_id"], format!("<{}@portal.example>", mail.0));
            assert_eq!(got["to"], serde_json::json!([portal.address(user).await.as_str()]));
            assert_eq!(got["from"], "shop@nordholz.example");
            assert_eq!(got["sender"], "Nordholz & Söhne <shop@nordholz.example>");
            assert_eq!(got["subject"], "Your account at Nordholz & Söhne");
            assert_eq!((&got["tls"], &got["user"]), (&true.into(), &"portal".into()));
            assert!(got["text"].as_str().unwrap().starts_with("Set a password to get started"), "{got}");
            assert!(
                got["html"].as_str().unwrap().contains("Marta Lind (marta.lind@bau-partner.example)"),
                "{got}"
            );
            portal.verify().await;
        }
    }
}

#[tokio::test]
async fn one_connection_carries_many_mails() {
    let server = Server::start("starttls");
    let portal = portals().await.remove(0);
    for n in 0..20 {
        portal.notice(&format!("a{n}@b.example")).await;
    }
    assert_eq!(worker(&portal, &server).drain_once().await.unwrap(), sent(20));
    assert_eq!(server.messages().len(), 20);
    // What goes over the wire before encryption: one greeting and STARTTLS for each connection.
    let clear = server.get("/clear");
    let connections = clear.as_str().unwrap().matches("STARTTLS").count();
    assert!((1..=4).contains(&connections), "{connections} connections");
}

#[tokio::test]
async fn a_temporary_refusal_is_tried_again_with_the_same_id() {
    let server = Server::start("starttls");
    for portal in portals().await {
        let (company, _) = portal.company().await;
        let before = server.messages().len();
        for fault in ["grey", "tempfail", "full", "busy", "drop-rcpt", "drop-data"] {
            let (mail, _, _) = portal
                .invitation(
                    company,
                    &format!("{}+{fault}", &portal.center.new_id().simple().to_string()[20..]),
                )
                .await;
            let worker = worker(&portal, &server);
            assert_eq!(worker.drain_once().await.unwrap().deferred, 1, "{fault}");
            let (state, reason, attempts) = portal.state(mail).await;
            assert_eq!((state.as_str(), attempts), ("pending", 1), "{fault}: {reason}");
            portal.clock.advance(MINUTE);
            // Only the grey listing ends by itself.
            let again = worker.drain_once().await.unwrap();
            assert_eq!(again.sent, usize::from(fault == "grey"), "{fault}: {:?}", portal.state(mail).await);
            portal
                .execute(
                    "UPDATE outbox SET state = 'cancelled', reason = 'test' WHERE state = 'pending'",
                    vec![],
                )
                .await;
        }
        assert_eq!(server.messages().len(), before + 1);
        portal.verify().await;
    }
}

#[tokio::test]
async fn a_mail_whose_answer_is_lost_is_sent_twice_with_one_id_and_one_link() {
    let server = Server::start("starttls");
    for portal in portals().await {
        let (company, _) = portal.company().await;
        let before = server.messages().len();
        let (mail, link, _) = portal.invitation(company, "drop-after").await;
        let worker = worker(&portal, &server);
        assert_eq!(worker.drain_once().await.unwrap().deferred, 1);
        portal.clock.advance(MINUTE);
        assert_eq!(worker.drain_once().await.unwrap().deferred, 1);
        let got = server.messages().split_off(before);
        assert_eq!(got.len(), 2);
        assert_eq!(got[0]["message_id"], format!("<{}@portal.example>", mail.0));
        assert_eq!(got[0]["message_id"], got[1]["message_id"]);
        assert_eq!(got[0]["text"], got[1]["text"]);
        let row =
            portal.row("SELECT count(*) AS n FROM link_tokens WHERE link_id = $1", vec![link.into()]).await;
        assert_eq!(row.get::<i64>("n").unwrap(), 1);
    }
}

#[tokio::test]
async fn a_recipient_who_is_refused_fails_alone() {
    let server = Server::start("starttls");
    for portal in portals().await {
        let refused = portal.notice("anna+reject@b.example").await;
        let fine = portal.notice("jonas@b.example").await;
        let drained = worker(&portal, &server).drain_once().await.unwrap();
        assert_eq!(drained, Drained { sent: 1, dead: 1, ..Drained::default() });
        let (state, reason, _) = portal.state(refused).await;
        assert_eq!(state, "dead");
        assert!(reason.contains("550") && reason.contains("No such user"), "{reason}");
        assert_eq!(portal.state(fine).await.0, "sent");
        portal.verify().await;
    }
}

#[tokio::test]
async fn what_was_given_up_arrives_once_it_is_taken_up_again_and_an_invitation_sent_again_has_a_link_of_its_own()
 {
    let server = Server::start("starttls");
    for portal in portals().await {
        let (company, chief) = portal.company().await;
        let before = server.messages().len();
        let staff = portal.administrator().await;
        // A box that was full and is not any more.
        let told = filled(Mail::new(MailKind::PasswordChanged, portal.address(chief).await, Locale::En));
        let lost = portal.enqueue(told.about(chief, Some(company))).await;
        portal
            .execute(
                "UPDATE outbox SET state = 'dead', reason = '552 5.2.2 mailbox full' WHERE id = $1",
                vec![lost.into()],
            )
            .await;
        let (mail, _, _) = portal.invitation(company, "").await;
        let worker = worker(&portal, &server);
        assert_eq!(worker.drain_once().await.unwrap(), sent(1));
        mails::retry(&portal.center, &staff, lost).await.unwrap();
        let fresh = mails::resend(&portal.center, &staff, mail).await.unwrap();
        assert_eq!(worker.drain_once().await.unwrap(), sent(2));
        let got = server.messages().split_off(before);
        let by_id = |id: MailId| {
            let id = format!("<{}@portal.example>", id.0);
            got.iter().find(|mail| mail["message_id"] == id.as_str()).unwrap()
        };
        assert!(by_id(lost)["text"].as_str().unwrap().contains("Your password was changed"), "{got:?}");
        let link = |id| {
            let text = by_id(id)["text"].as_str().unwrap().to_owned();
            text.split_once("/link/").unwrap().1.chars().take(64).collect::<String>()
        };
        assert_ne!(link(mail), link(fresh));
        assert!(accounts::links::inspect(&portal.center, &link(mail)).await.unwrap().is_none());
        assert!(accounts::links::inspect(&portal.center, &link(fresh)).await.unwrap().is_some());
        let said = mails::said(&portal.center, &staff, fresh).await.unwrap().unwrap();
        assert!(said.html.contains("/link/••••••••") && !said.html.contains(&link(fresh)), "{}", said.html);
        assert!(said.text.contains("/link/••••••••"), "{}", said.text);
        portal.verify().await;
    }
}

#[tokio::test]
async fn a_slow_server_is_waited_for() {
    let server = Server::start("starttls");
    let portal = portals().await.remove(0);
    portal.notice("anna+slow@b.example").await;
    assert_eq!(worker(&portal, &server).drain_once().await.unwrap(), sent(1));
}

#[tokio::test]
async fn an_outage_loses_nothing() {
    let port = Server::start("starttls").smtp;
    for portal in portals().await {
        let mut mails = Vec::new();
        for n in 0..25 {
            mails.push(portal.notice(&format!("a{n}@b.example")).await);
        }
        let worker = portal.worker(Arc::new(transport("smtp", "s3cret", port)));
        for _ in 0..60 {
            worker.drain_once().await.unwrap();
            portal.clock.advance(MINUTE);
        }
        for mail in &mails {
            assert_eq!(portal.state(*mail).await.0, "pending");
        }
        let server = Server::on("starttls", port);
        portal.clock.advance(2 * MINUTE);
        assert_eq!(worker.drain_once().await.unwrap(), sent(25));
        assert_eq!(server.message_ids().into_iter().collect::<HashSet<_>>().len(), 25);

        portal.verify().await;
    }
}

#[tokio::test]
async fn a_kept_connection_that_broke_is_replaced() {
    let server = Server::start("starttls");
    let transport = transport("smtp", "s3cret", server.smtp);
    let mail = Outgoing {
        id: MailId(uuid::Uuid::nil()),
        at: 0,
        message: lettre::Message::builder()
            .from("shop@nordholz.example".parse().unwrap())
            .to("a@b.example".parse().unwrap())
            .body("text".to_owned())
            .unwrap(),
    };
    transport.send(&mail).await.unwrap();
    let port = server.smtp;
    drop(server);
    let server = Server::on("starttls", port);
    transport.send(&mail).await.unwrap();
    transport.send(&mail).await.unwrap();
    assert_eq!(server.messages().len(), 2);
    let clear = server.get("/clear");
    assert_eq!(clear.as_str().unwrap().matches("STARTTLS").count(), 1, "the new connection is kept");
    transport.rest().await;
}

#[tokio::test]
async fn a_wrong_password_keeps_the_mail() {
    let server = Server::start("starttls");
    for portal in portals().await {
        let mail = portal.notice("a@b.example").await;
        let wrong = portal.worker(Arc::new(transport("smtp", "wrong", server.smtp)));
        for _ in 0..5 {
            assert_eq!(wrong.drain_once().await.unwrap().deferred, 1);
            let (state, reason, _) = portal.state(mail).await;
            assert!(state == "pending" && reason.contains("535") && reason.contains("operator"), "{reason}");
            assert!(!reason.contains("wrong"), "{reason}");
            portal.clock.advance(10 * HOUR);
        }
        assert_eq!(worker(&portal, &server).drain_once().await.unwrap(), sent(1));
    }
}

#[tokio::test]
async fn without_encryption_nothing_is_said() {
    let server = Server::start("plain");
    for portal in portals().await {
        let mail = portal.notice("a@b.example").await;
        for scheme in ["smtp", "smtps"] {
            let worker = portal.worker(Arc::new(transport(scheme, "s3cret", server.smtp)));
            assert_eq!(worker.drain_once().await.unwrap().deferred, 1, "{scheme}");
            assert_eq!(portal.state(mail).await.0, "pending");
            portal.clock.advance(HOUR);
        }
        let clear = server.get("/clear");
        let clear = clear.as_str().unwrap().to_ascii_uppercase();
        for word in ["MAIL", "RCPT", "DATA", "AUTH", "B.EXAMPLE", "NORDHOLZ", "S3CRET"] {
            assert!(!clear.contains(word), "{word} in {clear}");
        }
        assert!(server.messages().is_empty());
    }
}

#[tokio::test]
async fn an_unknown_authority_keeps_the_mail() {
    let server = Server::start("starttls");
    let portal = portals().await.remove(0);
    let mail = portal.notice("a@b.example").await;
    let strict =
        SmtpTransport::new(&format!("smtp://portal:s3cret@localhost:{}", server.smtp), None).unwrap();
    assert_eq!(portal.worker(Arc::new(strict)).drain_once().await.unwrap().deferred, 1);
    let (state, reason, _) = portal.state(mail).await;
    assert!(state == "pending" && reason.contains("operator"), "{reason}");
    assert!(server.messages().is_empty());
}

#[tokio::test]
async fn a_server_that_never_answers_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let portal = portals().await.remove(0);
    let mail = portal.notice("a@b.example").await;
    let port = listener.local_addr().unwrap().port();
    let worker = portal.worker(Arc::new(transport("smtp", "s3cret", port)));
    let drained = tokio::time::timeout(Duration::from_secs(40), worker.drain_once()).await.unwrap().unwrap();
    assert_eq!(drained.deferred, 1);
    let (state, reason, _) = portal.state(mail).await;
    assert!(state == "pending" && reason.contains("not ready within 30 seconds"), "{reason}");
    portal.clock.advance(10 * SECOND);
}
