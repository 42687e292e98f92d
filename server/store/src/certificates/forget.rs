//! Nothing leads from a certificate to an account that is deleted.

use domain::ids::PersonId;
use sqlx::Row;

use crate::StoreError;
use crate::accounts::addresses::{Addresses, may_be_of};
use crate::writer::Tx;

/// Those that may be of the person, but for what another account finds by its own address.
const OF_PERSON: &str = concat!(
    "SELECT id, email FROM certificate WHERE ",
    may_be_of!("email"),
    " AND NOT EXISTS (SELECT 1 FROM person WHERE person.email_key = certificate.email AND person.id <> $3)"
);

/// Takes the address from all certificates of a person, those of an alias, too. They stay with who has them on paper.
pub(crate) async fn forget_holder(tx: &mut Tx, person: PersonId, email: &str) -> Result<(), StoreError> {
    let addresses = Addresses::of(email);
    let rows = sqlx::query(OF_PERSON)
        .bind(addresses.key().to_owned())
        .bind(addresses.aliases().to_owned())
        .bind(person.to_string())
        .fetch_all(&mut *tx.conn)
        .await?;
    for row in &rows {
        if addresses.has(&row.try_get::<String, _>(1)?) {
            sqlx::query("UPDATE certificate SET email = '' WHERE id = $1")
                .bind(row.try_get::<String, _>(0)?)
                .execute(&mut *tx.conn)
                .await?;
        }
    }
    Ok(())
}
