//! What happened to one place and who did it, and the log of a Veranstaltung with that of its places.

use domain::ids::{SignUpId, WorkshopId};
use sqlx::Row;

use super::place::{HistoryEntry, WHOLE_HISTORY, history};
use crate::audit::AuditRow;
use crate::read;
use crate::{Store, StoreError};

/// Lines of the log that belong to one place and are read at most.
const LINES_MAX: i64 = 1_000;

/// What happened to one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// How the person is called now.
    pub name: String,
    /// The Veranstaltung.
    pub workshop: WorkshopId,
    /// Its title.
    pub title: String,
    /// What happened, oldest first.
    pub done: Vec<Done>,
    /// What staff noted about its mails, oldest first.
    pub mails: Vec<AuditRow>,
}

/// One thing that happened, and who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What, with the reason that was typed.
    pub entry: HistoryEntry,
    /// The row of the log that tells who, if there is one.
    pub logged: Option<AuditRow>,
}

impl Store {
    /// What happened to a place, with who did it, for the office.
    ///
    /// # Errors
    /// When there is no such place, or the database fails.
    pub async fn course(&self, id: SignUpId) -> Result<Course, StoreError> {
        let mut connection = self.readers().acquire().await?;
        let row = sqlx::query(
            "SELECT sign_up.name, workshop.id, workshop.title
             FROM sign_up JOIN workshop ON workshop.id = sign_up.workshop_id WHERE sign_up.id = $1",
        )
        .bind(id.to_string())
        .fetch_one(&mut *connection)
        .await?;
        let entries = history(&mut connection, WHOLE_HISTORY, id).await?;
        drop(connection);
        let mut logged = self.audit_rows(Some(&id.to_string()), LINES_MAX).await?;
        logged.reverse();
        let noted = |row: &AuditRow| matches!(row.action.as_str(), "mail_bounced" | "mail_bounce_undone");
        let mails = logged.iter().filter(|row| noted(row)).cloned().collect();
        // Each entry was written together with a row of the log, in the same order; other rows are no entries.
        logged.retain(|row| matches!(row.action.as_str(), "signed_up" | "place_changed" | "handed_over"));
        let mut logged = logged.into_iter().peekable();
        let done = entries.into_iter().map(|entry| Done {
            logged: {
                while logged.next_if(|row| row.at < entry.at).is_some() {}
                logged.next_if(|row| row.at == entry.at)
            },
            entry,
        });
        Ok(Course {
            name: row.try_get(0)?,
            workshop: read::id(&row, 1, "workshop")?,
            title: row.try_get(2)?,
            done: done.collect(),
            mails,
        })
    }

    /// Rows of the log about a Veranstaltung and its places, newest first; those about places with the number of the
    /// sign-up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn workshop_log(
        &self,
        workshop: WorkshopId,
        limit: i64,
    ) -> Result<Vec<(AuditRow, Option<i64>)>, StoreError> {
        let rows = sqlx::query(
            "SELECT audit.seq, audit.at, audit.actor, audit.action, audit.object_kind, audit.object_id, audit.detail,
                audit.hash, person.email, sign_up.queue_no
             FROM audit LEFT JOIN person ON audit.actor = 'person:' || person.id
                LEFT JOIN sign_up ON audit.object_kind = 'sign_up' AND sign_up.id = audit.object_id
             WHERE (audit.object_kind = 'workshop' AND audit.object_id = $1)
                OR (audit.object_kind = 'sign_up'
                    AND audit.object_id IN (SELECT id FROM sign_up WHERE workshop_id = $1))
             ORDER BY audit.seq DESC LIMIT $2",
        )
        .bind(workshop.to_string())
        .bind(limit)
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| Ok((AuditRow::read_with_account(row)?, row.try_get(9)?)))
            .collect()
    }
}
