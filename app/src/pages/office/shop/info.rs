use leptos::prelude::*;
use model::{Locale, ShopInput, ShopPage};

use super::brand::Brand;
use super::logo::{Logo, use_logo_forms};
use super::may_change;
use crate::api::office::shop::OfficeShopPage;
use crate::form::{Form, PostForm, errors_of, use_form, use_form_of};
use crate::frame::{DoneNotice, OfficeFrame, say_done, use_done};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Card, Choice, CopyField, ErrorSummary, Hint, Narrow, PageHead, PageTitle, SaveBar, Section, SelectField,
    Stack, TextField,
};

/// *Company information*: what customers see of the shop.
#[component]
pub fn OfficeShop() -> impl IntoView {
    let done = use_done();
    let page = use_data(move || done.get().unwrap_or_default(), || OfficeShopPage {});
    say_done(done_words);
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "saved" => Some(t.shop_saved()),
        "logo_saved" => Some(t.shop_logo_saved()),
        "logo_removed" => Some(t.shop_logo_removed()),
        _ => None,
    }
}

fn shown(page: ShopPage) -> AnyView {
    let t = use_text();
    let data = use_form("/api/office/shop_edit");
    let brand = use_form_of("/api/office/brand_edit", &["/api/office/brand_preview"]);
    let logo_forms = use_logo_forms();
    let forms = vec![data, brand, logo_forms[0], logo_forms[1]];
    let failed = {
        let forms = forms.clone();
        Signal::derive(move || forms.iter().any(|form| form.failed().get()))
    };
    let (url, logo, name) = (page.sign_in_url.clone(), page.logo.clone(), page.name.clone());
    let (hue, version) = (page.hue, page.version);
    let may = may_change();
    view! {
        <PageTitle text=t.office_shop() error=failed/>
        <ErrorSummary errors=errors_of(forms)/>
        <DoneNotice words=done_words/>
        <PageHead title=t.office_shop() lead=t.office_shop_lead()/>
        {(!may).then(|| view! { <Hint>{t.office_read_only()}</Hint> })}
        <Narrow>
            <Stack>
                <Card>
                    <CopyField
                        id="sign_in_url"
                        label=t.shop_url_title()
                        hint=t.shop_url_hint()
                        value=url
                        copy=t.shop_copy()
                        copied=t.shop_copied()
                        failed=t.shop_not_copied()
                    />
                </Card>
                <Section title=t.shop_data()><Data form=data page may/></Section>
                <Section title=t.shop_logo() lead=t.shop_logo_lead()><Logo forms=logo_forms company=None logo name may/></Section>
                <Section title=t.shop_brand() lead=t.shop_brand_lead()><Brand form=brand hue version may/></Section>
            </Stack>
        </Narrow>
    }
    .into_any()
}

#[component]
fn Data(form: Form, page: ShopPage, may: bool) -> impl IntoView {
    let t = use_text();
    let languages = Locale::ALL.map(|locale| Choice::new(locale.tag(), locale.own_name())).to_vec();
    let zones = page.zones.into_iter().map(|zone| Choice::new(zone.name, zone.words)).collect();
    view! {
        <PostForm form>
            <input type="hidden" name="version" value=form.value("version", page.version.to_string())/>
            <Stack>
                <TextField
                    name="shop_name"
                    label=t.shop_name()
                    autocomplete="off"
                    maxlength=ShopInput::NAME_MAX
                    value=form.value("shop_name", page.name)
                    error=form.error("shop_name")
                />
                <TextField
                    name="contact"
                    label=t.shop_contact()
                    hint=t.shop_contact_hint()
                    autocomplete="off"
                    maxlength=ShopInput::LINE_MAX
                    value=form.value("contact", page.contact)
                    error=form.error("contact")
                />
                <TextField
                    name="address"
                    label=t.shop_address()
                    hint=t.shop_address_hint()
                    autocomplete="off"
                    maxlength=ShopInput::LINE_MAX
                    value=form.value("address", page.address)
                    error=form.error("address")
                />
                <SelectField
                    name="locale"
                    label=t.language()
                    hint=t.shop_language_hint()
                    options=languages
                    value=form.value("locale", page.locale.tag())
                    error=form.error("locale")
                />
                <SelectField
                    name="time_zone"
                    label=t.time_zone()
                    hint=t.shop_zone_hint()
                    options=zones
                    value=form.value("time_zone", page.time_zone)
                    error=form.error("time_zone")
                />
            </Stack>
            {may.then(|| view! { <SaveBar discard="/office/shop" busy=form.busy() failed=form.failed()/> })}
        </PostForm>
    }
    .into_any()
}
