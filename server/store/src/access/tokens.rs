//! Tokens: scoped, for one institution, with an end. Of a token only its hash is kept; it is random enough that a fast hash is
//! no weakness (130 bits).

use domain::access::Scope;
use domain::access::scope::{PER_INSTITUTION_MAX, TOKEN_START};
use domain::ids::{IdempotencyKey, OrganisationId, PersonId, TokenId};
use domain::time::Instant;
use sha2::{Digest, Sha256};
use sqlx::Row;

use crate::audit::{self, Actor};
use crate::migrate::hex;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// That a token was used is noted once in this time: reading writes nothing most of the time.
const USE_NOTED_EVERY_SECONDS: i64 = 3_600;

/// What a new token is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenDraft {
    /// For whose modules.
    pub organisation: OrganisationId,
    /// What it is for.
    pub name: String,
    /// What may be done with it.
    pub scope: Scope,
    /// After how many days it ends.
    pub days: i64,
}

/// A token, without what opens the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// What may be done with it.
    pub scope: Scope,
    /// When it was made.
    pub made_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// When it was used last, to the hour.
    pub used_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

/// A program that came with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The token.
    pub token: TokenId,
    /// For whose modules.
    pub organisation: OrganisationId,
    /// What it may do.
    pub scope: Scope,
}

const fn wrong(column: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "api_token",
        column,
    }
}

fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Who made a token: answers for what its program brings.
pub(crate) async fn maker(tx: &mut Tx, token: TokenId) -> Result<PersonId, StoreError> {
    let row = sqlx::query("SELECT made_by FROM api_token WHERE id = $1")
        .bind(token.to_string())
        .fetch_one(&mut *tx.conn)
        .await?;
    PersonId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("made_by"))
}

/// Writes a token, if the institution may have one more.
async fn insert(
    tx: &mut Tx,
    who: PersonId,
    id: TokenId,
    token: &str,
    draft: &TokenDraft,
) -> Result<(), StoreError> {
    tx.lock_name(&format!("access:{}", draft.organisation)).await?;
    let counting = sqlx::query(
        "SELECT COUNT(*) FROM api_token WHERE organisation_id = $1 AND revoked_at IS NULL AND ends_at > $2",
    )
    .bind(draft.organisation.to_string())
    .bind(tx.now.micros())
    .fetch_one(&mut *tx.conn)
    .await?;
    if usize::try_from(counting.try_get::<i64, _>(0)?).unwrap_or(0) >= PER_INSTITUTION_MAX {
        return Err(StoreError::Duplicate);
    }
    sqlx::query(
        "INSERT INTO api_token (id, organisation_id, name, scope, hash, made_at, made_by, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.to_string())
    .bind(draft.organisation.to_string())
    .bind(draft.name.clone())
    .bind(draft.scope.key())
    .bind(hash(token))
    .bind(tx.now.micros())
    .bind(who.to_string())
    .bind(tx.now.plus_hours(draft.days * 24).micros())
    .execute(&mut *tx.conn)
    .await?;
    let object = ("api_token", &*id.to_string());
    audit::record(tx, Actor::Person(who), "token_made", object, draft.scope.key()).await
}

impl Store {
    /// Makes a token. It is said here, and never again.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] if the institution has as many as it may, or the database fails.
    pub async fn make_api_token(&self, who: PersonId, draft: TokenDraft) -> Result<String, StoreError> {
        let (id, token) = self.new_token();
        let said = token.clone();
        self.write(move |tx| Box::pin(async move { insert(tx, who, id, &token, &draft).await }))
            .await?;
        Ok(said)
    }

    /// As [`Store::make_api_token`], for a form with a key: a repeat makes no second one, and is told nothing. Of a token only its
    /// hash is kept, also under the key of its form.
    ///
    /// # Errors
    /// As [`Store::make_api_token`].
    pub async fn make_api_token_once(
        &self,
        who: PersonId,
        draft: TokenDraft,
        key: IdempotencyKey,
    ) -> Result<Option<String>, StoreError> {
        let (id, token) = self.new_token();
        let said = token.clone();
        let first = self
            .write_once(key, move |tx| {
                Box::pin(async move {
                    insert(tx, who, id, &token, &draft).await?;
                    Ok(id.to_string())
                })
            })
            .await?;
        Ok(Some(said).filter(|_| first == id.to_string()))
    }

    fn new_token(&self) -> (TokenId, String) {
        let token = format!("{TOKEN_START}{}", self.ambient().token());
        (TokenId(self.ambient().uuid()), token)
    }

    /// The tokens of an institution, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn api_tokens(&self, organisation: OrganisationId) -> Result<Vec<TokenRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, name, scope, made_at, ends_at, used_at, revoked_at FROM api_token
             WHERE organisation_id = $1 ORDER BY made_at DESC LIMIT 100",
        )
        .bind(organisation.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                let instant =
                    |column: usize| Ok::<_, StoreError>(row.try_get::<Option<i64>, _>(column)?.map(Instant));
                Ok(TokenRow {
                    id: TokenId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?,
                    name: row.try_get(1)?,
                    scope: Scope::parse(&row.try_get::<String, _>(2)?).ok_or(wrong("scope"))?,
                    made_at: Instant(row.try_get(3)?),
                    ends_at: Instant(row.try_get(4)?),
                    used_at: instant(5)?,
                    revoked_at: instant(6)?,
                })
            })
            .collect()
    }

    /// Revokes a token of an institution. Returns whether it was there and counted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_api_token(
        &self,
        who: PersonId,
        organisation: OrganisationId,
        id: TokenId,
    ) -> Result<bool, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let done = sqlx::query(
                    "UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND organisation_id = $3 AND revoked_at IS NULL",
                )
                .bind(tx.now.micros())
                .bind(id.to_string())
                .bind(organisation.to_string())
                .execute(&mut *tx.conn)
                .await?;
                if done.rows_affected() == 0 {
                    return Ok(false);
                }
                audit::record(tx, Actor::Person(who), "token_revoked", ("api_token", &id.to_string()), "").await?;
                Ok(true)
            })
        })
        .await
    }

    /// The program that comes with a token; nothing, if it is none that counts: also when who made it works for the institution
    /// no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn api_caller(&self, token: &str) -> Result<Option<Caller>, StoreError> {
        let now = self.ambient().now();
        let row = sqlx::query(
            "SELECT id, organisation_id, scope, used_at FROM api_token
             WHERE hash = $1 AND revoked_at IS NULL AND ends_at > $2
                AND EXISTS (SELECT 1 FROM role WHERE role.person_id = api_token.made_by
                    AND (role.role IN ('staff', 'admin') OR role.organisation_id = api_token.organisation_id))",
        )
        .bind(hash(token))
        .bind(now.micros())
        .fetch_optional(self.readers())
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let caller = Caller {
            token: TokenId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?,
            organisation: OrganisationId::parse(&row.try_get::<String, _>(1)?)
                .map_err(|_| wrong("organisation_id"))?,
            scope: Scope::parse(&row.try_get::<String, _>(2)?).ok_or(wrong("scope"))?,
        };
        let noted = row.try_get::<Option<i64>, _>(3)?.map(Instant);
        // A program reads on while nothing can be written.
        if noted.is_none_or(|at| at.plus_seconds(USE_NOTED_EVERY_SECONDS) < now)
            && let Err(error) = self.note_use(caller.token).await
        {
            tracing::warn!(%error, "that a token was used could not be noted");
        }
        Ok(Some(caller))
    }

    async fn note_use(&self, token: TokenId) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query("UPDATE api_token SET used_at = $1 WHERE id = $2")
                    .bind(tx.now.micros())
                    .bind(token.to_string())
                    .execute(&mut *tx.conn)
                    .await?;
                Ok(())
            })
        })
        .await
    }
}
