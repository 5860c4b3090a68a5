use model::{FieldError, FieldIssue, PasswordIssue, check_password_shape};

use super::common::is_common;
use crate::shop::Shop;

/// Judges a new password by its length, by the embedded list and by `context`: names and
/// addresses of the person and the company. The shop's own name always counts.
///
/// # Errors
/// What is wrong with the fields `password` and `repeat`.
pub(crate) fn judge_password(
    shop: &Shop,
    password: &str,
    repeat: &str,
    context: &[&str],
) -> Result<(), Vec<FieldError>> {
    let problem = |field: &str, issue| vec![FieldError { field: field.to_owned(), issue }];
    if password.is_empty() {
        return Err(problem("password", FieldIssue::Required));
    }
    let mut words = vec![shop.name.as_str(), "customer center", "customercenter"];
    words.extend(context);
    check_password_shape(password, &words)
        .map_err(|issue| problem("password", FieldIssue::Password(issue)))?;
    if is_common(password) {
        return Err(problem("password", FieldIssue::Password(PasswordIssue::Common)));
    }
    if password != repeat {
        return Err(problem("repeat", FieldIssue::PasswordsDiffer));
    }
    Ok(())
}
