//! How long personal data stays. The terms are those of docs/privacy.md; nobody has to remember them.

use domain::time::Instant;

use crate::signups::forget::{Of, forget_needs};
use crate::{Store, StoreError, boards};

/// Used and unused sign-in codes.
pub const CODE_HOURS: i64 = 2;
/// What was typed into a form that was refused, for browsers without WebAssembly: read within minutes or never. With the minute
/// until a job comes by, a quarter of an hour.
pub const FORM_REPLY_SECONDS: i64 = 14 * 60;
/// Mails after sending, or after they were written if they could not be sent; answers to repeated forms.
pub const MAIL_DAYS: i64 = 30;
/// A wish for personal links of which no mails could be made; usually that takes seconds.
pub const LINKS_WANTED_HOURS: i64 = 24;
/// Access needs, after the end of the Veranstaltung, in mails that wait, too.
pub const ACCESS_NEEDS_DAYS: i64 = 7;
/// Everything else that names a person, after the end of the Veranstaltung. What stays are figures: district,
/// form and state.
pub const SIGN_UP_DAYS: i64 = 365;
/// Who would take which module.
pub const DEMAND_DAYS: i64 = 365;
/// Evidence for a recognition, after the decision: longer than one may object to it.
pub const EVIDENCE_DAYS: i64 = 90;
/// An application for recognition on which nobody writes any more.
pub const RECOGNITION_DRAFT_DAYS: i64 = 180;
/// An application that was handed in and that nobody decided.
pub const RECOGNITION_WAITS_DAYS: i64 = 365;
/// A table of modules that nobody wrote in.
pub const IMPORT_WAITS_HOURS: i64 = 24;
/// How long what a table wrote can be taken back.
pub const IMPORT_UNDO_DAYS: i64 = 30;
/// A certificate of a module: as long as somebody may want to see at work that it is real.
pub const CERTIFICATE_DAYS: i64 = 10 * 365;
/// What programs were told, and tokens after their end.
pub const ACCESS_DAYS: i64 = 90;
/// Names of members of a board, and their devices, after something has happened on it for the last time. For what they wrote a
/// board can have a term of its own (`domain::board::Term`).
pub const BOARD_DAYS: i64 = 365;

/// After so many days without anything new a board goes into the archive.
pub const BOARD_IDLE_DAYS: i64 = 180;

/// A statement with `$1` for the instant before which it applies, and how long ago that is in hours.
const TERMS: [(&str, i64); 23] = [
    ("DELETE FROM demand WHERE said_at < $1", DEMAND_DAYS * 24),
    (
        "UPDATE recognition_file SET content = NULL WHERE content IS NOT NULL
            AND recognition_id IN (SELECT id FROM recognition WHERE decided_at < $1)",
        EVIDENCE_DAYS * 24,
    ),
    (
        "DELETE FROM recognition WHERE state IN ('draft', 'more_asked') AND changed_at < $1",
        RECOGNITION_DRAFT_DAYS * 24,
    ),
    (
        "DELETE FROM recognition WHERE state = 'submitted' AND submitted_at < $1",
        RECOGNITION_WAITS_DAYS * 24,
    ),
    (
        "DELETE FROM module_import WHERE done_at IS NULL AND uploaded_at < $1",
        IMPORT_WAITS_HOURS,
    ),
    ("DELETE FROM module_import WHERE done_at < $1", IMPORT_UNDO_DAYS * 24),
    ("DELETE FROM certificate WHERE issued_at < $1", CERTIFICATE_DAYS * 24),
    (
        "DELETE FROM webhook_delivery WHERE next_try_at IS NULL AND made_at < $1",
        ACCESS_DAYS * 24,
    ),
    ("DELETE FROM api_token WHERE ends_at < $1", ACCESS_DAYS * 24),
    ("DELETE FROM api_token WHERE revoked_at < $1", ACCESS_DAYS * 24),
    (
        "DELETE FROM webhook WHERE ended_at < $1 AND id NOT IN (SELECT webhook_id FROM webhook_delivery)",
        ACCESS_DAYS * 24,
    ),
    ("DELETE FROM session WHERE ends_at < $1", 0),
    ("DELETE FROM sign_in_code WHERE created_at < $1", CODE_HOURS),
    ("DELETE FROM idempotency WHERE created_at < $1", MAIL_DAYS * 24),
    ("DELETE FROM board_answer WHERE at < $1", MAIL_DAYS * 24),
    ("DELETE FROM outbox WHERE sent_at < $1", MAIL_DAYS * 24),
    (
        "DELETE FROM outbox WHERE sent_at IS NULL AND created_at < $1",
        MAIL_DAYS * 24,
    ),
    (
        "DELETE FROM outbox WHERE occasion = 'links_wanted' AND created_at < $1",
        LINKS_WANTED_HOURS,
    ),
    (
        "UPDATE sign_up SET access_needs = '', needs = '' WHERE (access_needs <> '' OR needs <> '')
            AND workshop_id IN (SELECT id FROM workshop WHERE ends_at < $1)",
        ACCESS_NEEDS_DAYS * 24,
    ),
    (
        "DELETE FROM access_duty WHERE workshop_id IN (SELECT id FROM workshop WHERE ends_at < $1)",
        SIGN_UP_DAYS * 24,
    ),
    (
        "UPDATE sign_up_history SET note = '' WHERE note <> ''
            AND sign_up_id IN (SELECT sign_up.id FROM sign_up
                JOIN workshop ON workshop.id = sign_up.workshop_id WHERE workshop.ends_at < $1)",
        SIGN_UP_DAYS * 24,
    ),
    (
        "UPDATE topic SET sign_up_id = NULL WHERE sign_up_id IS NOT NULL
            AND workshop_id IN (SELECT id FROM workshop WHERE ends_at < $1)",
        SIGN_UP_DAYS * 24,
    ),
    (
        "UPDATE sign_up SET name = '', email = '', organisation = '', organisation_key = '', signed_up_by = NULL,
            listing = 'nobody', token = 'gone:' || id, person_key = 'gone:' || id
         WHERE email <> '' AND workshop_id IN (SELECT id FROM workshop WHERE ends_at < $1)",
        SIGN_UP_DAYS * 24,
    ),
];

impl Store {
    /// Removes what has outlived its term. Returns how many rows were removed or emptied.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prune(&self) -> Result<u64, StoreError> {
        let rows = self.prune_rows().await?;
        let names = self.forget_names().await?;
        Ok(rows + names + self.empty_boards().await?)
    }

    async fn prune_rows(&self) -> Result<u64, StoreError> {
        self.write(|tx| {
            Box::pin(async move {
                let mut gone = 0;
                for (sql, hours) in TERMS {
                    let before: Instant = tx.now.plus_hours(-hours);
                    gone += sqlx::query(sql)
                        .bind(before.micros())
                        .execute(&mut *tx.conn)
                        .await?
                        .rows_affected();
                }
                // No Veranstaltung is locked for it: a mail that somebody writes meanwhile, with what was there before, is found
                // in the next round, and what is taken out of a mail is the same whoever takes it out.
                let ended = tx.now.plus_hours(-ACCESS_NEEDS_DAYS * 24);
                gone += forget_needs(tx, Of::EndedBefore(ended)).await?;
                let idle = tx.now.plus_hours(-BOARD_IDLE_DAYS * 24);
                Ok(gone + boards::archive::archive(tx, idle).await?)
            })
        })
        .await
    }

    /// By itself: it locks boards from the lowest id on once more.
    async fn forget_names(&self) -> Result<u64, StoreError> {
        self.write(|tx| {
            Box::pin(async move {
                let before = tx.now.plus_hours(-BOARD_DAYS * 24);
                boards::forget::forget(tx, before).await
            })
        })
        .await
    }
}
