//! An application as it is kept.

use std::collections::BTreeSet;

use domain::ids::{FileId, PersonId, RecognitionId};
use domain::module::review::Reviewer;
use domain::module::{Content, ModuleCode};
use domain::recognition::{Application, Claims, FileKind, FileName, Findings, Procedure, State, claim::Gap};
use domain::time::Instant;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::modules::ModuleRow;
use crate::modules::row::find;
use crate::{Store, StoreError};

/// Applications that a list shows, at most.
const LIST_MAX: i64 = 300;

/// An application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognitionRow {
    /// Its id.
    pub id: RecognitionId,
    /// Whose it is.
    pub person: PersonId,
    /// The name in that account, if there is one.
    pub applicant: Option<String>,
    /// The module.
    pub module: ModuleRow,
    /// The version whose outcomes are looked at.
    pub number: i64,
    /// What that version says.
    pub content: Content,
    /// Where it was learned.
    pub procedure: Procedure,
    /// How far it is.
    pub state: State,
    /// What the person says.
    pub claims: Claims,
    /// What was found.
    pub findings: Findings,
    /// What was asked for.
    pub note: String,
    /// When it was begun.
    pub begun_at: Instant,
    /// When it was handed in last.
    pub submitted_at: Option<Instant>,
    /// When it was decided.
    pub decided_at: Option<Instant>,
    /// The evidence.
    pub files: Vec<FileRow>,
}

/// A file, without what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Its id.
    pub id: FileId,
    /// Its number in the application.
    pub number: u32,
    /// Its name.
    pub name: FileName,
    /// What it is.
    pub kind: FileKind,
    /// How long it is.
    pub bytes: u64,
    /// Whether its term is over, and nothing is in it any more.
    pub is_erased: bool,
}

impl RecognitionRow {
    /// What is missing before it can be handed in.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps = self.claims.gaps(&self.content.outcomes());
        if self.files.is_empty() {
            gaps.push(Gap::NoFile);
        }
        gaps
    }

    /// As the rules see it.
    #[must_use]
    pub fn application(&self) -> Application {
        Application {
            applicant: self.person,
            owners: self.module.owner_ids(),
            state: self.state,
            has_gaps: !self.gaps().is_empty(),
        }
    }

    /// The numbers of the files.
    #[must_use]
    pub fn file_numbers(&self) -> BTreeSet<u32> {
        self.files.iter().map(|file| file.number).collect()
    }
}

pub(super) const fn wrong(column: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "recognition",
        column,
    }
}

/// What [`read`] reads; `WHERE` follows.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT recognition.id, recognition.person_id, module.code, recognition.number, module_version.content,
                recognition.kind, recognition.state, recognition.claims, recognition.findings, recognition.note,
                recognition.begun_at, recognition.submitted_at, recognition.decided_at, person.name
             FROM recognition JOIN module ON module.id = recognition.module_id
             JOIN person ON person.id = recognition.person_id
             JOIN module_version ON module_version.module_id = recognition.module_id
                AND module_version.number = recognition.number ",
            $rest
        )
    };
}

async fn read(connection: &mut AnyConnection, row: &AnyRow) -> Result<RecognitionRow, StoreError> {
    let id: String = row.try_get(0)?;
    let text = |column: usize| row.try_get::<String, _>(column);
    let instant = |column: usize| Ok::<_, StoreError>(row.try_get::<Option<i64>, _>(column)?.map(Instant));
    let code = ModuleCode::parse(&text(2)?).map_err(|_| wrong("code"))?;
    Ok(RecognitionRow {
        module: find(connection, &code).await?,
        files: files(connection, &id).await?,
        id: RecognitionId::parse(&id).map_err(|_| wrong("id"))?,
        person: PersonId::parse(&text(1)?).map_err(|_| wrong("person_id"))?,
        number: row.try_get(3)?,
        content: serde_json::from_str(&text(4)?).map_err(|_| wrong("content"))?,
        procedure: Procedure::parse(&text(5)?).ok_or(wrong("kind"))?,
        state: State::parse(&text(6)?).ok_or(wrong("state"))?,
        claims: serde_json::from_str(&text(7)?).map_err(|_| wrong("claims"))?,
        findings: serde_json::from_str(&text(8)?).map_err(|_| wrong("findings"))?,
        note: text(9)?,
        begun_at: Instant(row.try_get(10)?),
        submitted_at: instant(11)?,
        decided_at: instant(12)?,
        applicant: row.try_get(13)?,
    })
}

async fn files(connection: &mut AnyConnection, id: &str) -> Result<Vec<FileRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, number, name, media_type, bytes, CASE WHEN content IS NULL THEN 1 ELSE 0 END
         FROM recognition_file WHERE recognition_id = $1 ORDER BY number",
    )
    .bind(id.to_owned())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(FileRow {
                id: FileId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("file.id"))?,
                number: u32::try_from(row.try_get::<i64, _>(1)?).map_err(|_| wrong("file.number"))?,
                name: FileName::kept(row.try_get(2)?),
                kind: FileKind::parse(&row.try_get::<String, _>(3)?).ok_or(wrong("file.media_type"))?,
                bytes: u64::try_from(row.try_get::<i64, _>(4)?).unwrap_or(0),
                is_erased: row.try_get::<i64, _>(5)? == 1,
            })
        })
        .collect()
}

/// The application of this id.
pub(super) async fn one(
    connection: &mut AnyConnection,
    id: RecognitionId,
) -> Result<RecognitionRow, StoreError> {
    let row = sqlx::query(select!("WHERE recognition.id = $1"))
        .bind(id.to_string())
        .fetch_one(&mut *connection)
        .await?;
    read(connection, &row).await
}

impl Store {
    /// An application.
    ///
    /// # Errors
    /// When there is none of this id, or the database fails.
    pub async fn recognition(&self, id: RecognitionId) -> Result<RecognitionRow, StoreError> {
        let mut connection = self.readers().acquire().await?;
        one(&mut connection, id).await
    }

    /// The applications of a person, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recognitions_of(&self, person: PersonId) -> Result<Vec<RecognitionRow>, StoreError> {
        let mut connection = self.readers().acquire().await?;
        let rows = sqlx::query(select!(
            "WHERE recognition.person_id = $1 ORDER BY recognition.begun_at DESC LIMIT $2"
        ))
        .bind(person.to_string())
        .bind(LIST_MAX)
        .fetch_all(&mut *connection)
        .await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in &rows {
            all.push(read(&mut connection, row).await?);
        }
        Ok(all)
    }

    /// What this person may decide: handed in by others, of modules of her institutions; for the office of all. What waits for
    /// longest comes first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recognitions_waiting(&self, who: &Reviewer) -> Result<Vec<RecognitionRow>, StoreError> {
        let mut connection = self.readers().acquire().await?;
        let rows = sqlx::query(select!(
            "WHERE recognition.state = 'submitted' AND recognition.person_id <> $2
                AND ($3 = 1 OR EXISTS (SELECT 1 FROM module_owner
                    JOIN role ON role.organisation_id = module_owner.organisation_id
                    WHERE module_owner.module_id = recognition.module_id
                        AND role.person_id = $2 AND role.role = 'curator'))
             ORDER BY recognition.submitted_at LIMIT $1"
        ))
        .bind(LIST_MAX)
        .bind(who.person.to_string())
        .bind(i64::from(who.is_staff))
        .fetch_all(&mut *connection)
        .await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in &rows {
            all.push(read(&mut connection, row).await?);
        }
        Ok(all)
    }
}
