//! The message catalogue. Every text stands here in every language, so that a
//! missing translation does not compile. One file per area of the product.

/// Declares messages as methods of [`Text`]: `name: "English", "Deutsch";`, or with
/// arguments, which the texts name in braces: `name(n: usize): "{n} users", "{n} Benutzer";`.
macro_rules! texts {
    ($( $name:ident $( ( $($arg:ident : $ty:ty),+ ) )? : $en:literal, $de:literal; )*) => {
        #[allow(missing_docs, reason = "a message's English text is its documentation")]
        impl crate::i18n::Text {
            $( texts!(@one $name $( ( $($arg : $ty),+ ) )? , $en, $de); )*
        }
    };
    (@one $name:ident, $en:literal, $de:literal) => {
        pub const fn $name(self) -> &'static str {
            match self.0 { model::Locale::En => $en, model::Locale::De => $de }
        }
    };
    (@one $name:ident ( $($arg:ident : $ty:ty),+ ), $en:literal, $de:literal) => {
        pub fn $name(self, $($arg : $ty),+) -> String {
            match self.0 { model::Locale::En => format!($en), model::Locale::De => format!($de) }
        }
    };
}

mod accounts;
mod activation;
mod activity;
mod errors;
mod frame;
mod inbox;
mod many;
mod office;
mod profile;
mod roles;
mod second_step;
#[cfg(feature = "ssr")]
mod sentences;
mod ui;
mod users;

pub use accounts::salutation_name;
pub use activity::{day_text, kind_filter_text, kind_text};
pub use errors::{error_text, error_title, field_text, permission_text};
pub use office::*;
pub use profile::{notice_hint, notice_text};
pub use roles::{in_use_text, loss_text, rights_text, role_label};
pub use second_step::colleague_step_text;
#[cfg(feature = "ssr")]
pub use sentences::{event_words, sentence, told_roles};
pub use users::{fixed_text, role_name, role_summary, status_text};

use model::Locale;

/// The messages in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(pub Locale);

/// The messages in the reader's language: the [`Text`] that the page provides as context,
/// English where there is none.
pub fn use_text() -> Text {
    leptos::prelude::use_context::<Text>().unwrap_or(Text(Locale::En))
}
