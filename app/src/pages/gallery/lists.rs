//! Samples of lists and what steers them.

use super::Sample;
use crate::ui::*;
use leptos::prelude::*;

struct Person {
    name: &'static str,
    email: &'static str,
    status: (Status, &'static str),
    roles: &'static [&'static str],
    used: i64,
    limit: i64,
    note: Option<&'static str>,
}

const PEOPLE: [Person; 4] = [
    Person {
        name: "Amelia Hartmann",
        email: "amelia.hartmann@northwind.example",
        status: (Status::Good, "Active"),
        roles: &["Main contact", "Approver"],
        used: 12_400,
        limit: 20_000,
        note: None,
    },
    Person {
        name: "Bruno Okafor",
        email: "bruno.okafor@northwind.example",
        status: (Status::Good, "Active"),
        roles: &["Buyer"],
        used: 4_720,
        limit: 5_000,
        note: Some("€ 280 left"),
    },
    Person {
        name: "Chiara De Santis",
        email: "chiara@northwind.example",
        status: (Status::Waiting, "Invited"),
        roles: &["Buyer", "Accountant"],
        used: 5_260,
        limit: 5_000,
        note: Some("€ 260 over"),
    },
    Person {
        name: "Greta Lindqvist",
        email: "greta.l@northwind.example",
        status: (Status::Bad, "Invitation expired"),
        roles: &["Viewer"],
        used: 0,
        limit: 0,
        note: None,
    },
];

fn row(index: usize, person: &'static Person) -> AnyView {
    let (status, word) = person.status;
    view! {
        <tr>
            <SelectCell name="id" value=index.to_string() label=format!("Select {}", person.name) checked={index == 1}/>
            <PersonCell name=person.name href="/gallery" number=format!("20010{index}") email=person.email you={index == 0}/>
            <Cell><Badge status=status>{word}</Badge></Cell>
            <Cell><Tags list=person.roles.iter().map(|r| (*r).to_owned()).collect()/></Cell>
            <Cell>
                <Meter
                    label=format!("Monthly budget of {}", person.name)
                    used=person.used
                    limit=person.limit
                    used_text=format!("€ {}", person.used)
                    limit_text=format!("€ {}", person.limit)
                    note=person.note.map(str::to_owned)
                    extra="€ 1 500 per order"
                />
            </Cell>
            <Cell number=true label="Last seen"><TimeText text="20 Nov"/></Cell>
            <Cell at=At::Menu>
                <Menu id=format!("m{index}") label=format!("Actions for {}", person.name)>
                    <MenuLink href="/gallery">"Edit roles and budget"</MenuLink>
                    <MenuButton name="password-link" value=index.to_string()>"Send password link"</MenuButton>
                    <MenuRule/>
                    <MenuOpen dialog="gallery-dialog" danger=true>"Deactivate…"</MenuOpen>
                </Menu>
            </Cell>
        </tr>
    }
    .into_any()
}

#[component]
pub(super) fn TableSample() -> impl IntoView {
    let columns = vec![
        Column::new("Select all on this page").ticks_all("all", "ids"),
        Column::new("User").sorted("/gallery?sort=-name", Order::Ascending),
        Column::new("Status").sortable("/gallery?sort=status"),
        Column::new("Roles"),
        Column::new("Monthly budget"),
        Column::new("Last seen").number().sortable("/gallery?sort=seen"),
        Column::hidden("Actions").at(At::Menu),
    ];
    let rows = PEOPLE.iter().enumerate().map(|(i, p)| row(i, p)).collect_view();
    let statuses = vec![Choice::new("", "Any status"), Choice::new("active", "Active")];
    view! {
        <Sample title="List page">
            <Stats cards=vec![
                StatCard::new("Active users", "18").context("of 25 seats").href("/gallery"),
                StatCard::new("Waiting for acceptance", "3"),
                StatCard::new("Budget used in November", "€ 41 380").context("of € 60 000"),
            ]/>
            <Tabs label="User lists" tabs=vec![
                Tab::new("Shop users", "/gallery").count(21).current(true),
                Tab::new("ERP contacts", "/gallery").count(6),
                Tab::new("Roles", "/gallery"),
            ]/>
            <Card flush=true>
                <FilterBar action="/gallery" label="Search users">
                    <FilterSearch label="Search users" placeholder="Search name or email"/>
                    <FilterSelect name="status" label="Status" options=statuses/>
                </FilterBar>
                <Chips summary="21 users" chips=vec![Chip::new("Status: Active", "/gallery")] clear="/gallery"/>
                <form method="post" action="/gallery">
                    <BulkBar><Button name="do" value="roles">"Change roles"</Button><Button name="do" value="off">"Deactivate"</Button></BulkBar>
                    <Table caption="Shop users, sorted by name" columns=columns cards=true first=true>{rows}</Table>
                </form>
                <Pager summary="Showing 1–4 of 21" previous=None next=Some("/gallery?after=x".to_owned())/>
            </Card>
        </Sample>
    }
    .into_any()
}

#[component]
pub(super) fn MenuSamples() -> impl IntoView {
    let columns = vec![Column::new("Item"), Column::new("Quantity").number(), Column::new("Total").number()];
    view! {
        <Sample title="Table that scrolls">
            <Card flush=true>
                <Table caption="Items in order 4711" columns=columns>
                    <tr><HeadCell>"Hex bolt M8 × 40, A2"</HeadCell><Cell number=true>"2 000"</Cell><Cell number=true><MoneyText text="€ 240.00"/></Cell></tr>
                    <tr><HeadCell>"Torque driver set"</HeadCell><Cell number=true>"6"</Cell><Cell number=true><MoneyText text="€ 1 044.40"/></Cell></tr>
                </Table>
            </Card>
        </Sample>
        <Section title="ERP contacts without access" lead="Already known to the shop." link=("/gallery".to_owned(), "Show all 6".to_owned())>
            <Card flush=true>
                <Table caption="ERP contacts without access" columns=vec![Column::new("Name"), Column::new("Email"), Column::hidden("Action")] cards=true>
                    <tr>
                        <HeadCell>"Hanna Virtanen"</HeadCell>
                        <Cell><EmailText address="hanna.virtanen@northwind.example"/></Cell>
                        <Cell at=At::Action><LinkButton href="/gallery" about="Hanna Virtanen">"Add to shop"</LinkButton></Cell>
                    </tr>
                </Table>
            </Card>
        </Section>
        <Dialog
            id="gallery-dialog"
            title="Deactivate Bruno Okafor?"
            keep="Keep active"
            actions=|| view! { <Button look=Look::Danger plain=true>"Deactivate user"</Button> }
        >
            "Bruno is signed out everywhere and can no longer sign in. 2 orders wait for an answer and stay with the company."
        </Dialog>
    }
    .into_any()
}

#[component]
pub(super) fn ListSamples() -> impl IntoView {
    view! {
        <Sample title="Inbox">
            <Card flush=true>
                <Inbox label="Waiting for you">
                    <InboxItem href="/gallery" title="Order 4711 waits for approval" text="Bruno Okafor · over his budget by € 260" meta="€ 1 284.40" unread=true action=|| view! { <LinkButton href="/gallery">"Approve"</LinkButton> }/>
                    <InboxItem href="/gallery" title="3 invoices are due" meta="20 Nov"/>
                </Inbox>
            </Card>
        </Sample>
        <Sample title="Sessions">
            <Card flush=true>
                <SessionList>
                    <SessionItem device="Firefox on Linux" place="203.0.113.7 · DE" last_seen="now" current=true/>
                    <SessionItem device="Safari on iPhone" last_seen="yesterday" action=|| view! { <Button plain=true about="Safari on iPhone">"Sign out"</Button> }/>
                </SessionList>
            </Card>
        </Sample>
    }
    .into_any()
}
