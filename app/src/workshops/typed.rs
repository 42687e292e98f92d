//! What was typed into the sign-up form, in words: for a page that has no form any more.

use domain::access_need::{AccessNeed, AccessNeeds};
use domain::booking::Mode;
use domain::district::District;
use domain::signup::SignUpForm;

use crate::signup::words;

/// A line for each field in which something was typed, as the form calls it. What only ticks a topic is left out: the page shows the
/// topics.
pub fn in_words(form: &SignUpForm) -> String {
    let district = District::parse(&form.district).map_or("", |district| district.name);
    let mode = Mode::parse(&form.mode).map_or("", words::mode);
    let ticked = form.needs.keys().filter_map(|key| AccessNeed::parse(key));
    let needs = ticked.collect::<AccessNeeds>().with_text(&form.access_needs);
    let mut lines = vec![
        ("Name", form.name.clone()),
        ("E-Mail-Adresse", form.email.clone()),
        ("Träger oder Dienststelle", form.organisation.clone()),
        ("Landkreis oder Stadt", district.to_owned()),
        ("Teilnahme", mode.to_owned()),
        ("Thema, das Sie mitbringen", form.topic.clone()),
        ("Was Sie brauchen", needs),
        ("Eingetragen von", form.signed_up_by.clone()),
    ];
    lines.extend(form.colleagues.iter().map(|(name, email)| {
        let person = format!("{name} {email}");
        ("Kolleg*in", person)
    }));
    lines
        .into_iter()
        .filter(|(_, typed)| !typed.trim().is_empty())
        .map(|(label, typed)| format!("{label}: {}", typed.trim()))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stands_in_lines_and_what_was_not_leaves_none() {
        assert_eq!(in_words(&SignUpForm::default()), "");
        let form = SignUpForm {
            name: "Anna".to_owned(),
            email: "anna@traeger.example".to_owned(),
            district: "dresden".to_owned(),
            mode: "on_site".to_owned(),
            needs: [("food".to_owned(), "1".to_owned())].into(),
            access_needs: "vegan".to_owned(),
            colleagues: vec![
                ("Berta".to_owned(), "berta@traeger.example".to_owned()),
                (String::new(), String::new()),
            ],
            ..SignUpForm::default()
        };
        assert_eq!(
            in_words(&form),
            "Name: Anna\nE-Mail-Adresse: anna@traeger.example\nLandkreis oder Stadt: Dresden\nTeilnahme: vor Ort\n\
             Was Sie brauchen: Besonderes beim Essen. vegan\nKolleg*in: Berta berta@traeger.example"
        );
    }
}
