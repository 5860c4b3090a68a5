use leptos::prelude::*;
use model::{CustomerContact, CustomerRecord};

use super::{CustomerTop, Shown, access_shape, use_number};
use crate::api::office::customers::OfficeCustomersGet;
use crate::frame::OfficeFrame;
use crate::i18n::{Text, customer_access_text, status_text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Badge, Card, Cell, Column, EmailText, Empty, EmptyState, Fact, Facts, PersonCell, Section, Table, Tags,
    TextLink,
};

/// A customer: what the ERP knows of it, and how it stands in the portal.
#[component]
pub fn OfficeCustomer() -> impl IntoView {
    let number = use_number();
    let page =
        use_data(move || number.get(), move || OfficeCustomersGet { customer: number.get_untracked() });
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(page: CustomerRecord) -> AnyView {
    let t = use_text();
    let center = if page.customer_center { t.customers_center_on() } else { t.customers_center_off() };
    let administrator = (!page.administrator.is_empty()).then(|| {
        view! { <Fact term=t.customers_col_administrator()><EmailText address=page.administrator/></Fact> }
    });
    let people = match page.people {
        0 => None,
        1 => Some(t.customer_one_person().to_owned()),
        n => Some(t.customer_people(n)),
    };
    let company = page.company.map(|id| {
        let href = format!("/office/companies/{id}");
        view! { <Fact term=t.company()><TextLink href=href>{t.customer_company()}</TextLink></Fact> }
    });
    let sign_in = (!page.sign_in.is_empty()).then(|| {
        let (href, words) = (page.sign_in.clone(), page.sign_in.clone());
        view! { <Fact term=t.customer_sign_in()><TextLink href=href external=true>{words}</TextLink></Fact> }
    });
    let contacts = if page.contacts.is_empty() {
        view! { <Card><EmptyState kind=Empty::Nothing title=t.customer_contacts_none()/></Card> }.into_any()
    } else {
        view! { <Contacts contacts=page.contacts/> }.into_any()
    };
    view! {
        <CustomerTop head=page.head shown=Shown::Record/>
        <Card>
            <Facts>
                <Fact term=t.customers_col_center()>{center}</Fact>
                {administrator}
                <Fact term=t.customers_col_access()>
                    <Badge status=access_shape(page.access)>{customer_access_text(t, page.access)}</Badge>
                    {people.map(|people| view! { " " {people} })}
                </Fact>
                {company}
                {sign_in}
                <Fact term=t.customer_currency()>{page.currency}</Fact>
                <Fact term=t.language()>{page.language}</Fact>
            </Facts>
        </Card>
        <Section title=t.customer_contacts()>{contacts}</Section>
    }
    .into_any()
}

#[component]
fn Contacts(contacts: Vec<CustomerContact>) -> impl IntoView {
    let t = use_text();
    let columns =
        vec![Column::new(t.col_name()), Column::new(t.col_roles()), Column::new(t.customers_col_access())];
    let rows = contacts.into_iter().map(|contact| row(t, contact)).collect_view();
    view! {
        <Card flush=true>
            <Table caption=t.customer_contacts() columns=columns cards=true first=true>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn row(t: Text, contact: CustomerContact) -> AnyView {
    let email = if contact.email.is_empty() { t.customer_no_email().to_owned() } else { contact.email };
    let main: Vec<String> =
        contact.is_main.then(|| t.customer_main_contact().to_owned()).into_iter().collect();
    let status = contact.status.map(|status| {
        view! { <Badge status=crate::pages::users_status(status)>{status_text(t, status)}</Badge> }
    });
    view! {
        <tr>
            <PersonCell name=contact.name number=contact.number email=email/>
            <Cell><Tags list=main/></Cell>
            <Cell>{status}</Cell>
        </tr>
    }
    .into_any()
}
