//! What people of the field say for the same thing. One line is one thing; each word of it finds all others.

use super::words::{key, words};

/// Words for the same thing. An entry of several words is met by all of them.
const SAME: [&[&str]; 22] = [
    &[
        "geflüchtete",
        "flüchtlinge",
        "asylsuchende",
        "asylbewerber",
        "schutzsuchende",
    ],
    &[
        "dolmetschen",
        "sprachmittlung",
        "übersetzen",
        "sprachmittler",
        "dolmetscher",
    ],
    &["uma", "umf", "umu", "unbegleitete minderjährige"],
    &["fsa", "flüchtlingssozialarbeit"],
    &["msa", "migrationssozialarbeit"],
    &["asylblg", "asylbewerberleistungsgesetz"],
    &["aufenthg", "aufenthaltsgesetz"],
    &["bamf", "bundesamt"],
    &["gewaltschutz", "schutzkonzept"],
    &["trauma", "ptbs", "traumafolgen"],
    &["quereinstieg", "quereinsteiger", "seiteneinstieg"],
    &["abschiebung", "rückführung", "ausreisepflicht"],
    &["jobcenter", "bürgergeld", "sgb ii"],
    &["arbeit", "beschäftigung", "job"],
    &["krankheit", "gesundheit", "arzt", "medizinische versorgung"],
    &["supervision", "selbstfürsorge", "burnout"],
    &["diskriminierung", "rassismus", "antidiskriminierung"],
    &["unterkunft", "gemeinschaftsunterkunft", "heim"],
    &["wohnung", "wohnen", "mietvertrag"],
    &["datenschutz", "dsgvo", "schweigepflicht"],
    &["frauen", "mädchen", "weiblich"],
    &["lgbtiq", "lsbti", "queer"],
];

/// Other words for a word, each as the keys of all words that have to be there.
#[must_use]
pub fn of(word: &str) -> Vec<Vec<String>> {
    let asked = key(word);
    let keys = |entry: &str| words(entry).map(|word| key(&word)).collect::<Vec<_>>();
    let groups = SAME
        .iter()
        .filter(|group| group.iter().any(|entry| keys(entry) == [asked.clone()]));
    groups
        .flat_map(|group| group.iter())
        .map(|entry| keys(entry))
        .filter(|other| *other != [asked.clone()])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_a_line_finds_the_others_in_any_form() {
        let of_umf = of("umf");
        assert!(
            of_umf.contains(&vec![key("unbegleitet"), key("minderjährige")]),
            "{of_umf:?}"
        );
        assert!(of("dolmetschern").contains(&vec![key("sprachmittlung")]));
        assert!(of("brot").is_empty());
    }
}
