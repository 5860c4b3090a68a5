use std::error::Error as _;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use lettre::Message;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use thiserror::Error;
use url::Url;

use super::transport::{Outgoing, SendError, Transport};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long it may take until the server is ready for a mail: connecting, encryption, login.
const READY: Duration = Duration::from_secs(30);
/// How long a mail may take, connecting included.
const MAIL: Duration = Duration::from_secs(60);
/// How long a connection that was kept may take to show that it still works.
const CHECK: Duration = Duration::from_secs(5);

/// Why the settings of a mail server can't be used.
#[derive(Debug, Error)]
pub enum SmtpSettingsError {
    /// The address is not of the form `smtp://user:password@host:587`.
    #[error(
        "the mail server's address has to look like smtp://user:password@host:587 or smtps://user:password@host:465: {0}"
    )]
    Address(&'static str),
    /// The file with the certificate authority can't be used.
    #[error("the mail server's certificate authority: {0}")]
    Authority(String),
}

/// Sends by SMTP, always encrypted: `smtp:` demands STARTTLS, `smtps:` is TLS from the first byte.
/// Connections are kept between mails until [`Transport::rest`].
pub struct SmtpTransport {
    host: String,
    port: u16,
    /// TLS from the first byte rather than STARTTLS
    implicit: bool,
    tls: TlsParameters,
    credentials: Option<Credentials>,
    hello: ClientId,
    kept: Mutex<Vec<AsyncSmtpConnection>>,
}

impl SmtpTransport {
    /// Reads the server's address, `smtp://user:password@host:587` or `smtps://…:465`; user and
    /// password percent-encoded, both or neither. `authority` is a PEM file with certificates
    /// to trust beside the system's.
    ///
    /// # Errors
    /// [`SmtpSettingsError`]; the text never holds the password.
    pub fn new(address: &str, authority: Option<&Path>) -> Result<Self, SmtpSettingsError> {
        use SmtpSettingsError::{Address, Authority};
        let url = Url::parse(address).map_err(|_| Address("it is no address"))?;
        let (implicit, standard_port) = match url.scheme() {
            "smtp" => (false, 587),
            "smtps" => (true, 465),
            _ => return Err(Address("it begins with neither smtp: nor smtps:")),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(Address("the host is missing"))?;
        let host = host.trim_matches(['[', ']']).to_owned();
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(Address("there is something after the host"));
        }
        let decode = |text: &str| {
            let decoded = percent_decode_str(text).decode_utf8();
            decoded.map(std::borrow::Cow::into_owned).map_err(|_| Address("user or password is not UTF-8"))
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) => return Err(Address("the user is missing")),
            (_, None) => return Err(Address("the password is missing")),
            (user, Some(password)) => Some(Credentials::new(decode(user)?, decode(password)?)),
        };
        let mut tls = TlsParameters::builder(host.clone());
        if let Some(path) = authority {
            let pem = std::fs::read(path).map_err(|e| Authority(format!("{}: {e}", path.display())))?;
            let certificate = Certificate::from_pem(&pem).map_err(|e| Authority(e.to_string()))?;
            tls = tls.add_root_certificate(certificate);
        }
        Ok(Self {
            port: url.port().unwrap_or(standard_port),
            host,
            implicit,
            tls: tls.build_rustls().map_err(|e| Authority(e.to_string()))?,
            credentials,
            hello: ClientId::default(),
            kept: Mutex::default(),
        })
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        // A poisoned list is still a list of connections, and each is tested before it is used.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn connection(&self) -> Result<AsyncSmtpConnection, SendError> {
        loop {
            let Some(mut kept) = self.kept().pop() else { break };
            if tokio::time::timeout(CHECK, kept.test_connected()).await == Ok(true) {
                return Ok(kept);
            }
        }
        match tokio::time::timeout(READY, self.connect()).await {
            Ok(connected) => connected.map_err(|e| classify(Phase::Connect, &e)),
            Err(_) => Err(SendError::Unavailable("not ready within 30 seconds".to_owned())),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SmtpError> {
        let tls = self.implicit.then(|| self.tls.clone());
        let server = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(CONNECT), &self.hello, tls, None).await?;
        if !self.implicit {
            connection.starttls(self.tls.clone(), &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    async fn deliver(&self, message: &Message) -> Result<(), SendError> {
        // The connection belongs to this future: when the time is up it is dropped with it, so
        // that nothing half-said is ever used for another mail.
        let mut connection = self.connection().await?;
        match converse(&mut connection, message).await {
            Ok(()) => {
                self.kept().push(connection);
                Ok(())
            }
            Err(error) => {
                connection.abort().await;
                Err(error)
            }
        }
    }
}

#[async_trait]
impl Transport for SmtpTransport {
    async fn send(&self, mail: &Outgoing) -> Result<(), SendError> {
        match tokio::time::timeout(MAIL, self.deliver(&mail.message)).await {
            Ok(result) => result,
            Err(_) => Err(SendError::Deferred("not taken within 60 seconds".to_owned())),
        }
    }

    async fn rest(&self) {
        let kept = std::mem::take(&mut *self.kept());
        for mut connection in kept {
            // The server closes it too; its answer does not matter.
            let _ = tokio::time::timeout(CHECK, connection.quit()).await;
        }
    }
}

/// How far a conversation had come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Connect,
    Sender,
    Mail,
}

async fn converse(connection: &mut AsyncSmtpConnection, message: &Message) -> Result<(), SendError> {
    let envelope = message.envelope();
    let at = |phase| move |error: SmtpError| classify(phase, &error);
    connection.command(Mail::new(envelope.from().cloned(), vec![])).await.map_err(at(Phase::Sender))?;
    for recipient in envelope.to() {
        connection.command(Rcpt::new(recipient.clone(), vec![])).await.map_err(at(Phase::Mail))?;
    }
    connection.command(Data).await.map_err(at(Phase::Mail))?;
    connection.message(&message.formatted()).await.map_err(at(Phase::Mail))?;
    Ok(())
}

/// Whose fault it is. Before the recipient is named a refusal concerns every mail; a refused
/// login or missing encryption does at any moment.
fn classify(phase: Phase, error: &SmtpError) -> SendError {
    let text = error.to_string();
    match error.status().map(u16::from) {
        Some(530 | 534 | 535 | 538) => SendError::Misconfigured(text),
        Some(500..) if phase == Phase::Mail => SendError::Refused(text),
        Some(500..) => SendError::Misconfigured(text),
        Some(_) if phase == Phase::Connect => SendError::Unavailable(text),
        Some(_) => SendError::Deferred(text),
        None if error.is_tls() || error.is_client() || breaks_tls(error) => SendError::Misconfigured(text),
        None if phase == Phase::Connect => SendError::Unavailable(text),
        None => SendError::Deferred(text),
    }
}

/// Whether the two sides could not agree on encryption, such as over a certificate that nobody
/// vouches for. lettre counts that as a failed connection.
fn breaks_tls(error: &SmtpError) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        if cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::InvalidData) {
            return true;
        }
        source = cause.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let transport =
            SmtpTransport::new("smtp://shop%40portal.example:p%2Fw%3A@mail.portal.example", None).unwrap();
        assert_eq!(
            (transport.host.as_str(), transport.port, transport.implicit),
            ("mail.portal.example", 587, false)
        );
        assert_eq!(
            transport.credentials,
            Some(Credentials::new("shop@portal.example".to_owned(), "p/w:".to_owned()))
        );
        let transport = SmtpTransport::new("smtps://[::1]/", None).unwrap();
        assert_eq!((transport.host.as_str(), transport.port, transport.implicit), ("::1", 465, true));
        assert_eq!(transport.credentials, None);
    }

    #[test]
    fn what_is_no_address_is_refused_without_repeating_the_password() {
        for bad in [
            "",
            "mail.portal.example",
            "http://user:geheim@mail.portal.example",
            "smtp://user@mail.portal.example",
            "smtp://:geheim@mail.portal.example",
            "smtp://user:geheim@mail.portal.example/?tls=none",
            "smtp://user:geheim%ff@mail.portal.example",
            "smtp://",
        ] {
            let error = SmtpTransport::new(bad, None).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(!error.is_empty() && !error.contains("geheim"), "{bad}: {error}");
        }
    }
}
