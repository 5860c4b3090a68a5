use leptos::prelude::*;

use crate::form::{Form, PostForm};
use crate::i18n::use_text;
use crate::ui::{Actions, Banner, Button, Look, Notice, PasswordField, Stack};

/// The field for the password, in a form that was refused because it was typed too long ago.
#[component]
pub(crate) fn PasswordAgain(form: Form) -> impl IntoView {
    let t = use_text();
    let asks = form.asks_password();
    move || asks.get().then(|| view! { <CurrentPassword form hint=t.password_again_hint()/> }.into_any())
}

/// The same for a form that has no room for a field, such as the one around the menus of a list:
/// what was sent can be sent again, with the password.
#[component]
pub(crate) fn SendAgain(form: Form) -> impl IntoView {
    let t = use_text();
    let sent = form.lacks_password();
    move || {
        sent.get().map(|sent| {
            let values = sent.values.into_iter();
            let values = values
                .map(|(name, value)| view! { <input type="hidden" name=name value=value/> }.into_any())
                .collect_view();
            view! {
                <Banner kind=Notice::Warn>
                    <PostForm form>
                        <Stack>
                            {values}
                            <CurrentPassword form hint=t.password_again_hint()/>
                            <Actions>
                                <Button look=Look::Primary formaction=sent.form busy=form.busy()>
                                    {t.activation_continue()}
                                </Button>
                            </Actions>
                        </Stack>
                    </PostForm>
                </Banner>
            }
            .into_any()
        })
    }
}

/// The field for the present password.
#[component]
pub(crate) fn CurrentPassword(
    form: Form,
    /// Why it is asked for
    hint: &'static str,
) -> impl IntoView {
    let t = use_text();
    view! {
        <PasswordField
            name="current"
            label=t.current_password()
            hint=hint
            autocomplete="current-password"
            error=form.error("current")
        />
    }
    .into_any()
}
