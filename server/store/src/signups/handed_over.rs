//! What was before somebody handed a place on is theirs, and not told to who has it now.

/// SQL: the number (`seq`) or the instant (`at`) since which whoever has the place of the row of `sign_up` has it; 0, if it was
/// never handed on.
macro_rules! since_handed_over {
    ($column:literal) => {
        concat!(
            "COALESCE((SELECT MAX(handed.",
            $column,
            ") FROM sign_up_history AS handed
                WHERE handed.sign_up_id = sign_up.id AND handed.reason = 'handed_over'), 0)"
        )
    };
}
pub(crate) use since_handed_over;
