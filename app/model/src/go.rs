use serde::{Deserialize, Serialize};

use crate::AppError;

/// Where a form leads once it was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Go {
    /// A path of the portal.
    pub to: String,
    /// The page has to be loaded anew, because who is signed in or how pages look has changed.
    pub reload: bool,
}

impl Go {
    /// To another page.
    pub fn to(path: impl Into<String>) -> Self {
        Self { to: path.into(), reload: false }
    }

    /// To a page that is loaded anew.
    pub fn anew(path: impl Into<String>) -> Self {
        Self { to: path.into(), reload: true }
    }
}

/// A form that was refused without JavaScript, for its next showing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The server function's path, such as `/api/users/edit`.
    pub form: String,
    /// The fields as they were sent, without passwords and codes.
    pub values: Vec<(String, String)>,
    /// Why it was refused
    pub error: AppError,
}

/// Fields that are never kept.
const SECRET_FIELDS: [&str; 4] = ["password", "repeat", "current", "code"];

impl Draft {
    /// From a form as it was sent.
    pub fn new(form: &str, values: Vec<(String, String)>, error: AppError) -> Self {
        let values = values.into_iter().filter(|(name, _)| !SECRET_FIELDS.contains(&name.as_str())).collect();
        Self { form: form.to_owned(), values, error }
    }

    /// The value that was typed into a field.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// The values of a field that may stand several times, such as ticked boxes.
    pub fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}

/// Whether a text is a path of this portal that may be gone to: one slash at the beginning, no
/// backslash, no control characters, at most 2,000 bytes.
pub fn is_local_path(text: &str) -> bool {
    text.len() <= 2_000
        && text.starts_with('/')
        && !text.starts_with("//")
        && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_paths_are_gone_to() {
        for good in ["/", "/users?q=a%20b#c", "/users/1"] {
            assert!(is_local_path(good), "{good}");
        }
        for bad in [
            "",
            "users",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\nb",
            "/ä",
            " /",
            "\\\\evil",
        ] {
            assert!(!is_local_path(bad), "{bad:?}");
        }
    }

    #[test]
    fn secrets_are_never_kept() {
        let values = vec![
            ("email".to_owned(), "a@b.example".to_owned()),
            ("password".to_owned(), "secret".to_owned()),
        ];
        let draft = Draft::new("/api/x", values, crate::ErrorCode::Invalid.into());
        assert_eq!(draft.value("email"), Some("a@b.example"));
        assert_eq!(draft.value("password"), None);
    }
}
