//! A new Veranstaltung.

use domain::ids::{IdempotencyKey, WorkshopId};
use domain::time::Instant;
use domain::workshop::{Form, Slug, Status, WorkshopDraft};

use super::find::load;
use super::row::{WorkshopRow, fold};
use super::run;
use crate::audit::{self, Actor};
use crate::slugs::free_slug;
use crate::writer::Tx;
use crate::{Store, StoreError};

impl Store {
    /// Enters a Veranstaltung as a draft.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create_workshop(
        &self,
        actor: Actor,
        draft: &WorkshopDraft,
    ) -> Result<WorkshopRow, StoreError> {
        self.create(actor, draft, false).await
    }

    /// As [`Store::create_workshop`], for a form with a key: a repeat makes no second one. Returns the one that it made first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create_workshop_once(
        &self,
        actor: Actor,
        draft: &WorkshopDraft,
        key: IdempotencyKey,
    ) -> Result<WorkshopId, StoreError> {
        let draft = draft.clone();
        let id = self
            .write_once(key, move |tx| {
                Box::pin(async move { Ok(insert(tx, actor, &draft, false).await?.id.to_string()) })
            })
            .await?;
        WorkshopId::parse(&id).map_err(|_| StoreError::Inconsistent {
            table: "idempotency",
            column: "answer",
        })
    }

    /// As [`Store::create_workshop`], marked as belonging to the demo.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create_demo_workshop(&self, draft: &WorkshopDraft) -> Result<WorkshopRow, StoreError> {
        self.create(Actor::System, draft, true).await
    }

    async fn create(
        &self,
        actor: Actor,
        draft: &WorkshopDraft,
        demo: bool,
    ) -> Result<WorkshopRow, StoreError> {
        let draft = draft.clone();
        self.write(move |tx| Box::pin(async move { insert(tx, actor, &draft, demo).await }))
            .await
    }
}

/// Writes a new draft.
pub(super) async fn insert(
    tx: &mut Tx,
    actor: Actor,
    draft: &WorkshopDraft,
    demo: bool,
) -> Result<WorkshopRow, StoreError> {
    let id = WorkshopId(tx.ambient.uuid());
    let now = tx.now.micros();
    // Another server that makes one finds its number and its name taken. Who takes a run over has locked that before.
    tx.lock_name("workshop_number").await?;
    let slug = free_slug(
        tx,
        "SELECT 1 FROM workshop WHERE slug = $1",
        &Slug::from_title(&draft.title, draft.starts_at),
    )
    .await?;
    let seats = &draft.seats;
    sqlx::query(
        "INSERT INTO workshop (id, number, slug, status, kind, form, title, content, search, starts_at, ends_at,
            opens_at, closes_at, capacity_on_site, reserved_on_site, capacity_online, reserved_online,
            per_organisation_max, per_organisation_until, sequence, version, demo_at, created_at, updated_at)
         SELECT $1, COALESCE(MAX(number), 100) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
            $17, $18, 0, 1, $19, $20, $20 FROM workshop",
    )
    .bind(id.to_string())
    .bind(slug.as_str().to_owned())
    .bind(Status::Draft.key())
    .bind(draft.kind.key())
    .bind(Form::of(seats).key())
    .bind(draft.title.clone())
    .bind(content(draft)?)
    .bind(searched(draft))
    .bind(draft.starts_at.micros())
    .bind(draft.ends_at.micros())
    .bind(seats.opens_at.micros())
    .bind(seats.closes_at.micros())
    .bind(i64::from(seats.on_site.capacity))
    .bind(i64::from(seats.on_site.reserved))
    .bind(i64::from(seats.online.capacity))
    .bind(i64::from(seats.online.reserved))
    .bind(seats.per_organisation_max.map(i64::from))
    .bind(seats.per_organisation_until.map(Instant::micros))
    .bind(demo.then_some(now))
    .bind(now)
    .execute(&mut *tx.conn)
    .await?;
    write_districts(tx, id, draft).await?;
    run::bind(tx, id, draft).await?;
    audit::record(tx, actor, "workshop_created", ("workshop", &id.to_string()), "{}").await?;
    load(&mut tx.conn, id).await
}

/// The description as it is kept.
pub(super) fn content(draft: &WorkshopDraft) -> Result<String, StoreError> {
    serde_json::to_string(draft).map_err(|_| StoreError::Inconsistent {
        table: "workshop",
        column: "content",
    })
}

/// What the search looks at.
pub(super) fn searched(draft: &WorkshopDraft) -> String {
    let districts = draft
        .districts
        .iter()
        .map(|district| district.name)
        .collect::<Vec<_>>()
        .join(" ");
    fold(&format!(
        "{} {} {} {} {} {} {}",
        draft.title,
        draft.summary,
        draft.tags.join(" "),
        draft.kind.label(),
        draft.venue.name,
        draft.venue.town,
        districts,
    ))
}

/// Writes the districts anew; the first is where it takes place.
pub(super) async fn write_districts(
    tx: &mut Tx,
    id: WorkshopId,
    draft: &WorkshopDraft,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM workshop_district WHERE workshop_id = $1")
        .bind(id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    for (position, district) in draft.districts.iter().enumerate() {
        sqlx::query("INSERT INTO workshop_district (workshop_id, position, district) VALUES ($1, $2, $3)")
            .bind(id.to_string())
            .bind(i64::try_from(position).unwrap_or(i64::MAX))
            .bind(district.slug)
            .execute(&mut *tx.conn)
            .await?;
    }
    Ok(())
}
