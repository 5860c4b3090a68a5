//! Addresses of lists, with what they are asked for.

use leptos::prelude::use_context;
use model::Viewer;

use crate::acting::ACTING_FIELD;

/// A path with these parameters, each value percent-encoded.
pub(crate) fn address(path: &str, pairs: &[(&str, String)]) -> String {
    let mut address = path.to_owned();
    for (index, (name, value)) in pairs.iter().enumerate() {
        address.push(if index == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                address.push(char::from(byte));
            } else {
                address.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    address
}

/// As [`address`], of a file of the company that the page was loaded for.
pub(crate) fn file(path: &str, mut pairs: Vec<(&str, String)>) -> String {
    let acting = use_context::<Viewer>().and_then(|viewer| viewer.user).map(|user| user.acting);
    pairs.extend(acting.map(|acting| (ACTING_FIELD, acting)));
    address(path, &pairs)
}

/// The value of the parameter of this name, empty when it is not there.
pub(crate) fn value(pairs: &[(&str, String)], name: &str) -> String {
    pairs.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn values_are_encoded() {
        assert_eq!(address("/users", &[]), "/users");
        let pairs = [("q", "Zoë & Co/?".to_owned()), ("sort", "-name".to_owned())];
        assert_eq!(address("/users", &pairs), "/users?q=Zo%C3%AB%20%26%20Co%2F%3F&sort=-name");
    }
}
