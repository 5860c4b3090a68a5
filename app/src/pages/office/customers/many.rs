use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{IMPORT_MAX_CHARS, MANY_MAX};

use crate::api::office::customers::OfficeCustomersMany as Many;
use crate::form::{PostForm, errors_of, use_form};
use crate::frame::OfficeFrame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Button, Card, ErrorSummary, Look, Narrow, PageHead, PageTitle, Section, Stack, TextArea,
    TextField,
};

/// *Access for many*: by a list, or by a sheet.
#[component]
pub fn OfficeCustomersMany() -> impl IntoView {
    let page = use_data(String::new, || Many {});
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(_: ()) -> AnyView {
    let t = use_text();
    let all = use_form("/api/office/customers_check_all");
    let sheet = use_form("/api/office/customers_check_sheet");
    // Those whom the list of customers showed.
    let searched = use_query_map().with_untracked(|query| query.get("q")).unwrap_or_default();
    let limit = u32::try_from(IMPORT_MAX_CHARS).unwrap_or(u32::MAX);
    view! {
        <Narrow>
            <PageTitle text=t.customers_many() error=sheet.failed()/>
            <ErrorSummary errors=errors_of(vec![all, sheet])/>
            <PageHead
                title=t.customers_many()
                lead=t.access_many_lead()
                parent=("/office/customers".to_owned(), t.customers().to_owned())
            />
            <Section title=t.access_all_title() lead=t.access_all_lead(MANY_MAX)>
                <Card>
                    <PostForm form=all>
                        <Stack>
                            <TextField name="q" id="all" label=t.access_all_q() value=all.value("q", searched) optional=true autocomplete="off" error=all.error("all")/>
                            <Actions><Button look=Look::Primary busy=all.busy() busy_label=t.checking_rows()>{t.access_all_check()}</Button></Actions>
                        </Stack>
                    </PostForm>
                </Card>
            </Section>
            <Section title=t.access_sheet_title()>
                <Card>
                    <PostForm form=sheet>
                        <Stack>
                            <TextArea
                                name="csv"
                                label=t.access_sheet_rows()
                                rows=8
                                code=true
                                value=sheet.value("csv", "")
                                hint=t.access_sheet_hint(MANY_MAX, IMPORT_MAX_CHARS)
                                error=sheet.error("csv")
                                limit=limit
                            />
                            <Actions><Button busy=sheet.busy() busy_label=t.checking_rows()>{t.check_rows()}</Button></Actions>
                        </Stack>
                    </PostForm>
                </Card>
            </Section>
        </Narrow>
    }
    .into_any()
}
