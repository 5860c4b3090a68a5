use leptos::prelude::*;
use model::{Locale, NoticeChoice, ProfilePage, Salutation};

use crate::form::Form;
use crate::frame::use_viewer;
use crate::i18n::{Text, notice_hint, notice_text, salutation_name, use_text};
use crate::ui::{CheckField, Choice, Fieldset, SelectField, TextField};

/// The fields of the own profile.
#[component]
pub(super) fn ProfileFields(form: Form, page: ProfilePage) -> impl IntoView {
    let t = use_text();
    let user = use_viewer().user;
    let member = user.as_ref().is_some_and(|user| user.in_company);
    let several = user.filter(|user| user.in_company && !user.places.is_empty());
    let language_hint =
        several.map_or_else(|| t.language_hint().to_owned(), |user| t.language_hint_company(&user.acts_for));
    let ProfilePage { profile, locale, time_zone, usual_zone, zones, notices, shortcuts } = page;
    let salutations = Salutation::ALL.map(|s| Choice::new(s.key(), salutation_name(t, s))).to_vec();
    let languages = Locale::ALL.map(|locale| Choice::new(locale.tag(), locale.own_name())).to_vec();
    let usual = if member { t.zone_of_company(&usual_zone) } else { t.zone_of_shop(&usual_zone) };
    let mut offered = vec![Choice::new("", usual)];
    offered.extend(zones.into_iter().map(|zone| Choice::new(zone.name, zone.words)));
    view! {
        <SelectField
            name="salutation"
            label=t.salutation()
            options=salutations
            value=form.value("salutation", profile.salutation.key())
            error=form.error("salutation")
        />
        <TextField
            name="name"
            label=t.full_name()
            autocomplete="name"
            maxlength=50
            value=form.value("name", profile.name)
            error=form.error("name")
        />
        <SelectField
            name="locale"
            label=t.language()
            hint=language_hint
            options=languages
            value=form.value("locale", locale.tag())
            error=form.error("locale")
        />
        <SelectField
            name="time_zone"
            label=t.time_zone()
            hint=t.time_zone_hint()
            options=offered
            value=form.value("time_zone", time_zone)
            error=form.error("time_zone")
        />
        <Fieldset legend=t.notices() name="notices" error=form.error("notices")>
            {choices(t, form, notices)}
            <CheckField
                name="notice_security"
                label=t.notice_security()
                hint=t.notice_security_hint()
                checked=true
                disabled=true
            />
        </Fieldset>
        <CheckField
            name="shortcuts"
            label=t.shortcuts()
            hint=t.shortcuts_hint()
            checked=form.ticked("shortcuts", "true", shortcuts)
            switch=true
        />
    }
    .into_any()
}

/// The mails that this person may do without, the first under the name of the group, so that a
/// link to the field finds it.
fn choices(t: Text, form: Form, notices: Vec<NoticeChoice>) -> AnyView {
    let choices = notices.into_iter().enumerate().map(|(index, NoticeChoice { notice, wanted })| {
        let id = if index == 0 { "notices".to_owned() } else { format!("notices-{index}") };
        view! {
            <CheckField
                name="notices"
                id=id
                value=notice.key()
                label=notice_text(t, notice)
                hint=notice_hint(t, notice)
                checked=form.ticked("notices", notice.key(), wanted)
            />
        }
        .into_any()
    });
    choices.collect_view().into_any()
}
