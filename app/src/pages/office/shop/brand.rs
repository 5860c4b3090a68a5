use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::brand_hue;

use crate::form::{Form, PostForm};
use crate::i18n::use_text;
use crate::ui::{Actions, BrandPreview, Button, Look, Stack, TextField};

/// The hue of the brand, and how it looks on light and on dark sheets: the one saved, or the one that is
/// looked at by `?hue`.
#[component]
pub(super) fn Brand(form: Form, hue: u16, version: i64, may: bool) -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    let looked_at =
        Memo::new(move |_| query.with(|q| q.get("hue")).as_deref().and_then(brand_hue).unwrap_or(hue));
    let typed = form.value("hue", looked_at.get_untracked().to_string());
    let save = may.then(|| {
        view! { <Button look=Look::Primary busy=form.busy()>{t.shop_brand_save()}</Button> }
    });
    view! {
        <PostForm form>
            <input type="hidden" name="version" value=form.value("version", version.to_string())/>
            <Stack>
                <TextField
                    name="hue"
                    label=t.shop_hue()
                    hint=t.shop_hue_hint()
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength=3
                    value=typed
                    error=form.error("hue")
                />
                {move || view! { <BrandPreview hue=looked_at.get()/> }}
                <Actions>
                    <Button look=Look::Secondary formaction="/api/office/brand_preview" busy=form.busy()>
                        {t.shop_brand_show()}
                    </Button>
                    {save}
                </Actions>
            </Stack>
        </PostForm>
    }
    .into_any()
}
