use model::{ActivationId, CompanyId, Email, LinkId, Locale, MailId, StaffId, UserId};
use serde_json::Value;

use super::MailKind;
use crate::Center;
use crate::store::{ROWS_OF_STATEMENT, Sql, StoreError, Tx, args};

/// A mail to be sent. What it says is rendered from `data` when it is sent; secrets (links,
/// codes) are made only then and never stand in a row.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Which mail
    pub kind: MailKind,
    /// To whom
    pub recipient: Email,
    /// In which language
    pub locale: Locale,
    /// Facts for the template, as text.
    pub data: Vec<(&'static str, String)>,
    /// Whose account it is about; deactivating the account cancels the mail.
    pub user: Option<UserId>,
    /// In which company
    pub company: Option<CompanyId>,
    /// Whose of the staff it is about; switching the person off cancels the mail.
    pub staff: Option<StaffId>,
    /// The link to put in
    pub link: Option<LinkId>,
    /// The activation whose code to put in
    pub activation: Option<ActivationId>,
}

impl Mail {
    /// A mail without facts and references.
    pub const fn new(kind: MailKind, recipient: Email, locale: Locale) -> Self {
        Self {
            kind,
            recipient,
            locale,
            data: Vec::new(),
            user: None,
            company: None,
            staff: None,
            link: None,
            activation: None,
        }
    }

    /// Adds a fact for the template.
    #[must_use]
    pub fn fact(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.data.push((name, value.into()));
        self
    }

    /// Ties the mail to an account.
    #[must_use]
    pub const fn about(mut self, user: UserId, company: Option<CompanyId>) -> Self {
        self.user = Some(user);
        self.company = company;
        self
    }

    /// Ties the mail to somebody of the staff.
    #[must_use]
    pub const fn about_staff(mut self, staff: StaffId) -> Self {
        self.staff = Some(staff);
        self
    }
}

/// Puts a mail into the outbox, in the transaction that is its reason.
///
/// # Errors
/// [`StoreError::Database`]
pub async fn enqueue(center: &Center, tx: &mut Tx, mail: Mail) -> Result<MailId, StoreError> {
    let id = MailId(center.new_id());
    insert(center, tx, &[(id, mail)]).await?;
    Ok(id)
}

/// As [`enqueue`], for many.
///
/// # Errors
/// [`StoreError::Database`]
pub(crate) async fn enqueue_all(
    center: &Center,
    tx: &mut Tx,
    mails: impl IntoIterator<Item = Mail>,
) -> Result<(), StoreError> {
    let mails: Vec<_> = mails.into_iter().map(|mail| (MailId(center.new_id()), mail)).collect();
    for mails in mails.chunks(ROWS_OF_STATEMENT) {
        insert(center, tx, mails).await?;
    }
    Ok(())
}

async fn insert(center: &Center, tx: &mut Tx, mails: &[(MailId, Mail)]) -> Result<(), StoreError> {
    let now = center.now();
    let sql = Sql::new(
        "INSERT INTO outbox (id, kind, recipient, locale, data, user_id, company_id, link_id, activation_id, staff_id,
             state, not_before, created_at) VALUES ",
    );
    let sql = mails.iter().enumerate().fold(sql, |sql, (at, (id, mail))| {
        let facts = mail.data.iter().map(|(name, fact)| ((*name).to_owned(), Value::String(fact.clone())));
        let values = args![
            *id,
            mail.kind.key(),
            &mail.recipient,
            mail.locale,
            Value::Object(facts.collect()).to_string(),
            mail.user,
            mail.company,
            mail.link,
            mail.activation.map(|a| a.0),
            mail.staff,
            "pending",
            now,
            now
        ];
        sql.push(if at == 0 { "" } else { ", " }).list(values)
    });
    let (text, values) = sql.build();
    tx.execute(text, values).await?;
    Ok(())
}

/// Cancels what waits for a user, in one company or, without one, everywhere.
///
/// # Errors
/// [`StoreError::Database`]
pub async fn cancel_for_user(
    tx: &mut Tx,
    user: UserId,
    company: Option<CompanyId>,
    reason: &'static str,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE outbox SET state = 'cancelled', reason = $3
         WHERE state = 'pending' AND user_id = $1 AND ($2 IS NULL OR company_id = $2)",
        args![user, company, reason],
    )
    .await?;
    Ok(())
}

/// Cancels what waits for these users in this company, and for `only_here` whatever waits.
///
/// # Errors
/// [`StoreError::Database`]
pub(crate) async fn cancel_in_company(
    tx: &mut Tx,
    company: CompanyId,
    users: &[UserId],
    only_here: &[UserId],
    reason: &'static str,
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE outbox SET state = 'cancelled', reason = ").bind(reason);
    let sql = sql.push(" WHERE state = 'pending' AND user_id IN ").list(users.iter().copied());
    let sql = sql.push(" AND (company_id = ").bind(company);
    let (text, values) = sql.push(" OR user_id IN ").list(only_here.iter().copied()).push(")").build();
    tx.execute(text, values).await?;
    Ok(())
}

/// Cancels what waits for somebody of the staff.
///
/// # Errors
/// [`StoreError::Database`]
pub(crate) async fn cancel_for_staff(
    tx: &mut Tx,
    staff: StaffId,
    reason: &'static str,
) -> Result<(), StoreError> {
    let sql = "UPDATE outbox SET state = 'cancelled', reason = $2 WHERE state = 'pending' AND staff_id = $1";
    tx.execute(sql, args![staff, reason]).await?;
    Ok(())
}
