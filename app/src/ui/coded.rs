//! Words with short names in them, none of which breaks at its hyphen.

use leptos::prelude::*;

/// Whether a word is a short name, with or without a sign around it: a digit stands behind a hyphen.
fn is_code(word: &str) -> bool {
    let behind = word.split_once('-').map(|(_, behind)| behind);
    behind.is_some_and(|behind| behind.starts_with(|sign: char| sign.is_ascii_digit()))
}

/// Words by turns: those that may break, and short names that stay together.
fn parts(words: &str) -> Vec<(bool, String)> {
    let mut parts: Vec<(bool, String)> = Vec::new();
    let mut add = |stays: bool, text: &str| match parts.last_mut() {
        Some((before, run)) if *before == stays => run.push_str(text),
        _ => parts.push((stays, text.to_owned())),
    };
    for (place, word) in words.split(' ').enumerate() {
        if place > 0 {
            add(false, " ");
        }
        if !word.is_empty() {
            add(is_code(word), word);
        }
    }
    parts
}

/// Words in which short names of modules stand.
pub fn coded(words: &str) -> AnyView {
    let part = |(stays, text): (bool, String)| {
        if stays {
            view! { <span class="together">{text}</span> }.into_any()
        } else {
            text.into_any()
        }
    };
    parts(words).into_iter().map(part).collect::<Vec<_>>().into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_names_stay_together_and_nothing_is_lost() {
        let said = "Pflicht: FSA-101, FSA-102. Teil-Zeit, dann (HMS-13";
        let stays: Vec<String> = parts(said)
            .into_iter()
            .filter_map(|(stays, text)| stays.then_some(text))
            .collect();
        assert_eq!(stays, ["FSA-101,", "FSA-102.", "(HMS-13"]);
        assert_eq!(
            parts(said).into_iter().map(|(_, text)| text).collect::<String>(),
            said
        );
    }
}
