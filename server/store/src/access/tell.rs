//! What happened, noted in the transaction in which it does: what was not committed is told to nobody.

use domain::access::Event;
use domain::ids::{ModuleId, WorkshopId};
use serde_json::{Value, json};
use sqlx::Row;

use crate::StoreError;
use crate::writer::Tx;

/// Notes for each webhook of the institutions of a module what happened to it.
pub(crate) async fn of_module(
    tx: &mut Tx,
    module: ModuleId,
    event: Event,
    (code, number): (&str, i64),
) -> Result<(), StoreError> {
    let data = json!({ "id": module.to_string(), "code": code, "version": number, "path": format!("/module/{code}") });
    to_institutions(tx, &module.to_string(), event, &data).await
}

/// The same for a run; of a Veranstaltung that is none nobody is told.
pub(crate) async fn of_run(tx: &mut Tx, workshop: WorkshopId, event: Event) -> Result<(), StoreError> {
    let row = sqlx::query(
        "SELECT run.module_id, run.number, module.code, workshop.slug FROM run
         JOIN module ON module.id = run.module_id JOIN workshop ON workshop.id = run.workshop_id
         WHERE run.workshop_id = $1",
    )
    .bind(workshop.to_string())
    .fetch_optional(&mut *tx.conn)
    .await?;
    let Some(row) = row else {
        return Ok(());
    };
    let module: String = row.try_get(0)?;
    let slug: String = row.try_get(3)?;
    let data = json!({
        "id": workshop.to_string(),
        "code": row.try_get::<String, _>(2)?,
        "version": row.try_get::<i64, _>(1)?,
        "path": format!("/veranstaltungen/{slug}"),
    });
    to_institutions(tx, &module, event, &data).await
}

async fn to_institutions(tx: &mut Tx, module: &str, event: Event, data: &Value) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT webhook.id FROM webhook JOIN module_owner ON module_owner.organisation_id = webhook.organisation_id
         WHERE module_owner.module_id = $1 AND webhook.ended_at IS NULL AND webhook.events LIKE $2",
    )
    .bind(module.to_owned())
    .bind(format!("%,{},%", event.key()))
    .fetch_all(&mut *tx.conn)
    .await?;
    for row in rows {
        insert(tx, &row.try_get::<String, _>(0)?, event, data).await?;
    }
    Ok(())
}

pub(super) async fn insert(tx: &mut Tx, webhook: &str, event: Event, data: &Value) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO webhook_delivery (id, webhook_id, event, payload, made_at, next_try_at, tries)
         VALUES ($1, $2, $3, $4, $5, $5, 0)",
    )
    .bind(tx.ambient.uuid().to_string())
    .bind(webhook.to_owned())
    .bind(event.key())
    .bind(data.to_string())
    .bind(tx.now.micros())
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}
