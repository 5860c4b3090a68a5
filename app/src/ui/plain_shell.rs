//! What stands around pages for people who are not signed in.

use super::{Brand, SkipLinks};
use leptos::{children::ViewFnOnce, prelude::*};

/// The frame of sign-in and activation: the brand above, one column in the middle, and what
/// belongs to every page below.
#[component]
pub fn PlainShell(
    /// The name beside the logo.
    #[prop(into)]
    brand: String,
    /// Where the name leads.
    #[prop(into)]
    home: String,
    /// Address of the logo.
    #[prop(optional, into)]
    logo: MaybeProp<String>,
    /// Language switch, help and legal links.
    #[prop(optional, into)]
    footer: Option<ViewFnOnce>,
    /// Room for a picture beside the form.
    #[prop(optional)]
    wide: bool,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <SkipLinks/>
        <div class="plain">
            <header class="plain-head"><Brand name=brand home=home logo=logo/></header>
            <main class=if wide { "plain-main plain-wide" } else { "plain-main" } id="main" tabindex="-1">
                {children()}
            </main>
            <footer class="plain-foot">{footer.map(ViewFnOnce::run)}</footer>
        </div>
    }
    .into_any()
}
