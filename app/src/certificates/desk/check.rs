//! What a certificate says, and whether it counts.

use domain::certificate::CertificateCode;
use domain::german;
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

fn show(row: &CertificateRow) -> CertificateView {
    let facts = &row.facts;
    let standing = match row.revoked_at {
        Some(at) => format!(
            "Dieser Nachweis ist am {} widerrufen worden: {}",
            german::day_year(at),
            row.reason
        ),
        None => format!(
            "Dieser Nachweis ist echt und gilt. Ausgestellt am {}.",
            facts.issued_on
        ),
    };
    CertificateView {
        code: row.code.printed(),
        path: format!("/nachweis/{}", row.code.as_str()),
        title: facts.title.clone(),
        standing,
        is_revoked: row.revoked_at.is_some(),
        demo: facts.demo,
        elements: facts.elements(),
        version: (
            format!("/module/{}/fassung/{}", facts.module, facts.version),
            format!("{}, Fassung {}", facts.module, facts.version),
        ),
    }
}
