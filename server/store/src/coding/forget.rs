//! What goes with the text of a card: everything that was made of it. And with an account: whose it was.

use domain::ids::{BoardId, CardId};

use crate::StoreError;
use crate::writer::Tx;

/// Forgets what was made of a card.
pub(crate) async fn card(tx: &mut Tx, board: BoardId, card: CardId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM coding_reading WHERE board_id = $1 AND card_id = $2")
        .bind(board.to_string())
        .bind(card.to_string())
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}
