//! The document's title.

use crate::i18n::use_text;
use leptos::prelude::*;

/// The name that ends every title, such as "Northwind Customer Center"; provided as context.
#[derive(Clone, Debug)]
pub struct SiteName(
    /// The name as people read it.
    pub String,
);

/// Sets the document's title: "Users management · Northwind Customer Center", with "Error: "
/// in front when the page shows errors. Says on a client-side change of page that the page
/// is there, so that focus and announcement follow.
///
/// The framework's own title component writes its text unescaped on the host; this one is
/// the only place that uses it.
#[component]
pub fn PageTitle(
    /// The page's own name.
    #[prop(into)]
    text: Signal<String>,
    /// Whether the page shows errors.
    #[prop(optional, into)]
    error: Signal<bool>,
) -> impl IntoView {
    let prefix = use_text().error_prefix();
    let site = use_context::<SiteName>();
    let full = move || full_title(&text.get(), error.get().then_some(prefix), site.as_ref());

    #[cfg(feature = "ssr")]
    {
        let markup = escape(&untrack(full));
        // Calling it registers the text for the head; the view itself renders nothing.
        let _ = leptos_meta::Title(leptos_meta::TitleProps::builder().text(markup).build());
    }
    #[cfg(not(feature = "ssr"))]
    {
        let announcer = super::use_announcer();
        Effect::new(move |_| {
            let title = full();
            document().set_title(&title);
            announcer.page_shown(title);
        });
    }
}

fn full_title(text: &str, prefix: Option<&str>, site: Option<&SiteName>) -> String {
    let mut title = String::with_capacity(64);
    title.push_str(prefix.unwrap_or_default());
    title.push_str(text);
    if let Some(SiteName(site)) = site {
        title.push_str(" · ");
        title.push_str(site);
    }
    title
}

/// Text as it may stand inside a `<title>` element.
#[cfg(feature = "ssr")]
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use leptos_meta::ServerMetaContext;

    #[tokio::test]
    async fn a_title_cannot_leave_its_element() {
        _ = any_spawner::Executor::init_tokio();
        let owner = Owner::new();
        let (meta, output) = ServerMetaContext::new();
        owner.with(|| {
            provide_context(meta);
            leptos_meta::provide_meta_context();
            provide_context(SiteName("A & B".into()));
            view! { <PageTitle text="</title><script>alert(1)</script>" error=true/> }.to_html()
        });
        let page = futures::stream::once(async {
            "<html><head><title></title></head><body></body></html>".to_owned()
        });
        let html: String =
            futures::StreamExt::collect(output.inject_meta_context(Box::pin(page)).await).await;
        assert!(
            html.contains("Error: &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; · A &amp; B"),
            "{html}"
        );
        assert!(!html.contains("<script>"), "{html}");
    }

    #[test]
    fn the_parts_of_a_title() {
        assert_eq!(full_title("Users", None, None), "Users");
        assert_eq!(
            full_title("Users", Some("Error: "), Some(&SiteName("North".into()))),
            "Error: Users · North"
        );
    }
}
