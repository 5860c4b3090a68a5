use leptos::prelude::*;
use model::CompanyId;

use crate::form::{Form, PostForm, use_form};
use crate::i18n::use_text;
use crate::ui::{Actions, Button, FileField, Look, Stack};

/// The forms of a page that shows [`Logo`]: the one that takes a picture, and the one that takes it away.
pub(super) fn use_logo_forms() -> [Form; 2] {
    [use_form("/office/shop/logo"), use_form("/api/office/logo_remove")]
}

/// The logo of the shop, or of a company. The picture is sent as a plain form, which the browser does by itself.
#[component]
pub(super) fn Logo(
    /// Those of [`use_logo_forms`].
    forms: [Form; 2],
    /// None for the shop
    company: Option<CompanyId>,
    /// Where it is to be had, if there is one.
    logo: Option<String>,
    /// Whose it is
    name: String,
    /// Whether who looks may change it.
    may: bool,
) -> impl IntoView {
    let t = use_text();
    let [upload, remove] = forms;
    let has_one = logo.is_some();
    let now = logo.map(|src| view! { <p><img src=src alt=t.shop_logo_now(&name) height="32"/></p> });
    let whose =
        move || company.map(|id| view! { <input type="hidden" name="company" value=id.to_string()/> });
    let forms = may.then(|| {
        let removal = has_one.then(|| {
            view! {
                <PostForm form=remove>
                    {whose()}
                    <Button look=Look::Secondary busy=remove.busy()>{t.shop_logo_remove()}</Button>
                </PostForm>
            }
        });
        view! {
            <form method="post" action="/office/shop/logo" enctype="multipart/form-data">
                {whose()}
                <Stack>
                    <FileField
                        name="logo"
                        label=t.shop_logo_file()
                        hint=t.shop_logo_hint()
                        accept="image/png,image/jpeg"
                        error=upload.error("logo")
                    />
                    <Actions><Button look=Look::Secondary>{t.shop_logo_upload()}</Button></Actions>
                </Stack>
            </form>
            {removal}
        }
    });
    view! { <Stack>{now}{forms}</Stack> }.into_any()
}
