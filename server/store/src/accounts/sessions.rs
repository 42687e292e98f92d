//! Devices that are signed in. Only the hash of a token is kept.

use domain::account::Role;
use domain::contact::EmailAddress;
use domain::ids::{OrganisationId, PersonId, SessionId};
use domain::time::Instant;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::SignedIn;
use super::roles;
use crate::migrate::hex;
use crate::read;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Longest session of a participant.
pub const PARTICIPANT_SESSION_HOURS: i64 = 30 * 24;
/// A participant's session ends after this long without use.
pub const PARTICIPANT_IDLE_HOURS: i64 = 7 * 24;
/// Longest session of staff, curators and admins: one working day.
pub const STAFF_SESSION_HOURS: i64 = 12;
/// Their session ends after this long without use.
pub const STAFF_IDLE_HOURS: i64 = 2;
/// The last use is written at most this often, so that reading a page does not write.
const TOUCH_SECONDS: i64 = 15 * 60;

/// A signed-in person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub person: PersonId,
    /// The address.
    pub email: EmailAddress,
    /// The name, if given.
    pub name: Option<String>,
    /// What the person may do, and for which organisation.
    pub roles: Vec<(Role, Option<OrganisationId>)>,
    /// The session that asks.
    pub session: SessionId,
}

impl Viewer {
    /// Whether the person works at the office, or gives roles.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.roles
            .iter()
            .any(|(role, _)| matches!(role, Role::Staff | Role::Admin))
    }

    /// Whether the person gives roles.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.roles.iter().any(|(role, _)| *role == Role::Admin)
    }

    /// Whether the person curates the modules of this organisation.
    #[must_use]
    pub fn curates(&self, organisation: OrganisationId) -> bool {
        self.roles.contains(&(Role::Curator, Some(organisation)))
    }
}

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Which one.
    pub id: SessionId,
    /// Browser and system in a few words.
    pub device: String,
    /// Since when.
    pub created_at: Instant,
    /// Last use, to a quarter of an hour.
    pub used_at: Instant,
}

/// The hash of a token, as it is kept.
pub(crate) fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Starts a session in the transaction of signing in.
pub(super) async fn start(tx: &mut Tx, person: PersonId, device: String) -> Result<SignedIn, StoreError> {
    let (_, hours) = limits(&roles::of(&mut tx.conn, person).await?);
    let token = tx.ambient.token();
    let session = SessionId(tx.ambient.uuid());
    sqlx::query(
        "INSERT INTO session (id, token_hash, person_id, device, created_at, used_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $5, $6)",
    )
    .bind(session.to_string())
    .bind(token_hash(&token))
    .bind(person.to_string())
    .bind(device)
    .bind(tx.now.micros())
    .bind(tx.now.plus_hours(hours).micros())
    .execute(&mut *tx.conn)
    .await?;
    Ok(SignedIn {
        token,
        person,
        session,
    })
}

/// Idle and longest time of a session in hours: the stricter ones for whoever has a role.
fn limits(roles: &[(Role, Option<OrganisationId>)]) -> (i64, i64) {
    if roles.iter().any(|(role, _)| *role != Role::Participant) {
        (STAFF_IDLE_HOURS, STAFF_SESSION_HOURS)
    } else {
        (PARTICIPANT_IDLE_HOURS, PARTICIPANT_SESSION_HOURS)
    }
}

impl Store {
    /// The person behind a token, while the session lasts. It is used with that, and lasts longer, unless nothing can be written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, token: &str) -> Result<Option<Viewer>, StoreError> {
        let Some((viewer, used_at)) = self.find_session(token).await? else {
            return Ok(None);
        };
        // Who is signed in reads on while nothing can be written; at worst the session ends earlier.
        if self.ambient().now() > used_at.plus_seconds(TOUCH_SECONDS)
            && let Err(error) = self.touch(viewer.session).await
        {
            tracing::warn!(%error, "that a session was used could not be noted");
        }
        Ok(Some(viewer))
    }

    /// The same, asked by what runs by itself: a page that is left open does not keep anybody signed in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session_unused(&self, token: &str) -> Result<Option<Viewer>, StoreError> {
        let found = self.find_session(token).await?;
        Ok(found.map(|(viewer, _)| viewer))
    }

    /// The person behind a token, and when the session was used last.
    async fn find_session(&self, token: &str) -> Result<Option<(Viewer, Instant)>, StoreError> {
        let now = self.ambient().now();
        let mut connection = self.readers().acquire().await?;
        let row = sqlx::query(
            "SELECT session.id, person.id, person.email, person.name, session.created_at, session.used_at
             FROM session JOIN person ON person.id = session.person_id
             WHERE session.token_hash = $1 AND session.ends_at > $2",
        )
        .bind(token_hash(token))
        .bind(now.micros())
        .fetch_optional(&mut *connection)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let wrong = |column| StoreError::Inconsistent {
            table: "session",
            column,
        };
        let session = SessionId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?;
        let person = PersonId::parse(&row.try_get::<String, _>(1)?).map_err(|_| wrong("person_id"))?;
        let email = EmailAddress::parse(&row.try_get::<String, _>(2)?).map_err(|_| wrong("email"))?;
        let name = row.try_get(3)?;
        let (created_at, used_at) = (Instant(row.try_get(4)?), Instant(row.try_get(5)?));
        let roles = roles::of(&mut connection, person).await?;
        drop(connection);
        // A role given later shortens the sessions that are there.
        let (idle, longest) = limits(&roles);
        if now >= used_at.plus_hours(idle) || now >= created_at.plus_hours(longest) {
            return Ok(None);
        }
        let viewer = Viewer {
            person,
            email,
            name,
            roles,
            session,
        };
        Ok(Some((viewer, used_at)))
    }

    async fn touch(&self, session: SessionId) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query("UPDATE session SET used_at = $1 WHERE id = $2")
                    .bind(tx.now.micros())
                    .bind(session.to_string())
                    .execute(&mut *tx.conn)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    /// A person's own sessions, the last used first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn my_sessions(&self, person: PersonId) -> Result<Vec<SessionRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, device, created_at, used_at FROM session WHERE person_id = $1 AND ends_at > $2
             ORDER BY used_at DESC, id",
        )
        .bind(person.to_string())
        .bind(self.ambient().now().micros())
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(SessionRow {
                    id: read::id(row, 0, "session")?,
                    device: row.try_get(1)?,
                    created_at: Instant(row.try_get(2)?),
                    used_at: Instant(row.try_get(3)?),
                })
            })
            .collect()
    }

    /// Ends one of a person's own sessions.
    ///
    /// # Errors
    /// When it is not there or somebody else's, or the database fails.
    pub async fn end_session(&self, person: PersonId, session: SessionId) -> Result<(), StoreError> {
        let ended = self
            .delete_sessions(
                "DELETE FROM session WHERE person_id = $1 AND id = $2",
                person.to_string(),
                session.to_string(),
            )
            .await?;
        if ended == 0 {
            Err(StoreError::NotFound)
        } else {
            Ok(())
        }
    }

    /// Ends the session of a token.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session_by_token(&self, token: &str) -> Result<(), StoreError> {
        let hash = token_hash(token);
        self.delete_sessions(
            "DELETE FROM session WHERE token_hash = $1 AND $2 = ''",
            hash,
            String::new(),
        )
        .await
        .map(|_| ())
    }

    /// Ends every session of a person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_all_sessions(&self, person: PersonId) -> Result<(), StoreError> {
        self.delete_sessions(
            "DELETE FROM session WHERE person_id = $1 AND $2 = ''",
            person.to_string(),
            String::new(),
        )
        .await
        .map(|_| ())
    }

    async fn delete_sessions(
        &self,
        sql: &'static str,
        first: String,
        second: String,
    ) -> Result<u64, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let done = sqlx::query(sql)
                    .bind(first)
                    .bind(second)
                    .execute(&mut *tx.conn)
                    .await?;
                Ok(done.rows_affected())
            })
        })
        .await
    }
}
