//! Certificates made of modules. What was once said stays; the newest version counts.

use domain::ids::ProgrammeId;
use domain::module::ModuleCode;
use domain::plan::Programme;
use domain::time::Instant;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::audit::{self, Actor};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Certificates, at most.
const PROGRAMMES_MAX: i64 = 200;

/// A certificate as it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeRow {
    /// Its id.
    pub id: ProgrammeId,
    /// The short name.
    pub code: ModuleCode,
    /// Which version counts.
    pub number: i64,
    /// Since when.
    pub published_at: Instant,
    /// What is said of it.
    pub content: Programme,
    /// Whether it belongs to the demo.
    pub demo: bool,
}

impl Store {
    /// Certificates as they count, by short name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn programmes(&self) -> Result<Vec<ProgrammeRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT programme.code, programme_version.number, programme_version.published_at,
                programme_version.content, programme.demo_at, programme.id
             FROM programme JOIN programme_version ON programme_version.programme_id = programme.id
             WHERE programme_version.number = (SELECT MAX(newest.number) FROM programme_version AS newest
                WHERE newest.programme_id = programme.id)
             ORDER BY programme.code LIMIT $1",
        )
        .bind(PROGRAMMES_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }

    /// Says something of a certificate: a new one, or a new version if it says something else. Returns the number of the
    /// version that counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_programme(
        &self,
        actor: Actor,
        code: &ModuleCode,
        content: &Programme,
        is_demo: bool,
    ) -> Result<i64, StoreError> {
        let (code, content) = (code.clone(), content.clone());
        self.write(move |tx| Box::pin(async move { save(tx, actor, &code, &content, is_demo).await }))
            .await
    }
}

const fn wrong(column: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "programme_version",
        column,
    }
}

fn read(row: &AnyRow) -> Result<ProgrammeRow, StoreError> {
    Ok(ProgrammeRow {
        id: ProgrammeId::parse(&row.try_get::<String, _>(5)?).map_err(|_| wrong("programme_id"))?,
        code: ModuleCode::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("code"))?,
        number: row.try_get(1)?,
        published_at: Instant(row.try_get(2)?),
        content: serde_json::from_str(&row.try_get::<String, _>(3)?).map_err(|_| wrong("content"))?,
        demo: row.try_get::<Option<i64>, _>(4)?.is_some(),
    })
}

async fn save(
    tx: &mut Tx,
    actor: Actor,
    code: &ModuleCode,
    content: &Programme,
    is_demo: bool,
) -> Result<i64, StoreError> {
    let now = tx.now.micros();
    sqlx::query(
        "INSERT INTO programme (id, code, created_at, demo_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (code) DO NOTHING",
    )
    .bind(tx.ambient.uuid().to_string())
    .bind(code.to_string())
    .bind(now)
    .bind(is_demo.then_some(now))
    .execute(&mut *tx.conn)
    .await?;
    tx.lock_programme(code.as_str()).await?;
    let before = sqlx::query(
        "SELECT programme.id, programme_version.number, programme_version.content FROM programme
         LEFT JOIN programme_version ON programme_version.programme_id = programme.id
         WHERE programme.code = $1 ORDER BY programme_version.number DESC LIMIT 1",
    )
    .bind(code.to_string())
    .fetch_one(&mut *tx.conn)
    .await?;
    let number = before.try_get::<Option<i64>, _>(1)?.unwrap_or(0);
    let text = serde_json::to_string(content).map_err(|_| wrong("content"))?;
    if before.try_get::<Option<String>, _>(2)?.as_deref() == Some(text.as_str()) {
        return Ok(number);
    }
    sqlx::query(
        "INSERT INTO programme_version (programme_id, number, content, published_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(before.try_get::<String, _>(0)?)
    .bind(number + 1)
    .bind(text)
    .bind(now)
    .execute(&mut *tx.conn)
    .await?;
    let detail = format!("{}", number + 1);
    audit::record(
        tx,
        actor,
        "programme_saved",
        ("programme", code.as_str()),
        &detail,
    )
    .await?;
    Ok(number + 1)
}
