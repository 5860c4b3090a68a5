use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{AddressPage, Slug};

use super::logo::{Logo, use_logo_forms};
use super::may_change;
use crate::api::office::shop::OfficeAddressPage;
use crate::form::{PostForm, errors_of, on_repeat, use_form};
use crate::frame::{DoneNotice, OfficeFrame, say_done};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    CopyField, ErrorSummary, Hint, Narrow, PageHead, PageTitle, SaveBar, Section, Stack, TextField,
};

/// The sign-in address of a company.
#[component]
pub fn OfficeAddress() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let key = move || format!("{}\n{}", id.get(), query.with(|q| q.get("done")).unwrap_or_default());
    let page = use_data(key, move || OfficeAddressPage { company: id.get_untracked() });
    say_done(done_words);
    on_repeat(move || page.refetch());
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "moved" => Some(t.address_saved()),
        "logo_saved" => Some(t.shop_logo_saved()),
        "logo_removed" => Some(t.shop_logo_removed()),
        _ => None,
    }
}

fn shown(page: AddressPage) -> AnyView {
    let t = use_text();
    let form = use_form("/api/office/address_move");
    let logo_forms = use_logo_forms();
    let forms = vec![form, logo_forms[0], logo_forms[1]];
    let failed = {
        let forms = forms.clone();
        Signal::derive(move || forms.iter().any(|form| form.failed().get()))
    };
    let AddressPage { company, base, former, logo } = page;
    let (company_id, name) = (company.id, company.name.clone());
    let id = company.id.to_string();
    let title = t.address_title_of(&company.name);
    let features = crate::address::address("/office/features", &[("company", id.clone())]);
    let here = format!("/office/companies/{id}/address");
    let end = if may_change() {
        view! { <SaveBar discard=here busy=form.busy() failed=form.failed()/> }.into_any()
    } else {
        view! { <Hint>{t.office_read_only()}</Hint> }.into_any()
    };
    let earlier = (!former.is_empty()).then(|| {
        let list = former.into_iter().map(|slug| view! { <li>{format!("{base}{slug}")}</li> }).collect_view();
        view! {
            <Section title=t.address_former() lead=t.address_former_lead()><ul>{list}</ul></Section>
        }
    });
    view! {
        <PageTitle text=title.clone() error=failed/>
        <ErrorSummary errors=errors_of(forms)/>
        <DoneNotice words=done_words/>
        <PageHead title=title lead=t.address_lead() parent=(features, t.office_features_of(&company.name))/>
        <Narrow>
            <Stack>
                <CopyField
                    id="address"
                    label=t.address_now()
                    value=format!("{base}{}", company.slug)
                    copy=t.shop_copy()
                    copied=t.shop_copied()
                    failed=t.shop_not_copied()
                />
                <PostForm form>
                    <input type="hidden" name="company" value=id/>
                    <input type="hidden" name="before" value=company.slug.clone()/>
                    <TextField
                        name="slug"
                        label=t.address_slug()
                        hint=t.address_slug_hint()
                        autocomplete="off"
                        maxlength=Slug::MAX as u32
                        value=form.value("slug", company.slug)
                        error=form.error("slug")
                    />
                    {end}
                </PostForm>
                <Section title=t.address_logo() lead=t.address_logo_lead()>
                    <Logo forms=logo_forms company=Some(company_id) logo name may=may_change()/>
                </Section>
            </Stack>
            {earlier}
        </Narrow>
    }
    .into_any()
}
