//! Whose reading one may see: one's own always, that of others once one is done with the text oneself. Who has not read it
//! is not led by who has.

use crate::ids::PersonId;

/// Whether a reading of a text may be seen.
#[must_use]
pub fn may_see(viewer: PersonId, viewer_is_done: bool, reader: PersonId) -> bool {
    viewer == reader || viewer_is_done
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn others_are_seen_after_one_is_done() {
        let [anna, ben] = [1, 2].map(|number| PersonId(Uuid::from_u128(number)));
        assert!(may_see(anna, false, anna));
        assert!(!may_see(anna, false, ben));
        assert!(may_see(anna, true, ben));
    }
}
