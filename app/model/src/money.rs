use core::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Locale;

/// An ISO 4217 currency code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// US dollar
    pub const USD: Self = Self(*b"USD");
    /// Euro
    pub const EUR: Self = Self(*b"EUR");

    /// Reads a code of three capital letters.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        // Only capital ASCII letters get in, so this never falls back.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Digits after the decimal sign (ISO 4217, list one: those that differ from two).
    pub fn digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// The sign people read, or the code where there is none of its own.
    pub fn symbol(&self) -> &str {
        match &self.0 {
            b"EUR" => "€",
            b"USD" => "$",
            b"GBP" => "£",
            _ => self.code(),
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = &'static str;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or("not a currency code")
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// An amount in minor units (cents) of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Minor units
    pub minor: i64,
    /// Currency
    pub currency: Currency,
}

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Not a number.
    #[error("not an amount")]
    Malformed,
    /// Below zero.
    #[error("negative")]
    Negative,
    /// Above [`Money::MAX_MINOR`].
    #[error("too large")]
    TooLarge,
}

impl Money {
    /// The largest amount a person can type: a trillion in a currency with two digits.
    pub const MAX_MINOR: i64 = 100_000_000_000_000;

    /// Reads an amount as people write it: `1500`, `1,500.00`, `1.500,00`, `1 500,5`, `€ 1500`.
    ///
    /// The last `.` or `,` is the decimal sign when at most the currency's digits follow it and
    /// it stands once; otherwise it groups thousands and exactly three digits must follow.
    ///
    /// # Errors
    /// [`MoneyError`]
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        if text.len() > 60 {
            return Err(MoneyError::Malformed);
        }
        let stripped = text.replace(currency.symbol(), "").replace(currency.code(), "");
        let compact: String =
            stripped.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
        let (negative, digits) = match compact.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, compact.as_str()),
        };
        let places = currency.digits();
        let last = digits.rfind(['.', ',']);
        let (whole, fraction) = match last {
            Some(at) => {
                let after = &digits[at + 1..];
                let sign = &digits[at..=at];
                let decimal =
                    digits.matches(sign).count() == 1 && after.len() <= places as usize && !after.is_empty();
                if decimal { (&digits[..at], after) } else { (digits, "") }
            }
            None => (digits, ""),
        };
        let mut groups = whole.split(['.', ',']);
        let first = groups.next().unwrap_or_default();
        let mut number = first.to_owned();
        for group in groups {
            if group.len() != 3 || first.is_empty() || first.len() > 3 {
                return Err(MoneyError::Malformed);
            }
            number.push_str(group);
        }
        number.push_str(fraction);
        if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(MoneyError::Malformed);
        }
        let fraction_len = u32::try_from(fraction.len()).map_err(|_| MoneyError::Malformed)?;
        let minor = number
            .parse::<i64>()
            .ok()
            .and_then(|n| n.checked_mul(10_i64.pow(places - fraction_len)))
            .filter(|n| *n <= Self::MAX_MINOR)
            .ok_or(MoneyError::TooLarge)?;
        if negative && minor != 0 {
            return Err(MoneyError::Negative);
        }
        Ok(Self { minor, currency })
    }

    /// The amount as people read it: `$1,500.00` or `1.500,00 €`.
    pub fn format(&self, locale: Locale) -> String {
        let symbol = self.currency.symbol();
        let number = self.number(locale);
        match locale {
            Locale::En if symbol.len() < 3 || symbol == "€" => match number.strip_prefix('-') {
                Some(positive) => format!("-{symbol}{positive}"),
                None => format!("{symbol}{number}"),
            },
            Locale::En => format!("{symbol}\u{a0}{number}"),
            Locale::De => format!("{number}\u{a0}{symbol}"),
        }
    }

    /// The amount without currency, as an input field shows it. Cents are left out when zero.
    pub fn input(&self, locale: Locale) -> String {
        let number = self.number(locale);
        let zeros = "0".repeat(self.currency.digits() as usize);
        let (dot, group) = signs(locale);
        let plain = number.replace(group, "");
        match plain.strip_suffix(&format!("{dot}{zeros}")) {
            Some(whole) if !zeros.is_empty() => whole.to_owned(),
            _ => plain,
        }
    }

    fn number(&self, locale: Locale) -> String {
        let places = self.currency.digits();
        let unit = 10_u64.pow(places);
        let abs = self.minor.unsigned_abs();
        let whole = (abs / unit).to_string();
        let (dot, group) = signs(locale);
        let mut out = String::new();
        if self.minor < 0 {
            out.push('-');
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(group);
            }
            out.push(digit);
        }
        if places > 0 {
            out.push(dot);
            out.push_str(&format!("{:0width$}", abs % unit, width = places as usize));
        }
        out
    }
}

const fn signs(locale: Locale) -> (char, char) {
    match locale {
        Locale::En => ('.', ','),
        Locale::De => (',', '.'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn eur(text: &str) -> Result<i64, MoneyError> {
        Money::parse(text, Currency::EUR).map(|m| m.minor)
    }

    #[test]
    fn reads_what_people_write() {
        for (text, minor) in [
            ("1500", 150_000),
            ("1,500", 150_000),
            ("1.500", 150_000),
            ("1,500.00", 150_000),
            ("1.500,00", 150_000),
            ("1 500,5", 150_050),
            ("€ 1500", 150_000),
            ("1500 EUR", 150_000),
            ("0", 0),
            ("0,01", 1),
            ("1.234.567", 123_456_700),
        ] {
            assert_eq!(eur(text), Ok(minor), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for bad in ["", "abc", "1,2,3", "1.2345", "12,34,567", "1e5", "٣", ".", ",5.", "1500.", "NaN", "1..5"]
        {
            assert_eq!(eur(bad), Err(MoneyError::Malformed), "{bad:?}");
        }
        assert_eq!(eur("-1"), Err(MoneyError::Negative));
        assert_eq!(eur("9999999999999999999"), Err(MoneyError::TooLarge));
        assert_eq!(Money::parse("1.5", Currency(*b"JPY")), Err(MoneyError::Malformed));
    }

    #[test]
    fn writes_by_language() {
        let m = Money { minor: 123_456_789, currency: Currency::EUR };
        assert_eq!(m.format(Locale::En), "€1,234,567.89");
        assert_eq!(m.format(Locale::De), "1.234.567,89\u{a0}€");
        assert_eq!(Money { minor: -5, currency: Currency::USD }.format(Locale::En), "-$0.05");
        assert_eq!(Money { minor: 150_000, currency: Currency::EUR }.input(Locale::De), "1500");
        assert_eq!(Money { minor: 150_050, currency: Currency::EUR }.input(Locale::De), "1500,50");
        assert_eq!(Money { minor: 1500, currency: Currency(*b"JPY") }.format(Locale::En), "JPY\u{a0}1,500");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(minor in 0..Money::MAX_MINOR, de in any::<bool>()) {
            let locale = if de { Locale::De } else { Locale::En };
            let m = Money { minor, currency: Currency::EUR };
            prop_assert_eq!(Money::parse(&m.format(locale), Currency::EUR), Ok(m));
            prop_assert_eq!(Money::parse(&m.input(locale), Currency::EUR), Ok(m));
        }

        #[test]
        fn never_panics(text in "\\PC{0,70}") {
            let _ = Money::parse(&text, Currency::USD);
        }
    }
}
