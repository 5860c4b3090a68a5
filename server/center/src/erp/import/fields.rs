use model::{Currency, Email, Locale, Money, NumberError, Salutation, single_line};

use super::ImportProblem as Problem;
use super::problem::shown;

/// The fields of a row, taken from left to right. Every method takes the next one and answers
/// `None` when it is wrong, after it has noted what is wrong with it.
pub(super) struct Fields<'a> {
    fields: Vec<&'a [u8]>,
    columns: &'static [&'static str],
    taken: usize,
    /// What is wrong, with its column.
    pub(super) notes: Vec<(&'static str, Problem)>,
}

impl<'a> Fields<'a> {
    /// `fields` and `columns` are of equal number.
    pub(super) fn new(fields: Vec<&'a [u8]>, columns: &'static [&'static str]) -> Self {
        Self { fields, columns, taken: 0, notes: Vec::new() }
    }

    /// Refuses the field taken last.
    pub(super) fn refuse<T>(&mut self, problem: Problem) -> Option<T> {
        let column = self.taken.checked_sub(1).and_then(|last| self.columns.get(last))?;
        self.notes.push((column, problem));
        None
    }

    /// The next field without the spaces at its ends.
    fn take(&mut self) -> Option<&'a str> {
        let field = self.fields.get(self.taken).copied().unwrap_or_default();
        self.taken += 1;
        let Ok(text) = core::str::from_utf8(field) else { return self.refuse(Problem::NotUtf8) };
        if text.chars().any(char::is_control) {
            return self.refuse(Problem::ControlCharacter);
        }
        Some(text.trim_matches(' '))
    }

    fn take_filled(&mut self) -> Option<&'a str> {
        match self.take()? {
            "" => self.refuse(Problem::Required),
            text => Some(text),
        }
    }

    /// A customer, contact or invoice number.
    pub(super) fn number<T>(&mut self, parse: fn(&str) -> Result<T, NumberError>) -> Option<T> {
        let text = self.take()?;
        match parse(text) {
            Ok(number) => Some(number),
            Err(NumberError::Empty) => self.refuse(Problem::Required),
            Err(NumberError::Malformed) => self.refuse(Problem::Number(shown(text))),
        }
    }

    /// A text of at most `max` characters; `""` when empty.
    pub(super) fn text(&mut self, max: usize) -> Option<String> {
        match self.take()? {
            "" => Some(String::new()),
            text => self.line(text, max),
        }
    }

    /// A text of 1 to `max` characters.
    pub(super) fn required_text(&mut self, max: usize) -> Option<String> {
        let text = self.take_filled()?;
        self.line(text, max)
    }

    fn line(&mut self, text: &str, max: usize) -> Option<String> {
        match single_line(text, max) {
            Ok(line) => Some(line),
            Err(model::FieldIssue::TooLong { max }) => self.refuse(Problem::TooLong { max }),
            Err(model::FieldIssue::Required) => self.refuse(Problem::Required),
            Err(_) => self.refuse(Problem::ControlCharacter),
        }
    }

    /// An email address; the inner `None` when empty.
    pub(super) fn email(&mut self) -> Option<Option<Email>> {
        match self.take()? {
            "" => Some(None),
            text => match Email::parse(text) {
                Ok(email) => Some(Some(email)),
                Err(_) => self.refuse(Problem::Email(shown(text))),
            },
        }
    }

    /// `yes` or `no`.
    pub(super) fn flag(&mut self) -> Option<bool> {
        match self.take_filled()? {
            "yes" => Some(true),
            "no" => Some(false),
            text => self.refuse(Problem::Flag(shown(text))),
        }
    }

    /// A language of the portal.
    pub(super) fn language(&mut self) -> Option<Locale> {
        let text = self.take_filled()?;
        Locale::ALL
            .into_iter()
            .find(|locale| locale.tag() == text)
            .or_else(|| self.refuse(Problem::Language(shown(text))))
    }

    /// `ms`, `mr` or empty.
    pub(super) fn salutation(&mut self) -> Option<Salutation> {
        match self.take()? {
            "" => Some(Salutation::None),
            "ms" => Some(Salutation::Ms),
            "mr" => Some(Salutation::Mr),
            text => self.refuse(Problem::Salutation(shown(text))),
        }
    }

    /// A currency code.
    pub(super) fn currency(&mut self) -> Option<Currency> {
        let text = self.take_filled()?;
        Currency::parse(text).or_else(|| self.refuse(Problem::Currency(shown(text))))
    }

    /// A country code; `""` when empty.
    pub(super) fn country(&mut self) -> Option<String> {
        let text = self.take()?;
        if matches!(text.as_bytes(), [] | [b'A'..=b'Z', b'A'..=b'Z']) {
            Some(text.to_owned())
        } else {
            self.refuse(Problem::Country(shown(text)))
        }
    }

    /// A day of the calendar as `YYYY-MM-DD`.
    pub(super) fn date(&mut self) -> Option<String> {
        let text = self.take_filled()?;
        // The calendar reads other forms too; sorting the stored text must sort the days.
        let shaped = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        if shaped && text.parse::<jiff::civil::Date>().is_ok() {
            Some(text.to_owned())
        } else {
            self.refuse(Problem::Date(shown(text)))
        }
    }

    /// An amount in minor units of the currency; when that is not known, of any.
    pub(super) fn amount(&mut self, currency: Option<Currency>) -> Option<i64> {
        let text = self.take_filled()?;
        match minor_units(text, currency.map_or(3, Currency::digits)) {
            Ok(minor) => Some(minor),
            Err(problem) => self.refuse(problem),
        }
    }
}

/// Reads `1234`, `1234.5` or `1234.50`. Unlike [`Money::parse`], which reads what people type,
/// nothing is guessed: a program wrote this.
fn minor_units(text: &str, decimals: u32) -> Result<i64, Problem> {
    let malformed = || Problem::Amount { text: shown(text), decimals };
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return Err(malformed()),
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let missing = u32::try_from(fraction.len()).ok().and_then(|given| decimals.checked_sub(given));
    let Some(missing) = missing.filter(|_| !whole.is_empty() && digits(whole) && digits(fraction)) else {
        return Err(malformed());
    };
    format!("{whole}{fraction}")
        .parse::<i64>()
        .ok()
        .and_then(|number| number.checked_mul(10_i64.pow(missing)))
        .filter(|minor| *minor <= Money::MAX_MINOR)
        .ok_or(Problem::AmountTooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one<'a, T>(field: &'a [u8], read: impl Fn(&mut Fields<'a>) -> Option<T>) -> Result<T, Problem> {
        let mut fields = Fields::new(vec![field], &["column"]);
        let read = read(&mut fields);
        read.ok_or_else(|| {
            assert_eq!(fields.notes.len(), 1);
            fields.notes.remove(0).1
        })
    }

    #[test]
    fn amounts_are_read_exactly() {
        for (text, decimals, minor) in [
            ("0", 2, 0),
            ("0.00", 2, 0),
            ("1234", 2, 123_400),
            ("1234.5", 2, 123_450),
            ("1234.50", 2, 123_450),
            ("0.07", 2, 7),
            ("007.10", 2, 710),
            ("1000000000000.00", 2, Money::MAX_MINOR),
            ("1500", 0, 1500),
            ("1.005", 3, 1005),
        ] {
            assert_eq!(minor_units(text, decimals), Ok(minor), "{text}");
        }
        for (text, decimals) in [
            ("1,5", 2),
            ("1,500.00", 2),
            ("1.", 2),
            (".5", 2),
            (".", 2),
            ("1.505", 2),
            ("1.0", 0),
            ("-1", 2),
            ("+1", 2),
            ("1e3", 2),
            ("1.5.0", 2),
            ("٣", 2),
            ("$1", 2),
        ] {
            let problem = Problem::Amount { text: text.to_owned(), decimals };
            assert_eq!(minor_units(text, decimals), Err(problem), "{text}");
        }
        assert_eq!(minor_units("1000000000000.01", 2), Err(Problem::AmountTooLarge));
        assert_eq!(minor_units(&"9".repeat(400), 2), Err(Problem::AmountTooLarge));
    }

    #[test]
    fn dates_are_days_of_the_calendar() {
        assert_eq!(one(b"2024-02-29", Fields::date), Ok("2024-02-29".to_owned()));
        for bad in [
            "2023-02-29",
            "2024-13-01",
            "20240229",
            "2024-2-9",
            "29.02.2024",
            "2024-02-29T10:00",
            "+2024-1-1",
        ] {
            assert_eq!(one(bad.as_bytes(), Fields::date), Err(Problem::Date(bad.to_owned())), "{bad}");
        }
        assert_eq!(one(b"", Fields::date), Err(Problem::Required));
    }

    #[test]
    fn spaces_around_a_field_don_t_count() {
        assert_eq!(one(b"  yes ", Fields::flag), Ok(true));
        assert_eq!(one("  Zoë   Müller ".as_bytes(), |f| f.required_text(10)), Ok("Zoë Müller".to_owned()));
        assert_eq!(one(b"   ", |f| f.text(10)), Ok(String::new()));
        assert_eq!(one(b"   ", |f| f.required_text(10)), Err(Problem::Required));
        assert_eq!(one("\u{a0}".as_bytes(), |f| f.required_text(10)), Err(Problem::Required));
    }

    #[test]
    fn control_characters_and_other_encodings_are_refused() {
        for bad in ["a\nb", "a\n", "\ta", "a\0", "a\u{85}b", "a\u{2028}b", "a\u{202e}b"] {
            assert_eq!(one(bad.as_bytes(), |f| f.text(10)), Err(Problem::ControlCharacter), "{bad:?}");
        }
        assert_eq!(one(b"M\xfcller", |f| f.text(10)), Err(Problem::NotUtf8));
        assert_eq!(one("ä".repeat(11).as_bytes(), |f| f.text(10)), Err(Problem::TooLong { max: 10 }));
        assert_eq!(one(&[b'a'; 60_000], |f| f.text(10)), Err(Problem::TooLong { max: 10 }));
    }
}
