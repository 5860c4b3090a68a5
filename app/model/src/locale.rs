use serde::{Deserialize, Serialize};

/// A language the portal speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// English
    #[default]
    En,
    /// German
    De,
}

impl Locale {
    /// All languages, in the order of the language switch.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language's name in itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// Reads a tag; regional forms such as `de-AT` count as their language.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next()?.trim();
        Self::ALL.into_iter().find(|l| language.eq_ignore_ascii_case(l.tag()))
    }

    /// The best language for an `Accept-Language` header, by its q values.
    pub fn negotiate(accept: &str) -> Self {
        accept
            .split(',')
            .take(20)
            .filter_map(|part| {
                let mut pieces = part.split(';');
                let locale = Self::from_tag(pieces.next()?)?;
                let q = pieces
                    .find_map(|p| p.trim().strip_prefix("q="))
                    .map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
                Some((locale, q))
            })
            .filter(|(_, q)| *q > 0.0)
            // `max_by` keeps the last of equals; the header's order decides, so the first must win.
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
            .map_or(Self::default(), |(locale, _)| locale)
    }
}

/// Light or dark, or as the operating system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Follow the operating system.
    #[default]
    System,
    /// Light
    Light,
    /// Dark
    Dark,
}

impl Theme {
    /// The value of the cookie and of `data-theme`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads a cookie's or a form's value.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::System, Self::Light, Self::Dark].into_iter().find(|t| t.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_decides_by_weight_then_order() {
        assert_eq!(Locale::negotiate("fr, de-AT;q=0.8, en;q=0.7"), Locale::De);
        assert_eq!(Locale::negotiate("en-GB,de"), Locale::En);
        assert_eq!(Locale::negotiate("de;q=0, fr"), Locale::En);
        assert_eq!(Locale::negotiate(""), Locale::En);
        assert_eq!(Locale::negotiate("de;q=x"), Locale::En);
    }
}
