use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Instant;

/// The only source of randomness, so that tests may own it.
pub trait Entropy: Send + Sync {
    /// Fills the bytes with unpredictable ones.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[allow(clippy::disallowed_methods, clippy::expect_used, reason = "see below")]
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness no secret can be made; going on would hand out guessable ones.
        getrandom::fill(bytes).expect("the operating system's random generator failed");
    }
}

/// A secret of 256 bits that is handed out once. Only its hash is stored.
pub struct Token([u8; 32]);

impl Token {
    /// A fresh one.
    pub fn new(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes);
        Self(bytes)
    }

    /// As it stands in links and cookies: 64 hexadecimal digits.
    pub fn text(&self) -> String {
        self.0.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// What the database keeps.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    /// Reads a link or cookie. Anything but exactly 64 lower-case digits is no token.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 || !digits.iter().all(|d| matches!(d, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// An identifier that sorts by the time it was made (UUID version 7).
pub fn new_id(now: Instant, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(now / 1000).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ten_thousand_tokens_differ_and_read_back() {
        let mut seen = HashSet::new();
        for _ in 0..10_000 {
            let token = Token::new(&SystemEntropy);
            assert_eq!(Token::parse(&token.text()).unwrap().hash(), token.hash());
            assert!(seen.insert(token.text()));
        }
    }

    #[test]
    fn damaged_tokens_are_none() {
        let text = Token::new(&SystemEntropy).text();
        for bad in [
            "",
            &text[1..],
            &format!("{text}0"),
            &text.to_uppercase().replace('0', "A"),
            &"g".repeat(64),
            " ",
            "é",
        ] {
            assert!(bad == text || Token::parse(bad).is_none(), "{bad}");
        }
    }
}
