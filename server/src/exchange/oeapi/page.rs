//! Filters and pages of all lists.

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::JSON;
use crate::calendar::fresh_or_not_modified;
use crate::problem::Problem;

/// The sizes of a page that there are; the first is taken if none is asked for.
const PAGE_SIZES: [usize; 5] = [10, 20, 50, 100, 250];

/// What is asked of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Asked {
    page_size: Option<String>,
    page_number: Option<String>,
    q: Option<String>,
    primary_code: Option<String>,
    teaching_language: Option<String>,
}

impl Asked {
    /// Size and number of the page; nothing if there is no such page.
    fn page(&self) -> Option<(usize, usize)> {
        let number = |asked: &Option<String>, without: usize| match asked {
            None => Some(without),
            Some(asked) => asked.parse::<usize>().ok(),
        };
        let size = number(&self.page_size, PAGE_SIZES[0]).filter(|size| PAGE_SIZES.contains(size))?;
        let page = number(&self.page_number, 1).filter(|page| *page > 0)?;
        Some((size, page))
    }

    fn takes(&self, item: &Value) -> bool {
        let has = |asked: &Option<String>, found: &dyn Fn(&str) -> bool| asked.as_deref().is_none_or(found);
        let code = item.pointer("/primaryCode/code").and_then(Value::as_str);
        let speaks = |language: &str| {
            let all = item.get("teachingLanguages").and_then(Value::as_array);
            all.is_some_and(|all| all.iter().any(|one| one.as_str() == Some(language)))
        };
        has(&self.q, &|word| says(item, word))
            && has(&self.primary_code, &|asked| code == Some(asked))
            && has(&self.teaching_language, &speaks)
    }
}

/// Whether name, abbreviation or description has a word, whatever its case.
fn says(item: &Value, word: &str) -> bool {
    let word = word.to_lowercase();
    let texts = ["/name/0/value", "/abbreviation", "/description/0/value"];
    let mut texts = texts.iter().filter_map(|path| item.pointer(path)?.as_str());
    texts.any(|text| text.to_lowercase().contains(&word))
}

fn name(item: &Value) -> String {
    let name = item.pointer("/name/0/value").and_then(Value::as_str);
    name.unwrap_or_default().to_lowercase()
}

/// A page of a list, by name. A page behind the last one is empty.
pub fn answer(headers: &HeaderMap, asked: &Asked, mut items: Vec<Value>) -> Response {
    let Some((size, page)) = asked.page() else {
        return Problem::BadQuery.into_response();
    };
    items.retain(|item| asked.takes(item));
    items.sort_by_cached_key(name);
    let pages = items.len().div_ceil(size);
    let shown: Vec<Value> = items
        .into_iter()
        .skip((page - 1).saturating_mul(size))
        .take(size)
        .collect();
    let body = json!({
        "pageSize": size,
        "pageNumber": page,
        "hasPreviousPage": page > 1,
        "hasNextPage": page < pages,
        "totalPages": pages,
        "items": shown,
    });
    fresh_or_not_modified(headers, JSON, body.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(size: &str, page: &str) -> Option<(usize, usize)> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let asked = Asked {
            page_size: given(size),
            page_number: given(page),
            ..Asked::default()
        };
        asked.page()
    }

    #[test]
    fn only_pages_that_there_can_be_are_given() {
        assert_eq!(asked("", ""), Some((10, 1)));
        assert_eq!(asked("250", "3"), Some((250, 3)));
        for (size, page) in [("11", ""), ("-10", ""), ("x", ""), ("", "0"), ("", "eins")] {
            assert_eq!(asked(size, page), None, "{size} {page}");
        }
    }

    #[test]
    fn a_word_is_found_in_name_and_description() {
        let item = json!({"name": [{"value": "Asylrecht"}], "description": [{"value": "Fristen"}]});
        assert!(says(&item, "ASYL") && says(&item, "frist") && !says(&item, "Trauma"));
    }
}
