//! Samples of marks, messages and stories.

use super::Sample;
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub(super) fn MarkSamples() -> impl IntoView {
    let looks = [
        (Look::Primary, "Primary"),
        (Look::Secondary, "Secondary"),
        (Look::Quiet, "Quiet"),
        (Look::Danger, "Danger"),
    ];
    let states = [
        (Status::Good, "Active"),
        (Status::Running, "Confirmed"),
        (Status::Waiting, "Invited"),
        (Status::Bad, "Invitation expired"),
        (Status::Off, "Deactivated"),
        (Status::Locked, "Locked"),
    ];
    view! {
        <Sample title="Button">
            <Actions>{looks.map(|(look, words)| view! { <Button plain=true look=look>{words}</Button> }).collect_view()}</Actions>
            <Actions>
                {looks
                    .map(|(look, words)| view! { <Button plain=true look=look busy=true busy_label="Saving…">{words}</Button> })
                    .collect_view()}
            </Actions>
            <Actions>
                <LinkButton href="/gallery" about="Bruno Okafor">"Add to shop"</LinkButton>
                <IconButton icon=Icon::Copy label="Copy address"/>
                <DialogButton dialog="gallery-dialog" look=Look::Danger>"Deactivate…"</DialogButton>
            </Actions>
        </Sample>
        <Sample title="Badge, tag, avatar, text">
            <Actions>{states.map(|(status, words)| view! { <Badge status=status>{words}</Badge> }).collect_view()}</Actions>
            <Tags list=vec!["Main contact".to_owned(), "Approver".to_owned()]/>
            <Actions><Tag>"You"</Tag><Avatar name="Amelia Hartmann"/><Avatar name="élif"/><Avatar name=""/></Actions>
            <Lead>"A lead of readable width, with " <TextLink href="/gallery">"a link"</TextLink> ", an amount " <MoneyText text="€ 1 284.40"/> ", an address " <EmailText address="bruno.okafor@northwind.example"/> " and a moment, " <TimeText text="14 Nov, 10:02" at="2026-11-14T10:02:00Z"/> "."</Lead>
            <TypedText text="What somebody typed:\nin two lines."/>
            <Hint>"A hint. " <Nowrap>"These words stay together."</Nowrap> <Hidden>"Nobody sees this."</Hidden></Hint>
        </Sample>
        <Sample title="Icons and drawings">
            <Actions>{Icon::ALL.map(|icon| view! { <Glyph icon=icon/> }).collect_view()}</Actions>
            <Actions>{Scene::ALL.map(|scene| view! { <Drawing of=scene/> }).collect_view()}</Actions>
        </Sample>
    }
    .into_any()
}

#[component]
pub(super) fn MessageSamples() -> impl IntoView {
    let kinds = Notice::ALL.map(|kind| {
        view! {
            <Banner kind=kind title="What happened" action=|| view! { <Button plain=true>"Try again"</Button> }>
                "What it means for the reader, in one or two sentences."
            </Banner>
        }
    });
    let empties = [
        (Empty::FirstUse, "No orders yet", "Your first order will appear here."),
        (Empty::NoMatch, "No user matches “mor”", "Status: Active"),
        (Empty::Nothing, "No invoices due", ""),
        (Empty::Unavailable, "The ERP is not answering", "Orders are safe; the list comes back by itself."),
    ];
    view! {
        <Sample title="Banner">{kinds.collect_view()}</Sample>
        <Sample title="Toast">
            <Toast action=view! { <Button plain=true>"Undo"</Button> }.into_any()>"User deactivated"</Toast>
        </Sample>
        <Sample title="Empty state">
            {empties
                .map(|(kind, title, text)| view! {
                    <Card flush=true>
                        <EmptyState kind=kind title=title text=text><LinkButton href="/gallery">"Clear filters"</LinkButton></EmptyState>
                    </Card>
                })
                .collect_view()}
        </Sample>
        <Sample title="Skeleton">
            <Card flush=true><SkeletonTable rows=3 columns=4 label="Loading users"/></Card>
            <Card><SkeletonText lines=3 label="Loading"/></Card>
        </Sample>
    }
    .into_any()
}

#[component]
pub(super) fn StorySamples() -> impl IntoView {
    let item = |moment, text: &str, when: &str, who: Option<&str>| TimelineItem {
        moment,
        text: text.to_owned(),
        when: when.to_owned(),
        at: None,
        who: who.map(str::to_owned),
    };
    view! {
        <Sample title="Facts and timeline">
            <Columns aside=move || view! {
                <Card title="Progress">
                    <Timeline items=vec![
                        item(Moment::Done, "Order placed", "14 Nov, 10:02", Some("Bruno Okafor")),
                        item(Moment::Done, "Approved", "14 Nov, 11:40", Some("Amelia Hartmann")),
                        item(Moment::Now, "Shipment 2 in preparation", "expected 24 Nov", None),
                        item(Moment::Next, "Invoice due", "14 Dec", None),
                    ]/>
                </Card>
            }>
                <Card title="Contact">
                    <Facts>
                        <Fact term="Email"><EmailText address="bruno.okafor@northwind.example"/></Fact>
                        <Fact term="Contact number">"200102"</Fact>
                        <Fact term="Status"><Badge status=Status::Good>"Active"</Badge></Fact>
                    </Facts>
                </Card>
            </Columns>
        </Sample>
        <Sample title="Activity">
            <Card flush=true>
                <AuditList>
                    <AuditRow
                        when="21 Nov, 09:12"
                        who="Amelia Hartmann"
                        changes=vec![AuditChange {
                            what: "Budget per month".to_owned(),
                            from: Some("€ 2 500".to_owned()),
                            to: Some("€ 5 000".to_owned()),
                        }]
                        origin="203.0.113.7 · DE"
                        undo=|| view! { <Button plain=true>"Undo"</Button> }
                    >
                        "changed the monthly budget of " <TextLink href="/gallery">"Bruno Okafor"</TextLink>
                    </AuditRow>
                    <AuditRow when="20 Nov, 16:40" who="Service" on_behalf="Amelia Hartmann">"opened the list of users"</AuditRow>
                </AuditList>
            </Card>
        </Sample>
    }
    .into_any()
}
