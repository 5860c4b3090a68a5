use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use crate::clock::SECOND;
use crate::{Entropy, Error, Instant};

/// Bytes of a secret, as RFC 4226 recommends.
const BYTES: usize = 20;
/// Modules of white around a QR code, as its standard demands.
const MARGIN: i32 = 4;

/// The secret that an app and the portal share.
pub(crate) struct AppSecret(Zeroizing<Vec<u8>>);

/// How an app is told the secret.
pub(crate) struct SetUp {
    /// Side of the QR code in modules, with its margin.
    pub(crate) size: u32,
    /// The dark modules as the path of an SVG picture of that size.
    pub(crate) path: String,
    /// For typing, in groups of four.
    pub(crate) typed: String,
}

impl AppSecret {
    /// A fresh one.
    pub(crate) fn new(entropy: &dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new(vec![0; BYTES]);
        entropy.fill(&mut bytes);
        Self(bytes)
    }

    /// One that was kept.
    pub(crate) const fn kept(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }

    /// What is to be sealed and kept.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn totp(&self, issuer: Option<String>, account: &str) -> Result<Totp, Error> {
        Builder::new()
            .with_secret(self.0.as_slice())
            .with_issuer(issuer)
            .with_account_name(account)
            .build()
            .map_err(|e| Error::Fault(format!("a secret for codes is damaged: {e:?}")))
    }

    /// The period of 30 seconds whose code this is: the present one or one of its neighbours, but later than
    /// `used`, because each code works once. `None` for any other.
    ///
    /// # Errors
    /// [`Error::Fault`] when the secret is damaged.
    pub(crate) fn period(&self, code: &str, now: Instant, used: i64) -> Result<Option<i64>, Error> {
        let seconds = u64::try_from(now / SECOND).unwrap_or_default();
        let period = self.totp(None, "")?.check(code, seconds);
        Ok(period.and_then(|period| i64::try_from(period).ok()).filter(|period| *period > used))
    }

    /// How an app is told this secret for this account of this shop.
    ///
    /// # Errors
    /// [`Error::Fault`] when the names are too long for a picture.
    pub(crate) fn set_up(&self, shop: &str, account: &str) -> Result<SetUp, Error> {
        let unfit = |e: String| Error::Fault(format!("a second step can't be shown: {e}"));
        // A colon parts issuer and account in the address.
        let totp = self.totp(Some(shop.replace(':', " ")), account)?;
        let address = Zeroizing::new(totp.to_url().map_err(|e| unfit(format!("{e:?}")))?);
        let code = QrCode::encode_text(&address, QrCodeEcc::Medium).map_err(|e| unfit(e.to_string()))?;
        let mut path = String::new();
        for y in 0..code.size() {
            for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
                // Writing to a String cannot fail.
                _ = write!(path, "M{} {}h1v1h-1z", x + MARGIN, y + MARGIN);
            }
        }
        let letters: Vec<char> = totp.secret().to_base32().chars().collect();
        let typed = letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>();
        Ok(SetUp { size: (code.size() + 2 * MARGIN).unsigned_abs(), path, typed: typed.join(" ") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the examples in RFC 6238, whose codes have eight digits; these are their last six.
    fn example() -> AppSecret {
        AppSecret::kept(Zeroizing::new(b"12345678901234567890".to_vec()))
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let period = example().period(code, seconds * SECOND, 0).unwrap();
            assert_eq!(period, Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn a_code_works_once_and_only_near_its_time() {
        let now = 59 * SECOND;
        assert_eq!(example().period("287082", now + 30 * SECOND, 0).unwrap(), Some(1));
        assert_eq!(example().period("287082", now + 30 * SECOND, 1).unwrap(), None);
        assert_eq!(example().period("287082", now + 90 * SECOND, 0).unwrap(), None);
        for bad in ["", "28708", "2870820", "28708x", "287083", "２８７０８２"] {
            assert_eq!(example().period(bad, now, 0).unwrap(), None, "{bad}");
        }
    }

    #[test]
    fn an_app_is_told_by_picture_and_in_letters() {
        let shown = example().set_up("Shop: Nord", "anna@shop.example").unwrap();
        assert_eq!(shown.typed, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(shown.size > 40 && shown.path.starts_with("M4 4h1v1h-1z"), "{}", shown.path);
    }
}
