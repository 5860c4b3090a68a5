use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::CustomerNumber;
use quick_cache::Weighter;
use quick_cache::unsync::Cache;

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
///
/// One cache under one lock: of several parts, of which each computer would have another number, none might be large
/// enough for a large customer.
pub(super) struct Remembered(Mutex<Cache<String, Seen, Weight>>);

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
        Self(Mutex::new(Cache::with_weighter(CUSTOMERS, CONTACTS, Weight)))
    }
}

impl Remembered {
    pub(super) fn keep(&self, customer: &CustomerNumber, contacts: &[ErpContact], now: Instant) {
        let key = customer.key();
        let mut cache = self.cache();
        if cache.get(&key).is_none_or(|seen| seen.0 <= now - FRESH) {
            cache.insert(key, Arc::new((now, contacts.to_vec())));
        }
    }

    pub(super) fn get(&self, customer: &CustomerNumber) -> Option<Seen> {
        self.cache().get(&customer.key()).cloned()
    }

    fn cache(&self) -> MutexGuard<'_, Cache<String, Seen, Weight>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
