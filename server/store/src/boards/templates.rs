//! Templates: what boards of several districts are made of, so that they can be read side by side.

use domain::board::Settings;
use domain::ids::TemplateId;
use domain::time::Instant;
use domain::workshop::Slug;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::row::{BoardRow, columns, read as read_board};
use crate::audit::{self, Actor};
use crate::read;
use crate::slugs::free_slug;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// The most templates of a list, and boards of one.
const LIST_MAX: i64 = 200;

/// What a new template is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateDraft {
    /// Its id, made with the form: a repeat is the same template.
    pub id: TemplateId,
    /// The title of each board of it, before the district.
    pub title: String,
    /// What the boards are about.
    pub lead: String,
    /// How they are moderated and voted on.
    pub settings: Settings,
    /// What stands above the columns, from left to right.
    pub columns: Vec<String>,
}

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// Its name in the URL: made once, stays.
    pub slug: String,
    /// The title.
    pub title: String,
    /// What its boards are about.
    pub lead: String,
    /// How they are moderated and voted on.
    pub settings: Settings,
    /// What stands above the columns, from left to right.
    pub columns: Vec<String>,
    /// When it was made.
    pub created_at: Instant,
}

#[derive(Serialize, Deserialize)]
struct Plan {
    settings: Settings,
    columns: Vec<String>,
}

const PLAN: StoreError = StoreError::Inconsistent {
    table: "board_template",
    column: "plan",
};

fn read(row: &AnyRow) -> Result<Template, StoreError> {
    let plan: Plan = serde_json::from_str(&row.try_get::<String, _>(4)?).map_err(|_| PLAN)?;
    Ok(Template {
        id: read::id(row, 0, "board_template")?,
        slug: row.try_get(1)?,
        title: row.try_get(2)?,
        lead: row.try_get(3)?,
        settings: plan.settings,
        columns: plan.columns,
        created_at: Instant(row.try_get(5)?),
    })
}

impl Store {
    /// Makes a template. The same id again is the same template.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create_template(&self, actor: Actor, draft: &TemplateDraft) -> Result<Template, StoreError> {
        let draft = draft.clone();
        self.write(move |tx| Box::pin(async move { insert(tx, actor, &draft).await }))
            .await
    }

    /// Every template, the newest first, up to 200.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn templates(&self) -> Result<Vec<Template>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, slug, title, lead, plan, created_at FROM board_template ORDER BY created_at DESC, id DESC LIMIT $1",
        )
        .bind(LIST_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }

    /// The template with this name in the URL.
    ///
    /// # Errors
    /// When there is none, or the database fails.
    pub async fn template_by_slug(&self, slug: &str) -> Result<Template, StoreError> {
        let row =
            sqlx::query("SELECT id, slug, title, lead, plan, created_at FROM board_template WHERE slug = $1")
                .bind(slug)
                .fetch_one(self.readers())
                .await?;
        read(&row)
    }

    /// The template of this id.
    ///
    /// # Errors
    /// When there is none, or the database fails.
    pub async fn template(&self, id: TemplateId) -> Result<Template, StoreError> {
        let row =
            sqlx::query("SELECT id, slug, title, lead, plan, created_at FROM board_template WHERE id = $1")
                .bind(id.to_string())
                .fetch_one(self.readers())
                .await?;
        read(&row)
    }

    /// The boards of a template by district, the one for all last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn boards_of_template(&self, template: TemplateId) -> Result<Vec<BoardRow>, StoreError> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            columns!(),
            " FROM board WHERE template_id = $1
             ORDER BY CASE WHEN district IS NULL THEN 1 ELSE 0 END, district LIMIT $2"
        ))
        .bind(template.to_string())
        .bind(LIST_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read_board).collect()
    }
}

async fn insert(tx: &mut Tx, actor: Actor, draft: &TemplateDraft) -> Result<Template, StoreError> {
    let id = draft.id.to_string();
    // Another server that makes a template finds this one and its name.
    tx.lock_name("board_template").await?;
    let there =
        sqlx::query("SELECT id, slug, title, lead, plan, created_at FROM board_template WHERE id = $1")
            .bind(&id)
            .fetch_optional(&mut *tx.conn)
            .await?;
    if let Some(row) = there {
        return read(&row);
    }
    let slug = free_slug(
        tx,
        "SELECT 1 FROM board_template WHERE slug = $1",
        &Slug::from_title(&draft.title, tx.now),
    )
    .await?;
    let plan = Plan {
        settings: draft.settings.clone(),
        columns: draft.columns.clone(),
    };
    sqlx::query(
        "INSERT INTO board_template (id, slug, title, lead, plan, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&id)
    .bind(slug.as_str().to_owned())
    .bind(draft.title.clone())
    .bind(draft.lead.clone())
    .bind(serde_json::to_string(&plan).map_err(|_| PLAN)?)
    .bind(tx.now.micros())
    .execute(&mut *tx.conn)
    .await?;
    audit::record(tx, actor, "template_created", ("template", &id), "").await?;
    Ok(Template {
        id: draft.id,
        slug: slug.as_str().to_owned(),
        title: draft.title.clone(),
        lead: draft.lead.clone(),
        settings: plan.settings,
        columns: plan.columns,
        created_at: tx.now,
    })
}
