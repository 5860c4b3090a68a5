//! What stands around every page.

use super::{Avatar, Dialog, Glyph, Icon};
use crate::i18n::use_text;
use leptos::{children::ViewFnOnce, prelude::*};
use leptos_router::hooks::use_location;

/// One place to go.
#[derive(Clone, Debug)]
pub struct NavLink {
    text: String,
    href: String,
    count: Option<usize>,
    exact: bool,
    key: Option<&'static str>,
}

impl NavLink {
    /// A place with its words and its path.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), count: None, exact: false, key: None }
    }

    /// How much waits there.
    #[must_use]
    pub fn count(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }

    /// Current only on its very path, not on those below it.
    #[must_use]
    pub fn exact(mut self) -> Self {
        self.exact = true;
        self
    }

    /// The letter that leads there after `g`, where shortcuts are on.
    #[must_use]
    pub fn key(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }

    /// For `aria-current`: this very page, or one below it.
    fn current(&self, path: &str) -> Option<&'static str> {
        let below = || path.strip_prefix(self.href.as_str()).is_some_and(|rest| rest.starts_with('/'));
        if path == self.href { Some("page") } else { (!self.exact && below()).then_some("true") }
    }
}

/// Places that belong together.
#[derive(Clone, Debug)]
pub struct NavGroup {
    title: Option<String>,
    links: Vec<NavLink>,
}

impl NavGroup {
    /// Places without a heading.
    pub fn plain(links: Vec<NavLink>) -> Self {
        Self { title: None, links }
    }

    /// Places under a heading.
    pub fn named(title: impl Into<String>, links: Vec<NavLink>) -> Self {
        Self { title: Some(title.into()), links }
    }
}

/// The frame of the signed-in pages: brand, places to go and the person in a rail; on phones
/// a bar with a menu button that opens a sheet. Works without script. What may be gone to is
/// decided elsewhere.
#[component]
pub fn Shell(
    /// The name beside the logo.
    #[prop(into)]
    brand: String,
    /// Where the name leads.
    #[prop(into)]
    home: String,
    /// Address of the logo.
    #[prop(optional, into)]
    logo: MaybeProp<String>,
    /// The places to go.
    groups: Vec<NavGroup>,
    /// Who is signed in.
    #[prop(into)]
    person: String,
    /// For which company, or as what.
    #[prop(optional, into)]
    organisation: MaybeProp<String>,
    /// Where to find help.
    #[prop(optional_no_strip, into)]
    help: Option<String>,
    /// The choice of company, for people of several.
    #[prop(optional, into)]
    switcher: Option<ViewFnOnce>,
    /// The form that signs out.
    #[prop(into)]
    sign_out: ViewFnOnce,
    /// Whether single keys do something: then the places can be called up by Ctrl K.
    #[prop(optional)]
    shortcuts: bool,
    /// A message above every page, such as that staff view as somebody.
    #[prop(optional_no_strip)]
    notice: Option<ViewFnOnce>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let t = use_text();
    let palette = shortcuts.then(|| palette(&groups));
    let navs = groups.into_iter().enumerate().map(|(i, group)| nav_group(i, group)).collect_view();
    let head = view! {
        <Brand name=brand home=home logo=logo/>
        <button type="button" class="btn btn-secondary rail-menu" popovertarget="shell-menu">
            <Glyph icon=Icon::Menu/>
            {t.open_menu()}
        </button>
    }
    .into_any();
    let end = view! {
        <div class="rail-end">
            {help.map(|words| view! { <p class="hint rail-help">{words}</p> }.into_any())}
            <div class="who">
                <Avatar name=person.clone()/>
                <div><strong>{person}</strong>{move || organisation.get()}</div>
            </div>
            {sign_out.run()}
        </div>
    }
    .into_any();
    let sheet = view! {
        <div class="sheet" popover="auto" id="shell-menu">
            <button type="button" class="btn btn-quiet sheet-close" popovertarget="shell-menu" popovertargetaction="hide">
                <Glyph icon=Icon::Close/>
                {t.close_menu()}
            </button>
            {switcher.map(ViewFnOnce::run)}
            <nav class="navs" aria-label=t.main_navigation()>{navs}</nav>
            {end}
        </div>
    }
    .into_any();
    view! {
        <SkipLinks/>
        <div class="shell">
            <header class="rail"><div class="rail-in">{head}{sheet}</div></header>
            <div class="shell-main">
                {notice.map(|notice| view! { <aside class="shell-notice" aria-label=t.page_notice()>{notice.run()}</aside> }.into_any())}
                <main class="page" id="main" tabindex="-1">{children()}</main>
            </div>
        </div>
        {palette}
    }
    .into_any()
}

fn nav_group(index: usize, group: NavGroup) -> AnyView {
    let id = group.title.as_ref().map(|_| format!("nav-{index}"));
    let path = use_location().pathname;
    let links = group.links.into_iter().map(|link| {
        let (text, href, count) = (link.text.clone(), link.href.clone(), link.count);
        view! {
            <a href=href aria-current=move || path.with(|path| link.current(path))>
                {text}
                {count.map(|count| view! { " " <span class="count">{count}</span> }.into_any())}
            </a>
        }
        .into_any()
    });
    let title = group
        .title
        .zip(id.clone())
        .map(|(title, id)| view! { <p class="nav-h" id=id>{title}</p> }.into_any());
    view! {
        <div class="nav" role=id.as_ref().map(|_| "group") aria-labelledby=id.clone()>
            {title}
            {links.collect_view()}
        </div>
    }
    .into_any()
}

/// The places to go with their keys, and the keys of every page, as a dialog. What opens it, and what
/// its field does, stands in `focus/keys.rs`: without it there is nothing to shorten.
fn palette(groups: &[NavGroup]) -> AnyView {
    let t = use_text();
    let places = groups.iter().flat_map(|group| &group.links).map(|link| {
        let keys = link.key.map(|key| view! { <kbd>"g " {key}</kbd> }.into_any());
        view! { <li><a href=link.href.clone() data-key=link.key><span>{link.text.clone()}</span>{keys}</a></li> }.into_any()
    });
    let places = places.collect_view();
    let keys = [("/", t.key_search()), ("?", t.key_palette()), (t.key_names(), t.key_palette())];
    let keys = keys
        .map(|(key, words)| view! { <li><span>{words}</span><kbd>{key}</kbd></li> }.into_any())
        .collect_view();
    view! {
        <Dialog id="palette" title=t.palette_title() keep=t.palette_close() bare=true>
            <input class="input" type="search" aria-label=t.palette_filter() placeholder=t.palette_filter() autocomplete="off" autofocus=true/>
            <ul class="palette">{places}</ul>
            <p role="status"><span hidden>{t.palette_nothing()}</span></p>
            <ul class="palette">{keys}</ul>
        </Dialog>
    }
    .into_any()
}

/// The first stops of the Tab key. Those for filters and table show only where a page has them.
#[component]
pub fn SkipLinks() -> impl IntoView {
    let t = use_text();
    view! {
        <div class="skips">
            <a class="skip" href="#main">{t.skip_to_content()}</a>
            <a class="skip skip-filters" href="#results">{t.skip_filters()}</a>
            <a class="skip skip-table" href="#table">{t.skip_to_table()}</a>
        </div>
    }
    .into_any()
}

/// Logo and name; the first letter where there is no logo.
#[component]
pub fn Brand(
    /// The name.
    #[prop(into)]
    name: String,
    /// Where it leads.
    #[prop(into)]
    home: String,
    /// Address of the logo.
    #[prop(optional, into)]
    logo: MaybeProp<String>,
) -> impl IntoView {
    let letter = name.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string());
    let mark = match logo.get_untracked() {
        Some(src) => view! { <img src=src alt="" height="32"/> }.into_any(),
        None => view! { <b aria-hidden="true">{letter}</b> }.into_any(),
    };
    view! { <a class="brand" href=home>{mark}<span>{name}</span></a> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::NavLink;

    #[test]
    fn which_link_is_current() {
        let users = NavLink::new("Users management", "/users");
        assert_eq!(users.current("/users"), Some("page"));
        assert_eq!(users.current("/users/42"), Some("true"));
        assert_eq!(users.current("/users-import"), None);
        let home = NavLink::new("Overview", "/").exact();
        assert_eq!(home.current("/"), Some("page"));
        assert_eq!(home.current("/users"), None);
    }
}
