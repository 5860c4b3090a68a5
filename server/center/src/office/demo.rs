use model::StaffId;
use totp_rs::Secret;
use zeroize::Zeroizing;

use crate::second_step::{AppSecret, Holder};
use crate::store::args;
use crate::{Center, Error};

/// Gives a person an app whose secret (in base32) everybody may know, as the demo prints it. Only a portal
/// with an inbox page does that, which is the demo.
///
/// # Errors
/// [`Error::Fault`] outside of the demo, or saying what is wrong; [`Error::Store`]
pub async fn set_up_known_app(center: &Center, email: &str, secret: &str) -> Result<(), Error> {
    let wrong = |what: &str| Error::Fault(what.to_owned());
    if !center.settings().inbox {
        return Err(wrong("only the demo has secrets that everybody knows"));
    }
    let secret = Secret::try_from_base32(secret).map_err(|_| wrong("the secret is no base32"))?;
    let secret = AppSecret::kept(Zeroizing::new(secret.as_bytes().to_vec()));
    let mut tx = center.db().write().await?;
    let staff = tx.optional("SELECT id FROM staff WHERE email = $1", args![email]).await?;
    let staff: StaffId = staff.ok_or_else(|| wrong("nobody has this address"))?.get("id")?;
    let sealed = Holder::Staff(staff).seal(center, &secret);
    let sql = "UPDATE staff SET totp_sealed = $2, totp_set_up_at = $3 WHERE id = $1";
    tx.execute(sql, args![staff, sealed, center.now()]).await?;
    Ok(tx.commit().await?)
}
