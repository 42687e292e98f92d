//! What somebody wants to do on a board: from a form to an operation.

use domain::board::state::MEMBER_NAME_CHARACTERS_MAX;
use domain::board::{CardKind, MemberRole, Operation, Refusal, Standing};
use domain::district::District;
use domain::ids::{CardId, ColumnId, OperationId};
use domain::text::{TextError, one_line};

use super::perform::{perform, perform_in};
use super::read::data;
use crate::boards::card::place::{Step, target};
use crate::boards::typed::{COMMENT, WORDS, field};
use crate::boards::words;
use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::ui::text::TRY_AGAIN;

/// What is said to a choice that is not in its list.
pub const CHOOSE: &str = "Bitte wählen Sie einen Eintrag aus der Liste.";

pub async fn join(slug: String, name: String, district: String, role: String) -> FormReply {
    let form = on_board(&slug, "#mitmachen").typed([
        ("name", name.clone()),
        ("district", district.clone()),
        ("role", role.clone()),
    ]);
    let district = match chosen(&district, District::parse) {
        Ok(district) => district,
        Err(sentence) => return form.wrong("district", sentence).await,
    };
    let role = match chosen(&role, MemberRole::parse) {
        Ok(role) => role,
        Err(sentence) => return form.wrong("role", sentence).await,
    };
    // Where names are shown the form has a field for one; what is wrong with it is said there.
    if !name.trim().is_empty() && one_line(&name, 2, MEMBER_NAME_CHARACTERS_MAX).is_err() {
        let (field, sentence) = words::refusal(Refusal::NameMissing);
        return form.wrong(field, sentence).await;
    }
    let operation = Operation::Join {
        name: (!name.trim().is_empty()).then_some(name),
        district,
        role,
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

/// What was chosen in a list in which nothing can be chosen, too.
///
/// # Errors
/// The sentence for what is not in the list.
pub fn chosen<T>(key: &str, parse: fn(&str) -> Option<T>) -> Result<Option<T>, &'static str> {
    if key.is_empty() {
        return Ok(None);
    }
    parse(key).map(Some).ok_or(CHOOSE)
}

pub async fn write(slug: String, key: String, kind: String, column: String, text: String) -> FormReply {
    let form = on_board(&slug, "#schreiben").typed([
        ("kind", kind.clone()),
        ("column", column.clone()),
        ("text", text.clone()),
    ]);
    let (Some(kind), Ok(column)) = (CardKind::parse(&kind), ColumnId::parse(&column)) else {
        return form.refused(missing(&kind, &column, &text)).await;
    };
    let Ok(key) = CardId::parse(&key) else {
        return form.failed(TRY_AGAIN).await;
    };
    let card = CardId::of_form(key.0, &[kind.key(), &column.to_string(), &text]);
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

/// All that a new card lacks, in the order of the form.
fn missing(kind: &str, column: &str, text: &str) -> Vec<FieldError> {
    let lacks =
        |is_missing: bool, field: &str, sentence: &str| is_missing.then(|| FieldError::new(field, sentence));
    let (_, no_text) = words::refusal(Refusal::Text(TextError::TooShort { min: 1 }));
    let no_kind = CardKind::parse(kind).is_none();
    let no_column = ColumnId::parse(column).is_err();
    let all = [
        lacks(text.trim().is_empty(), "text", &no_text),
        lacks(no_kind, "kind", "Bitte wählen Sie eine Art."),
        lacks(no_column, "column", "Bitte wählen Sie eine Spalte."),
    ];
    all.into_iter().flatten().collect()
}

pub async fn comment(
    slug: String,
    on: String,
    key: String,
    [about, number]: [String; 2],
    text: String,
) -> FormReply {
    let form = on_page(&slug, &on).typed([("text", text.clone()), ("number", number.clone())]);
    let (Ok(key), Ok(about)) = (CardId::parse(&key), CardId::parse(&about)) else {
        return form.failed(TRY_AGAIN).await;
    };
    let card = CardId::of_form(key.0, &[&about.to_string(), &text]);
    let operation = Operation::Comment {
        card,
        on: about,
        text,
    };
    perform_in(
        form,
        &slug,
        Some(OperationId(card.0)),
        operation,
        "Ihr Kommentar ist da.",
        &field(COMMENT, number),
    )
    .await
}

pub async fn edit(
    slug: String,
    on: String,
    [card, number]: [String; 2],
    base: String,
    text: String,
) -> FormReply {
    let form = on_page(&slug, &on).typed([
        ("text", text.clone()),
        ("base", base.clone()),
        ("number", number.clone()),
    ]);
    let (Ok(card), Ok(base)) = (CardId::parse(&card), base.parse()) else {
        return form.failed(TRY_AGAIN).await;
    };
    let operation = Operation::Edit {
        card,
        base,
        text: text.clone(),
    };
    let said = "Ihr neuer Text ist gespeichert.";
    let id = field(WORDS, &number);
    let mut reply = perform_in(form, &slug, None, operation, said, &id).await;
    if reply.errors.is_empty() {
        // The field takes the card's text again, unless something else stands in it by then.
        reply
            .values
            .extend([("number".to_owned(), number), ("text".to_owned(), text)]);
    }
    reply
}

pub async fn put(slug: String, on: String, card: String, chosen: String) -> FormReply {
    let form = on_page(&slug, &on);
    let Ok(card) = CardId::parse(&card) else {
        return form.failed(CHOOSE).await;
    };
    let place = match Step::parse(&chosen) {
        // One place further than where the card stands now.
        Some(step) => match data(slug.clone()).await {
            Ok(Some(data)) => match step.from(&data.view, card) {
                Some(place) => Some(place),
                None => return form.failed(step.is_at_the_end()).await,
            },
            _ => return form.failed(TRY_AGAIN).await,
        },
        None => target(&chosen),
    };
    let Some((column, after)) = place else {
        return form.failed(CHOOSE).await;
    };
    let operation = Operation::Move { card, column, after };
    perform(form, &slug, None, operation, "Die Karte ist verschoben.").await
}

pub async fn act(slug: String, on: String, operation: String) -> FormReply {
    let form = on_page(&slug, &on);
    match serde_json::from_str(&operation) {
        Ok(operation) => {
            let notice = done(&operation);
            perform(form, &slug, None, operation, notice).await
        }
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

pub async fn refuse(slug: String, on: String, card: String, version: String, rule: String) -> FormReply {
    let form = on_page(&slug, &on);
    let reason = words::reason(&rule);
    let (Ok(card), Some(reason)) = (CardId::parse(&card), reason) else {
        return form
            .failed("Bitte wählen Sie die Regel, gegen die die Karte verstößt.")
            .await;
    };
    let operation = Operation::Stand {
        card,
        standing: Standing::Refused {
            reason: reason.to_owned(),
        },
        version: version.parse().ok(),
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
        Operation::Tried { outcome: Some(_), .. } => "Notiert: bei Ihnen probiert.",
        Operation::Tried { outcome: None, .. } => "Zurückgenommen. Ihren Satz dazu sehen nur noch Sie.",
        Operation::Pin { pinned: true, .. } => "Die Karte steht jetzt oben.",
        Operation::Pin { pinned: false, .. } => "Die Karte steht wieder an ihrem Platz.",
        Operation::Discuss { discussed: true, .. } => "Die Karte ist besprochen.",
        Operation::Discuss { discussed: false, .. } => "Die Karte ist noch nicht besprochen.",
        Operation::Erase { .. } => "Der Text ist endgültig gelöscht.",
        Operation::Freeze { frozen: true } => "Das Board ist angehalten. Niemand kann etwas ändern.",
        Operation::Freeze { frozen: false } => "Es geht weiter. Alle können wieder schreiben.",
        Operation::Pause { paused: true } => "Neue Karten werden zurückgehalten, bis Sie sie zeigen.",
        Operation::Pause { paused: false } => "Alle sehen jetzt auch die neuen Karten.",
        Operation::Curtain { closed: true } => "Alle sehen nur noch die eigenen Karten.",
        Operation::Curtain { closed: false } => "Alle sehen alle Karten.",
        Operation::Spotlight { card: Some(_) } => {
            "Die Karte steht groß auf allen Geräten und auf der Leinwand."
        }
        Operation::Spotlight { card: None } => "Keine Karte steht mehr groß.",
        Operation::Timer { seconds: None } => "Die Zeit ist angehalten.",
        Operation::RenewCode => "Der neue Code gilt. Der alte führt nicht mehr hierher.",
        Operation::Lock { locked: true, .. } => "Die Karte kann nur noch die Moderation ändern.",
        Operation::MoveColumn { .. } => "Die Spalte steht jetzt dort.",
        Operation::RemoveColumn { .. } => "Die Spalte ist entfernt.",
        Operation::LockColumn { locked: true, .. } => "Diese Spalte kann nur noch die Moderation ändern.",
        Operation::Follow { given: true, .. } => "Gemerkt. Sie finden die Karte oben unter „Meine Karten“.",
        Operation::Report { given: true, .. } => "Gemeldet. Die Moderation sieht sich die Karte an.",
        Operation::Merge { into: None, .. } => "Die Karte steht wieder für sich.",
        Operation::GoTo { .. } => "Die nächste Phase hat begonnen.",
        Operation::Moderate { .. } => "Die Freigabe ist umgestellt.",
        Operation::HideVotes { hidden: true } => "Die Stimmen sind verdeckt.",
        Operation::HideVotes { hidden: false } => "Alle sehen jetzt die Stimmen.",
        Operation::HideFindings { hidden: true } => "Die Ergebnisse sehen nur noch die, die mitmachen.",
        Operation::HideFindings { hidden: false } => "Alle sehen jetzt die Ergebnisse.",
        Operation::Archive { archived: true } => "Das Board liegt im Archiv.",
        Operation::Archive { archived: false } => "Das Board ist wieder da.",
        Operation::Remove { removed: true, .. } => "Entfernt. Die Karten dieser Person sieht niemand mehr.",
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

/// A form on the page that its hidden field names: the board; `ergebnisse`; `bearbeiten`; `moderation`; `moderation/12`, with card 12
/// on the workbench.
pub fn on_page(slug: &str, on: &str) -> SentForm {
    let path = path(slug);
    let (page, card) = on.split_once('/').unwrap_or((on, ""));
    SentForm::on(match card.parse::<u32>() {
        _ if path == "/themen" => path,
        _ if page == "ergebnisse" || page == "bearbeiten" => format!("{path}/{page}"),
        _ if page != "moderation" => path,
        Ok(number) => format!("{path}/moderation?karte={number}"),
        Err(_) => format!("{path}/moderation"),
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
