//! States, roles and faces.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// What a state means to people; each has its own shape beside its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// As it should be, or done: a green dot. Active, Completed, Paid.
    Good,
    /// On its way: a blue dot. Placed, Confirmed, Shipped.
    Running,
    /// Waits for somebody: a ring. Invited, In approval, Waiting for ERP.
    Waiting,
    /// Needs an eye: a diamond. Invitation expired, Rejected, Overdue.
    Bad,
    /// Out of use: a hollow dot. Deactivated, Draft, Cancelled.
    #[default]
    Off,
    /// Shut: a square. Locked.
    Locked,
}

impl Status {
    /// All states, for the gallery.
    pub const ALL: [Self; 6] = [Self::Good, Self::Running, Self::Waiting, Self::Bad, Self::Off, Self::Locked];

    const fn class(self) -> &'static str {
        match self {
            Self::Good => "badge badge-ok",
            Self::Running => "badge badge-info",
            Self::Waiting => "badge badge-warn",
            Self::Bad => "badge badge-bad",
            Self::Off => "badge badge-off",
            Self::Locked => "badge badge-lock",
        }
    }
}

/// A state in one or two words; never a button.
#[component]
pub fn Badge(
    /// What the state means.
    status: Status,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <span class=status.class()>{children()}</span> }
}

/// A short mark without meaning of state: a role, "You".
#[component]
pub fn Tag(
    /// The word.
    children: Children,
) -> impl IntoView {
    view! { <span class="tag">{children()}</span> }
}

/// Several marks, such as the roles of a user.
#[component]
pub fn Tags(
    /// The words.
    list: Vec<String>,
) -> impl IntoView {
    let marks =
        list.into_iter().map(|word| view! { <span class="tag">{word}</span> }.into_any()).collect_view();
    view! { <div class="tags">{marks}</div> }
}

/// A round face with the initials of a name; decoration beside the name itself.
#[component]
pub fn Avatar(
    /// The person's full name.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let letters = initials(&name);
    let inside =
        if letters.is_empty() { view! { <Glyph icon=Icon::User/> }.into_any() } else { letters.into_any() };
    view! { <div class="avatar" aria-hidden="true">{inside}</div> }
}

/// First letter of the first and of the last word, in capitals.
fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    let first = letters.next();
    first.into_iter().chain(letters.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_of_names() {
        assert_eq!(initials("Amelia Hartmann"), "AH");
        assert_eq!(initials("Chiara De Santis"), "CS");
        assert_eq!(initials("élif"), "É");
        assert_eq!(initials("  "), "");
        assert_eq!(initials("Dr. (Ina) Öz"), "DÖ");
    }
}
