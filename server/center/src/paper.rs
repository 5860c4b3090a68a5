//! Codes that stand on paper and are typed by hand.

use zeroize::Zeroizing;

use crate::Entropy;

/// Letters and digits that nobody takes for one another.
const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Signs of a secret: 50 bits.
const LENGTH: usize = 10;
/// Nobody types more than this for a code, in bytes.
const TYPED: usize = 64;

/// A fresh secret.
pub(crate) fn fresh(entropy: &dyn Entropy) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    entropy.fill(bytes.as_mut_slice());
    // 256 is a multiple of 32, so that all signs are equally likely.
    Zeroizing::new(bytes.iter().map(|byte| char::from(SIGNS[usize::from(*byte) % SIGNS.len()])).collect())
}

/// What somebody typed, without hyphens, spaces and small letters. `None` for more than anybody types.
pub(crate) fn signs(typed: &str) -> Option<Zeroizing<String>> {
    let sign = |c: char| (!matches!(c, ' ' | '-')).then(|| c.to_ascii_uppercase());
    (typed.len() <= TYPED).then(|| Zeroizing::new(typed.chars().filter_map(sign).collect()))
}

/// Whether these signs can be a secret.
pub(crate) fn is_secret(signs: &str) -> bool {
    signs.len() == LENGTH && signs.bytes().all(|sign| SIGNS.contains(&sign))
}

/// A secret as people read it: `K3QXM-9TPDA`.
pub(crate) fn written(secret: &str) -> String {
    let (first, second) = secret.split_at_checked(LENGTH / 2).unwrap_or((secret, ""));
    format!("{first}-{second}")
}
