use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use tokio::fs;

use super::eml::Eml;
use super::transport::{Outgoing, SendError, Transport};
use crate::Instant;

/// The most mails that [`kept_mails`] lists.
const MAX_LISTED: usize = 200;

/// Keeps mails as `.eml` files instead of sending them, for demos and trials.
pub struct FileTransport {
    folder: PathBuf,
}

impl FileTransport {
    /// Keeps mails in this folder, which is made when missing.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn new(folder: PathBuf) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }
}

#[async_trait]
impl Transport for FileTransport {
    async fn send(&self, mail: &Outgoing) -> Result<(), SendError> {
        let name = format!("{}-{}.eml", mail.at, mail.id.0);
        let unfinished = self.folder.join(format!(".{name}"));
        let written = async {
            fs::write(&unfinished, mail.message.formatted()).await?;
            fs::rename(&unfinished, self.folder.join(&name)).await
        };
        written.await.map_err(|e| SendError::Unavailable(format!("{}: {e}", self.folder.display())))
    }
}

/// A kept mail in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMail {
    /// Names it for [`kept_mail`].
    pub id: String,
    /// Address of the recipient
    pub to: String,
    /// Subject
    pub subject: String,
    /// When it was sent
    pub at: Instant,
}

/// A kept mail in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMailBody {
    /// As in the list
    pub mail: KeptMail,
    /// All headers by name, decoded, in their order.
    pub headers: Vec<(String, String)>,
    /// Plain text
    pub text: String,
    /// A whole HTML document. Untrusted: show it only in a sandboxed frame.
    pub html: String,
}

/// The kept mails of a folder, newest first, at most 200.
///
/// # Errors
/// When the folder can't be read; a missing one is empty.
pub async fn kept_mails(folder: &Path) -> io::Result<Vec<KeptMail>> {
    let mut entries = match fs::read_dir(folder).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut found = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        let name = entry.file_name();
        if let Some(id) = name.to_str().and_then(|name| name.strip_suffix(".eml"))
            && let Some(at) = sent_at(id)
        {
            found.push((at, id.to_owned()));
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.truncate(MAX_LISTED);
    let mut mails = Vec::with_capacity(found.len());
    for (_, id) in found {
        if let Some(body) = kept_mail(folder, &id).await? {
            mails.push(body.mail);
        }
    }
    Ok(mails)
}

/// A kept mail by its id; `None` when there is none.
///
/// # Errors
/// When the file is there but can't be read.
pub async fn kept_mail(folder: &Path, id: &str) -> io::Result<Option<KeptMailBody>> {
    // Only names that the transport gives reach the file system.
    let Some(at) = sent_at(id) else { return Ok(None) };
    let bytes = match fs::read(folder.join(format!("{id}.eml"))).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let eml = Eml::read(&bytes);
    let mail = KeptMail {
        id: id.to_owned(),
        to: eml.header("To").to_owned(),
        subject: eml.header("Subject").to_owned(),
        at,
    };
    Ok(Some(KeptMailBody { mail, headers: eml.headers, text: eml.text, html: eml.html }))
}

/// The moment in a name of the form `<µs>-<uuid>`.
fn sent_at(id: &str) -> Option<Instant> {
    let (at, uuid) = id.split_once('-')?;
    uuid::Uuid::try_parse(uuid).ok().filter(|parsed| parsed.to_string() == uuid)?;
    at.parse().ok().filter(|parsed: &Instant| parsed.to_string() == at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_transport_s_own_names_are_read() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret.eml"), "Subject: x\r\n\r\n").unwrap();
        for id in [
            "secret",
            "../secret",
            "1-../secret",
            "1-00000000-0000-7000-8000-000000000000/../secret",
            "",
            "-",
            "+1-00000000-0000-7000-8000-000000000000",
        ] {
            assert_eq!(kept_mail(folder.path(), id).await.unwrap(), None, "{id}");
        }
        assert!(kept_mails(folder.path()).await.unwrap().is_empty());
        assert!(kept_mails(&folder.path().join("missing")).await.unwrap().is_empty());
    }
}
