//! Templates: the same questions in several districts, and what of them came onto the board for all.

use domain::board::results::strongest;
use domain::board::{Actor, Audience, Operation, Origin, Phase, Settings, view};
use domain::ids::{OperationId, TemplateId};
use store::boards::{BoardDraft, BoardRow, Brought, TemplateDraft};
use store::{Store, audit};

use super::DemoError;
use super::boards::{Belongs, beginning, play_one};
use super::content::{Content, Template, wrong};

/// Cards of each column and district on the board for all.
const BROUGHT_MAX: usize = 2;

/// Plays all templates.
///
/// # Errors
/// When a file does not fit, or the database or the rules refuse a step.
pub async fn play(store: &Store, content: &Content) -> Result<(), DemoError> {
    for template in &content.templates {
        let id = TemplateId(store.ambient().uuid());
        let draft = TemplateDraft {
            id,
            title: template.title.clone(),
            lead: template.lead.clone(),
            settings: Settings {
                level: template.level,
                ..beginning(template.anonymity, Phase::Collect)
            },
            columns: template.columns.clone(),
        };
        store.create_template(audit::Actor::System, &draft).await?;
        let mut boards = Vec::new();
        for board in &template.boards {
            let belongs = Belongs {
                workshop: None,
                template: Some(id),
            };
            boards.push(play_one(store, content, board, belongs).await?);
        }
        play_all(store, template, id, &boards).await?;
    }
    Ok(())
}

/// The board for all, with what weighed most in each district.
async fn play_all(
    store: &Store,
    template: &Template,
    id: TemplateId,
    boards: &[BoardRow],
) -> Result<(), DemoError> {
    let draft = BoardDraft {
        title: format!("{}: Sachsen", template.title),
        lead: template.lead.clone(),
        settings: beginning(template.anonymity, Phase::Weigh),
        columns: template.columns.clone(),
        workshop: None,
        term: None,
        template: Some(id),
        district: None,
        demo: true,
    };
    let all = store.create_board(audit::Actor::System, &draft).await?;
    // A secret that no device has: nobody acts as a person of the demo.
    let member = store.board_member(all.id, &store.ambient().token()).await?;
    let moderator = Actor {
        moderates: true,
        ..member
    };
    let join = Operation::Join {
        name: None,
        district: None,
        role: None,
    };
    let refused = |what: String| wrong("templates.json", &format!("{}: {what}", template.key));
    let operation = OperationId(store.ambient().uuid());
    let joined = store.board_act(all.id, moderator, operation, join).await?;
    joined.map_err(|refusal| refused(refusal.to_string()))?;
    let columns = store.board(all.id).await?.columns;
    let mut brought = Vec::new();
    for row in boards {
        let seen = view(&store.board(row.id).await?, Audience::Everybody);
        let place = row.district.map_or("Sachsen", |district| district.name);
        for (from, onto) in seen.columns.iter().zip(&columns) {
            let cards = strongest(&seen, from.id).into_iter().take(BROUGHT_MAX);
            brought.extend(cards.map(|card| Brought {
                board: row.id,
                card: card.id,
                column: onto.id,
                origin: Origin::of(&row.slug, place, card),
            }));
        }
    }
    let done = store.bring_cards(all.id, moderator, brought).await?;
    done.map(drop).map_err(|refusal| refused(refusal.to_string()))
}
