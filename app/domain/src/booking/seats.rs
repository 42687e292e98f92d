//! Numbered seats: a unique number per mode is the second net under the lock.

use std::collections::BTreeSet;

/// The lowest number, from 1, that is not taken.
#[must_use]
pub fn lowest_free_seat(taken: &BTreeSet<u32>) -> u32 {
    let mut seat = 1;
    for number in taken {
        if *number > seat {
            break;
        }
        if *number == seat {
            seat += 1;
        }
    }
    seat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_gap_is_filled() {
        assert_eq!(lowest_free_seat(&BTreeSet::new()), 1);
        assert_eq!(lowest_free_seat(&BTreeSet::from([1, 2, 4])), 3);
        assert_eq!(lowest_free_seat(&BTreeSet::from([1, 2, 3])), 4);
    }
}
