//! The two budgets of a user.

use super::{Hint, Pair, TextField};
use crate::i18n::use_text;
use leptos::prelude::*;

/// One budget as it stands in a form.
#[derive(Clone, Debug, Default)]
pub struct BudgetValue {
    /// Name of the form value; also the field's id.
    pub name: String,
    /// What was typed or is stored, formatted; empty for no limit.
    pub value: String,
    /// What is wrong and what to do.
    pub error: MaybeProp<String>,
}

impl BudgetValue {
    /// A budget without an error.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), error: MaybeProp::default() }
    }

    /// The same with what is wrong, if anything is.
    #[must_use]
    pub fn with_error(mut self, error: impl Into<MaybeProp<String>>) -> Self {
        self.error = error.into();
        self
    }
}

/// Budget per order and budget per month, with what an empty field means.
#[component]
pub fn BudgetFields(
    /// The company's currency as it stands in the labels: "€".
    #[prop(into)]
    currency: String,
    /// The budget per order.
    order: BudgetValue,
    /// The budget per month.
    month: BudgetValue,
) -> impl IntoView {
    let t = use_text();
    let field = |label: String, budget: BudgetValue| {
        view! {
            <TextField
                name=budget.name
                label=label
                value=budget.value
                error=budget.error
                inputmode="decimal"
                autocomplete="off"
                optional=true
            />
        }
        .into_any()
    };
    view! {
        <div>
            <Pair>
                {field(t.budget_per_order(&currency), order)}
                {field(t.budget_per_month(&currency), month)}
            </Pair>
            <Hint>{t.budget_hint()}</Hint>
        </div>
    }
    .into_any()
}
