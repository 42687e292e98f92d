//! Tables of modules: brought, looked at, written, taken back.

use domain::german::{self, count};
use domain::ids::ImportId;
use domain::module::review::Reviewer;
use domain::module::sheet::dry_run::{Bearer, DryRun, Misplaced, Row, Sum, Target};
use domain::module::sheet::{Column, Finding, Line, ROWS_MAX, Unreadable, read};
use domain::module::{Field, MODULES_MAX, ModuleCode};
use leptos::prelude::*;
use leptos::server_fn::codec::MultipartData;
use store::audit::Actor;
use store::modules::ImportRow;
use store::{Store, StoreError};
use tables::read::{ReadError, rows_beside};
use uuid::Uuid;

use super::overview::institutions;
use super::{asking, reviewer, words};
use crate::catalogue::dto::{CellView, DryRunView, ImportItem, Imports, LineView};
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::ui::text::TRY_AGAIN;

/// Rows that are shown cell by cell; of more, those with a mistake come first.
const LINES_SHOWN_MAX: usize = 200;
/// Characters of a file's name that are kept.
const NAME_CHARACTERS_MAX: usize = 120;
/// Characters of a cell that are shown.
const CELL_CHARACTERS_MAX: usize = 600;

pub async fn list() -> Result<Option<Imports>, ServerFnError> {
    let Some(reviewer) = reviewer().await? else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let all = store.module_imports(reviewer.person).await.map_err(unavailable)?;
    Ok(Some(Imports {
        items: all.iter().map(item).collect(),
    }))
}

fn item(row: &ImportRow) -> ImportItem {
    let modules = count(u32::try_from(row.modules).unwrap_or(u32::MAX), "Modul", "Module");
    let words = match (row.done_at, row.undone_at) {
        (_, Some(at)) => format!("zurückgenommen am {}", german::moment(at)),
        (Some(at), None) => format!("{modules} geschrieben am {}", german::moment(at)),
        (None, None) => format!(
            "hochgeladen am {}, noch nicht übernommen",
            german::moment(row.uploaded_at)
        ),
    };
    ImportItem {
        id: row.id.to_string(),
        path: row
            .undone_at
            .is_none()
            .then(|| format!("/katalog/import/{}", row.id)),
        name: row.name.clone(),
        words,
        undoes: row.done_at.is_some() && row.undone_at.is_none(),
    }
}

/// For whom somebody brings a table.
async fn bearer(store: &Store, reviewer: &Reviewer) -> Result<Bearer, ServerFnError> {
    let named = institutions(store, reviewer).await?;
    let known = |(id, name): (String, String)| Some((domain::ids::OrganisationId::parse(&id).ok()?, name));
    Ok(Bearer {
        institutions: named.into_iter().filter_map(known).collect(),
        may_all: reviewer.is_staff,
    })
}

/// What a file says: what its columns hold, and its rows.
type Said = (Vec<Column>, Vec<Line>);

/// A file that the asker brought, with what it says and what it would do.
async fn find(
    store: &Store,
    reviewer: &Reviewer,
    id: &str,
) -> Result<Option<(ImportRow, Said, DryRun)>, ServerFnError> {
    let Ok(id) = ImportId::parse(id) else {
        return Ok(None);
    };
    let row = match store.module_import(reviewer.person, id).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let (columns, lines) = read(&row.rows).unwrap_or_default();
    let bearer = bearer(store, reviewer).await?;
    let run = store.dry_run(&lines, &bearer).await.map_err(unavailable)?;
    Ok(Some((row, (columns, lines), run)))
}

/// What was looked at, in a word: what is written is what was seen.
fn digest(id: ImportId, run: &DryRun) -> String {
    Uuid::new_v5(&id.0, format!("{:?}", run.rows).as_bytes()).to_string()
}

pub async fn load(id: &str) -> Result<Option<DryRunView>, ServerFnError> {
    let Some(reviewer) = reviewer().await? else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let found = find(&store, &reviewer, id).await?;
    Ok(found.map(|(row, said, run)| show(&row, &said, &run)))
}

fn show(row: &ImportRow, (columns, lines): &Said, run: &DryRun) -> DryRunView {
    let item = item(row);
    let is_new = row.done_at.is_none();
    let sum = run.sum();
    // A row says what each cell would do, its line what was written there.
    let mut rows: Vec<(&Row, &Line)> = run.rows.iter().zip(lines).collect();
    // The order of the file, mistakes first if there are more than are shown.
    if rows.len() > LINES_SHOWN_MAX {
        rows.sort_by_key(|(row, _)| !is_wrong(row));
    }
    let unknown = columns.iter().filter_map(|column| match column {
        Column::Unknown(heading) if !heading.is_empty() => Some(heading.clone()),
        _ => None,
    });
    DryRunView {
        id: item.id,
        name: row.name.clone(),
        standing: if is_new {
            "Noch ist nichts geschrieben.".to_owned()
        } else {
            item.words
        },
        sum: if is_new { words_of(sum) } else { String::new() },
        digest: digest(row.id, run),
        writes: is_new && sum.wrong == 0 && sum.modules > 0,
        undoes: item.undoes,
        unknown: unknown.collect(),
        missing: if is_new {
            run.missing.iter().map(ModuleCode::to_string).collect()
        } else {
            Vec::new()
        },
        more: more(rows.len().saturating_sub(LINES_SHOWN_MAX)),
        lines: rows.into_iter().take(LINES_SHOWN_MAX).map(line).collect(),
    }
}

fn more(rows: usize) -> Option<String> {
    let words = count(
        u32::try_from(rows).unwrap_or(u32::MAX),
        "weitere Zeile",
        "weitere Zeilen",
    );
    (rows > 0).then(|| format!("… und {words}"))
}

fn is_wrong(row: &Row) -> bool {
    matches!(row.target, Target::Nowhere(_))
        || row
            .cells
            .iter()
            .any(|(_, finding)| matches!(finding, Finding::Wrong(_)))
}

fn words_of(sum: Sum) -> String {
    let number = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    if sum.wrong > 0 {
        return format!(
            "{}. Geschrieben wird erst, wenn alles stimmt. Übrige Zellen: {} neu, {} geändert, {} gleich.",
            count(number(sum.wrong), "Fehler", "Fehler"),
            sum.new,
            sum.changed,
            sum.same
        );
    }
    if sum.modules == 0 {
        return "Alles steht schon so im Katalog.".to_owned();
    }
    format!(
        "{} in {}: {} neu, {} geändert. {} gleich.",
        count(number(sum.new + sum.changed), "Zelle", "Zellen"),
        count(number(sum.modules), "Modul", "Modulen"),
        sum.new,
        sum.changed,
        count(number(sum.same), "Zelle bleibt", "Zellen bleiben")
    )
}

fn line((row, line): (&Row, &Line)) -> LineView {
    let (module, wrong) = match &row.target {
        Target::Into(code) => (code.to_string(), None),
        Target::New(code, _) => (format!("{code}, neues Modul"), None),
        Target::Nowhere(why) => misplaced(why),
    };
    let own = match &row.target {
        Target::Into(code) | Target::Nowhere(Misplaced::BeingReviewed(code)) => Some(code),
        _ => None,
    };
    let typed = |field: Field| line.cells.iter().find(|(of, _)| *of == field);
    LineView {
        place: format!("Zeile\u{a0}{}", row.number),
        module,
        path: own.map(|code| format!("/katalog/{code}")),
        wrong,
        cells: row
            .cells
            .iter()
            .filter_map(|(field, finding)| {
                let typed = typed(*field).map_or("", |(_, typed)| typed.trim());
                cell(field.facts().label, typed, finding)
            })
            .collect(),
    }
}

fn misplaced(why: &Misplaced) -> (String, Option<String>) {
    let (heading, sentence) = match why {
        Misplaced::NotACode(typed) => (
            format!("„{typed}“"),
            "Das ist kein Kürzel eines Moduls.".to_owned(),
        ),
        Misplaced::Twice(code) => (
            code.to_string(),
            "Das Modul steht schon in einer Zeile darüber.".to_owned(),
        ),
        Misplaced::BeingReviewed(code) => (
            code.to_string(),
            "Die Fassung wird gerade geprüft. Bitte holen Sie sie zuerst zurück.".to_owned(),
        ),
        Misplaced::NotYours(code) => (
            code.to_string(),
            "Das Modul gehört einer anderen Institution.".to_owned(),
        ),
        Misplaced::NoInstitution(code, named) => (
            format!("{code}, neues Modul"),
            format!(
                "{} Bitte nennen Sie eine Institution, für die Sie Module pflegen.",
                if named.is_empty() {
                    "Die Spalte „institution“ ist leer.".to_owned()
                } else {
                    format!("In der Spalte „institution“ steht „{named}“.")
                }
            ),
        ),
        Misplaced::NoRoom(code) => (
            format!("{code}, neues Modul"),
            format!("Mehr als {MODULES_MAX} Module nimmt der Katalog nicht auf."),
        ),
    };
    (heading, Some(sentence))
}

fn short(text: &str) -> String {
    let short: String = text.chars().take(CELL_CHARACTERS_MAX).collect();
    if short.len() < text.len() {
        format!("{short} …")
    } else {
        short
    }
}

fn cell(label: &str, typed: &str, finding: &Finding) -> Option<CellView> {
    let shown = |text: &String| Some(short(text));
    let (fate, before, after, wrong) = match finding {
        Finding::Same => return None,
        Finding::New(after) => ("neu", None, shown(after), None),
        Finding::Changed { before, after } => ("geändert", shown(before), shown(after), None),
        Finding::Wrong(wrong) => {
            let wrong = format!("In der Zelle steht „{}“. {}", short(typed), words::wrong(wrong));
            ("Fehler", None, None, Some(wrong))
        }
    };
    Some(CellView {
        label: label.to_owned(),
        fate: fate.to_owned(),
        before,
        after,
        wrong,
    })
}

/// The file of a form, and its name.
async fn file(data: MultipartData) -> Option<(String, Vec<u8>)> {
    let mut parts = data.into_inner()?;
    while let Some(part) = parts.next_field().await.ok()? {
        if part.name() == Some("file") {
            let sent = part.file_name().unwrap_or_default().to_owned();
            let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
            let name = last
                .chars()
                .filter(|character| !character.is_control())
                .take(NAME_CHARACTERS_MAX)
                .collect();
            return Some((name, part.bytes().await.ok()?.to_vec()));
        }
    }
    None
}

pub async fn upload(data: MultipartData) -> FormReply {
    let sent = file(data).await;
    let (form, reviewer) = match asking(SentForm::on("/katalog/import#einlesen")).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let Some((name, bytes)) = sent.filter(|(_, bytes)| !bytes.is_empty()) else {
        return form.wrong("file", "Bitte wählen Sie eine Datei.").await;
    };
    let rows = match rows_beside(bytes).await {
        Ok(rows) => rows,
        Err(error) => return form.wrong("file", unread(&error)).await,
    };
    if let Err(error) = read(&rows) {
        return form.wrong("file", unreadable(&error)).await;
    }
    let name = if name.is_empty() { "Datei".to_owned() } else { name };
    match expect_context::<Store>()
        .keep_import(reviewer.person, name, rows)
        .await
    {
        Ok(id) => form.go(format!("/katalog/import/{id}")).await,
        Err(error) => {
            tracing::error!(%error, "a table could not be kept");
            form.failed(TRY_AGAIN).await
        }
    }
}

fn unread(error: &ReadError) -> &'static str {
    match error {
        ReadError::Workbook(_) => {
            "Diese Excel-Datei lässt sich nicht öffnen. Speichern Sie sie noch einmal als .xlsx oder als CSV."
        }
        ReadError::Json(_) => "Das JSON ist keine Liste von Modulen: [{\"code\": …}, …].",
        ReadError::TooLarge => {
            "In der Datei stehen mehr Zeilen, als eingelesen werden. Bitte teilen Sie sie, oder löschen Sie, was unter der Tabelle steht."
        }
        ReadError::BrokeOff => TRY_AGAIN,
        ReadError::Table(_) => {
            "Das ist keine Tabelle, die sich lesen lässt. Möglich sind CSV, Excel (.xlsx) und JSON."
        }
    }
}

fn unreadable(error: &Unreadable) -> String {
    match error {
        Unreadable::Empty => "In der Datei steht nichts.".to_owned(),
        Unreadable::NoCode => "Es fehlt eine Spalte mit dem Namen „code“ oder „Kürzel“.".to_owned(),
        Unreadable::Twice(heading) => format!("Zwei Spalten heißen „{heading}“."),
        Unreadable::TooLong => {
            format!("Mehr als {ROWS_MAX} Zeilen sind zu viele. Bitte teilen Sie die Datei.")
        }
    }
}

pub async fn write(id: String, seen: String) -> FormReply {
    let page = match ImportId::parse(&id) {
        Ok(id) => format!("/katalog/import/{id}"),
        Err(_) => "/katalog/import".to_owned(),
    };
    let (form, reviewer) = match asking(SentForm::on(page)).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let store = expect_context::<Store>();
    let (row, run) = match find(&store, &reviewer, &id).await {
        Ok(Some((row, _, run))) => (row, run),
        Ok(None) => {
            return form
                .failed("Diese Datei gibt es nicht mehr. Bitte laden Sie sie noch einmal hoch.")
                .await;
        }
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    if row.done_at.is_some() {
        return form.done("Das ist schon geschrieben.").await;
    }
    if run.sum().wrong > 0 {
        return form
            .failed("Es gibt noch Fehler. Geschrieben wurde nichts.")
            .await;
    }
    if digest(row.id, &run) != seen {
        return form
            .failed("Der Katalog hat sich inzwischen geändert. Geschrieben wurde nichts. Bitte sehen Sie noch einmal nach, was sich jetzt ändert.")
            .await;
    }
    let actor = Actor::Person(reviewer.person);
    match store.import_modules(actor, Some(row.id), run.writings()).await {
        Ok(()) => form.done("Geschrieben, als Entwürfe. Veröffentlicht ist davon nichts; die Prüfung ist wie immer.").await,
        Err(StoreError::Stale | StoreError::Duplicate | StoreError::NotFound | StoreError::Full) => {
            form.failed("Eben hat jemand eines der Module geändert. Geschrieben wurde nichts. Bitte sehen Sie noch einmal nach.").await
        }
        Err(error) => {
            tracing::error!(%error, "a table could not be written");
            form.failed(TRY_AGAIN).await
        }
    }
}

pub async fn undo(id: String) -> FormReply {
    let (form, reviewer) = match asking(SentForm::on("/katalog/import")).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let Ok(id) = ImportId::parse(&id) else {
        return form.failed(TRY_AGAIN).await;
    };
    match expect_context::<Store>().undo_import(reviewer, id).await {
        Ok(undone) if undone.kept.is_empty() => {
            form.done("Zurückgenommen. Alles steht wieder wie vorher.").await
        }
        Ok(undone) => {
            let kept: Vec<String> = undone.kept.iter().map(ToString::to_string).collect();
            form.done(format!(
                "Bei {} zurückgenommen. An diesen hat inzwischen jemand weitergearbeitet, sie bleiben: {}.",
                count(
                    u32::try_from(undone.undone.len()).unwrap_or(u32::MAX),
                    "Modul",
                    "Modulen"
                ),
                kept.join(", ")
            ))
            .await
        }
        Err(StoreError::NotFound) => {
            form.failed("Das ist schon zurückgenommen, oder die Frist ist vorbei.")
                .await
        }
        Err(error) => {
            tracing::error!(%error, "a table could not be taken back");
            form.failed(TRY_AGAIN).await
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::module::sheet::compare;

    use super::*;

    #[test]
    fn a_wrong_cell_says_what_is_written_in_it() {
        let wrong = |typed: &str| {
            let finding = compare(Field::Weeks, "12", typed);
            cell("Dauer in Wochen", typed, &finding).and_then(|cell| cell.wrong)
        };
        assert_eq!(
            wrong("zwölf").as_deref(),
            Some("In der Zelle steht „zwölf“. Bitte geben Sie eine Zahl ein.")
        );
        assert_eq!(wrong("14"), None);
        // Not all of a whole page that somebody put there.
        assert!(wrong(&"zwölf ".repeat(1_000)).is_some_and(|sentence| sentence.chars().count() < 700));
    }
}
