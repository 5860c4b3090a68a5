//! New users from the rows of a sheet: first checked, then added. A row is added by the use case
//! for one user, in its own transaction; what is wrong with one keeps no other from being added.

mod sheet;
mod words;

use std::collections::HashMap;

use model::{
    AppError, BudgetInput, ContactNumber, ErrorCode, FieldIssue, ImportPage, Permission, ResultId, RoleRef,
    Scope, UserColumn, UserId, UserInput,
};
use serde::{Deserialize, Serialize};

use super::contacts::{Taken, all_taken, free_contact};
use super::guard::{may_grant, may_set_budgets};
use super::invite::{add_contact, request};
use super::results::{self, Work};
use super::roles::RoleBook;
use crate::access::{self, Actor, Held, Operation, explain};
use crate::accounts::typed_lately;
use crate::erp::ErpError;
use crate::{Center, Error};

pub(crate) use sheet::{cell, separator};
pub(super) use words::is_built_in;
pub use words::read_roles;

/// A row of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// Line of the sheet where it begins, counted from 1.
    pub line: u64,
    /// The cells by column, as they were typed.
    pub cells: [String; 7],
    /// What came of it so far.
    pub state: RowState,
}

impl ImportRow {
    /// The cell of a column.
    pub fn cell(&self, column: UserColumn) -> &str {
        &self.cells[column as usize]
    }

    /// Whether adding it would make somebody who administers users or roles.
    fn administers(&self, book: &RoleBook) -> bool {
        let roles = read_roles(self.cell(UserColumn::Roles), &book.own_labels());
        let roles: Vec<_> = roles.iter().filter_map(|key| RoleRef::from_key(key)).collect();
        self.state == RowState::Ready && book.administer(&roles)
    }

    /// The row as a filled-in form.
    fn input(&self, book: &RoleBook) -> UserInput {
        UserInput {
            salutation: words::read_salutation(self.cell(UserColumn::Salutation)),
            name: self.cell(UserColumn::Name).to_owned(),
            email: self.cell(UserColumn::Email).to_owned(),
            roles: read_roles(self.cell(UserColumn::Roles), &book.own_labels()),
            budgets: BudgetInput {
                order: self.cell(UserColumn::BudgetOrder).to_owned(),
                month: self.cell(UserColumn::BudgetMonth).to_owned(),
            },
        }
    }
}

/// What came of a row so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// Can be added.
    Ready,
    /// Was added.
    Added(UserId),
    /// Can't be added, or was refused. Fields of the error are keys of columns, or `row`.
    Kept(AppError),
}

/// The page *Import users*.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
pub fn import_form(actor: &Actor) -> Result<ImportPage, Error> {
    let held = access::in_company(actor, Operation::UsersImportForm)?;
    let budgets_editable = held.member.grants.allow(Permission::BudgetsManage, Scope::Company);
    Ok(ImportPage { budgets_editable })
}

/// Looks what would come of each row. No user is made. Whether an address is used by somebody of
/// another company is not told here: only adding does, where it is rationed.
///
/// # Errors
/// The field `csv` when the text is no sheet of users, `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn check_import(center: &Center, actor: &Actor, text: &str) -> Result<ResultId, Error> {
    let held = access::in_company(actor, Operation::UsersCheckImport)?;
    let mut rows = sheet::read(text)?;
    let mut batch = Batch::new(center, actor, held).await?;
    for row in &mut rows {
        if row.state == RowState::Ready
            && let Err(error) = batch.judge(row).await
        {
            row.state = RowState::Kept(explain(center, actor, error).await);
        }
    }
    results::save(center, &held, &Work::Import(rows)).await
}

/// Adds the rows of a checked import that can be added. Asked again it does nothing more: rows
/// that were added stay so, and an address that is used by now is reported with its row.
///
/// # Errors
/// `NotFound` when there is no such result, it has ended, or somebody else's; `ReauthRequired`, before
/// anything is added, when people who administer users or roles are among them; [`Error::Store`]
pub async fn add_imported(center: &Center, actor: &Actor, result: ResultId) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersAddImported)?;
    let book = RoleBook::of(&mut center.db().read().await?, held.company).await?;
    if results::rows(center, &held, result).await?.iter().any(|row| row.administers(&book)) {
        typed_lately(center, held.who)?;
    }
    // Somebody who is adding them leaves nothing to do.
    let Some(mut taken) = results::take(center, &held, result).await? else { return Ok(()) };
    let mut batch = Batch::new(center, actor, held).await?;
    for row in &mut taken.rows {
        if row.state == RowState::Ready {
            row.state = match batch.add(row).await {
                Ok(user) => RowState::Added(user),
                // The password came of age meanwhile: nothing is wrong with the row.
                Err(error) if error.code() == Some(&ErrorCode::ReauthRequired) => RowState::Ready,
                Err(error) => RowState::Kept(explain(center, actor, error).await),
            };
        }
    }
    results::finish(center, taken).await
}

/// Rows of one sheet on their way.
struct Batch<'a> {
    center: &'a Center,
    actor: &'a Actor,
    held: Held<'a>,
    /// The company's roles.
    book: RoleBook,
    /// What the company's users have already.
    taken: Taken,
    /// Addresses and contact numbers of earlier rows, each with its line.
    seen: HashMap<(UserColumn, String), u64>,
    /// The ERP did not answer; it is not asked again for each row.
    erp_silent: bool,
}

impl<'a> Batch<'a> {
    async fn new(center: &'a Center, actor: &'a Actor, held: Held<'a>) -> Result<Self, Error> {
        let book = RoleBook::of(&mut center.db().read().await?, held.company).await?;
        let taken = all_taken(center, &held).await?;
        Ok(Self { center, actor, held, book, taken, seen: HashMap::new(), erp_silent: false })
    }

    /// Refuses a row that could not be added now.
    async fn judge(&mut self, row: &ImportRow) -> Result<(), Error> {
        let form = row.input(&self.book).check(self.held.member.currency)?;
        self.book.check(UserColumn::Roles.key(), &form.roles)?;
        let email = (UserColumn::Email, form.email.to_string());
        self.free(&email)?;
        may_grant(&self.held, &self.book, &form.roles)?;
        may_set_budgets(&self.held, (None, None), &form)?;
        let number = contact_number(row)?;
        let contact = number.as_ref().map(|number| (UserColumn::ContactNumber, number.key()));
        if let (Some(number), Some(contact)) = (&number, &contact) {
            self.free(contact)?;
            self.erp_answers()?;
            let found = free_contact(self.center, &self.held, number.as_str()).await;
            self.heard(found)?;
        }
        for key in [Some(email), contact].into_iter().flatten() {
            self.seen.insert(key, row.line);
        }
        Ok(())
    }

    /// Refuses what a user of the company or an earlier row has already.
    fn free(&self, key: &(UserColumn, String)) -> Result<(), Error> {
        let (column, value) = key;
        if *column == UserColumn::Email && self.taken.has_email(value) {
            return Err(Error::field(column.key(), FieldIssue::EmailTaken));
        }
        match self.seen.get(key) {
            Some(line) => Err(Error::field(column.key(), FieldIssue::Repeated { line: *line })),
            None => Ok(()),
        }
    }

    async fn add(&mut self, row: &ImportRow) -> Result<UserId, Error> {
        let input = row.input(&self.book);
        // The company's own users are known to whoever may add some: that refusal needs no rationing.
        if model::Email::parse(&input.email).is_ok_and(|email| self.taken.has_email(email.as_str())) {
            return Err(Error::field(UserColumn::Email.key(), FieldIssue::EmailTaken));
        }
        match contact_number(row)? {
            None => request(self.center, self.actor, &input).await,
            Some(number) => {
                self.erp_answers()?;
                let added = add_contact(self.center, self.actor, number.as_str(), &input).await;
                self.heard(added)
            }
        }
    }

    /// Refuses what the ERP has to be asked for once it has not answered.
    fn erp_answers(&self) -> Result<(), Error> {
        if self.erp_silent { Err(ErrorCode::ErpUnavailable.into()) } else { Ok(()) }
    }

    /// Notes whether the ERP answered, and says which cell names a contact that is none.
    fn heard<T>(&mut self, answer: Result<T, Error>) -> Result<T, Error> {
        self.erp_silent |= matches!(answer, Err(Error::Erp(ErpError::Unavailable(_))));
        answer.map_err(|error| match error.code() {
            Some(ErrorCode::NotFound) => {
                Error::field(UserColumn::ContactNumber.key(), FieldIssue::ContactUnknown)
            }
            _ => error,
        })
    }
}

/// The contact number of a row, if it has one.
fn contact_number(row: &ImportRow) -> Result<Option<ContactNumber>, Error> {
    let text = row.cell(UserColumn::ContactNumber).trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number = ContactNumber::parse(text);
    number.map(Some).map_err(|error| Error::field(UserColumn::ContactNumber.key(), error.into()))
}
