//! Träger, public bodies, universities.

use domain::district::District;
use domain::ids::OrganisationId;
use domain::organisation::{OrganisationKind, OrganisationName};
use sqlx::Row;

use crate::read;
use crate::{Store, StoreError};

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Which one.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// What kind it is.
    pub kind: OrganisationKind,
    /// Where it is, if in one district.
    pub district: Option<District>,
}

impl Store {
    /// Every organisation, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn organisations(&self) -> Result<Vec<Organisation>, StoreError> {
        let rows = sqlx::query("SELECT id, name, kind, district FROM organisation ORDER BY name")
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(read).collect()
    }

    /// Enters an organisation, or finds the one that is there under this name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn organisation_upsert(
        &self,
        name: OrganisationName,
        kind: OrganisationKind,
        district: Option<District>,
    ) -> Result<OrganisationId, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let row = sqlx::query(
                    "INSERT INTO organisation (id, name, name_key, kind, district, created_at)
                     VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (name_key) DO UPDATE SET name_key = excluded.name_key RETURNING id",
                )
                .bind(tx.ambient.uuid().to_string())
                .bind(name.as_str().to_owned())
                .bind(name.key())
                .bind(kind.key())
                .bind(district.map(|district| district.slug))
                .bind(tx.now.micros())
                .fetch_one(&mut *tx.conn)
                .await?;
                read::id(&row, 0, "organisation")
            })
        })
        .await
    }
}

fn read(row: &sqlx::any::AnyRow) -> Result<Organisation, StoreError> {
    let wrong = |column| StoreError::Inconsistent {
        table: "organisation",
        column,
    };
    Ok(Organisation {
        id: OrganisationId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?,
        name: row.try_get(1)?,
        kind: OrganisationKind::parse(&row.try_get::<String, _>(2)?).ok_or_else(|| wrong("kind"))?,
        district: row
            .try_get::<Option<String>, _>(3)?
            .and_then(|slug| District::parse(&slug)),
    })
}
