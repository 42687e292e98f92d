//! Names in URLs that nobody has yet.

use domain::workshop::Slug;

use crate::StoreError;
use crate::writer::Tx;

/// The slug, or the same with a number if it is taken. `sql` looks for `$1` in the table in question.
pub(crate) async fn free_slug(tx: &mut Tx, sql: &'static str, slug: &Slug) -> Result<Slug, StoreError> {
    let mut free = slug.clone();
    for number in 2.. {
        let taken = sqlx::query(sql)
            .bind(free.as_str().to_owned())
            .fetch_optional(&mut *tx.conn)
            .await?;
        if taken.is_none() {
            break;
        }
        free = slug.numbered(number);
    }
    Ok(free)
}
