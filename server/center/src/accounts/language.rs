use model::Locale;

use super::places::belongs_elsewhere;
use crate::access::SignedIn;
use crate::store::{StoreError, Tx, args};

/// Keeps the language of pages and mails. Who belongs to several companies has one for each; without a
/// company, or with only one, it is that of the login.
pub(super) async fn choose(tx: &mut Tx, who: &SignedIn, locale: Locale) -> Result<(), StoreError> {
    if let Some(company) = who.company()
        && belongs_elsewhere(tx, who.user, company).await?
    {
        let sql = "UPDATE members SET locale = $3 WHERE company_id = $1 AND user_id = $2";
        tx.execute(sql, args![company, who.user, locale]).await?;
        return Ok(());
    }
    let sql = if who.company().is_some() {
        "UPDATE members SET locale = NULL WHERE user_id = $1 AND locale IS NOT NULL"
    } else {
        // The companies of a business user stay as they are.
        "UPDATE members SET locale = (SELECT u.locale FROM users u WHERE u.id = $1) WHERE user_id = $1 AND locale IS NULL"
    };
    tx.execute(sql, args![who.user]).await?;
    tx.execute("UPDATE users SET locale = $2 WHERE id = $1", args![who.user, locale]).await?;
    Ok(())
}
