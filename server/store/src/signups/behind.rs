//! Which place is behind a personal link. Everything that is found by a link is found by this.

/// SQL: whether the row of `sign_up` that is called `$place` is the one behind the link in `$token`. Where nobody's name stands any
/// more nobody has a link: what `retention` writes in its place is made of the id, which calendars show.
macro_rules! behind_link {
    ($place:literal, $token:literal) => {
        concat!("(", $place, ".token = ", $token, " AND ", $place, ".email <> '')")
    };
}
pub(crate) use behind_link;
