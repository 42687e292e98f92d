//! Whose lines to a board are open: the server that keeps them gives this to the pages.

use std::sync::Arc;

use domain::board::present::Here;
use domain::ids::BoardId;

/// Who is there now.
pub type WhoIsThere = dyn Fn(BoardId) -> Here + Send + Sync;

/// Looks who is there.
#[derive(Clone)]
pub struct InRoom(pub Arc<WhoIsThere>);

impl std::fmt::Debug for InRoom {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("InRoom")
    }
}
