//! The secrets that mails carry. They are made when a mail is sent and never stand in a row: the
//! database keeps their hashes.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::MailId;
use zeroize::Zeroizing;

use super::MailKind;
use super::render::Inset;
use crate::clock::HOUR;
use crate::{Center, Entropy, Error, Instant, Token};

/// What a mail carries that nobody else may know.
#[derive(Clone)]
pub(super) enum Secret {
    Nothing,
    Token { text: Zeroizing<String>, hash: [u8; 32] },
    Code { digits: Zeroizing<String>, hash: String },
}

impl Secret {
    /// A fresh one, as this mail needs it.
    pub(super) async fn make(center: &Center, kind: MailKind) -> Result<Self, Error> {
        Ok(match kind {
            MailKind::ActivationCode => {
                let digits = Zeroizing::new(six_digits(center.entropy()));
                let hash = center.passwords().hash(digits.to_string()).await?;
                Self::Code { digits, hash }
            }
            kind if kind.validity().is_some() => {
                let token = Token::new(center.entropy());
                Self::Token { text: Zeroizing::new(token.text()), hash: token.hash() }
            }
            _ => Self::Nothing,
        })
    }

    pub(super) fn inset(&self) -> Inset<'_> {
        match self {
            Self::Nothing => Inset::Nothing,
            Self::Token { text, .. } => Inset::Token(text),
            Self::Code { digits, .. } => Inset::Code(digits),
        }
    }
}

/// Stands for the secret in previews and tests of templates. It opens nothing.
pub(crate) const fn sample_inset(kind: MailKind) -> Inset<'static> {
    match kind {
        MailKind::ActivationCode => Inset::Code("000000"),
        kind if kind.validity().is_some() => {
            Inset::Token("0000000000000000000000000000000000000000000000000000000000000000")
        }
        _ => Inset::Nothing,
    }
}

/// Stands for the secret where a mail is kept or shown afterwards. It opens nothing.
pub(crate) const fn masked_inset(kind: MailKind) -> Inset<'static> {
    match sample_inset(kind) {
        Inset::Nothing => Inset::Nothing,
        Inset::Code(_) => Inset::Code("••••••"),
        Inset::Token(_) => Inset::Token("••••••••"),
    }
}

/// Six digits, each combination equally likely.
fn six_digits(entropy: &dyn Entropy) -> String {
    /// The largest multiple of a million that four bytes hold; what is above would favour low codes.
    const FAIR: u32 = u32::MAX - u32::MAX % 1_000_000;
    loop {
        let mut bytes = [0; 4];
        entropy.fill(&mut bytes);
        let number = u32::from_le_bytes(bytes);
        if number < FAIR {
            return format!("{:06}", number % 1_000_000);
        }
    }
}

/// Secrets of mails that have to be tried again. A mail that arrived although the connection
/// broke has the same Message-ID as its repetition, and many mailboxes show only the first of
/// the two: so both have to carry the same secret. After a restart a new one is made.
#[derive(Default)]
pub(super) struct Remembered(Mutex<HashMap<MailId, (Instant, Secret)>>);

impl Remembered {
    /// Longer than any mail is tried.
    const KEEP: Instant = 80 * HOUR;
    /// Above this, new ones are not remembered.
    const MAX: usize = 10_000;

    fn map(&self) -> MutexGuard<'_, HashMap<MailId, (Instant, Secret)>> {
        // Every change is a single step, so a poisoned map is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn get(&self, mail: MailId) -> Option<Secret> {
        self.map().get(&mail).map(|(_, secret)| secret.clone())
    }

    pub(super) fn keep(&self, mail: MailId, secret: Secret, now: Instant) {
        if matches!(secret, Secret::Nothing) {
            return;
        }
        let mut map = self.map();
        if map.len() >= Self::MAX {
            map.retain(|_, (since, _)| now - *since < Self::KEEP);
        }
        if map.len() < Self::MAX {
            map.insert(mail, (now, secret));
        }
    }

    pub(super) fn forget(&self, mail: MailId) {
        self.map().remove(&mail);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::SystemEntropy;

    struct Fixed(Vec<u32>, AtomicUsize);

    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.copy_from_slice(&self.0[self.1.fetch_add(1, Ordering::Relaxed)].to_le_bytes());
        }
    }

    #[test]
    fn codes_keep_their_zeros_and_are_fair() {
        let code = |numbers: &[u32]| six_digits(&Fixed(numbers.to_vec(), AtomicUsize::new(0)));
        assert_eq!(code(&[42]), "000042");
        assert_eq!(code(&[4_293_999_999]), "999999");
        // The last 967,296 numbers would make low codes likelier: they are drawn again.
        assert_eq!(code(&[4_294_000_000, u32::MAX, 7_000_001]), "000001");
    }

    #[test]
    fn every_digit_occurs_at_every_place() {
        let mut seen = [[false; 10]; 6];
        for _ in 0..2_000 {
            for (place, digit) in six_digits(&SystemEntropy).bytes().enumerate() {
                seen[place][usize::from(digit - b'0')] = true;
            }
        }
        assert!(seen.iter().flatten().all(|seen| *seen));
    }

    #[test]
    fn only_secrets_are_remembered() {
        let remembered = Remembered::default();
        let mail = MailId(uuid::Uuid::nil());
        remembered.keep(mail, Secret::Nothing, 0);
        assert!(remembered.get(mail).is_none());
        remembered.keep(mail, Secret::Token { text: Zeroizing::new("t".to_owned()), hash: [0; 32] }, 0);
        assert!(matches!(remembered.get(mail), Some(Secret::Token { .. })));
        remembered.forget(mail);
        assert!(remembered.get(mail).is_none());
    }
}
