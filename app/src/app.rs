//! The document, and what every page finds as context.

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos_meta::MetaTags;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;
use model::{Draft, Viewer};

use crate::form::{RefusedForm, Repeats};
use crate::frame::ClosedPage;
use crate::i18n::Text;
use crate::routes::Pages;
use crate::ui::{RouteAnnouncer, SiteName, provide_announcer};

/// What the host tells the browser when a page is loaded.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Start {
    viewer: Viewer,
    draft: Option<Draft>,
}

#[cfg(feature = "ssr")]
fn start() -> Start {
    let draft = use_context::<crate::host::Request>().and_then(|request| request.draft);
    Start { viewer: expect_context::<Viewer>(), draft }
}

/// In the browser the value always comes from the host; this never runs.
#[cfg(not(feature = "ssr"))]
fn start() -> Start {
    unreachable!("the host sends this with every page")
}

/// The application.
#[component]
pub fn App() -> impl IntoView {
    let Start { viewer, draft } = SharedValue::new(start).into_inner();
    #[cfg(not(feature = "ssr"))]
    if let Some(user) = &viewer.user {
        crate::acting::remember(&user.acting);
    }
    provide_meta_context();
    let t = Text(viewer.locale);
    provide_context(t);
    provide_context(SiteName(t.site_suffix(&viewer.shop)));
    let closed = viewer.closed;
    provide_context(viewer);
    provide_context(RefusedForm::new(draft));
    provide_context(Repeats(RwSignal::new(0)));
    provide_announcer();
    // Of what the shop has switched off no page is there, wherever a link leads.
    let pages = move || match closed {
        Some(feature) => view! { <ClosedPage feature/> }.into_any(),
        None => view! { <Pages/> }.into_any(),
    };
    view! {
        <Router>
            {pages()}
            <RouteAnnouncer/>
        </Router>
    }
}

/// Where a page finds the files that bring it to life; addresses with the hash of their content.
#[derive(Clone, Debug)]
pub struct Files {
    /// The script that loads the wasm
    pub js: String,
    /// The script that loads further parts of the application
    pub parts_js: String,
    /// Which files hold a part of the application, by the part's name
    pub parts: std::sync::Arc<std::collections::HashMap<String, Vec<String>>>,
    /// The application for the browser
    pub wasm: String,
    /// The style
    pub css: String,
    /// The font to fetch ahead
    pub font: String,
    /// Port of the developer's reload socket
    pub reload_port: Option<u16>,
}

/// Brings the page to life once it was painted: fetching and reading the program, most of what a first page fetches,
/// gives way to what shows it. Everything is then fetched at once. A page in the background is not painted.
#[cfg(feature = "ssr")]
const START: &str = concat!(
    "const add=(rel,href,as)=>document.head.append(Object.assign(document.createElement(\"link\"),",
    "{rel,href,as,crossOrigin:\"anonymous\",nonce:document.querySelector(\"script[nonce]\").nonce}));",
    "const start=()=>{const wasm=fetch(\"{wasm}\");add(\"modulepreload\",\"{parts}\",\"script\");",
    "for(const part of document.querySelectorAll(\"meta[name=part]\"))add(\"preload\",part.content,\"fetch\");",
    "import(\"{js}\").then(m=>m.default({module_or_path:wasm}).then(()=>m.hydrate()).then(()=>performance.mark(\"hydrated\")))};",
    "document.hidden?start():requestAnimationFrame(()=>setTimeout(start))",
);

/// Loads the page anew when the developer's tools have built something, and looks for them again when they end.
#[cfg(feature = "ssr")]
const RELOAD: &str = concat!(
    ";const listen=()=>{const socket=new WebSocket(`ws://${location.hostname}:{port}/live_reload`);",
    "socket.onmessage=({data})=>{const{all,css}=JSON.parse(data);if(all||css)location.reload()};",
    "socket.onclose=()=>setTimeout(listen,1000)};listen()",
);

/// The whole HTML document of a page.
#[cfg(feature = "ssr")]
pub fn document(files: &Files, nonce: &str) -> impl IntoView + use<> {
    use model::Theme;
    let viewer = expect_context::<Viewer>();
    let theme = (viewer.theme != Theme::System).then(|| viewer.theme.key());
    provide_context(files.clone());
    let Files { js, parts_js, wasm, css, font, reload_port, .. } = files.clone();
    let nonce = nonce.to_owned();
    let brand = viewer.brand_hue.map(|hue| {
        view! { <style nonce=nonce.clone()>{format!(":root{{--brand-h:{hue}}}")}</style> }
    });
    let reload = reload_port.map(|port| RELOAD.replace("{port}", &port.to_string())).unwrap_or_default();
    let script = START.replace("{js}", &js).replace("{parts}", &parts_js).replace("{wasm}", &wasm) + &reload;
    view! {
        <!DOCTYPE html>
        <html lang=viewer.locale.tag() dir="ltr" data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="description" content=Text(viewer.locale).site_suffix(&viewer.shop)/>
                <link rel="preload" href=font r#as="font" type="font/woff2" crossorigin="anonymous"/>
                <link rel="stylesheet" href=css/>
                {brand}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <script type="module" nonce=nonce>{script}</script>
                <MetaTags/>
            </head>
            <body><App/></body>
        </html>
    }
}
