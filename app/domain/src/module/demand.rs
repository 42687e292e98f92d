//! Who would take a module if it were taught near them. The office sees sums; a sum of fewer than five people is not shown,
//! and cannot be found out from those that are.

use std::collections::BTreeMap;

/// The smallest sum that is shown.
pub const SUM_MIN: u32 = 5;

/// The demand for one module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Districts with enough people, the most first: slug and how many.
    pub districts: Vec<(String, u32)>,
    /// How many in all. Nothing, if it would say how many there are elsewhere, and they are fewer than five.
    pub total: Option<u32>,
}

/// What may be shown of how many there are in each district.
#[must_use]
pub fn sums(counts: &BTreeMap<String, u32>) -> Sums {
    let mut districts: Vec<(String, u32)> = counts
        .iter()
        .filter(|(_, count)| **count >= SUM_MIN)
        .map(|(district, count)| (district.clone(), *count))
        .collect();
    districts.sort_by_key(|(district, count)| (std::cmp::Reverse(*count), district.clone()));
    let total: u32 = counts.values().sum();
    let elsewhere = total - districts.iter().map(|(_, count)| count).sum::<u32>();
    let may_show = total >= SUM_MIN && (elsewhere == 0 || elsewhere >= SUM_MIN);
    Sums {
        districts,
        total: may_show.then_some(total),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counts(pairs: &[(&str, u32)]) -> BTreeMap<String, u32> {
        pairs
            .iter()
            .map(|(district, count)| ((*district).to_owned(), *count))
            .collect()
    }

    #[test]
    fn few_are_not_counted_out_loud() {
        let shown = |pairs: &[(&str, u32)]| {
            let sums = sums(&counts(pairs));
            (sums.districts.len(), sums.total)
        };
        assert_eq!(shown(&[("dresden", 4)]), (0, None));
        assert_eq!(shown(&[("dresden", 5)]), (1, Some(5)));
        assert_eq!(shown(&[("dresden", 3), ("leipzig", 2)]), (0, Some(5)));
        assert_eq!(
            shown(&[("dresden", 9), ("leipzig", 2)]),
            (1, None),
            "two in Leipzig could be worked out"
        );
        assert_eq!(
            shown(&[("dresden", 9), ("leipzig", 2), ("goerlitz", 3)]),
            (1, Some(14))
        );
    }

    proptest! {
        #[test]
        fn nothing_below_five_can_be_worked_out(people in proptest::collection::vec(0_u32..12, 0..13)) {
            let counts: BTreeMap<String, u32> =
                people.into_iter().enumerate().map(|(place, count)| (format!("d{place:02}"), count)).collect();
            let sums = sums(&counts);
            prop_assert!(sums.districts.iter().all(|(_, count)| *count >= SUM_MIN));
            if let Some(total) = sums.total {
                let rest = total - sums.districts.iter().map(|(_, count)| count).sum::<u32>();
                prop_assert!(total >= SUM_MIN && (rest == 0 || rest >= SUM_MIN));
            }
        }
    }
}
