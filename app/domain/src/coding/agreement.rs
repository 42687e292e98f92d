//! How far two readings agree: by share, and by Cohen's kappa (Cohen 1960), which takes off what chance would do.

/// What two people made of the same texts with one code: given or not given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Both gave it.
    pub both: u32,
    /// Only the first did.
    pub only_first: u32,
    /// Only the second did.
    pub only_second: u32,
    /// Neither did.
    pub neither: u32,
}

impl Agreement {
    /// Counts one more text.
    pub fn count(&mut self, first: bool, second: bool) {
        *match (first, second) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.only_first,
            (false, true) => &mut self.only_second,
            (false, false) => &mut self.neither,
        } += 1;
    }

    /// Both together: what two codes, or two pairs of people, make as one.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            both: self.both + other.both,
            only_first: self.only_first + other.only_first,
            only_second: self.only_second + other.only_second,
            neither: self.neither + other.neither,
        }
    }

    /// Texts that both have read.
    #[must_use]
    pub fn total(self) -> u32 {
        self.both + self.only_first + self.only_second + self.neither
    }

    /// The share of texts of which both made the same, from 0 to 1. Nothing without texts.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        let total = self.total();
        (total > 0).then(|| f64::from(self.both + self.neither) / f64::from(total))
    }

    /// Cohen's kappa: 1 if both always made the same, 0 if no more often than by chance, below 0 if less often. Nothing
    /// without texts, and nothing if both gave the code always, or never: chance would agree, too.
    #[must_use]
    pub fn kappa(self) -> Option<f64> {
        let observed = self.share()?;
        let total = f64::from(self.total());
        let first = f64::from(self.both + self.only_first) / total;
        let second = f64::from(self.both + self.only_second) / total;
        let by_chance = first * second + (1.0 - first) * (1.0 - second);
        let beyond_chance = 1.0 - by_chance;
        (beyond_chance > f64::EPSILON).then(|| (observed - by_chance) / beyond_chance)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(value: Option<f64>, expected: f64) -> bool {
        value.is_some_and(|value| (value - expected).abs() < 1e-9)
    }

    /// Worked by hand: 50 texts, 35 of them read the same; chance would do 0.5 of them.
    #[test]
    fn kappa_takes_off_what_chance_would_do() {
        let agreement = Agreement {
            both: 20,
            only_first: 5,
            only_second: 10,
            neither: 15,
        };
        assert!(near(agreement.share(), 0.7));
        assert!(near(agreement.kappa(), 0.4));
    }

    #[test]
    fn where_chance_explains_everything_nothing_is_said() {
        let never = Agreement {
            neither: 12,
            ..Agreement::default()
        };
        assert!(near(never.share(), 1.0));
        assert_eq!(never.kappa(), None);
        assert_eq!(Agreement::default().share(), None);
        assert_eq!(Agreement::default().kappa(), None);
    }

    proptest! {
        #[test]
        fn kappa_is_between_minus_one_and_one_and_does_not_care_who_is_first(
            both in 0..50u32, only_first in 0..50u32, only_second in 0..50u32, neither in 0..50u32,
        ) {
            let agreement = Agreement { both, only_first, only_second, neither };
            let turned = Agreement { only_first: only_second, only_second: only_first, ..agreement };
            if let Some(kappa) = agreement.kappa() {
                prop_assert!((-1.0..=1.0 + 1e-9).contains(&kappa));
                prop_assert!(near(turned.kappa(), kappa));
                if only_first + only_second == 0 {
                    prop_assert!(near(Some(kappa), 1.0));
                }
            }
        }
    }
}
