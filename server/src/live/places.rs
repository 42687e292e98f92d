//! Places for lines: so many in all, and so many for one address.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::room::locked;
use crate::security::client::ClientAddress;

/// Lines that are open at the same time, sockets and events together: ten thousand phones (bar P5), and some more.
const LINES_MAX: usize = 12_000;
/// Lines of one address. A whole conference sits behind one: ten rooms of two hundred phones, and some more. Whoever opens lines to
/// take them from others needs several networks for that.
const ADDRESS_LINES_MAX: usize = 2_500;

/// The places.
#[derive(Debug)]
pub struct Places {
    all: Arc<Semaphore>,
    hasher: RandomState,
    /// Lines by address, of which only a random hash is here.
    by_address: Mutex<HashMap<u64, usize>>,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            all: Arc::new(Semaphore::new(LINES_MAX)),
            hasher: RandomState::new(),
            by_address: Mutex::default(),
        }
    }
}

/// A place, until it is dropped.
#[derive(Debug)]
pub struct Place {
    places: Arc<Places>,
    address: Option<u64>,
    _permit: OwnedSemaphorePermit,
}

impl Places {
    /// A place for a line of somebody. Nothing, if there is none.
    #[must_use]
    pub fn take(self: &Arc<Self>, client: Option<ClientAddress>) -> Option<Place> {
        let permit = Arc::clone(&self.all).try_acquire_owned().ok()?;
        let address = client.and_then(ClientAddress::counted);
        let address = address.map(|address| self.hasher.hash_one(address));
        if let Some(address) = address {
            let mut by_address = locked(&self.by_address);
            let lines = by_address.entry(address).or_default();
            if *lines >= ADDRESS_LINES_MAX {
                return None;
            }
            *lines += 1;
        }
        Some(Place {
            places: Arc::clone(self),
            address,
            _permit: permit,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(address) = self.address else {
            return;
        };
        let mut by_address = locked(&self.places.by_address);
        if let Some(lines) = by_address.get_mut(&address) {
            *lines -= 1;
            if *lines == 0 {
                by_address.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(address: &str) -> Option<ClientAddress> {
        Some(ClientAddress(address.parse().unwrap()))
    }

    /// As many lines as an address gets.
    fn fill(places: &Arc<Places>, address: &str) -> Vec<Place> {
        std::iter::from_fn(|| places.take(client(address))).collect()
    }

    #[test]
    fn one_address_does_not_take_every_place() {
        let places = Arc::new(Places::default());
        let mut lines = fill(&places, "203.0.113.66");
        assert_eq!(lines.len(), ADDRESS_LINES_MAX);
        // Another one, the operator's own machine, and whoever has no address.
        for other in [client("203.0.113.7"), client("127.0.0.1"), None] {
            assert!(places.take(other).is_some());
        }
        lines.pop();
        lines.extend(places.take(client("203.0.113.66")));
        assert_eq!(lines.len(), ADDRESS_LINES_MAX, "who leaves makes room");
        drop(lines);
        assert!(locked(&places.by_address).is_empty(), "nothing of it is kept");
    }

    #[test]
    fn there_are_so_many_places_in_all() {
        let places = Arc::new(Places::default());
        assert_eq!(fill(&places, "127.0.0.1").len(), LINES_MAX);
        let networks = (0..10).map(|network| fill(&places, &format!("203.0.113.{network}")));
        let networks: Vec<_> = networks.collect();
        assert_eq!(networks.iter().map(Vec::len).sum::<usize>(), LINES_MAX);
    }
}
