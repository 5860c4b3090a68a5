use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Details of a refusal that a single page shows. On the way they are JSON within a text, so that the pages
/// which only pass refusals on need not bring along how to read them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Details<T> {
    json: String,
    #[serde(skip)]
    of: PhantomData<T>,
}

impl<T: Serialize> Details<T> {
    /// Packs them.
    pub fn new(details: &T) -> Self {
        // Derived forms of texts, numbers and lists always can be written; nothing is what `get` makes of it else.
        Self { json: serde_json::to_string(details).unwrap_or_default(), of: PhantomData }
    }
}

impl<T: DeserializeOwned> Details<T> {
    /// Unpacks them; nothing when they are of another version of the portal.
    pub fn get(&self) -> Option<T> {
        serde_json::from_str(&self.json).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Email;

    #[test]
    fn details_travel_as_a_text() {
        let details = Details::new(&vec![1, 2]);
        let json = serde_json::to_string(&details).unwrap();
        assert_eq!(json, r#""[1,2]""#);
        let there: Details<Vec<u32>> = serde_json::from_str(&json).unwrap();
        assert_eq!(there.get(), Some(vec![1, 2]));
        let other: Details<Vec<Email>> = serde_json::from_str(&json).unwrap();
        assert_eq!(other.get(), None);
    }
}
