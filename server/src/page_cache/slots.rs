//! The pages that are kept, by address. Bounded: whoever asks for a million addresses gets a million pages and
//! takes no more memory than for the first few hundred.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use tokio::sync::Mutex;

use super::template::Template;

/// Addresses whose pages are kept at once: a few dozen pages and the usual filters.
const SLOTS_MAX: usize = 256;

/// A rendered page and what it was rendered from.
#[derive(Debug)]
pub struct Kept {
    /// The page.
    pub template: Arc<Template>,
    /// [`store::Store::commits`] before it was rendered.
    pub commits: u64,
    /// When it was rendered, in microseconds.
    pub rendered_at: i64,
}

/// The place of one address: empty, or with a page.
pub type Slot = Option<Kept>;

/// All places.
#[derive(Debug, Default)]
pub struct Slots {
    by_address: std::sync::Mutex<HashMap<String, Arc<Mutex<Slot>>>>,
}

impl Slots {
    /// The place of an address. Nothing if all are taken by pages that somebody is waiting for right now.
    pub fn slot(&self, address: &str) -> Option<Arc<Mutex<Slot>>> {
        let mut by_address = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = by_address.get(address) {
            return Some(Arc::clone(slot));
        }
        if by_address.len() >= SLOTS_MAX {
            // Whoever holds a place goes on with it; the others are asked for again soon enough.
            by_address.retain(|_, slot| Arc::strong_count(slot) > 1);
        }
        if by_address.len() >= SLOTS_MAX {
            return None;
        }
        let slot = Arc::default();
        by_address.insert(address.to_owned(), Arc::clone(&slot));
        Some(slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_address_has_the_same_place() {
        let slots = Slots::default();
        let (first, again) = (slots.slot("/a").unwrap(), slots.slot("/a").unwrap());
        assert!(Arc::ptr_eq(&first, &again));
        assert!(!Arc::ptr_eq(&first, &slots.slot("/b").unwrap()));
    }

    #[test]
    fn no_number_of_addresses_takes_more_places() {
        let slots = Slots::default();
        for number in 0..10 * SLOTS_MAX {
            assert!(slots.slot(&format!("/?{number}")).is_some());
        }
        assert!(slots.by_address.lock().unwrap().len() <= SLOTS_MAX);
    }

    #[test]
    fn places_in_use_are_not_given_away() {
        let slots = Slots::default();
        let held: Vec<_> = (0..SLOTS_MAX)
            .map(|number| slots.slot(&format!("/?{number}")).unwrap())
            .collect();
        assert!(slots.slot("/one-more").is_none());
        drop(held);
        assert!(slots.slot("/one-more").is_some());
    }
}
