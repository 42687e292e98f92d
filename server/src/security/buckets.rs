//! How often: one bucket a key, refilled evenly (the generic cell rate algorithm of ITU-T I.371).

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, PoisonError};

use domain::time::Instant;

/// Keys of one kind that are remembered. A key costs about 32 bytes.
const KEYS_MAX: usize = 50_000;
const MICROS_A_SECOND: i64 = 1_000_000;

/// Buckets of one kind. Keys are kept as random hashes only, so memory holds no address.
#[derive(Debug)]
pub struct Buckets {
    interval_micros: i64,
    tolerance_micros: i64,
    hasher: RandomState,
    /// When each bucket will be full again.
    full_at: Mutex<HashMap<u64, i64>>,
}

impl Buckets {
    /// So many at once, and so many again in this time.
    #[must_use]
    pub fn new(burst: u32, window_seconds: u32) -> Self {
        let interval_micros = i64::from(window_seconds) * MICROS_A_SECOND / i64::from(burst.max(1));
        Self {
            interval_micros,
            tolerance_micros: interval_micros * i64::from(burst.saturating_sub(1)),
            hasher: RandomState::new(),
            full_at: Mutex::new(HashMap::new()),
        }
    }

    /// Takes one from the key's bucket.
    ///
    /// # Errors
    /// When it is empty: the seconds until there is one more.
    pub fn take(&self, key: impl Hash, now: Instant) -> Result<(), u64> {
        self.take_several(key, 1, now)
    }

    /// Takes several at once: all of them, or none.
    ///
    /// # Errors
    /// When there are not so many in it: the seconds until there are. There never are more than fit.
    pub fn take_several(&self, key: impl Hash, count: u32, now: Instant) -> Result<(), u64> {
        let now = now.micros();
        let key = self.hasher.hash_one(key);
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let due = full_at.get(&key).copied().unwrap_or(now).max(now);
        let beyond_the_first_micros = self.interval_micros * i64::from(count.saturating_sub(1));
        let too_early_micros = due + beyond_the_first_micros - now - self.tolerance_micros;
        if too_early_micros > 0 {
            return Err(u64::try_from(too_early_micros / MICROS_A_SECOND).unwrap_or(0) + 1);
        }
        if full_at.len() >= KEYS_MAX && !full_at.contains_key(&key) {
            forget(&mut full_at, now);
        }
        full_at.insert(key, due + self.interval_micros * i64::from(count));
        Ok(())
    }
}

/// Makes room: first the buckets that are full again, then those nearest to it.
fn forget(full_at: &mut HashMap<u64, i64>, now: i64) {
    full_at.retain(|_, due| *due > now);
    if full_at.len() >= KEYS_MAX {
        let mut dues: Vec<i64> = full_at.values().copied().collect();
        let (_, median, _) = dues.select_nth_unstable(KEYS_MAX / 2);
        let median = *median;
        full_at.retain(|_, due| *due > median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Instant = Instant(1_800_000_000_000_000);

    #[test]
    fn a_burst_passes_then_one_at_a_time() {
        let buckets = Buckets::new(3, 30);
        for _ in 0..3 {
            assert_eq!(buckets.take("anna", START), Ok(()));
        }
        assert_eq!(buckets.take("anna", START), Err(11));
        assert_eq!(buckets.take("ben", START), Ok(()));
        assert_eq!(buckets.take("anna", START.plus_seconds(10)), Ok(()));
        assert!(buckets.take("anna", START.plus_seconds(10)).is_err());
        assert_eq!(buckets.take("anna", START.plus_seconds(60)), Ok(()));
    }

    #[test]
    fn several_at_once_count_as_so_many() {
        let buckets = Buckets::new(3, 30);
        assert_eq!(buckets.take_several("anna", 2, START), Ok(()));
        assert_eq!(
            buckets.take_several("anna", 2, START),
            Err(11),
            "all of them, or none"
        );
        assert_eq!(buckets.take("anna", START), Ok(()));
        assert!(buckets.take("anna", START).is_err());
        assert!(buckets.take_several("ben", 4, START).is_err(), "more than fit");
        assert_eq!(buckets.take_several("anna", 3, START.plus_seconds(30)), Ok(()));
    }

    #[test]
    fn memory_is_bounded_however_many_come() {
        let buckets = Buckets::new(2, 60);
        for key in 0..KEYS_MAX * 2 + 10 {
            assert_eq!(buckets.take(key, START), Ok(()));
        }
        assert!(buckets.full_at.lock().unwrap().len() <= KEYS_MAX);
    }
}
