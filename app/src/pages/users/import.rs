use leptos::prelude::*;
use model::{IMPORT_MAX_CHARS, ImportPage, MANY_MAX};

use crate::api::many::ImportForm;
use crate::form::{Form, PostForm, use_form};
use crate::frame::Frame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Button, ErrorSummary, FileField, Hint, LinkButton, Look, Narrow, PageHead, PageTitle, Stack,
    TextArea, TextLink,
};

/// *Import users*
#[component]
pub fn UsersImport() -> impl IntoView {
    let page = use_data(String::new, || ImportForm {});
    view! { <Frame><Loaded data=page render=shown/></Frame> }
}

fn shown(page: ImportPage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/users/check_import");
    let columns = if page.budgets_editable { t.import_columns_budgets() } else { t.import_columns() };
    let hint = format!("{columns} {}", t.import_limit(MANY_MAX, IMPORT_MAX_CHARS));
    view! {
        <Narrow>
            <PageTitle text=t.import_users() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=t.import_users() lead=t.import_lead() parent=("/users".to_owned(), t.nav_users().to_owned())/>
            <Stack>
                <ChooseFile/>
                <RowsForm form hint=hint value=form.value("csv", "")/>
                <Hint><TextLink href="/users/import/sample.csv" external=true>{t.import_sample()}</TextLink></Hint>
            </Stack>
        </Narrow>
    }
    .into_any()
}

/// The rows as text, with the button that has them checked.
#[component]
pub(super) fn RowsForm(
    form: Form,
    /// What the text has to look like
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What the field starts with
    value: String,
) -> impl IntoView {
    let t = use_text();
    let limit = u32::try_from(IMPORT_MAX_CHARS).unwrap_or(u32::MAX);
    view! {
        <PostForm form>
            <Stack>
                <TextArea name="csv" label=t.import_rows() rows=8 code=true value=value hint=hint error=form.error("csv") limit=limit/>
                <Actions>
                    <Button look=Look::Primary busy=form.busy() busy_label=t.checking_rows()>{t.check_rows()}</Button>
                    <LinkButton href="/users" look=Look::Quiet>{t.back_to_users()}</LinkButton>
                </Actions>
            </Stack>
        </PostForm>
    }
    .into_any()
}

/// A file whose rows go into the text. Only where there is script, which reads it; the file
/// itself is never sent.
#[component]
fn ChooseFile() -> impl IntoView {
    let t = use_text();
    let alive = RwSignal::new(false);
    let too_large = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let error = Signal::derive(move || too_large.get().then(|| t.import_file_too_large().to_owned()));
    move || {
        alive.get().then(|| {
            view! {
                <div on:change=move |event| file::read(&event, too_large)>
                    <FileField name="file" label=t.import_file() accept=".csv,.txt,.tsv,text/csv,text/plain" error=error/>
                </div>
            }.into_any()
        })
    }
}

#[cfg(not(feature = "hydrate"))]
mod file {
    pub(super) fn read(_: &web_sys::Event, _: leptos::prelude::RwSignal<bool>) {}
}

#[cfg(feature = "hydrate")]
mod file {
    use js_sys::{Function, Promise, Reflect, Uint8Array};
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Event, HtmlTextAreaElement};

    /// The largest file that is read, in bytes: far above what an import takes.
    const MAX_BYTES: f64 = 200_000.0;

    /// Puts the text of the chosen file into the field for the rows.
    pub(super) fn read(event: &Event, too_large: RwSignal<bool>) {
        let Some(file) = event.target().and_then(|input| get(&get(&input, "files")?, "0")) else { return };
        let large = get(&file, "size").and_then(|size| size.as_f64()).is_none_or(|size| size > MAX_BYTES);
        too_large.set(large);
        if large {
            return;
        }
        spawn_local(async move {
            let Some(promise) = call(&file, "arrayBuffer").and_then(|p| p.dyn_into::<Promise>().ok()) else {
                return;
            };
            // A file that can't be read leaves the text as it is.
            if let Ok(buffer) = promise.await {
                fill(&text(Uint8Array::new(&buffer).to_vec()));
            }
        });
    }

    /// What is no UTF-8 comes from a spreadsheet program that still writes Latin letters one byte each.
    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes)
            .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect())
    }

    fn fill(text: &str) {
        let area = document().get_element_by_id("csv").and_then(|e| e.dyn_into::<HtmlTextAreaElement>().ok());
        if let (Some(area), Ok(typed)) = (area, Event::new("input")) {
            area.set_value(text);
            // The count of characters follows what is typed.
            _ = area.dispatch_event(&typed);
        }
    }

    fn get(target: &JsValue, name: &str) -> Option<JsValue> {
        Reflect::get(target, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
    }

    fn call(target: &JsValue, name: &str) -> Option<JsValue> {
        get(target, name)?.dyn_into::<Function>().ok()?.call0(target).ok()
    }
}
