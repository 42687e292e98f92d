//! A person's own data: to fill forms, to take along, to delete.

use domain::booking::{Mode, PlaceState};
use domain::district::District;
use domain::ids::PersonId;
use domain::organisation::OrganisationName;
use domain::person::PersonName;
use domain::time::Instant;
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::audit::{self, Actor};
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

    /// What somebody said about modules, for [`Store::account_export`].
    async fn own_comments(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let rows = sqlx::query(
            "SELECT module.code, module_comment.number, module_comment.field, module_comment.said, module_comment.said_at
             FROM module_comment JOIN module ON module.id = module_comment.module_id
             WHERE module_comment.person_id = $1 ORDER BY module_comment.said_at",
        )
        .bind(person.to_string())
        .fetch_all(self.readers())
        .await?;
        let comment = |row: &AnyRow| {
            Ok(json!({
                "modul": row.try_get::<String, _>(0)?,
                "fassung": row.try_get::<i64, _>(1)?,
                "feld": row.try_get::<String, _>(2)?,
                "text": row.try_get::<String, _>(3)?,
                "am": Instant(row.try_get(4)?).to_rfc3339(),
            }))
        };
        rows.iter().map(comment).collect()
    }

    /// Everything that is kept about a person (Art. 15 and 20 GDPR).
    ///
    /// # Errors
    /// When there is no such person, or the database fails.
    pub async fn account_export(&self, person: PersonId) -> Result<Value, StoreError> {
        let row = sqlx::query(
            "SELECT email, email_key, name, organisation, district, created_at FROM person WHERE id = $1",
        )
        .bind(person.to_string())
        .fetch_one(self.readers())
        .await?;
        let email: String = row.try_get(0)?;
        let sign_ups = sqlx::query(
            "SELECT sign_up.id, workshop.title, workshop.starts_at, sign_up.name, sign_up.organisation,
                sign_up.district, sign_up.mode, sign_up.state, sign_up.access_needs, sign_up.listing,
                sign_up.created_at, sign_up.needs
             FROM sign_up JOIN workshop ON workshop.id = sign_up.workshop_id
             WHERE LOWER(sign_up.email) = $1 ORDER BY sign_up.created_at",
        )
        .bind(email.to_lowercase())
        .fetch_all(self.readers())
        .await?;
        let mut places = Vec::with_capacity(sign_ups.len());
        for place in &sign_ups {
            places.push(json!({
                "id": place.try_get::<String, _>(0)?,
                "veranstaltung": place.try_get::<String, _>(1)?,
                "beginnt": Instant(place.try_get(2)?).to_rfc3339(),
                "name": place.try_get::<String, _>(3)?,
                "traeger": place.try_get::<String, _>(4)?,
                "kreis": place.try_get::<String, _>(5)?,
                "form": place.try_get::<String, _>(6)?,
                "stand": place.try_get::<String, _>(7)?,
                "unterstuetzung": place.try_get::<String, _>(8)?,
                "unterstuetzung_angekreuzt": place.try_get::<String, _>(11)?,
                "teilnahmeliste": place.try_get::<String, _>(9)?,
                "angemeldet": Instant(place.try_get(10)?).to_rfc3339(),
            }));
        }
        let sessions = self.my_sessions(person).await?;
        let comments = self.own_comments(person).await?;
        let plan = self.learning_plan(person).await?;
        let demand = self.noted_demand(person).await?;
        let recognitions = self.own_recognitions(person).await?;
        let certificates = self.certificates_of(person).await?;
        Ok(json!({
            "konto": {
                "email": email,
                "name": row.try_get::<Option<String>, _>(2)?,
                "traeger": row.try_get::<Option<String>, _>(3)?,
                "kreis": row.try_get::<Option<String>, _>(4)?,
                "angelegt": Instant(row.try_get(5)?).to_rfc3339(),
            },
            "anmerkungen": comments,
            "bedarf": demand,
            "anrechnungen": recognitions,
            "nachweise": certificates.iter().map(|one| json!({
                "code": one.code.printed(),
                "inhalt": one.facts,
            })).collect::<Vec<_>>(),
            "lernweg": plan.map(|plan| json!({
                "plan": plan.wish,
                "gespeichert": plan.saved_at.to_rfc3339(),
            })),
            "geraete": sessions.iter().map(|session| json!({
                "geraet": session.device,
                "angemeldet": session.created_at.to_rfc3339(),
                "zuletzt": session.used_at.to_rfc3339(),
            })).collect::<Vec<_>>(),
            "anmeldungen": places,
        }))
    }

    /// Deletes a person's account and all sessions, after the places in coming Veranstaltungen were given up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_account(&self, person: PersonId) -> Result<(), StoreError> {
        let row = sqlx::query("SELECT email FROM person WHERE id = $1")
            .bind(person.to_string())
            .fetch_one(self.readers())
            .await?;
        self.cancel_all_of(&row.try_get::<String, _>(0)?).await?;
        self.write(move |tx| {
            Box::pin(async move {
                // A certificate stays with who has it on paper; nothing leads from it to an account any more.
                sqlx::query(
                    "UPDATE certificate SET email = '' WHERE email = (SELECT email_key FROM person WHERE id = $1)",
                )
                .bind(person.to_string())
                .execute(&mut *tx.conn)
                .await?;
                // What the person needs is arranged for nobody any more.
                sqlx::query(
                    "UPDATE sign_up SET access_needs = '', needs = ''
                     WHERE person_key = (SELECT email_key FROM person WHERE id = $1)",
                )
                .bind(person.to_string())
                .execute(&mut *tx.conn)
                .await?;
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
                .await
            })
        })
        .await
    }
}
