//! What is asked of a value.

use serde_json::Value;

/// What is asked of a value at a place.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Where, as JSON Pointer (RFC 6901); `*` stands for each entry of a list.
    pub at: &'static str,
    /// Whether it has to be there.
    pub is_needed: bool,
    /// What it has to be.
    pub is: Is,
}

/// What a value has to be.
#[derive(Clone, Copy, Debug)]
pub enum Is {
    /// Text that says something.
    Text,
    /// An address with a scheme (RFC 3987).
    Address,
    /// A UUID (RFC 9562).
    Uuid,
    /// A list of at least so many.
    List(usize),
    /// A number from zero on.
    Number,
    /// A length of time (ISO 8601).
    Duration,
    /// An instant with a time of day (RFC 3339).
    Instant,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

/// Something that has to be there.
pub const fn needs(at: &'static str, is: Is) -> Rule {
    Rule {
        at,
        is_needed: true,
        is,
    }
}

/// Something that fits if it is there.
pub const fn fits(at: &'static str, is: Is) -> Rule {
    Rule {
        at,
        is_needed: false,
        is,
    }
}

/// Where a value does not keep to the rules.
#[must_use]
pub fn faults(value: &Value, rules: &[Rule]) -> Vec<String> {
    let mut faults = Vec::new();
    for rule in rules {
        for (place, found) in places(value, rule.at) {
            match found {
                None | Some(Value::Null) if rule.is_needed => faults.push(format!("{place}: fehlt")),
                None | Some(Value::Null) => {}
                Some(found) => faults.extend(rule.is.fault(found).map(|fault| format!("{place}: {fault}"))),
            }
        }
    }
    faults
}

/// All places that a pointer names, with what stands there.
fn places<'a>(value: &'a Value, pointer: &str) -> Vec<(String, Option<&'a Value>)> {
    let mut all: Vec<(String, Option<&Value>)> = vec![(String::new(), Some(value))];
    for part in pointer.split('/').skip(1) {
        let mut next = Vec::new();
        for (place, found) in all {
            match (part, found) {
                ("*", Some(Value::Array(list))) => {
                    let each = list.iter().enumerate();
                    next.extend(each.map(|(number, one)| (format!("{place}/{number}"), Some(one))));
                }
                // Of what is no list there are no entries; that it is none another rule says.
                ("*", _) => {}
                (part, Some(found)) => next.push((format!("{place}/{part}"), found.get(part))),
                // What hangs on something that is not there is not missed.
                (_, None) => {}
            }
        }
        all = next;
    }
    all
}

impl Is {
    fn fault(self, value: &Value) -> Option<String> {
        let text = value.as_str();
        let is_fine = match self {
            Self::Text => text.is_some_and(|text| !text.trim().is_empty()),
            Self::Address => text.is_some_and(is_address),
            Self::Uuid => text.is_some_and(|text| uuid::Uuid::parse_str(text).is_ok()),
            Self::List(least) => value.as_array().is_some_and(|list| list.len() >= least),
            Self::Number => value.as_f64().is_some_and(|number| number >= 0.0),
            Self::Duration => text.is_some_and(is_duration),
            Self::Instant => text.is_some_and(|text| text.contains('T') && text.len() >= 20),
            Self::OneOf(words) => text.is_some_and(|text| words.contains(&text)),
        };
        (!is_fine).then(|| match self {
            Self::Text => "kein Text".to_owned(),
            Self::Address => "keine Adresse".to_owned(),
            Self::Uuid => "keine UUID".to_owned(),
            Self::List(least) => format!("keine Liste mit mindestens {least}"),
            Self::Number => "keine Zahl ab 0".to_owned(),
            Self::Duration => "keine Dauer nach ISO 8601".to_owned(),
            Self::Instant => "kein Zeitpunkt nach RFC 3339".to_owned(),
            Self::OneOf(words) => format!("keines von {}", words.join(", ")),
        })
    }
}

fn is_address(text: &str) -> bool {
    let is_plain = !text.contains(char::is_whitespace);
    is_plain
        && text
            .split_once("://")
            .is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty())
}

fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    let is_known = |character: char| character.is_ascii_digit() || "YMWDTHS.".contains(character);
    rest.chars().all(is_known)
        && rest.chars().any(|character| character.is_ascii_digit())
        && !rest.ends_with('T')
        && rest.ends_with(|character: char| character.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_entry_of_a_list_is_looked_at_and_what_is_not_there_is_missed_once() {
        let rules = [
            needs("/a", Is::List(1)),
            needs("/a/*/b", Is::Text),
            fits("/a/*/c", Is::Address),
            needs("/d/e", Is::Number),
        ];
        assert_eq!(
            faults(
                &json!({"a": [{"b": "x", "c": "https://a.example"}], "d": {"e": 0}}),
                &rules
            ),
            Vec::<String>::new()
        );
        let wrong = faults(
            &json!({"a": [{"b": "x"}, {"b": " ", "c": "a b"}], "d": {}}),
            &rules,
        );
        assert_eq!(
            wrong,
            ["/a/1/b: kein Text", "/a/1/c: keine Adresse", "/d/e: fehlt"]
        );
        assert_eq!(faults(&json!({}), &rules), ["/a: fehlt"]);
    }

    #[test]
    fn values_are_what_they_have_to_be() {
        for (is, good, bad) in [
            (
                Is::Uuid,
                json!("0198c0de-0000-7000-8000-000000000001"),
                json!("FSA-101"),
            ),
            (Is::Duration, json!("P14W"), json!("14 Wochen")),
            (Is::Duration, json!("PT20H"), json!("PT")),
            (Is::Instant, json!("2026-11-24T10:00:00Z"), json!("2026-11-24")),
            (Is::OneOf(&["online"]), json!("online"), json!("hybrid")),
            (Is::Number, json!(0.5), json!(-1)),
            (Is::List(1), json!([1]), json!([])),
        ] {
            assert_eq!(is.fault(&good), None);
            assert!(is.fault(&bad).is_some(), "{bad}");
        }
    }
}
