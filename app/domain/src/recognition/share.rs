//! How much of a certificate is credited. What was learned outside universities counts for at most half of it (decision of the
//! Kultusministerkonferenz of 18 September 2008); what was passed at a university has no limit.

/// The most that is credited, in percent.
pub const CREDITED_PERCENT_MAX: u32 = 50;

/// How much of a certificate is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Hours of modules that are credited.
    pub credited_hours: u32,
    /// Hours of all modules of the way.
    pub all_hours: u32,
}

impl Share {
    /// In percent, rounded up: what is over the limit is never shown as within it.
    #[must_use]
    pub fn percent(self) -> u32 {
        if self.all_hours == 0 {
            return 0;
        }
        let percent = (u64::from(self.credited_hours) * 100).div_ceil(u64::from(self.all_hours));
        u32::try_from(percent).unwrap_or(u32::MAX)
    }

    /// Whether it is more than [`CREDITED_PERCENT_MAX`].
    #[must_use]
    pub fn is_over(self) -> bool {
        u64::from(self.credited_hours) * 100 > u64::from(self.all_hours) * u64::from(CREDITED_PERCENT_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_within_and_an_hour_more_is_not() {
        let share = |credited_hours| Share {
            credited_hours,
            all_hours: 300,
        };
        assert_eq!((share(150).percent(), share(150).is_over()), (50, false));
        assert_eq!((share(151).percent(), share(151).is_over()), (51, true));
        let nothing = Share {
            credited_hours: 0,
            all_hours: 0,
        };
        assert_eq!((nothing.percent(), nothing.is_over()), (0, false));
    }
}
