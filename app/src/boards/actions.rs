//! Server functions of boards: parse, find out who acts, call one verb of the store, answer.

use leptos::prelude::*;

use super::dto::{BoardData, BoardList};
use crate::form_reply::FormReply;

/// Every board.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "boards")]
pub async fn load_boards() -> Result<BoardList, ServerFnError> {
    server::list().await
}

/// A board; nothing if there is none.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "board")]
pub async fn load_board(
    /// Its name in the URL.
    slug: String,
) -> Result<Option<BoardData>, ServerFnError> {
    server::data(slug).await
}

/// Makes a board.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-create")]
pub async fn create_board(
    /// The title.
    #[server(default)]
    title: String,
    /// What it is about.
    #[server(default)]
    lead: String,
    /// What stands above the columns, one a line.
    #[server(default)]
    columns: String,
    /// How much authors show of themselves.
    #[server(default)]
    anonymity: String,
    /// Which cards wait.
    #[server(default)]
    level: String,
    /// Votes that each member may give.
    #[server(default)]
    votes: String,
    /// To which Veranstaltung it belongs.
    #[server(default)]
    workshop: String,
) -> Result<FormReply, ServerFnError> {
    let form = domain::board::plan::PlanForm {
        title,
        lead,
        columns,
        anonymity,
        level,
        votes,
    };
    Ok(server::create(form, workshop).await)
}

/// Takes part in a board.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-join")]
pub async fn join_board(
    /// The board's name in the URL.
    slug: String,
    /// The name that is shown, if the board shows names.
    #[server(default)]
    name: String,
    /// The district, if one says it.
    #[server(default)]
    district: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::join(slug, name, district).await)
}

/// Writes a card.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-write")]
pub async fn write_card(
    /// The board's name in the URL.
    slug: String,
    /// The id of the card, made with the form: sent twice, it is one card.
    key: String,
    /// What the card is.
    #[server(default)]
    kind: String,
    /// In which column.
    #[server(default)]
    column: String,
    /// What it says.
    #[server(default)]
    text: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::write(slug, key, kind, column, text).await)
}

/// Says a card in other words.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-edit")]
pub async fn edit_card(
    /// The board's name in the URL.
    slug: String,
    /// Which card.
    card: String,
    /// The revision that was on the screen.
    base: String,
    /// What it shall say.
    #[server(default)]
    text: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::edit(slug, card, base, text).await)
}

/// Puts a card elsewhere.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-move")]
pub async fn move_card(
    /// The board's name in the URL.
    slug: String,
    /// Which card.
    card: String,
    /// Into which column, and there behind which card; without one on top.
    target: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::put(slug, card, target).await)
}

/// Does what a button says.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-act")]
pub async fn act_on_board(
    /// The board's name in the URL.
    slug: String,
    /// The page to which the answer goes: `moderation`, or nothing.
    #[server(default)]
    on: String,
    /// The operation, as JSON.
    operation: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::act(slug, on, operation).await)
}

/// Refuses a card, for a reason of the published rules.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-refuse")]
pub async fn refuse_card(
    /// The board's name in the URL.
    slug: String,
    /// Which card.
    card: String,
    /// The number of the rule.
    #[server(default)]
    rule: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::refuse(slug, card, rule).await)
}

/// The half that runs on the server.
#[cfg(feature = "ssr")]
mod server {
    use domain::board::plan::{Plan, PlanForm};
    use domain::board::{Actor, CardKind, Operation, Phase, Refusal, Settings, Standing, view};
    use domain::district::District;
    use domain::ids::{CardId, ColumnId, OperationId, WorkshopId};
    use leptos::prelude::*;
    use store::boards::{BoardDraft, BoardRow};
    use store::workshops::WorkshopFilter;
    use store::{Store, StoreError, audit};

    use crate::boards::device::{acting, asking};
    use crate::boards::dto::{BoardData, BoardList, BoardTeaser, Me};
    use crate::boards::words;
    use crate::form_key::form_key;
    use crate::form_reply::{FieldError, FormReply, SentForm};
    use crate::loading::unavailable;
    use crate::session;
    use crate::ui::not_found::set_status;
    use crate::ui::text::TRY_AGAIN;

    /// The name under which staff takes part in a board that shows names.
    const MODERATOR_NAME: &str = "Moderation";
    const CHOOSE: &str = "Bitte wählen Sie einen Eintrag aus der Liste.";
    /// Veranstaltungen in the list of the form for a new board.
    const WORKSHOPS_MAX: i64 = 100;
    const NO_SUCH_BOARD: &str = "Dieses Board gibt es nicht.";

    pub async fn list() -> Result<BoardList, ServerFnError> {
        let store = expect_context::<Store>();
        let rows = store.boards().await.map_err(unavailable)?;
        let is_staff = session::viewer().await?.is_some_and(|viewer| viewer.is_staff());
        Ok(BoardList {
            boards: rows.into_iter().map(teaser).collect(),
            makes: if is_staff {
                Some(coming(&store).await?)
            } else {
                None
            },
        })
    }

    /// The Veranstaltungen to which a new board can belong.
    async fn coming(store: &Store) -> Result<Vec<(String, String)>, ServerFnError> {
        let filter = WorkshopFilter {
            limit: WORKSHOPS_MAX,
            ..WorkshopFilter::default()
        };
        let found = store.workshops(&filter).await.map_err(unavailable)?;
        Ok(found
            .into_iter()
            .map(|card| (card.row.id.to_string(), card.row.draft.title))
            .collect())
    }

    pub async fn create(typed: PlanForm, workshop: String) -> FormReply {
        let form = SentForm::on("/themen#anlegen").typed([
            ("title", typed.title.clone()),
            ("lead", typed.lead.clone()),
            ("columns", typed.columns.clone()),
            ("anonymity", typed.anonymity.clone()),
            ("level", typed.level.clone()),
            ("votes", typed.votes.clone()),
            ("workshop", workshop.clone()),
        ]);
        let viewer = match session::viewer().await {
            Ok(Some(viewer)) if viewer.is_staff() => viewer,
            Ok(_) => {
                set_status(404);
                return form.failed("Boards legt die Geschäftsstelle an.").await;
            }
            Err(_) => return form.failed(TRY_AGAIN).await,
        };
        let plan = match Plan::parse(&typed) {
            Ok(plan) => plan,
            Err(wrong) => {
                let errors = wrong
                    .into_iter()
                    .map(|(field, error)| FieldError::new(field, words::plan(field, error)))
                    .collect();
                return form.refused(errors).await;
            }
        };
        let draft = BoardDraft {
            title: plan.title,
            lead: plan.lead,
            settings: Settings {
                level: plan.level,
                phase: Phase::Collect,
                anonymity: plan.anonymity,
                votes_max: plan.votes,
                votes_hidden: true,
                frozen_at: None,
            },
            columns: plan.columns,
            workshop: WorkshopId::parse(&workshop).ok(),
            demo: false,
        };
        let by = audit::Actor::Person(viewer.person);
        match expect_context::<Store>().create_board(by, &draft).await {
            Ok(row) => form.go(format!("/themen/{}/moderation", row.slug)).await,
            Err(_) => form.failed(TRY_AGAIN).await,
        }
    }

    fn teaser(row: BoardRow) -> BoardTeaser {
        let open = row.frozen_at.is_none();
        let standing = match row.phase {
            Phase::Discuss if !open => "Abgeschlossen",
            _ if !open => "Angehalten",
            phase => phase.label(),
        };
        BoardTeaser {
            slug: row.slug,
            title: row.title,
            lead: row.lead,
            standing: standing.to_owned(),
            open,
            cards: u32::try_from(row.published).unwrap_or(0),
            members: u32::try_from(row.members).unwrap_or(0),
            demo: row.demo,
        }
    }

    pub async fn data(slug: String) -> Result<Option<BoardData>, ServerFnError> {
        let store = expect_context::<Store>();
        let row = match store.board_by_slug(&slug).await {
            Ok(row) => row,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(unavailable(error)),
        };
        let asking = asking(row.id).await?;
        let board = store.board(row.id).await.map_err(unavailable)?;
        let member = asking.actor.and_then(|actor| board.members.get(&actor.member));
        let me = Me {
            joined: member.is_some(),
            removed: member.is_some_and(|member| member.removed_at.is_some()),
            moderates: asking.moderates,
        };
        let workshop = match row.workshop {
            Some(id) => store.workshop(id).await.ok().map(|found| {
                let path = format!("/veranstaltungen/{}", found.row.slug);
                (found.row.draft.title, path)
            }),
            None => None,
        };
        Ok(Some(BoardData {
            id: row.id.to_string(),
            slug: row.slug,
            code: row.code,
            title: row.title,
            lead: row.lead,
            workshop,
            view: view(&board, asking.audience()),
            me,
            key: form_key(&store),
        }))
    }

    pub async fn join(slug: String, name: String, district: String) -> FormReply {
        let form =
            on_board(&slug, "#mitmachen").typed([("name", name.clone()), ("district", district.clone())]);
        let operation = Operation::Join {
            name: (!name.trim().is_empty()).then_some(name),
            district: District::parse(&district),
        };
        perform(
            form,
            &slug,
            None,
            operation,
            "Sie sind dabei. Schreiben Sie Ihre erste Karte.",
        )
        .await
    }

    pub async fn write(slug: String, key: String, kind: String, column: String, text: String) -> FormReply {
        let form = on_board(&slug, "#schreiben").typed([
            ("kind", kind.clone()),
            ("column", column.clone()),
            ("text", text.clone()),
        ]);
        let Some(kind) = CardKind::parse(&kind) else {
            return form.wrong("kind", "Bitte wählen Sie, was die Karte ist.").await;
        };
        let Ok(column) = ColumnId::parse(&column) else {
            return form.wrong("column", "Bitte wählen Sie eine Spalte.").await;
        };
        let Ok(card) = CardId::parse(&key) else {
            return form.failed(TRY_AGAIN).await;
        };
        let operation = Operation::Write {
            card,
            column,
            kind,
            text,
        };
        let id = Some(OperationId(card.0));
        perform(
            form,
            &slug,
            id,
            operation,
            "Ihre Karte ist da. Unten sehen Sie, wie es um sie steht.",
        )
        .await
    }

    pub async fn edit(slug: String, card: String, base: String, text: String) -> FormReply {
        let form = on_board(&slug, "").typed([("text", text.clone()), ("card", card.clone())]);
        let (Ok(card), Ok(base)) = (CardId::parse(&card), base.parse()) else {
            return form.failed(TRY_AGAIN).await;
        };
        let operation = Operation::Edit { card, base, text };
        perform(form, &slug, None, operation, "Ihr neuer Text ist gespeichert.").await
    }

    pub async fn put(slug: String, card: String, target: String) -> FormReply {
        let form = on_board(&slug, "");
        let (column, after) = target.split_once(' ').unwrap_or((&target, ""));
        let (Ok(card), Ok(column)) = (CardId::parse(&card), ColumnId::parse(column)) else {
            return form.failed(CHOOSE).await;
        };
        let operation = Operation::Move {
            card,
            column,
            after: CardId::parse(after).ok(),
        };
        perform(form, &slug, None, operation, "Die Karte ist verschoben.").await
    }

    pub async fn act(slug: String, on: String, operation: String) -> FormReply {
        let form = if on == "moderation" {
            on_console(&slug)
        } else {
            on_board(&slug, "")
        };
        match serde_json::from_str(&operation) {
            Ok(operation) => {
                let notice = done(&operation);
                perform(form, &slug, None, operation, notice).await
            }
            Err(_) => form.failed(TRY_AGAIN).await,
        }
    }

    pub async fn refuse(slug: String, card: String, rule: String) -> FormReply {
        let form = on_console(&slug);
        let reason = rule.parse().ok().and_then(|rule: usize| words::POLICY.get(rule));
        let (Ok(card), Some(reason)) = (CardId::parse(&card), reason) else {
            return form
                .failed("Bitte wählen Sie die Regel, gegen die die Karte verstößt.")
                .await;
        };
        let operation = Operation::Stand {
            card,
            standing: Standing::Refused {
                reason: (*reason).to_owned(),
            },
        };
        perform(
            form,
            &slug,
            None,
            operation,
            "Abgelehnt. Wer die Karte geschrieben hat, liest den Grund.",
        )
        .await
    }

    /// What a button did, in one sentence.
    fn done(operation: &Operation) -> &'static str {
        match operation {
            Operation::Vote { given: true, .. } => "Ihre Stimme ist gezählt.",
            Operation::Vote { given: false, .. } => "Ihre Stimme ist zurückgenommen.",
            Operation::SameHere { given: true, .. } => "Notiert: bei Ihnen auch.",
            Operation::SameHere { given: false, .. } => "Zurückgenommen.",
            Operation::Pin { pinned: true, .. } => "Die Karte steht jetzt oben.",
            Operation::Pin { pinned: false, .. } => "Die Karte steht wieder an ihrem Platz.",
            Operation::Erase { .. } => "Der Text ist endgültig gelöscht.",
            Operation::Freeze { frozen: true } => "Das Board ist angehalten. Niemand kann etwas ändern.",
            Operation::Freeze { frozen: false } => "Es geht weiter. Alle können wieder schreiben.",
            Operation::GoTo { .. } => "Die nächste Phase hat begonnen.",
            Operation::Moderate { .. } => "Die Freigabe ist umgestellt.",
            Operation::HideVotes { hidden: true } => "Die Stimmen sind verdeckt.",
            Operation::HideVotes { hidden: false } => "Alle sehen jetzt die Stimmen.",
            Operation::Remove { removed: true, .. } => {
                "Entfernt. Die Karten dieser Person sieht niemand mehr."
            }
            Operation::Remove { removed: false, .. } => "Die Person und ihre Karten sind wieder da.",
            Operation::Stand { standing, .. } => match standing {
                Standing::Published => "Veröffentlicht.",
                Standing::Waiting => "Die Karte wartet auf Freigabe.",
                Standing::Refused { .. } => "Abgelehnt.",
                Standing::Hidden => "Ausgeblendet.",
                Standing::Withdrawn => "Zurückgezogen. Nur Sie sehen die Karte noch.",
            },
            _ => "Gespeichert.",
        }
    }

    /// A form on the page of a board; nothing that was typed reaches the address unchecked.
    fn on_board(slug: &str, fragment: &str) -> SentForm {
        SentForm::on(format!("{}{fragment}", path(slug)))
    }

    fn on_console(slug: &str) -> SentForm {
        let path = path(slug);
        SentForm::on(if path == "/themen" {
            path
        } else {
            format!("{path}/moderation")
        })
    }

    fn path(slug: &str) -> String {
        let is_slug = !slug.is_empty()
            && slug
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_slug {
            format!("/themen/{slug}")
        } else {
            "/themen".to_owned()
        }
    }

    /// Does it, and says what happened or why nothing did.
    async fn perform(
        form: SentForm,
        slug: &str,
        id: Option<OperationId>,
        operation: Operation,
        notice: &str,
    ) -> FormReply {
        let store = expect_context::<Store>();
        let id = id.unwrap_or_else(|| OperationId(store.ambient().uuid()));
        match perform_on(&store, slug, id, operation).await {
            Ok(Ok(_) | Err(Refusal::Twice)) => form.done(notice).await,
            Ok(Err(refusal)) => {
                let (field, sentence) = words::refusal(refusal);
                form.wrong(field, sentence).await
            }
            Err(None) => form.failed(NO_SUCH_BOARD).await,
            Err(Some(_)) => form.failed(TRY_AGAIN).await,
        }
    }

    /// Nothing as the error: there is no such board.
    async fn perform_on(
        store: &Store,
        slug: &str,
        id: OperationId,
        operation: Operation,
    ) -> Result<store::boards::Answer, Option<ServerFnError>> {
        let row = match store.board_by_slug(slug).await {
            Ok(row) => row,
            Err(StoreError::NotFound) => return Err(None),
            Err(error) => return Err(Some(unavailable(error))),
        };
        // Who only reads and has never taken part leaves no trace with an act that is refused anyway.
        let is_join = matches!(operation, Operation::Join { .. });
        let asking = asking(row.id).await.map_err(Some)?;
        if asking.actor.is_none() && !is_join && !asking.moderates {
            return Ok(Err(Refusal::NotJoined));
        }
        let actor = acting(row.id).await.map_err(Some)?;
        if asking.actor.is_none() && !is_join {
            // The moderator takes part by acting.
            let join = Operation::Join {
                name: Some(MODERATOR_NAME.to_owned()),
                district: None,
            };
            let id = OperationId(store.ambient().uuid());
            if let Err(refusal) = run(store, &row, actor, id, join).await? {
                return Ok(Err(refusal));
            }
        }
        run(store, &row, actor, id, operation).await
    }

    async fn run(
        store: &Store,
        row: &BoardRow,
        actor: Actor,
        id: OperationId,
        operation: Operation,
    ) -> Result<store::boards::Answer, Option<ServerFnError>> {
        store
            .board_act(row.id, actor, id, operation)
            .await
            .map_err(|error| Some(unavailable(error)))
    }
}
