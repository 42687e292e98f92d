//! Values as they stand in a row.

use std::str::FromStr;

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::StoreError;

/// The id of a row of this table, which stands in this column of what was asked for.
pub(crate) fn id<T: FromStr>(row: &AnyRow, index: usize, table: &'static str) -> Result<T, StoreError> {
    row.try_get::<String, _>(index)?
        .parse()
        .map_err(|_| StoreError::Inconsistent { table, column: "id" })
}
