//! Passkeys: keys of a device or of its owner's keychain. They answer a question only to the portal that they were
//! made for, so that no other site can pass it on, and only after they have recognised their owner.

use std::fmt::Display;
use std::time::Duration;

use model::{PasskeyId, SessionId, StaffId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use url::Url;
use webauthn_rs::prelude::{
    CreationChallengeResponse, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::access::Client;
use crate::clock::MINUTE;
use crate::store::{Conn, StoreError, Tx, args};
use crate::{Center, Error, Instant};

/// How long a question waits for its answer.
const TIME: Instant = 5 * MINUTE;
/// The longest answer that is read, in bytes. Those of devices have hundreds.
const LONGEST: usize = 16 * 1024;

/// What a question to make a key is sealed as.
const MAKING: &str = "passkey to make";
/// What a question to sign is sealed as.
const SIGNING: &str = "passkey to sign";

/// A key that is to be made.
#[derive(Serialize, Deserialize)]
struct Making {
    /// As the person calls it.
    name: String,
    /// For the device
    options: CreationChallengeResponse,
    /// What the answer is judged by.
    state: PasskeyRegistration,
}

/// A passkey that was kept.
struct KeptPasskey {
    id: PasskeyId,
    key: Passkey,
}

/// A passkey that a device has just made.
pub(crate) struct FreshPasskey {
    pub(crate) name: String,
    /// The host of the portal, which it answers to.
    pub(crate) host: String,
    pub(crate) credential: Vec<u8>,
    /// As it is kept.
    pub(crate) text: String,
}

/// A passkey that has signed, with what is different about it since.
pub(crate) struct Signed {
    pub(crate) id: PasskeyId,
    pub(crate) text: String,
    /// How often it has signed; always 0 for those that don't count.
    pub(crate) counter: i64,
}

/// The name by which devices know this portal. `None` where it is reached by a number, which they don't take.
pub(crate) fn host(center: &Center) -> Option<String> {
    let origin = Url::parse(&center.settings().public_url).ok()?;
    origin.domain().map(str::to_owned)
}

fn fault(what: impl Display) -> Error {
    Error::Fault(format!("passkeys: {what}"))
}

/// What asks devices on behalf of this portal.
fn asker(center: &Center, shop: &str) -> Result<Webauthn, Error> {
    let origin = Url::parse(&center.settings().public_url).map_err(fault)?;
    let host = origin.domain().ok_or_else(|| fault("the portal is reached by a number"))?;
    let time = Duration::from_micros(TIME.unsigned_abs());
    WebauthnBuilder::new(host, &origin).map_err(fault)?.rp_name(shop).timeout(time).build().map_err(fault)
}

fn written(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(fault)
}

/// What a device said, as far as it is that at all.
fn read<T: DeserializeOwned>(answer: &str) -> Option<T> {
    if answer.len() > LONGEST {
        return None;
    }
    serde_json::from_str(answer).ok()
}

/// The person's passkeys for this host, the first one first. Nobody is kept out by one that can't be read: the app
/// goes on.
async fn passkeys_of(
    center: &Center,
    conn: &mut Conn,
    staff: StaffId,
) -> Result<Vec<KeptPasskey>, StoreError> {
    let Some(host) = host(center) else { return Ok(Vec::new()) };
    let sql =
        "SELECT id, passkey FROM staff_passkeys WHERE staff_id = $1 AND host = $2 ORDER BY created_at, id";
    let mut kept = Vec::new();
    for row in conn.all(sql, args![staff, host]).await? {
        let id: PasskeyId = row.get("id")?;
        match serde_json::from_str(&row.get::<String>("passkey")?) {
            Ok(key) => kept.push(KeptPasskey { id, key }),
            Err(error) => {
                tracing::warn!(event = "sys_fault", %error, passkey = %id, "a passkey can't be read")
            }
        }
    }
    Ok(kept)
}

/// Whether the person has a passkey for this host.
pub(crate) async fn is_there(center: &Center, conn: &mut Conn, staff: StaffId) -> Result<bool, StoreError> {
    let Some(host) = host(center) else { return Ok(false) };
    let sql = "SELECT 1 AS n FROM staff_passkeys WHERE staff_id = $1 AND host = $2 LIMIT 1";
    Ok(conn.optional(sql, args![staff, host]).await?.is_some())
}

/// Asks for a passkey of this name in place of whatever this session asked before. A device that has one of
/// those there are makes none.
pub(crate) async fn ask_to_make(
    center: &Center,
    tx: &mut Tx,
    session: SessionId,
    (staff, login, client): (StaffId, &str, &Client),
    name: String,
) -> Result<(), Error> {
    let kept = passkeys_of(center, tx, staff).await?;
    let known = kept.iter().map(|kept| kept.key.cred_id().clone()).collect();
    let (options, state) = asker(center, &client.shop.name)?
        .start_passkey_registration(staff.0, login, login, Some(known))
        .map_err(fault)?;
    put(center, tx, session, MAKING, &Making { name, options, state }).await
}

/// Asks for a signature of one of the person's passkeys in place of whatever this session asked before. The question,
/// as JSON for the browser; `None` when there is nobody to ask.
pub(crate) async fn ask_to_sign(
    center: &Center,
    tx: &mut Tx,
    session: SessionId,
    (staff, client): (StaffId, &Client),
) -> Result<Option<String>, Error> {
    let keys: Vec<_> = passkeys_of(center, tx, staff).await?.into_iter().map(|kept| kept.key).collect();
    if keys.is_empty() {
        return Ok(None);
    }
    let (options, state) =
        asker(center, &client.shop.name)?.start_passkey_authentication(&keys).map_err(fault)?;
    put(center, tx, session, SIGNING, &state).await?;
    written(&options).map(Some)
}

fn sealed_for(session: SessionId, what: &str) -> String {
    format!("{what} in session {session}")
}

async fn put(
    center: &Center,
    tx: &mut Tx,
    session: SessionId,
    what: &str,
    question: &impl Serialize,
) -> Result<(), Error> {
    let text = written(question)?;
    let sealed = center.seal().seal(center.entropy(), &sealed_for(session, what), text.as_bytes());
    let sql = "UPDATE staff_sessions SET challenge_sealed = $2, challenge_ends_at = $3 WHERE id = $1";
    tx.execute(sql, args![session, sealed, center.now() + TIME]).await?;
    Ok(())
}

/// What this session waits for, as it is kept.
async fn waiting(
    center: &Center,
    conn: &mut Conn,
    session: SessionId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT challenge_sealed FROM staff_sessions WHERE id = $1 AND challenge_ends_at > $2";
    let row = conn.optional(sql, args![session, center.now()]).await?;
    Ok(row.map(|row| row.get("challenge_sealed")).transpose()?.flatten())
}

/// `None` for a question of another kind, and for one of another version of the portal, which was better never asked.
fn opened<T: DeserializeOwned>(center: &Center, session: SessionId, what: &str, sealed: &[u8]) -> Option<T> {
    let text = center.seal().open(&sealed_for(session, what), sealed)?;
    serde_json::from_slice(&text).ok()
}

/// Takes the question of this session away, whatever comes of the answer: each is answered once. Of several answers
/// at once one gets it.
async fn take<T: DeserializeOwned>(
    center: &Center,
    session: SessionId,
    what: &str,
) -> Result<Option<T>, StoreError> {
    let mut tx = center.db().write().await?;
    let Some(sealed) = waiting(center, &mut tx, session).await? else { return Ok(None) };
    let sql = "UPDATE staff_sessions SET challenge_sealed = NULL WHERE id = $1 AND challenge_sealed = $2";
    let taken = tx.execute(sql, args![session, sealed.clone()]).await? == 1;
    tx.commit().await?;
    Ok(if taken { opened(center, session, what, &sealed) } else { None })
}

/// The name and the question, as JSON for the browser, when this session waits for a passkey to be made.
pub(crate) async fn offer(
    center: &Center,
    conn: &mut Conn,
    session: SessionId,
) -> Result<Option<(String, String)>, Error> {
    let sealed = waiting(center, conn, session).await?;
    let making = sealed.and_then(|sealed| opened::<Making>(center, session, MAKING, &sealed));
    making.map(|making| Ok((making.name, written(&making.options)?))).transpose()
}

/// The passkey that a device made, if this is the answer to the question of this session.
pub(crate) async fn made(
    center: &Center,
    session: SessionId,
    client: &Client,
    answer: &str,
) -> Result<Option<FreshPasskey>, Error> {
    let Some(Making { name, state, .. }) = take(center, session, MAKING).await? else { return Ok(None) };
    let (Some(answer), Some(host)) = (read::<RegisterPublicKeyCredential>(answer), host(center)) else {
        return Ok(None);
    };
    match asker(center, &client.shop.name)?.finish_passkey_registration(&answer, &state) {
        Ok(key) => {
            let credential = key.cred_id().to_vec();
            Ok(Some(FreshPasskey { name, host, credential, text: written(&key)? }))
        }
        Err(error) => {
            tracing::info!(event = "passkey_refused", %error);
            Ok(None)
        }
    }
}

/// The person's passkey that signed, if this is the answer to the question of this session.
pub(crate) async fn signed(
    center: &Center,
    session: SessionId,
    (staff, client): (StaffId, &Client),
    answer: &str,
) -> Result<Option<Signed>, Error> {
    let Some(state) = take::<PasskeyAuthentication>(center, session, SIGNING).await? else { return Ok(None) };
    let Some(answer) = read::<PublicKeyCredential>(answer) else { return Ok(None) };
    let result = match asker(center, &client.shop.name)?.finish_passkey_authentication(&answer, &state) {
        Ok(result) => result,
        Err(error) => {
            tracing::info!(event = "passkey_refused", %error);
            return Ok(None);
        }
    };
    // One that was removed since the question signs no more.
    let kept = passkeys_of(center, &mut center.db().read().await?, staff).await?;
    let found = kept.into_iter().find(|kept| kept.key.cred_id() == result.cred_id());
    let Some(KeptPasskey { id, mut key }) = found else { return Ok(None) };
    key.update_credential(&result);
    Ok(Some(Signed { id, text: written(&key)?, counter: result.counter().into() }))
}
