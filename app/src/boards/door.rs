//! Whether one more may come onto a board: the server that counts who comes gives this to the server functions.

use std::sync::Arc;

use domain::ids::BoardId;

/// Lets one more come, or says in how many seconds.
pub type LetsIn = dyn Fn(BoardId) -> Result<(), u64> + Send + Sync;

/// Stands before everybody who is not on the board yet.
#[derive(Clone)]
pub struct Door(pub Arc<LetsIn>);

impl std::fmt::Debug for Door {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Door")
    }
}
