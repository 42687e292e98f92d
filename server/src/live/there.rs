//! Who is in a room: each device once, however many lines it has, and still for a moment after its line broke, so that who
//! comes back at once was never away.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::board::Audience;
use domain::board::present::Here;
use domain::ids::MemberId;
use tokio::time::Instant;

/// Who comes back within this was not away.
const AWAY_AFTER: Duration = Duration::from_secs(5);

/// Devices whose last line has just ended: when, and whether they moderated.
#[derive(Debug, Default)]
pub struct Left(BTreeMap<MemberId, (Instant, bool)>);

impl Left {
    /// A line has ended.
    pub fn note(&mut self, audience: Audience, now: Instant) {
        // Nothing older is kept: it is as much as ends within this time.
        self.0.retain(|_, (at, _)| is_there(*at, now));
        if let Some((member, moderates)) = known(audience) {
            self.0.insert(member, (now, moderates));
        }
    }

    /// Who is there, with these lines open.
    pub fn here(&self, open: impl Iterator<Item = Audience>, now: Instant) -> Here {
        let mut here = Here::default();
        for (member, (at, moderates)) in &self.0 {
            if is_there(*at, now) {
                here.known.insert(*member, *moderates);
            }
        }
        let mut said_open: BTreeMap<MemberId, bool> = BTreeMap::new();
        for audience in open {
            match known(audience) {
                // Who looks at the own board as a participant, too, moderates.
                Some((member, moderates)) => *said_open.entry(member).or_default() |= moderates,
                None => here.others += 1,
            }
        }
        here.known.extend(said_open);
        here
    }
}

fn is_there(at: Instant, now: Instant) -> bool {
    now.saturating_duration_since(at) < AWAY_AFTER
}

fn known(audience: Audience) -> Option<(MemberId, bool)> {
    Some((audience.member()?, matches!(audience, Audience::Moderator(_))))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn member(number: u128) -> Audience {
        Audience::Member(MemberId(Uuid::from_u128(number)))
    }

    fn ids(here: &Here) -> Vec<u128> {
        here.known.keys().map(|member| member.0.as_u128()).collect()
    }

    #[test]
    fn a_device_is_there_once_and_strangers_are_counted() {
        let moderator = Audience::Moderator(Some(MemberId(Uuid::from_u128(3))));
        let open = [
            member(1),
            member(1),
            member(2),
            Audience::Everybody,
            Audience::Moderator(None),
            moderator,
            member(3),
        ];
        let here = Left::default().here(open.into_iter(), Instant::now());
        assert_eq!(
            here.known.values().copied().collect::<Vec<_>>(),
            [false, false, true]
        );
        assert_eq!((ids(&here), here.others), (vec![1, 2, 3], 2));
    }

    #[test]
    fn who_comes_back_at_once_was_never_away_and_who_does_not_is_gone() {
        let (mut left, gone) = (Left::default(), Instant::now());
        left.note(member(1), gone);
        let soon = gone + AWAY_AFTER - Duration::from_millis(1);
        assert_eq!(ids(&left.here(std::iter::empty(), soon)), [1]);
        let late = gone + AWAY_AFTER;
        assert_eq!(left.here(std::iter::empty(), late), Here::default());
        assert_eq!(ids(&left.here([member(1)].into_iter(), late)), [1]);
    }

    #[test]
    fn nothing_is_kept_of_who_has_left_before() {
        let (mut left, mut now) = (Left::default(), Instant::now());
        for number in 0..1_000 {
            now += Duration::from_millis(10);
            left.note(member(number), now);
            left.note(Audience::Everybody, now);
        }
        assert_eq!(left.0.len(), 500);
    }
}
