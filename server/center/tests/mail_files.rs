//! Mails that are kept as files, and read back for the demo's inbox.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod mail_support;

use std::sync::Arc;

use center::mail::{FileTransport, kept_mail, kept_mails};
use mail_support::{SECOND, portals, sent};

#[tokio::test]
async fn kept_mails_read_back_newest_first() {
    for portal in portals().await {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("mails");
        let worker = portal.worker(Arc::new(FileTransport::new(kept.clone()).unwrap()));
        let (company, _) = portal.company().await;
        portal.notice("first@b.example").await;
        assert_eq!(worker.drain_once().await.unwrap(), sent(1));
        portal.clock.advance(SECOND);
        let (mail, _, user) = portal.invitation(company, "").await;
        assert_eq!(worker.drain_once().await.unwrap(), sent(1));

        let names: Vec<_> = std::fs::read_dir(&kept)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        assert!(names.contains(&format!("{}-{}.eml", portal.center.now(), mail.0)), "{names:?}");
        assert_eq!(names.len(), 2);

        let list = kept_mails(&kept).await.unwrap();
        assert_eq!(list[0].to, portal.address(user).await.as_str());
        assert_eq!(list[0].subject, "Your account at Nordholz & Söhne");
        assert_eq!(list[0].at, portal.center.now());
        assert_eq!(list[1].to, "first@b.example");

        let body = kept_mail(&kept, &list[0].id).await.unwrap().unwrap();
        assert_eq!(body.mail, list[0]);
        assert!(
            body.text.starts_with("Set a password to get started\n\nHello Anna Berger,\n"),
            "{}",
            body.text
        );
        assert!(body.html.starts_with("<!doctype html>") && body.html.ends_with("</html>"), "{}", body.html);
        let header = |name: &str| {
            body.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str()).unwrap()
        };
        assert_eq!(header("From"), "Nordholz & Söhne <shop@nordholz.example>");
        assert_eq!(header("Auto-Submitted"), "auto-generated");
        assert_eq!(header("Date"), "Sat, 21 Nov 2026 22:26:41 +0000");
        portal.verify().await;
    }
}

#[tokio::test]
async fn a_folder_that_is_gone_keeps_the_mail_waiting() {
    let portal = portals().await.remove(0);
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("mails");
    let worker = portal.worker(Arc::new(FileTransport::new(kept.clone()).unwrap()));
    std::fs::remove_dir(&kept).unwrap();
    let mail = portal.notice("a@b.example").await;
    assert_eq!(worker.drain_once().await.unwrap().deferred, 1);
    std::fs::create_dir(&kept).unwrap();
    portal.clock.advance(10 * SECOND);
    assert_eq!(worker.drain_once().await.unwrap(), sent(1));
    assert_eq!(portal.state(mail).await.0, "sent");
}
