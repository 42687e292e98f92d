//! A person's own data: to fill forms, to delete.

use domain::booking::{Mode, PlaceState};
use domain::contact::EmailAddress;
use domain::district::District;
use domain::ids::PersonId;
use domain::organisation::OrganisationName;
use domain::person::PersonName;
use domain::time::Instant;
use sqlx::Row;

use crate::audit::{self, Actor};
use crate::certificates::forget::forget_holder;
use crate::read;
use crate::signups::forget::{Of, forget_needs};
use crate::signups::verbs::cancel_all_of;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// What fills a person's forms in advance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The name.
    pub name: Option<String>,
    /// The Träger.
    pub organisation: Option<String>,
    /// The district.
    pub district: Option<District>,
}

/// A place of a person's own address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyPlace {
    /// The title of the Veranstaltung.
    pub title: String,
    /// Its start.
    pub starts_at: Instant,
    /// Its end.
    pub ends_at: Instant,
    /// Where the place stands.
    pub state: PlaceState,
    /// In the room or by video.
    pub mode: Mode,
    /// The personal link's token: it was mailed to the same address.
    pub token: String,
}

/// Places that a person's page shows.
const MY_PLACES_MAX: i64 = 50;
/// How often the deletion of an account begins anew at most, because the person signs up at the same time.
const DELETION_TRIES_MAX: usize = 5;

impl Store {
    /// What fills a person's forms in advance.
    ///
    /// # Errors
    /// When there is no such person, or the database fails.
    pub async fn account(&self, person: PersonId) -> Result<Profile, StoreError> {
        let row = sqlx::query("SELECT name, organisation, district FROM person WHERE id = $1")
            .bind(person.to_string())
            .fetch_one(self.readers())
            .await?;
        Ok(Profile {
            name: row.try_get(0)?,
            organisation: row.try_get(1)?,
            district: row
                .try_get::<Option<String>, _>(2)?
                .and_then(|slug| District::parse(&slug)),
        })
    }

    /// Saves what fills a person's forms in advance.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_account(
        &self,
        person: PersonId,
        name: Option<PersonName>,
        organisation: Option<OrganisationName>,
        district: Option<District>,
    ) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query("UPDATE person SET name = $1, organisation = $2, district = $3 WHERE id = $4")
                    .bind(name.map(|name| name.as_str().to_owned()))
                    .bind(organisation.map(|name| name.as_str().to_owned()))
                    .bind(district.map(|district| district.slug))
                    .bind(person.to_string())
                    .execute(&mut *tx.conn)
                    .await?;
                audit::record(
                    tx,
                    Actor::Person(person),
                    "account_changed",
                    ("person", &person.to_string()),
                    "",
                )
                .await
            })
        })
        .await
    }

    /// The places of a person's own address, what comes next first, and what is past after that.
    ///
    /// # Errors
    /// When there is no such person, or the database fails.
    pub async fn my_places(&self, person: PersonId) -> Result<Vec<MyPlace>, StoreError> {
        let wrong = |column| StoreError::Inconsistent {
            table: "sign_up",
            column,
        };
        let rows = sqlx::query(
            "SELECT workshop.title, workshop.starts_at, workshop.ends_at, sign_up.state, sign_up.mode, sign_up.token
             FROM sign_up JOIN workshop ON workshop.id = sign_up.workshop_id
                JOIN person ON LOWER(sign_up.email) = LOWER(person.email)
             WHERE person.id = $1
             ORDER BY CASE WHEN workshop.ends_at >= $2 THEN workshop.starts_at ELSE 9223372036854775807 - workshop.starts_at END
             LIMIT $3",
        )
        .bind(person.to_string())
        .bind(self.ambient().now().micros())
        .bind(MY_PLACES_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(MyPlace {
                    title: row.try_get(0)?,
                    starts_at: Instant(row.try_get(1)?),
                    ends_at: Instant(row.try_get(2)?),
                    state: PlaceState::parse(&row.try_get::<String, _>(3)?).ok_or_else(|| wrong("state"))?,
                    mode: Mode::parse(&row.try_get::<String, _>(4)?).ok_or_else(|| wrong("mode"))?,
                    token: row.try_get(5)?,
                })
            })
            .collect()
    }

    /// Gives up the places in coming Veranstaltungen and deletes a person's account with all sessions: all of it, or
    /// nothing. Returns how many places were given up.
    ///
    /// # Errors
    /// When the person signs up again and again meanwhile, or the database fails.
    pub async fn delete_account(&self, person: PersonId) -> Result<u32, StoreError> {
        for _ in 0..DELETION_TRIES_MAX {
            match self.try_delete_account(person).await {
                Err(StoreError::Stale) => {}
                done => return done,
            }
        }
        Err(StoreError::Busy)
    }

    async fn try_delete_account(&self, person: PersonId) -> Result<u32, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let row = sqlx::query("SELECT email FROM person WHERE id = $1")
                    .bind(person.to_string())
                    .fetch_one(&mut *tx.conn)
                    .await?;
                let email = row.try_get::<String, _>(0)?;
                let cancelled = cancel_all_of(tx, &email).await?;
                let key = EmailAddress::parse(&email).map(|email| email.duplicate_key());
                erase_needs(tx, &key.unwrap_or_default()).await?;
                forget_holder(tx, person, &email).await?;
                sqlx::query("DELETE FROM person WHERE id = $1")
                    .bind(person.to_string())
                    .execute(&mut *tx.conn)
                    .await?;
                audit::record(
                    tx,
                    Actor::Person(person),
                    "account_deleted",
                    ("person", &person.to_string()),
                    "",
                )
                .await?;
                Ok(cancelled)
            })
        })
        .await
    }
}

/// Erases what a person needs, at the places and in the mails about them: it is arranged for nobody any more. Nobody reads the
/// name of who has gone, either. [`cancel_all_of`] has locked every Veranstaltung for which there is something to erase.
async fn erase_needs(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "UPDATE sign_up SET access_needs = '', needs = '', listing = 'nobody' WHERE person_key = $1 RETURNING id",
    )
    .bind(key.to_owned())
    .fetch_all(&mut *tx.conn)
    .await?;
    for row in &rows {
        let id = read::id(row, 0, "sign_up")?;
        forget_needs(tx, Of::Place(id)).await?;
    }
    Ok(())
}
