use serde::{Deserialize, Serialize};

/// The shortest password, in characters (OWASP ASVS 5.0, 6.2.1 asks for 8 and recommends 15).
pub const PASSWORD_MIN_CHARS: usize = 12;
/// The longest password, in bytes: enough for any phrase, too short to burn the hasher.
pub const PASSWORD_MAX_BYTES: usize = 256;

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordIssue {
    /// Fewer than [`PASSWORD_MIN_CHARS`] characters.
    TooShort,
    /// More than [`PASSWORD_MAX_BYTES`] bytes.
    TooLong,
    /// On the list of common and breached passwords.
    Common,
    /// Built from the shop's, the company's or the person's own name or address.
    Context,
}

/// Judges a password by its length and by `context`: names and addresses that an attacker
/// tries first. The list of common passwords is judged by the host alone.
///
/// # Errors
/// The first [`PasswordIssue`] found.
pub fn check_password_shape(password: &str, context: &[&str]) -> Result<(), PasswordIssue> {
    if password.len() > PASSWORD_MAX_BYTES {
        return Err(PasswordIssue::TooLong);
    }
    if password.chars().count() < PASSWORD_MIN_CHARS {
        return Err(PasswordIssue::TooShort);
    }
    // What is left after taking the context words out has to carry the password by itself:
    // "Northwind2026!" is the word and a year.
    let mut rest = letters_and_digits(password);
    let all = rest.chars().count();
    for word in context.iter().flat_map(|c| c.split(|c: char| !c.is_alphanumeric())) {
        let word = word.to_lowercase();
        if word.chars().count() >= 4 {
            rest = rest.replace(&word, "");
        }
    }
    if rest.chars().count() < all && rest.chars().filter(|c| c.is_alphabetic()).count() < 4 {
        return Err(PasswordIssue::Context);
    }
    Ok(())
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judged_by_length_and_context_only() {
        let context = ["Northwind GmbH", "anna.berger", "Customer Center"];
        assert_eq!(check_password_shape("short", &context), Err(PasswordIssue::TooShort));
        assert_eq!(check_password_shape(&"x".repeat(257), &context), Err(PasswordIssue::TooLong));
        assert_eq!(check_password_shape("Northwind-2026", &context), Err(PasswordIssue::Context));
        assert_eq!(check_password_shape("Anna.Berger.1984", &context), Err(PasswordIssue::Context));
        assert_eq!(check_password_shape("customercenter1", &context), Err(PasswordIssue::Context));
        assert!(check_password_shape("northwind ships bread at dawn", &context).is_ok());
        assert!(check_password_shape("correct horse battery staple 🐎", &context).is_ok());
        assert!(check_password_shape("aaaaaaaaaaaa", &context).is_ok());
    }
}
