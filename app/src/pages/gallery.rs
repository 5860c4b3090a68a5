//! Every component in every state, for developers and for the pictures that tests compare.
//! Its texts are samples, in English only; it is not part of release builds.

mod forms;
mod lists;
mod messages;
mod plain;

use crate::ui::*;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// One component in its states.
#[component]
fn Sample(
    /// The component's name.
    title: &'static str,
    /// Its states.
    children: Children,
) -> impl IntoView {
    view! { <section><h2>{title}</h2>{children()}</section> }.into_any()
}

/// The gallery: the signed-in frame around all components; with `?frame=plain` the frame for
/// people who are not signed in.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let query = use_query_map();
    move || {
        let plain = query.read().get_str("frame") == Some("plain");
        if plain { view! { <plain::PlainSamples/> }.into_any() } else { signed_in() }
    }
}

fn signed_in() -> AnyView {
    let groups = vec![
        NavGroup::plain(vec![
            NavLink::new("Gallery", "/gallery").exact(),
            NavLink::new("Plain pages", "/gallery?frame=plain"),
            NavLink::new("Orders", "/gallery/none").count(3),
        ]),
        NavGroup::named("My profile", vec![NavLink::new("Users management", "/gallery/none")]),
    ];
    view! {
        <PageTitle text="Gallery"/>
        <Shell
            brand="Northwind"
            home="/gallery"
            groups=groups
            person="Amelia Hartmann"
            organisation="Northwind GmbH"
            help="Help: +49 40 123456".to_owned()
            sign_out=|| view! { <form method="post" action="/gallery"><Button look=Look::Quiet>"Sign out"</Button></form> }
            notice=Some(ViewFnOnce::from(|| {
                view! {
                    <Banner kind=Notice::Warn title="Viewing as Amelia Hartmann" action=|| view! { <Button>"End view"</Button> }>
                        "Read only, until 15:30. Everything is written to the company's log."
                    </Banner>
                }
            }))
        >
            <ErrorSummary errors=vec![
                ("email".to_owned(), "Enter an email address that is not used by another shop user".to_owned()),
                ("roles".to_owned(), "Select at least one role".to_owned()),
                (String::new(), "The invitation was not sent".to_owned()),
            ]/>
            <PageHead
                title="Gallery"
                lead="Every component in every state."
                parent=("/gallery".to_owned(), "Parent page".to_owned())
                meta=|| view! { <Badge status=Status::Good>"Active"</Badge> <span>"Last seen yesterday"</span> }
                actions=|| {
                    view! {
                        <LinkButton href="/gallery">"Export CSV"</LinkButton>
                        <LinkButton href="/gallery" look=Look::Primary>"Request new user"</LinkButton>
                    }
                }
            />
            {parts()}
        </Shell>
    }
    .into_any()
}

fn parts() -> AnyView {
    use forms::{FieldSamples, RoleSamples, SaveSamples};
    use lists::{ListSamples, MenuSamples, TableSample};
    use messages::{MarkSamples, MessageSamples, StorySamples};
    view! { <GalleryStack><MarkSamples/><MessageSamples/><TableSample/><MenuSamples/><ListSamples/><StorySamples/><FieldSamples/><RoleSamples/><SaveSamples/></GalleryStack> }
        .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use leptos_meta::{ServerMetaContext, provide_meta_context};
    use leptos_router::{components::Router, location::RequestUrl};
    use std::collections::HashSet;

    fn render(address: &str) -> String {
        // Several tests share one process; only the first of them can start the executor.
        _ = any_spawner::Executor::init_tokio();
        Owner::new().with(|| {
            provide_context(ServerMetaContext::new().0);
            provide_meta_context();
            provide_context(RequestUrl::new(address));
            view! { <Router><RouteAnnouncer/><GalleryPage/></Router> }.to_html()
        })
    }

    /// The values of an attribute, in their order.
    fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
        let start = format!(" {attribute}=\"");
        html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    fn check(html: &str) {
        assert!(!html.contains(" style="), "an attribute that the policy drops");
        let ids = values(html, "id");
        let known: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(known.len(), ids.len(), "an id stands twice: {ids:?}");
        for attribute in ["for", "aria-labelledby", "aria-describedby", "popovertarget", "commandfor", "list"]
        {
            for id in values(html, attribute).into_iter().flat_map(str::split_whitespace) {
                assert!(known.contains(id), "{attribute} names #{id}, which is not on the page");
            }
        }
    }

    #[tokio::test]
    async fn the_gallery_is_sound() {
        let html = render("/gallery");
        check(&html);
        assert!(html.contains("<h1 tabindex=\"-1\">Gallery</h1>"), "{html}");
        assert!(html.contains("aria-current=\"page\">Gallery"), "{html}");
    }

    #[tokio::test]
    async fn the_plain_pages_are_sound() {
        let html = render("/gallery?frame=plain");
        check(&html);
        assert!(html.contains("Which company are you from?"), "{html}");
    }
}
