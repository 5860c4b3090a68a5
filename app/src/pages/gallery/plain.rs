//! Samples of the pages for people who are not signed in.

use crate::ui::*;
use leptos::prelude::*;

#[component]
pub(super) fn PlainSamples() -> impl IntoView {
    view! {
        <PageTitle text="Activate your account"/>
        <PlainShell brand="Northwind" home="/gallery" wide=true footer=|| view! { <TextLink href="/gallery">"Deutsch"</TextLink> <TextLink href="/gallery">"Help"</TextLink> }>
            <Steps label="Activation" steps=vec!["Company".to_owned(), "You".to_owned(), "Code".to_owned()] current=1/>
            <WizardCard
                title="Which company are you from?"
                lead="Both numbers stand on every invoice. Spaces and hyphens do not matter."
                picture=|| view! { <NumberPicture/> }
            >
                <form method="post" action="/gallery">
                    <Stack>
                        <TextField name="customer" label="Customer number" autocomplete="off"/>
                        <TextField name="invoice" label="Invoice number" autocomplete="off"/>
                        <Button look=Look::Primary>"Continue"</Button>
                    </Stack>
                </form>
            </WizardCard>
            <WizardAfter>"Already activated? " <TextLink href="/gallery">"Sign in"</TextLink></WizardAfter>
            <WizardCard title="Sign in">
                <form method="post" action="/gallery">
                    <Stack>
                        <TextField name="email" label="Email" kind="email" autocomplete="username"/>
                        <PasswordField name="password" label="Password" autocomplete="current-password"/>
                        <Button look=Look::Primary wide=true>"Sign in"</Button>
                    </Stack>
                </form>
            </WizardCard>
        </PlainShell>
    }
}
