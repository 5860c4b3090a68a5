//! Samples of form fields.

use super::Sample;
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub(super) fn FieldSamples() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let score = Signal::derive(move || u8::try_from(typed.with(String::len) / 4).unwrap_or(4));
    let words = Signal::derive(move || match (typed.with(String::is_empty), score.get()) {
        (true, _) => String::new(),
        (_, 0 | 1) => "Easy to guess".to_owned(),
        (_, 2) => "Fair".to_owned(),
        _ => "Strong".to_owned(),
    });
    let salutations =
        || vec![Choice::new("", "No salutation"), Choice::new("ms", "Ms"), Choice::new("mr", "Mr")];
    view! {
        <Sample title="Fields">
            <Narrow><Stack>
                <SelectField name="salutation" label="Salutation" options=salutations() value="ms"/>
                <TextField name="name" label="Full name" value="Ines Moreau" autocomplete="off"/>
                <TextField name="email" label="Work email" kind="email" value="bruno.okafor@northwind.example" hint="Invitation and orders go there." error="Enter an email address that is not used by another shop user"/>
                <TextField name="phone" label="Phone" kind="tel" optional=true/>
                <TextField name="fixed" label="Company" value="Northwind GmbH" readonly=true/>
                <TextField name="city" label="City" list=vec![Choice::new("Hamburg", "Hamburg"), Choice::new("Bremen", "Bremen")]/>
                <ReadOnlyField id="customer-number" label="Customer number" value="C10001" hint="From the ERP"/>
                <Pair>
                    <SelectField name="country" label="Country" options=salutations() error="Select a country"/>
                    <CodeField name="code" label="Code" hint="Six digits from the mail"/>
                </Pair>
                <PasswordField name="password" label="New password" autocomplete="new-password" hint="At least 12 characters" live=typed>
                    <Strength score=score text=words/>
                </PasswordField>
                <Strength score=1 text="Easy to guess"/>
                <Strength score=2 text="Fair"/>
                <Strength score=4 text="Very strong"/>
                <TextArea name="message" label="Message" limit=40 value="Two pallets instead of one, if it fits." optional=true/>
                <TextArea name="source" label="Source" code=true rows=3 value="<p>Hello {{ name }}</p>" error="Unknown variable in line 1"/>
                <FileField name="file" label="Users to invite" accept=".csv,text/csv" hint="One user a line" sample=("/gallery".to_owned(), "Sample file".to_owned())/>
            </Stack></Narrow>
        </Sample>
        <Sample title="Checkboxes, switches, radio buttons">
            <Narrow>
                <CheckField name="notify" label="Send email notification" checked=true/>
                <CheckField name="terms" label="I have read the terms" error="Confirm that you have read the terms"/>
                <CheckField name="fixed-check" label="Main contact" disabled=true checked=true hint="The last main contact keeps this role"/>
                <CheckField name="ordering" label="Online ordering" switch=true checked=true hint="Customers can place orders"/>
                <CheckField name="payments" label="Online payments" switch=true hint="Customers see invoices and cannot pay them"/>
                <RadioField name="decide" label="Decision" value="yes" hint="The buyer gets a mail" options=vec![
                    Choice::new("yes", "Approve").with_hint("The order goes to the ERP at once"),
                    Choice::new("no", "Reject"),
                ]/>
                <RadioField name="decide-2" label="Decision" error="Select a decision" options=vec![Choice::new("yes", "Approve"), Choice::new("no", "Reject")]/>
            </Narrow>
        </Sample>
    }
    .into_any()
}

#[component]
pub(super) fn RoleSamples() -> impl IntoView {
    let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let role = |value: &str, name: &str, summary: &str, can: &[&str], cannot: &[&str]| RoleChoice {
        value: value.to_owned(),
        name: name.to_owned(),
        summary: summary.to_owned(),
        can: list(can),
        cannot: list(cannot),
        ..RoleChoice::default()
    };
    let roles = vec![
        RoleChoice {
            checked: true,
            ..role(
                "buyer",
                "Buyer",
                "Places orders up to the budget.",
                &["Place orders", "See own orders"],
                &["Approve", "Pay invoices"],
            )
        },
        role(
            "approver",
            "Approver",
            "Releases orders that exceed a budget.",
            &["Approve orders", "See all orders"],
            &["Manage users"],
        ),
        RoleChoice {
            note: Some("Can give rights to others".to_owned()),
            ..role("admin", "Administrator", "Manages users.", &["Manage users"], &[])
        },
        RoleChoice {
            checked: true,
            locked: Some("The last main contact keeps this role".to_owned()),
            ..role("main", "Main contact", "Runs the company.", &["Everything above"], &["Set budgets"])
        },
    ];
    view! {
        <Sample title="Role cards">
            <Narrow>
                <RoleCards name="roles" roles=roles error="Select at least one role">
                    "Together: places orders up to the budget, approves, sees all orders"
                </RoleCards>
            </Narrow>
        </Sample>
    }
    .into_any()
}

#[component]
pub(super) fn SaveSamples() -> impl IntoView {
    view! {
        <Sample title="Budgets and save bar">
            <Narrow>
                <form method="post" action="/gallery">
                    <Stack>
                        <BudgetFields
                            currency="€"
                            order=BudgetValue::new("order-budget", "1500")
                            month=BudgetValue::new("month-budget", "many").with_error("Enter an amount such as 1500")
                        />
                        <SaveBar discard="/gallery"/>
                    </Stack>
                </form>
            </Narrow>
        </Sample>
    }
    .into_any()
}
