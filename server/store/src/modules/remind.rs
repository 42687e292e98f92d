//! Each semester who curates is asked once whether what is published still holds.

use std::collections::BTreeMap;

use domain::account::Role;
use domain::german::count;
use domain::mail::Occasion;
use domain::plan::Term;
use domain::plan::fresh::{is_due, is_early};
use sqlx::Row;

use crate::outbox::{self, Mail, NoticeFacts};
use crate::{Store, StoreError};

impl Store {
    /// Writes to everybody who curates modules that were not said to hold in this semester: once in a semester. Returns how
    /// many were written to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remind_of_confirmation(&self) -> Result<usize, StoreError> {
        let now = self.ambient().now();
        // A mail is known for 30 days: later nobody could tell that somebody was asked.
        if !is_early(now) {
            return Ok(0);
        }
        let due = self.catalogue().await?.into_iter().filter(|listed| {
            let said_at = listed.version.confirmed_at.or(listed.version.published_at);
            said_at.is_some_and(|at| is_due(at, now))
        });
        let mut by_institution: BTreeMap<String, u32> = BTreeMap::new();
        for listed in due {
            for (owner, _) in &listed.module.owners {
                *by_institution.entry(owner.to_string()).or_default() += 1;
            }
        }
        if by_institution.is_empty() {
            return Ok(0);
        }
        let rows = sqlx::query(
            "SELECT person.id, person.email, role.organisation_id FROM role
             JOIN person ON person.id = role.person_id WHERE role.role = $1 AND role.organisation_id <> ''",
        )
        .bind(Role::Curator.key())
        .fetch_all(self.readers())
        .await?;
        let mut people: BTreeMap<(String, String), u32> = BTreeMap::new();
        for row in &rows {
            let organisation: String = row.try_get(2)?;
            if let Some(modules) = by_institution.get(&organisation) {
                *people.entry((row.try_get(0)?, row.try_get(1)?)).or_default() += modules;
            }
        }
        let term = Term::of(now);
        let mut unasked = Vec::new();
        for ((person, email), modules) in people {
            let key = format!("confirm:{person}:{term}");
            let asked = sqlx::query("SELECT 1 FROM outbox WHERE unique_key = $1")
                .bind(key.clone())
                .fetch_optional(self.readers())
                .await?;
            if asked.is_none() {
                unasked.push((key, email, modules));
            }
        }
        if unasked.is_empty() {
            return Ok(0);
        }
        self.write(move |tx| {
            Box::pin(async move {
                let asked = unasked.len();
                for (unique_key, recipient, modules) in unasked {
                    let notice = NoticeFacts {
                        subject: count(modules, "Modul", "Module"),
                        path: "/katalog/semester".to_owned(),
                    };
                    let mail = Mail {
                        occasion: Occasion::ConfirmModules,
                        recipient,
                        unique_key,
                        payload: notice.payload(),
                        about: None,
                    };
                    outbox::enqueue(tx, mail);
                }
                Ok(asked)
            })
        })
        .await
    }
}
