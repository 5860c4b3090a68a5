//! Every component in every state, for developers and for the pictures that tests compare.
//! Its texts are samples, in English only; it is not part of release builds.

mod forms;
mod lists;
mod messages;
mod plain;

pub use plain::GalleryPlainPage;

use crate::ui::*;
use leptos::prelude::*;

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

/// The gallery: the signed-in frame around all components.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let groups = vec![
        NavGroup::plain(vec![
            NavLink::new("Gallery", "/gallery").exact(),
            NavLink::new("Plain pages", "/gallery/plain"),
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
            help=("/gallery".to_owned(), "Help".to_owned())
            sign_out=|| view! { <form method="post" action="/gallery"><Button look=Look::Quiet>"Sign out"</Button></form> }
            notice=|| {
                view! {
                    <Banner kind=Notice::Warn title="Viewing as Amelia Hartmann" action=|| view! { <Button>"End view"</Button> }>
                        "Read only, until 15:30. Everything is written to the company's log."
                    </Banner>
                }
            }
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
}

fn parts() -> AnyView {
    use forms::{FieldSamples, RoleSamples, SaveSamples};
    use lists::{ListSamples, MenuSamples, TableSample};
    use messages::{MarkSamples, MessageSamples, StorySamples};
    view! { <GalleryStack><MarkSamples/><MessageSamples/><TableSample/><MenuSamples/><ListSamples/><StorySamples/><FieldSamples/><RoleSamples/><SaveSamples/></GalleryStack> }
        .into_any()
}
