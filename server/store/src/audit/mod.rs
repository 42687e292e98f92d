//! Who did what: append-only, each row holding the hash of itself and of the one before.
//!
//! Holds no codes, no tokens and nothing that people typed: ids, states and reasons of staff.
//!
//! - [`log`]: read page by page, narrowed

pub mod log;

use domain::ids::{MemberId, PersonId, SignUpId, TokenId};
use domain::time::Instant;
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Row};

use crate::migrate::hex;
use crate::tail::Cell;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    Person(PersonId),
    /// Whoever holds the personal link of a sign-up.
    Link(SignUpId),
    /// Somebody on a board.
    Member(MemberId),
    /// A program with a token.
    Program(TokenId),
    /// Somebody without session or link.
    Visitor,
    /// The platform itself: a deadline ran out.
    System,
}

impl Actor {
    /// The actor as one word.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Person(id) => format!("person:{id}"),
            Self::Link(id) => format!("link:{id}"),
            Self::Member(id) => format!("member:{id}"),
            Self::Program(id) => format!("program:{id}"),
            Self::Visitor => "visitor".to_owned(),
            Self::System => "system".to_owned(),
        }
    }
}

/// One row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number, from 1 without gaps.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// Who ([`Actor::key`]).
    pub actor: String,
    /// The address of the account behind it, while there is one. Not part of the log: it goes with the account.
    pub actor_email: Option<String>,
    /// What.
    pub action: String,
    /// Of what kind of object.
    pub object_kind: String,
    /// Which object.
    pub object_id: String,
    /// States and reasons.
    pub detail: String,
    /// SHA-256 over the hash of the row before and all fields of this one.
    pub hash: String,
}

impl AuditRow {
    /// Reads the columns of the log and, behind them, the address of the account.
    pub(crate) fn read_with_account(row: &sqlx::any::AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            actor_email: row.try_get(8)?,
            ..read(row)?
        })
    }
}

/// A row that has no number yet.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    at: Instant,
    /// Actor, action, kind of object, object, states and reasons.
    fields: [String; 5],
}

/// Appends a row, in the transaction of the change it tells of. It is numbered and written before the commit: the end of
/// the log is what a transaction locks last, so that nobody who has it waits for anybody.
///
/// # Errors
/// None for now. What fails when it is written fails the change.
pub async fn record(
    tx: &mut Tx,
    actor: Actor,
    action: &str,
    object: (&str, &str),
    detail: &str,
) -> Result<(), StoreError> {
    let actor = actor.key();
    tx.tail.log.push(Entry {
        at: tx.now,
        fields: [actor.as_str(), action, object.0, object.1, detail].map(str::to_owned),
    });
    Ok(())
}

/// The end of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuditHead {
    /// The number of the last row.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// Reads the head and keeps it for this transaction: until the commit nobody else adds a row, and the chain has no
/// fork.
pub(crate) async fn lock_head(conn: &mut AnyConnection) -> Result<AuditHead, sqlx::Error> {
    let row = sqlx::query("UPDATE audit_head SET seq = seq WHERE id = 1 RETURNING seq, hash")
        .fetch_one(conn)
        .await?;
    Ok(AuditHead {
        seq: row.try_get(0)?,
        hash: row.try_get(1)?,
    })
}

/// Gives a row the number and the hash that follow the head, and moves the head on to it: seq, at, actor, action,
/// object_kind, object_id, detail, hash.
pub(crate) fn number(head: &mut AuditHead, Entry { at, fields }: Entry) -> [Cell; 8] {
    head.seq += 1;
    head.hash = chain(
        &head.hash,
        head.seq,
        at.micros(),
        &fields.each_ref().map(String::as_str),
    );
    let [actor, action, object_kind, object_id, detail] = fields.map(Cell::from);
    [
        head.seq.into(),
        at.micros().into(),
        actor,
        action,
        object_kind,
        object_id,
        detail,
        head.hash.clone().into(),
    ]
}

fn chain(before: &str, seq: i64, at: i64, fields: &[&str]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(before.as_bytes());
    hasher.update(seq.to_be_bytes());
    hasher.update(at.to_be_bytes());
    for field in fields {
        // The length goes in front, so that no two lists of fields have the same bytes.
        hasher.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(field.as_bytes());
    }
    hex(&hasher.finalize())
}

impl Store {
    /// Rows of one object, or of all, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_rows(&self, object_id: Option<&str>, limit: i64) -> Result<Vec<AuditRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT seq, at, actor, action, object_kind, object_id, detail, hash, person.email
             FROM audit LEFT JOIN person ON audit.actor = 'person:' || person.id
             WHERE ($1 = '' OR object_id = $1) ORDER BY seq DESC LIMIT $2",
        )
        .bind(object_id.unwrap_or_default())
        .bind(limit)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(AuditRow::read_with_account).collect()
    }

    /// Checks the chain from the first row to the head. Returns the number of the first row that does not
    /// fit, or nothing if all do.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_first_break(&self) -> Result<Option<i64>, StoreError> {
        let rows = sqlx::query(
            "SELECT seq, at, actor, action, object_kind, object_id, detail, hash FROM audit ORDER BY seq",
        )
        .fetch_all(self.readers())
        .await?;
        let mut before = String::new();
        let mut expected = 1;
        for row in &rows {
            let row = read(row)?;
            let fields = [
                &row.actor,
                &row.action,
                &row.object_kind,
                &row.object_id,
                &row.detail,
            ];
            let hash = chain(&before, row.seq, row.at.micros(), &fields.map(String::as_str));
            if row.seq != expected || row.hash != hash {
                return Ok(Some(expected));
            }
            before = hash;
            expected += 1;
        }
        let head = sqlx::query("SELECT seq, hash FROM audit_head WHERE id = 1")
            .fetch_one(self.readers())
            .await?;
        let (seq, hash): (i64, String) = (head.try_get(0)?, head.try_get(1)?);
        Ok((seq != expected - 1 || hash != before).then_some(expected))
    }
}

fn read(row: &sqlx::any::AnyRow) -> Result<AuditRow, StoreError> {
    Ok(AuditRow {
        seq: row.try_get(0)?,
        at: Instant(row.try_get(1)?),
        actor: row.try_get(2)?,
        actor_email: None,
        action: row.try_get(3)?,
        object_kind: row.try_get(4)?,
        object_id: row.try_get(5)?,
        detail: row.try_get(6)?,
        hash: row.try_get(7)?,
    })
}
