//! The small drawings inside controls.

use leptos::prelude::*;

/// The icons of the interface, each 16 by 16 units of ink lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say what the icons show")]
pub enum Icon {
    Dots,
    Check,
    Close,
    Arrow,
    Back,
    Search,
    Menu,
    Mail,
    Lock,
    Info,
    Warn,
    Bad,
    Off,
    Plus,
    Download,
    Copy,
    Bell,
    User,
    Device,
    Eye,
    EyeOff,
    External,
    Up,
    Down,
}

impl Icon {
    /// All icons, for the gallery.
    pub const ALL: [Self; 24] = [
        Self::Dots,
        Self::Check,
        Self::Close,
        Self::Arrow,
        Self::Back,
        Self::Search,
        Self::Menu,
        Self::Mail,
        Self::Lock,
        Self::Info,
        Self::Warn,
        Self::Bad,
        Self::Off,
        Self::Plus,
        Self::Download,
        Self::Copy,
        Self::Bell,
        Self::User,
        Self::Device,
        Self::Eye,
        Self::EyeOff,
        Self::External,
        Self::Up,
        Self::Down,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Dots => {
                "M3 6.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8Zm5 0a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8Zm5 0a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8Z"
            }
            Self::Check => "m3 8.5 3.2 3.2L13 4.8",
            Self::Close => "m4 4 8 8m0-8-8 8",
            Self::Arrow => "M3 8h10M9 4l4 4-4 4",
            Self::Back => "M13 8H3m4-4L3 8l4 4",
            Self::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.3 7.8 3.2 3.2",
            Self::Menu => "M2.5 4.5h11M2.5 8h11m-11 3.5h11",
            Self::Mail => "M2 4h12v8.5H2Zm0 .5 6 4.5 6-4.5",
            Self::Lock => "M3.5 7h9v6.5h-9ZM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
            Self::Info => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 7.2v4M8 4.8v.1",
            Self::Warn => "M8 2 1.8 13.5h12.4ZM8 6.5v3.2m0 1.9v.1",
            Self::Bad => "M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4ZM8 4.8v4m0 2.4v.1",
            Self::Off => "M4.5 6.5h7v2a3.5 3.5 0 0 1-7 0ZM6 6.5v-3m4 3v-3M8 12v2.5M2 2l12 12",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Download => "M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.5 13.5h11",
            Self::Copy => "M5.5 5.5h8v8h-8Zm-3 5v-8h8",
            Self::Bell => "M4 11.5V7a4 4 0 0 1 8 0v4.5l1 1H3Zm2.7 1.8a1.4 1.4 0 0 0 2.6 0",
            Self::User => "M8 2.5a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM2.5 14a5.5 5.5 0 0 1 11 0",
            Self::Device => "M2.5 3h11v7.5h-11ZM1.5 13h13",
            Self::Eye => {
                "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z"
            }
            Self::EyeOff => "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM3 13 13 3",
            Self::External => "M6.5 3.5h-4v10h10v-4M9 2.5h4.5V7M13.2 2.8 7.5 8.5",
            Self::Up => "M8 13V3M4 7l4-4 4 4",
            Self::Down => "M8 3v10M4 9l4 4 4-4",
        }
    }

    /// Icons that point along the line of text turn around in right-to-left pages.
    const fn class(self) -> &'static str {
        match self {
            Self::Dots => "glyph glyph-fill",
            Self::Arrow | Self::Back | Self::External => "glyph glyph-turn",
            _ => "glyph",
        }
    }
}

/// Draws an icon. It is decoration: the words beside it say the same.
#[component]
pub fn Glyph(
    /// Which icon.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class=icon.class() viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
    .into_any()
}
