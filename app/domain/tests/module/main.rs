//! Finding modules: a table of questions, asked of the demo's catalogue.
#![expect(clippy::unwrap_used, reason = "a question that cannot be asked has failed")]

use std::collections::BTreeMap;
use std::time::Instant as Moment;

use domain::module::search::{Document, Index, document};
use domain::module::{Content, Field, ModuleCode};
use serde_json::Value;

/// A question, and the modules that answer it: the first of them has to come first, the others among the first five.
/// Nothing: nothing may be found.
const QUESTIONS: [(&str, &str); 72] = [
    // As it stands there
    ("Asylverfahren", "FSA-201 FSA-102"),
    ("Gewaltschutz", "FSA-203"),
    ("Sprachmittlung", "FSA-103"),
    ("Trauma", "HMS-11"),
    ("FSA-201", "FSA-201"),
    ("akl-3", "AKL-3"),
    ("Härtefall", "FSA-202"),
    ("Deeskalation", "AKL-1"),
    ("Ehrenamt", "AKL-4"),
    ("Rassismus", "HMS-13"),
    ("Jobcenter", "HMS-14"),
    ("Mietvertrag", "AKL-2"),
    ("Hebamme", "AKL-3"),
    ("Bezahlkarte", "FSA-204"),
    ("Careleaver", "HMS-12"),
    ("Abschlussprojekt", "FSA-301"),
    ("60a", "FSA-202"),
    ("§ 25b", "FSA-202"),
    // Inflected
    ("Bescheide", "FSA-201 FSA-102"),
    ("Anhörungen", "FSA-201"),
    ("Duldungen", "FSA-202 FSA-102"),
    ("Konflikten", "AKL-1"),
    ("Freiwilliger", "AKL-4"),
    ("Schutzkonzepten", "FSA-203"),
    ("Vormundschaften", "HMS-12"),
    ("traumatisiert", "HMS-11"),
    ("Ausbildungen", "HMS-14"),
    ("Wohnungen", "AKL-2"),
    ("Krisen", "HMS-11"),
    // Umlauts and sz, spelt in any way
    ("Haertefall", "FSA-202"),
    ("Hartefall", "FSA-202"),
    ("Anhoerung", "FSA-201"),
    ("Anhorung", "FSA-201"),
    ("Fluechtlinge", "FSA-101"),
    ("FLÜCHTLINGSSOZIALARBEIT", "FSA-101"),
    ("Gespraeche", "AKL-1 FSA-103"),
    ("haeusliche Gewalt", "FSA-203"),
    ("Behoerde", "FSA-101"),
    // Compounds, taken apart and put together
    ("Asylrecht", "FSA-102"),
    ("Recht", "FSA-102"),
    ("Schutz", "FSA-203"),
    ("Asylverfahrensberatung", "FSA-201"),
    ("Ausbildungsduldung", "FSA-202 HMS-14"),
    ("Arzt", "AKL-3"),
    ("Arztgespräch", "AKL-3"),
    ("Kinderschutz", "FSA-203"),
    ("Leistungsbescheid", "FSA-204"),
    ("Wohnbegleitung", "AKL-2"),
    // What people of the field say for it
    ("Dolmetscher", "FSA-103"),
    ("UMA", "HMS-12"),
    ("umF", "HMS-12"),
    ("unbegleitete Minderjährige", "HMS-12"),
    ("PTBS", "HMS-11"),
    ("Asylbewerberleistungsgesetz", "FSA-204"),
    ("Quereinsteiger*innen", "FSA-101"),
    ("Burnout", "HMS-11"),
    ("Bürgergeld", "HMS-14 FSA-204"),
    ("Diskriminierung", "HMS-13"),
    // Misspelt
    ("Asylverfaren", "FSA-201 FSA-102"),
    ("Gewaltschuz", "FSA-203"),
    ("Sprachmitlung", "FSA-103"),
    ("Traumma", "HMS-11"),
    ("Vormundschafft", "HMS-12"),
    ("Deeskaltion", "AKL-1"),
    // From work
    ("Dublin-Bescheid, Frist 1 Woche", "FSA-201 FSA-102"),
    ("Vermieter lehnt ab", "HMS-13"),
    ("Streit in der Küche", "AKL-1"),
    ("Kind übersetzt für die Mutter", "FSA-103"),
    // Nonsense
    ("Quantenmechanik", ""),
    ("xkcd qwertz", ""),
    ("der die das", ""),
    ("Steuererklärung Segelboot", ""),
];

/// Of a hundred expected answers at least so many have to be where they belong.
const PERCENT_MIN: usize = 95;

fn catalogue() -> (Vec<ModuleCode>, Vec<Document>) {
    let file: Value = serde_json::from_str(include_str!("../../../../demo/modules.json")).unwrap();
    let modules = file.as_array().unwrap().iter().map(|module| {
        let code = ModuleCode::parse(module["code"].as_str().unwrap()).unwrap();
        let fields: BTreeMap<Field, String> = serde_json::from_value(module["fields"].clone()).unwrap();
        let mut content = Content::default();
        for (field, text) in fields {
            content.write(field, &text).unwrap();
        }
        let document = document(&code, &content);
        (code, document)
    });
    modules.unzip()
}

#[test]
fn questions_find_what_they_mean() {
    let (codes, documents) = catalogue();
    let index = Index::of(&documents);
    let (mut expected, mut met, mut wrong) = (0, 0, Vec::new());
    for (question, answers) in QUESTIONS {
        let found: Vec<&str> = index
            .find(question)
            .hits
            .iter()
            .map(|hit| codes[hit.document].as_str())
            .collect();
        let wanted: Vec<&str> = answers.split_whitespace().collect();
        let are_met: Vec<bool> = if wanted.is_empty() {
            vec![found.is_empty()]
        } else {
            let first = found.first() == wanted.first();
            let others = wanted
                .iter()
                .skip(1)
                .map(|code| found.iter().take(5).any(|one| one == code));
            std::iter::once(first).chain(others).collect()
        };
        expected += are_met.len();
        met += are_met.iter().filter(|is_met| **is_met).count();
        if are_met.contains(&false) {
            wrong.push(format!("„{question}“: {wanted:?}, found {found:?}"));
        }
    }
    println!("{met} of {expected} answers of {} questions", QUESTIONS.len());
    assert!(
        met * 100 >= expected * PERCENT_MIN,
        "{met} of {expected}:\n{}",
        wrong.join("\n")
    );
}

/// 500 modules, made of the demo's by turning the code: a question takes less than 50 ms, unoptimised builds included.
#[test]
fn five_hundred_modules_are_asked_in_less_than_fifty_milliseconds() {
    let (_, documents) = catalogue();
    let many: Vec<Document> = documents.iter().cycle().take(500).cloned().collect();
    let index = Index::of(&many);
    let mut times: Vec<_> = QUESTIONS
        .iter()
        .map(|(question, _)| {
            let start = Moment::now();
            assert!(index.find(question).hits.len() <= 500);
            start.elapsed()
        })
        .collect();
    times.sort();
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("median {median:?}, worst {worst:?}");
    assert!(median.as_millis() < 50, "{median:?}");
}
