use std::sync::Arc;

use model::CustomerNumber;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::ErpContact;
use crate::Instant;
use crate::clock::MINUTE;

/// So many contacts of all customers together are remembered, a few megabytes; who was asked for
/// longest ago goes.
const CONTACTS: u64 = 20_000;
const CUSTOMERS: usize = 1_000;
/// Younger ones are not taken down again.
const FRESH: Instant = MINUTE;

/// What the ERP said last of the people at a customer, to be shown while it does not answer. Of this node, until it ends.
pub(super) struct Remembered(Cache<String, Seen, Weight>);

type Seen = Arc<(Instant, Vec<ErpContact>)>;

#[derive(Clone)]
struct Weight;

impl Weighter<String, Seen> for Weight {
    fn weight(&self, _: &String, seen: &Seen) -> u64 {
        seen.1.len() as u64 + 1
    }
}

impl Default for Remembered {
    fn default() -> Self {
        Self(Cache::with_weighter(CUSTOMERS, CONTACTS, Weight))
    }
}

impl Remembered {
    pub(super) fn keep(&self, customer: &CustomerNumber, contacts: &[ErpContact], now: Instant) {
        let key = customer.key();
        if self.0.get(&key).is_none_or(|seen| seen.0 <= now - FRESH) {
            self.0.insert(key, Arc::new((now, contacts.to_vec())));
        }
    }

    pub(super) fn get(&self, customer: &CustomerNumber) -> Option<Seen> {
        self.0.get(&customer.key())
    }
}
