//! Mails that are kept as files, and read back for the demo's inbox.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod mail_support;

use std::sync::Arc;

use base64::Engine;
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

/// A part of a mail: how deep it stands, its headers, and what it holds.
type Part = (usize, String, String);

/// All parts of a mail, in their order.
fn parts(entity: &str, depth: usize) -> Vec<Part> {
    let (head, body) = entity.split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n ", " ");
    let mut found = vec![(depth, head.clone(), body.trim_end().to_owned())];
    if let Some((_, rest)) = head.split_once("boundary=\"") {
        let delimiter = format!("--{}", rest.split('"').next().unwrap());
        let mut inner: Vec<_> = body.split(&delimiter).skip(1).collect();
        assert!(inner.pop().unwrap().starts_with("--"), "{entity}");
        found.extend(inner.iter().flat_map(|part| parts(part.trim_start(), depth + 1)));
    }
    found
}

#[tokio::test]
async fn the_shop_s_logo_lies_within_the_mail_and_the_archive_shows_it() {
    for portal in portals().await {
        let mut png = std::io::Cursor::new(Vec::new());
        let picture = image::DynamicImage::new_rgb8(64, 32);
        picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
        let (hash, png) = ("ab".repeat(32), png.into_inner());
        let sql = "INSERT INTO logos (hash, png, created_at) VALUES ($1, $2, 0)";
        portal.execute(sql, vec![hash.clone().into(), png.clone().into()]).await;
        portal.execute("UPDATE shop SET logo = $1", vec![hash.clone().into()]).await;

        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("mails");
        let worker = portal.worker(Arc::new(FileTransport::new(kept.clone()).unwrap()));
        let mail = portal.notice("anna@bau-partner.example").await;
        assert_eq!(worker.drain_once().await.unwrap(), sent(1));
        let file = std::fs::read_dir(&kept).unwrap().next().unwrap().unwrap().path();
        let raw = std::fs::read_to_string(file).unwrap();
        assert!(raw.len() < 64 * 1024, "{}", raw.len());
        let parts = parts(&raw, 0);
        let header = |part: &Part, name: &str| {
            let line = part.1.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            line.unwrap_or_default().to_owned()
        };
        let kinds: Vec<_> = parts
            .iter()
            .map(|part| (part.0, header(part, "Content-Type").split(';').next().unwrap().to_owned()))
            .collect();
        let expected = [
            (0, "multipart/alternative"),
            (1, "text/plain"),
            (1, "multipart/related"),
            (2, "text/html"),
            (2, "image/png"),
        ];
        assert_eq!(kinds, expected.map(|(depth, kind)| (depth, kind.to_owned())));
        assert_eq!(header(&parts[4], "Content-ID"), format!("<{hash}@logo>"));
        assert_eq!(header(&parts[4], "Content-Disposition"), "inline");
        assert_eq!(header(&parts[4], "Content-Transfer-Encoding"), "base64");
        let content = base64::engine::general_purpose::STANDARD.decode(parts[4].2.replace("\r\n", ""));
        assert_eq!(content.unwrap(), png);

        let list = kept_mails(&kept).await.unwrap();
        let body = kept_mail(&kept, &list[0].id).await.unwrap().unwrap();
        assert!(body.html.contains(&format!("<img class=\"logo\" src=\"cid:{hash}@logo\"")), "{}", body.html);
        assert!(body.text.contains("Hello") && !body.text.contains("cid:"), "{}", body.text);

        // The archive keeps the words alone, and shows the picture as long as the shop has it.
        let staff = portal.administrator().await;
        let shown =
            async || center::office::mails::said(&portal.center, &staff, mail).await.unwrap().unwrap().html;
        let data = format!("src=\"data:image/png;base64,{}\"", parts[4].2.replace("\r\n", ""));
        let html = shown().await;
        assert!(html.contains(&data) && !html.contains("cid:"), "{html}");
        let kept = portal.row("SELECT html AS n FROM mail_bodies", vec![]).await.get::<String>("n").unwrap();
        assert!(kept.contains("cid:") && !kept.contains("data:"), "{kept}");
        portal.execute("UPDATE shop SET logo = NULL", vec![]).await;
        portal.execute("DELETE FROM logos", vec![]).await;
        let html = shown().await;
        assert!(!html.contains("data:") && html.contains("alt=\"Nordholz &amp; Söhne\""), "{html}");
        portal.verify().await;
    }
}
