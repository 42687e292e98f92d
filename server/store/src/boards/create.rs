//! A new board.

use domain::board::{Column, Goes, Settings, Term};
use domain::district::District;
use domain::ids::{BoardId, ColumnId, IdempotencyKey, TemplateId, WorkshopId};
use domain::workshop::Slug;

use super::row::{Beginning, BoardRow, columns, read};
use super::term::kept_goes;
use super::topics;
use crate::audit::{self, Actor};
use crate::slugs::free_slug;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// What a new board is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardDraft {
    /// The title.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub lead: String,
    /// How it is moderated and voted on.
    pub settings: Settings,
    /// What stands above the columns, from left to right.
    pub columns: Vec<String>,
    /// To which Veranstaltung it belongs.
    pub workshop: Option<WorkshopId>,
    /// After how long without anything new what was written on it is erased, and what of it; nothing: it stays.
    pub term: Option<(Term, Goes)>,
    /// Of what it is made, together with boards of other districts.
    pub template: Option<TemplateId>,
    /// Of which district it speaks, if it is one of several.
    pub district: Option<District>,
    /// Whether it belongs to the demo.
    pub demo: bool,
}

impl Store {
    /// Makes a board. What was proposed for its Veranstaltung stands on it from the beginning; one of the demo is empty.
    ///
    /// # Errors
    /// When its Veranstaltung is not there, or the database fails.
    pub async fn create_board(&self, actor: Actor, draft: &BoardDraft) -> Result<BoardRow, StoreError> {
        let draft = draft.clone();
        self.write(move |tx| Box::pin(async move { insert(tx, actor, &draft).await }))
            .await
    }

    /// As [`Store::create_board`], once for a form: sent again it gets the same board.
    ///
    /// # Errors
    /// As [`Store::create_board`].
    pub async fn create_board_once(
        &self,
        actor: Actor,
        draft: &BoardDraft,
        key: IdempotencyKey,
    ) -> Result<BoardRow, StoreError> {
        let draft = draft.clone();
        let slug = self
            .write_once(key, move |tx| {
                Box::pin(async move { Ok(insert(tx, actor, &draft).await?.slug) })
            })
            .await?;
        self.board_by_slug(&slug).await
    }
}

/// A code with which a room joins. Said aloud and typed on phones, so it has the letters and digits that nobody confuses.
pub(super) fn new_code(tx: &Tx) -> String {
    tx.ambient.code().to_lowercase()
}

pub(super) async fn insert(tx: &mut Tx, actor: Actor, draft: &BoardDraft) -> Result<BoardRow, StoreError> {
    let board = BoardId(tx.ambient.uuid());
    let id = board.to_string();
    if let Some(workshop) = draft.workshop {
        // What is proposed at the same moment is there already, or finds the board.
        tx.lock(&workshop.to_string()).await?;
    }
    let columns = draft
        .columns
        .iter()
        .map(|title| Column::new(ColumnId(tx.ambient.uuid()), title.clone()))
        .collect();
    let beginning = Beginning {
        settings: draft.settings.clone(),
        columns,
    };
    // Another server that makes a board finds its number and its name taken. After the Veranstaltung, which everybody locks first.
    tx.lock_name("board_number").await?;
    let slug = free_slug(
        tx,
        "SELECT 1 FROM board WHERE slug = $1",
        &Slug::from_title(&draft.title, tx.now),
    )
    .await?;
    let code = new_code(tx);
    sqlx::query(
        "INSERT INTO board (id, number, slug, code, title, lead, beginning, sequence, workshop_id, created_at, demo_at,
            published, members, phase, template_id, district, text_days, text_days_at, text_goes)
         SELECT $1, COALESCE(MAX(number), 100) + 1, $2, $3, $4, $5, $6, 0, $7, $8, $9, 0, 0, $10, $11, $12, $13, $14, $15
         FROM board",
    )
    .bind(&id)
    .bind(slug.as_str().to_owned())
    .bind(code)
    .bind(draft.title.clone())
    .bind(draft.lead.clone())
    .bind(serde_json::to_string(&beginning).map_err(|_| StoreError::Inconsistent {
        table: "board",
        column: "beginning",
    })?)
    .bind(draft.workshop.map(|workshop| workshop.to_string()))
    .bind(tx.now.micros())
    .bind(draft.demo.then(|| tx.now.micros()))
    .bind(draft.settings.phase.key())
    .bind(draft.template.map(|template| template.to_string()))
    .bind(draft.district.map(|district| district.slug))
    .bind(draft.term.map(|(term, _)| term.days()))
    .bind(draft.term.map(|_| tx.now.micros()))
    .bind(kept_goes(draft.term))
    .execute(&mut *tx.conn)
    .await?;
    audit::record(tx, actor, "board_created", ("board", &id), "").await?;
    // Boards of the demo are written as a whole.
    if let Some(workshop) = draft.workshop.filter(|_| !draft.demo) {
        topics::bring_all(tx, workshop, board).await?;
    }
    let row = sqlx::query(concat!("SELECT ", columns!(), " FROM board WHERE id = $1"))
        .bind(id)
        .fetch_one(&mut *tx.conn)
        .await?;
    read(&row)
}
