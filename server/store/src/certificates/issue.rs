//! Issuing certificates to those who passed a run, and revoking one that was a mistake.

use domain::certificate::{Certificate, CertificateCode};
use domain::contact::EmailAddress;
use domain::ids::{CertificateId, ModuleId, PersonId, SignUpId, WorkshopId};
use domain::mail::Occasion;
use sqlx::Row;

use super::find::wrong;
use crate::audit::{self, Actor};
use crate::outbox::{self, Mail, NoticeFacts};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// A certificate that is to be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The place in the run.
    pub sign_up: SignUpId,
    /// What is printed on it.
    pub code: CertificateCode,
    /// What it says.
    pub facts: Certificate,
    /// The same as signed badge.
    pub badge: String,
}

/// Why a certificate is not issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// The run is not over.
    #[error("the run is not over")]
    NotOver,
    /// Nobody of this place took part: it is not confirmed, or of another run.
    #[error("nobody of this place took part")]
    NotThere,
    /// Somebody would certify herself.
    #[error("somebody would certify herself")]
    Own,
}

impl Store {
    /// Issues certificates to places of a run. Who has one already gets no second one. Returns how many were issued.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if it is no run, or the database fails. What cannot be issued is an answer; then none is.
    pub async fn issue_certificates(
        &self,
        who: PersonId,
        workshop: WorkshopId,
        issues: Vec<Issue>,
    ) -> Result<Result<usize, IssueError>, StoreError> {
        self.write(move |tx| Box::pin(async move { issue_all(tx, who, workshop, issues).await }))
            .await
    }

    /// Revokes a certificate of a run, with the reason that who checks it reads. Returns whether it counted until now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_certificate(
        &self,
        who: PersonId,
        workshop: WorkshopId,
        code: &CertificateCode,
        reason: String,
    ) -> Result<bool, StoreError> {
        let code = code.clone();
        self.write(move |tx| {
            Box::pin(async move {
                let row = sqlx::query(
                    "UPDATE certificate SET revoked_at = $1, reason = $2
                     WHERE code = $3 AND workshop_id = $4 AND revoked_at IS NULL RETURNING id",
                )
                .bind(tx.now.micros())
                .bind(reason)
                .bind(code.as_str().to_owned())
                .bind(workshop.to_string())
                .fetch_optional(&mut *tx.conn)
                .await?;
                let Some(row) = row else {
                    return Ok(false);
                };
                let id: String = row.try_get(0)?;
                audit::record(
                    tx,
                    Actor::Person(who),
                    "certificate_revoked",
                    ("certificate", &id),
                    "",
                )
                .await?;
                Ok(true)
            })
        })
        .await
    }
}

async fn issue_all(
    tx: &mut Tx,
    who: PersonId,
    workshop: WorkshopId,
    issues: Vec<Issue>,
) -> Result<Result<usize, IssueError>, StoreError> {
    tx.lock(&workshop.to_string()).await?;
    let run = sqlx::query(
        "SELECT run.module_id, run.number, workshop.ends_at FROM run JOIN workshop ON workshop.id = run.workshop_id
         WHERE run.workshop_id = $1",
    )
    .bind(workshop.to_string())
    .fetch_one(&mut *tx.conn)
    .await?;
    if run.try_get::<i64, _>(2)? > tx.now.micros() {
        return Ok(Err(IssueError::NotOver));
    }
    let module = ModuleId::parse(&run.try_get::<String, _>(0)?).map_err(|_| wrong("module_id"))?;
    let number: i64 = run.try_get(1)?;
    let own = sqlx::query("SELECT email FROM person WHERE id = $1")
        .bind(who.to_string())
        .fetch_one(&mut *tx.conn)
        .await?;
    // One address has several spellings.
    let own = EmailAddress::parse(&own.try_get::<String, _>(0)?)
        .map(|email| email.duplicate_key())
        .unwrap_or_default();
    let mut done = Vec::new();
    for one in issues {
        let place = sqlx::query(
            "SELECT email, person_key FROM sign_up WHERE id = $1 AND workshop_id = $2 AND state = 'confirmed' AND email <> ''",
        )
        .bind(one.sign_up.to_string())
        .bind(workshop.to_string())
        .fetch_optional(&mut *tx.conn)
        .await?;
        let Some(place) = place else {
            return Ok(Err(IssueError::NotThere));
        };
        let email = place.try_get::<String, _>(0)?.to_lowercase();
        if place.try_get::<String, _>(1)? == own {
            return Ok(Err(IssueError::Own));
        }
        let has = sqlx::query("SELECT 1 FROM certificate WHERE sign_up_id = $1 AND revoked_at IS NULL")
            .bind(one.sign_up.to_string())
            .fetch_optional(&mut *tx.conn)
            .await?;
        if has.is_none() {
            done.push((one, email));
        }
    }
    let count = done.len();
    for (one, email) in done {
        issue(tx, who, (workshop, module, number), one, email).await?;
    }
    Ok(Ok(count))
}

async fn issue(
    tx: &mut Tx,
    who: PersonId,
    (workshop, module, number): (WorkshopId, ModuleId, i64),
    one: Issue,
    email: String,
) -> Result<(), StoreError> {
    let id = CertificateId(tx.ambient.uuid());
    sqlx::query(
        "INSERT INTO certificate (id, code, workshop_id, sign_up_id, module_id, number, email, facts, badge, issued_at,
            issued_by, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '')",
    )
    .bind(id.to_string())
    .bind(one.code.as_str().to_owned())
    .bind(workshop.to_string())
    .bind(one.sign_up.to_string())
    .bind(module.to_string())
    .bind(number)
    .bind(email.clone())
    .bind(serde_json::to_string(&one.facts).map_err(|_| wrong("facts"))?)
    .bind(one.badge)
    .bind(tx.now.micros())
    .bind(who.to_string())
    .execute(&mut *tx.conn)
    .await?;
    let notice = NoticeFacts {
        subject: one.facts.title,
        path: format!("/nachweis/{}", one.code.as_str()),
    };
    let mail = Mail {
        occasion: Occasion::CertificateIssued,
        recipient: email,
        unique_key: format!("certificate:{id}"),
        payload: notice.payload(),
        about: Some(one.sign_up.to_string()),
    };
    outbox::enqueue(tx, mail);
    audit::record(
        tx,
        Actor::Person(who),
        "certificate_issued",
        ("certificate", &id.to_string()),
        "",
    )
    .await
}
