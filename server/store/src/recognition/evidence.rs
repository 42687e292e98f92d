//! Evidence: files, kept in the database beside what they show, so that a backup holds both and a deleted account takes both.

use domain::ids::{FileId, PersonId, RecognitionId};
use domain::module::review::Reviewer;
use domain::recognition::file::{FILES_MAX, PERSON_BYTES_MAX};
use domain::recognition::{Act, FileKind, FileName, Refusal};
use sqlx::Row;

use super::act::{locked, log};
use super::row::wrong;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// A file that is uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// Its name.
    pub name: FileName,
    /// What it is.
    pub kind: FileKind,
    /// What is in it.
    pub content: Vec<u8>,
}

/// A file, and to which application it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileContent {
    /// The application.
    pub recognition: RecognitionId,
    /// The file.
    pub file: Uploaded,
}

/// How many bytes of evidence of a person are kept.
async fn kept_bytes(tx: &mut Tx, person: PersonId) -> Result<usize, StoreError> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE(SUM(recognition_file.bytes), 0) AS BIGINT) FROM recognition_file
         JOIN recognition ON recognition.id = recognition_file.recognition_id
         WHERE recognition.person_id = $1 AND recognition_file.content IS NOT NULL",
    )
    .bind(person.to_string())
    .fetch_one(&mut *tx.conn)
    .await?;
    Ok(usize::try_from(row.try_get::<i64, _>(0)?).unwrap_or(usize::MAX))
}

/// The number of the next file, which no file of the application had before. Its term begins anew.
async fn next_number(tx: &mut Tx, id: RecognitionId) -> Result<i64, StoreError> {
    let row = sqlx::query(
        "UPDATE recognition SET last_file = last_file + 1, changed_at = $1 WHERE id = $2 RETURNING last_file",
    )
    .bind(tx.now.micros())
    .bind(id.to_string())
    .fetch_one(&mut *tx.conn)
    .await?;
    Ok(row.try_get(0)?)
}

/// Somebody works on it: its term begins anew.
async fn touch(tx: &mut Tx, id: RecognitionId) -> Result<(), StoreError> {
    sqlx::query("UPDATE recognition SET changed_at = $1 WHERE id = $2")
        .bind(tx.now.micros())
        .bind(id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}

impl Store {
    /// Adds a file to an application. Returns its number.
    ///
    /// # Errors
    /// When there is no such application, or the database fails. What the rules forbid is an answer.
    pub async fn add_evidence(
        &self,
        who: Reviewer,
        id: RecognitionId,
        file: Uploaded,
    ) -> Result<Result<u32, Refusal>, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let found = locked(tx, id).await?;
                if let Err(refusal) = found.application().decide(&who, Act::Write) {
                    return Ok(Err(refusal));
                }
                if found.files.len() >= FILES_MAX {
                    return Ok(Err(Refusal::TooManyFiles));
                }
                if kept_bytes(tx, who.person).await? + file.content.len() > PERSON_BYTES_MAX {
                    return Ok(Err(Refusal::NoRoom));
                }
                let number = next_number(tx, id).await?;
                sqlx::query(
                    "INSERT INTO recognition_file
                        (id, recognition_id, number, name, media_type, bytes, content, uploaded_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                )
                .bind(tx.ambient.uuid().to_string())
                .bind(id.to_string())
                .bind(number)
                .bind(file.name.as_str().to_owned())
                .bind(file.kind.media_type())
                .bind(i64::try_from(file.content.len()).unwrap_or(i64::MAX))
                .bind(file.content)
                .bind(tx.now.micros())
                .execute(&mut *tx.conn)
                .await?;
                log(tx, who.person, "evidence_added", id, found.module.code.as_str()).await?;
                u32::try_from(number).map_err(|_| wrong("file.number")).map(Ok)
            })
        })
        .await
    }

    /// Takes a file away from an application; it is gone.
    ///
    /// # Errors
    /// When there is no such application, or the database fails. What the rules forbid is an answer.
    pub async fn remove_evidence(
        &self,
        who: Reviewer,
        id: RecognitionId,
        number: u32,
    ) -> Result<Result<(), Refusal>, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let found = locked(tx, id).await?;
                if let Err(refusal) = found.application().decide(&who, Act::Write) {
                    return Ok(Err(refusal));
                }
                sqlx::query("DELETE FROM recognition_file WHERE recognition_id = $1 AND number = $2")
                    .bind(id.to_string())
                    .bind(i64::from(number))
                    .execute(&mut *tx.conn)
                    .await?;
                touch(tx, id).await?;
                log(tx, who.person, "evidence_removed", id, found.module.code.as_str()).await?;
                Ok(Ok(()))
            })
        })
        .await
    }

    /// A file with what is in it. Who may have it, the caller asks the rules.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none, or nothing is in it any more; or the database fails.
    pub async fn evidence(&self, id: FileId) -> Result<FileContent, StoreError> {
        let row = sqlx::query(
            "SELECT recognition_id, name, media_type, content FROM recognition_file WHERE id = $1 AND content IS NOT NULL",
        )
        .bind(id.to_string())
        .fetch_one(self.readers())
        .await?;
        let recognition =
            RecognitionId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("file.recognition_id"))?;
        Ok(FileContent {
            recognition,
            file: Uploaded {
                name: FileName::kept(row.try_get(1)?),
                kind: FileKind::parse(&row.try_get::<String, _>(2)?).ok_or(wrong("file.media_type"))?,
                content: row.try_get(3)?,
            },
        })
    }
}
