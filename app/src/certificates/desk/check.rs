//! What a certificate says, and whether it counts.

use domain::certificate::{Certificate, CertificateCode};
use domain::german;
use domain::time::Instant;
use leptos::prelude::*;
use store::certificates::CertificateRow;
use store::{Store, StoreError};

use crate::certificates::dto::CertificateView;
use crate::loading::unavailable;

pub async fn load(typed: &str) -> Result<Option<CertificateView>, ServerFnError> {
    let Some(code) = CertificateCode::parse(typed) else {
        return Ok(None);
    };
    match expect_context::<Store>().certificate(&code).await {
        Ok(row) => Ok(Some(show(&row))),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(unavailable(error)),
    }
}

/// The element that says what the certificate is about.
const TITLE: u8 = 2;

/// Whether it counts. Who checks an example is not told that it is real.
fn standing(facts: &Certificate, revoked: Option<(Instant, &str)>) -> String {
    match revoked {
        Some((at, reason)) => format!(
            "Dieser Nachweis ist am {} widerrufen worden: {reason}",
            german::day_year(at)
        ),
        None if facts.demo => "Dies ist ein Beispiel, kein echter Nachweis.".to_owned(),
        None => format!(
            "Dieser Nachweis ist echt und gilt. Ausgestellt am {}.",
            facts.issued_on
        ),
    }
}

fn show(row: &CertificateRow) -> CertificateView {
    let facts = &row.facts;
    let mut elements = facts.elements();
    // The title is the heading of the page.
    elements.retain(|element| element.number != TITLE);
    CertificateView {
        code: row.code.printed(),
        path: format!("/nachweis/{}", row.code.as_str()),
        title: facts.title.clone(),
        standing: standing(facts, row.revoked_at.map(|at| (at, row.reason.as_str()))),
        is_revoked: row.revoked_at.is_some(),
        demo: facts.demo,
        elements,
        version: (
            format!("/module/{}/fassung/{}", facts.module, facts.version),
            format!("{}, Fassung\u{a0}{}", facts.module, facts.version),
        ),
    }
}

#[cfg(test)]
mod tests {
    use domain::certificate::facts::Occasion;
    use domain::module::{Content, ModuleCode};

    use super::*;

    fn says(demo: bool, revoked: Option<(Instant, &str)>) -> String {
        let occasion = Occasion {
            holder: "Anna Beispiel".to_owned(),
            awarded_by: vec!["Hochschule am Bach".to_owned()],
            issued_on: "3. Dezember 2026".to_owned(),
            taught: "Herbst 2026".to_owned(),
            demo,
        };
        let code = ModuleCode::parse("FSA-101").unwrap();
        standing(&Certificate::of(code, 1, &Content::default(), occasion), revoked)
    }

    #[test]
    fn only_what_is_no_example_is_called_real() {
        assert!(says(false, None).starts_with("Dieser Nachweis ist echt und gilt."));
        assert_eq!(says(true, None), "Dies ist ein Beispiel, kein echter Nachweis.");
        let revoked = Instant::from_input("2026-12-04T10:00").map(|at| (at, "Falscher Name."));
        for demo in [false, true] {
            assert!(says(demo, revoked).ends_with("widerrufen worden: Falscher Name."));
        }
    }
}
