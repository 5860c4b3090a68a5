use std::collections::HashMap;

use model::{
    Count, CustomerAccess, CustomerNumber, CustomerRow, CustomersPage, CustomersQuery, OfficeRight, Page,
};

use super::people::access_of;
use crate::access::{self, Actor, Operation};
use crate::erp::{Beside, CustomerQuery, ErpCustomer};
use crate::{Center, Error};

/// Rows of a page.
const ROWS: usize = 25;

/// The page *Customers*: the ERP's customers by the query. Where the ERP can't be searched, the one whose
/// number is typed.
///
/// # Errors
/// `Unauthenticated`, `OfficeForbidden`, `ErpUnavailable`, [`Error::Store`]
pub async fn list(center: &Center, actor: &Actor, query: &CustomersQuery) -> Result<CustomersPage, Error> {
    let who = access::office(actor, Operation::OfficeCustomersList)?;
    let (found, total, edges) = match center.erp().customer_search() {
        Some(_) => page(center, query).await?,
        None => {
            let found = match CustomerNumber::parse(&query.q) {
                Ok(number) => center.erp().customer(&number).await?,
                Err(_) => None,
            };
            let total = Count { n: u32::from(found.is_some()), more: false };
            (found.into_iter().collect(), total, (false, false))
        }
    };
    let keys: Vec<String> = found.iter().map(|customer| customer.number.key()).collect();
    let access: HashMap<String, CustomerAccess> = access_of(&mut center.db().read().await?, &keys).await?;
    let edge = |key: Option<&String>, more: bool| key.filter(|_| more).cloned();
    let (before, after) = (edge(keys.first(), edges.0), edge(keys.last(), edges.1));
    let rows = found.into_iter().zip(keys).map(|(customer, key)| CustomerRow {
        number: customer.number.to_string(),
        name: customer.name,
        customer_center: customer.customer_center,
        administrator: customer.administrator.map(|email| email.to_string()).unwrap_or_default(),
        access: access.get(&key).copied().unwrap_or(CustomerAccess::No),
    });
    Ok(CustomersPage {
        customers: Page { rows: rows.collect(), total, before, after },
        by_number_only: center.erp().customer_search().is_none(),
        can_manage: who.role.allows(OfficeRight::AccessManage),
    })
}

/// The customers of a page, how many there are in all, and whether there are more before and after.
async fn page(
    center: &Center,
    query: &CustomersQuery,
) -> Result<(Vec<ErpCustomer>, Count, (bool, bool)), Error> {
    let Some(search) = center.erp().customer_search() else { return Ok(Default::default()) };
    let place = match (&query.after, &query.before) {
        (Some(key), _) => Some((key.clone(), Beside::After)),
        (None, Some(key)) => Some((key.clone(), Beside::Before)),
        (None, None) => None,
    };
    let backwards = matches!(place, Some((_, Beside::Before)));
    let from_start = place.is_none();
    let asked = CustomerQuery {
        text: query.q.clone(),
        customer_center: query.center,
        access: query.access,
        company: query.company,
        place,
        most: ROWS + 1,
    };
    let mut found = search.find_customers(&asked).await?;
    let beyond = found.len() > ROWS;
    found.truncate(ROWS);
    if backwards {
        found.reverse();
    }
    let edges = if backwards { (beyond, true) } else { (!from_start, beyond) };
    Ok((found, search.count_customers(&asked).await?, edges))
}
