use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::Entropy;

/// Bytes of the nonce in front of what is sealed.
const NONCE: usize = 24;

/// Seals secrets that the database has to keep but must not show (XChaCha20-Poly1305), with the key of
/// the settings.
pub struct Seal(Zeroizing<[u8; 32]>);

impl Seal {
    /// Derives the key from the secret of the settings. How strong that is, is judged where settings are read.
    pub fn new(secret: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(b"customer-center seal 1\0");
        hasher.update(secret);
        Self(Zeroizing::new(hasher.finalize().into()))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.0))
    }

    /// Seals a secret for one purpose, which says whose it is: moved to somebody else it does not open.
    pub(crate) fn seal(&self, entropy: &dyn Entropy, purpose: &str, secret: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce);
        let payload = Payload { msg: secret, aad: purpose.as_bytes() };
        // Fails for messages of more than 256 GiB only; then nothing is kept and nothing opens.
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    /// What was sealed for this purpose with this key; `None` for anything else.
    pub(crate) fn open(&self, purpose: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemEntropy;

    #[test]
    fn opens_with_the_same_key_and_for_the_same_purpose_only() {
        let seal = Seal::new("one key of the settings");
        let sealed = seal.seal(&SystemEntropy, "totp a", b"secret");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(seal.open("totp a", &sealed).unwrap().as_slice(), b"secret");
        assert!(seal.open("totp b", &sealed).is_none());
        assert!(Seal::new("another key").open("totp a", &sealed).is_none());
        for cut in [0, 23, 24, sealed.len() - 1] {
            assert!(seal.open("totp a", &sealed[..cut]).is_none());
        }
    }
}
