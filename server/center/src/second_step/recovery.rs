use zeroize::Zeroizing;

use crate::{Entropy, paper};

/// How many codes there are; each begins with its place.
const CODES: i64 = 10;

/// A code on paper: `7-K3QXM-9TPDA`. Its first digit says which of the ten it is.
pub(super) struct RecoveryCode {
    /// Which one
    pub(super) place: i64,
    /// What is hashed.
    pub(super) secret: Zeroizing<String>,
}

impl RecoveryCode {
    /// Reads what somebody typed; hyphens, spaces and case don't matter. `None` for what can't be one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let signs = paper::signs(text)?;
        let (place, secret) = signs.split_at_checked(1)?;
        paper::is_secret(secret).then_some(())?;
        Some(Self { place: place.parse().ok()?, secret: Zeroizing::new(secret.to_owned()) })
    }

    /// As people read it.
    pub(super) fn text(&self) -> String {
        format!("{}-{}", self.place, paper::written(&self.secret))
    }
}

/// Ten fresh codes.
pub(super) fn fresh_codes(entropy: &dyn Entropy) -> Vec<RecoveryCode> {
    (0..CODES).map(|place| RecoveryCode { place, secret: paper::fresh(entropy) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemEntropy;

    #[test]
    fn codes_read_back_however_they_are_typed() {
        let codes = fresh_codes(&SystemEntropy);
        assert_eq!(codes.len(), 10);
        for code in &codes {
            for typed in [code.text(), code.text().replace('-', " ").to_lowercase()] {
                let read = RecoveryCode::parse(&typed).unwrap();
                assert_eq!((read.place, &*read.secret), (code.place, &*code.secret));
            }
        }
        for bad in
            ["", "7", "7-K3QXM-9TPD", "7-K3QXM-9TPDAB", "x-K3QXM-9TPDA", "7-K3QX0-9TPDA", "é-K3QXM-9TPDA"]
        {
            assert!(RecoveryCode::parse(bad).is_none(), "{bad}");
        }
    }
}
