//! Whether the other end of a line is still there. Phones go out of a room without a word.

use std::time::Duration;

use tokio::time::timeout;

/// The other end is asked whether it is there as often as it is told the time. Who leaves so many of these pings unanswered is
/// gone.
const UNANSWERED_PINGS_MAX: u32 = 3;

/// How long a device may take to receive what waits for it. Then its network is gone, and it comes back by itself.
pub const SLOW_AT_MOST: Duration = Duration::from_secs(45);

/// The other end is not there any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone;

/// What is known of the other end of a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Presence {
    unanswered_pings: u32,
}

impl Presence {
    /// It said something, be it only that it is there.
    pub fn heard(&mut self) {
        self.unanswered_pings = 0;
    }

    /// It is asked once more whether it is there.
    ///
    /// # Errors
    /// It was asked often enough.
    pub fn ask(&mut self) -> Result<(), Gone> {
        if self.unanswered_pings >= UNANSWERED_PINGS_MAX {
            return Err(Gone);
        }
        self.unanswered_pings += 1;
        Ok(())
    }
}

/// Waits until the other end has taken what is sent.
///
/// # Errors
/// The connection broke off, or it takes longer than this.
pub async fn takes<E>(sending: impl Future<Output = Result<(), E>>, at_most: Duration) -> Result<(), Gone> {
    match timeout(at_most, sending).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Gone),
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    const SOON: Duration = Duration::from_millis(20);
    const LATER: Duration = Duration::from_secs(60);

    #[test]
    fn who_answers_no_ping_is_gone_and_who_answers_one_stays() {
        let mut presence = Presence::default();
        for _ in 0..UNANSWERED_PINGS_MAX {
            assert_eq!(presence.ask(), Ok(()));
        }
        assert_eq!(presence.ask(), Err(Gone));
        presence.heard();
        assert_eq!(presence.ask(), Ok(()));
    }

    #[test]
    fn sabotage_who_is_said_to_answer_stays_for_ever() {
        let mut presence = Presence::default();
        for _ in 0..100 {
            presence.heard();
            assert_eq!(presence.ask(), Ok(()));
        }
    }

    /// The other end takes nothing of it.
    async fn waits(at_most: Duration) -> Option<Result<(), Gone>> {
        timeout(SOON * 10, takes(pending::<Result<(), Gone>>(), at_most))
            .await
            .ok()
    }

    #[tokio::test]
    async fn who_takes_nothing_is_left_alone() {
        assert_eq!(waits(SOON).await, Some(Err(Gone)));
        assert_eq!(takes(ready(Err(Gone)), LATER).await, Err(Gone));
        assert_eq!(takes(ready(Ok::<(), Gone>(())), LATER).await, Ok(()));
    }

    #[tokio::test]
    async fn sabotage_without_the_limit_it_waits_on() {
        assert_eq!(waits(LATER).await, None);
    }
}
