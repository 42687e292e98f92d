//! What people need leaves the mails: it stands there only as long as it has to be told.

use domain::ids::SignUpId;
use domain::time::Instant;
use serde_json::Value;
use sqlx::Row;

use super::notice::MailFacts;
use crate::StoreError;
use crate::writer::Tx;

/// Mails that lose what somebody needs at once; the job of the terms comes back for the others.
const ROWS_MAX: i64 = 1_000;

/// Whose mails. Those to the former holder of a place are about that place, too.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Of<'a> {
    /// One mail.
    Mail(&'a str),
    /// All about one place, also those that this transaction has yet to write.
    Place(SignUpId),
    /// All about places in what ended before, and all to which nothing more happens.
    EndedBefore(Instant),
}

/// Mails that tell what somebody needs. Quotation marks that somebody typed have a backslash before them in the payload, so
/// nothing typed looks like these.
macro_rules! with_needs {
    ($whose:literal) => {
        concat!(
            "SELECT id, payload FROM outbox WHERE ",
            $whose,
            " AND payload LIKE '%\"access_needs\":%'
                AND (payload NOT LIKE '%\"access_needs\":\"\"%' OR payload NOT LIKE '%\"needs\":[]%')
             ORDER BY id LIMIT $2"
        )
    };
}

const OF_MAIL: &str = with_needs!("id = $1");
const OF_PLACE: &str = with_needs!("about_id = $1");
const OF_ENDED: &str = with_needs!(
    "(next_try_at IS NULL OR about_id IN (SELECT sign_up.id FROM sign_up
        JOIN workshop ON workshop.id = sign_up.workshop_id WHERE workshop.ends_at < $1))"
);

/// Takes what people need out of mails. Returns of how many.
pub(crate) async fn forget_needs(tx: &mut Tx, of: Of<'_>) -> Result<u64, StoreError> {
    let query = match of {
        Of::Mail(id) => sqlx::query(OF_MAIL).bind(id.to_owned()),
        Of::Place(id) => {
            tx.tail.rewrite_mails_about(&id.to_string(), without_needs);
            sqlx::query(OF_PLACE).bind(id.to_string())
        }
        Of::EndedBefore(before) => sqlx::query(OF_ENDED).bind(before.micros()),
    };
    let rows = query.bind(ROWS_MAX).fetch_all(&mut *tx.conn).await?;
    let mut forgotten = 0;
    for row in &rows {
        forgotten += sqlx::query("UPDATE outbox SET payload = $1 WHERE id = $2")
            .bind(without_needs(&row.try_get::<String, _>(1)?))
            .bind(row.try_get::<String, _>(0)?)
            .execute(&mut *tx.conn)
            .await?
            .rows_affected();
    }
    Ok(forgotten)
}

/// The payload without what the person needs. What cannot be read as facts about a place tells nobody anything, and goes.
fn without_needs(payload: &str) -> String {
    let facts = serde_json::from_str::<MailFacts>(payload).map(|mut facts| {
        facts.place = facts.place.without_needs();
        facts
    });
    facts
        .and_then(serde_json::to_value)
        .unwrap_or_else(|_| Value::Object(serde_json::Map::new()))
        .to_string()
}
