//! A series across districts.

use domain::district::District;
use domain::ids::{IdempotencyKey, WorkshopId};
use domain::time::Instant;

use super::{as_staff, page, why};
use crate::form_reply::{FieldError, FormReply, SentForm};

/// A copy: where, and when it begins.
type Copy = (District, Instant);

pub async fn copy(id: String, key: String, rows: [(String, String); 4]) -> FormReply {
    let typed = (1..).zip(&rows).flat_map(|(row, (district, starts))| {
        [
            (format!("district_{row}"), district.clone()),
            (format!("starts_{row}"), starts.clone()),
        ]
    });
    let form = SentForm::on(format!("{}/kopieren", page(&id))).typed(typed);
    as_staff(form, |store, actor, form| async move {
        let copies = match copies(&rows) {
            Ok(copies) => copies,
            Err(errors) => return form.refused(errors).await,
        };
        let Ok(id) = WorkshopId::parse(&id) else {
            return form.failed(why(store::StoreError::NotFound)).await;
        };
        let made = match IdempotencyKey::parse(&key) {
            Ok(key) => {
                let said = format!("{rows:?}");
                store
                    .copy_workshop_once(actor, id, &copies, key.with(&[&said]))
                    .await
            }
            Err(_) => store.copy_workshop(actor, id, &copies).await.map(|_| ()),
        };
        match made {
            Ok(()) => form.go("/verwaltung").await,
            Err(error) => form.failed(why(error)).await,
        }
    })
    .await
}

/// The rows that are filled in, or what is wrong with them. An empty row is no copy.
fn copies(rows: &[(String, String)]) -> Result<Vec<Copy>, Vec<FieldError>> {
    let mut copies = Vec::new();
    let mut errors = Vec::new();
    for (row, (district, starts)) in (1..).zip(rows) {
        match (
            district.is_empty(),
            District::parse(district),
            Instant::from_input(starts),
        ) {
            (true, _, _) => {}
            (false, Some(district), Some(starts)) => copies.push((district, starts)),
            (false, None, _) => errors.push(FieldError::new(
                format!("district_{row}"),
                "Bitte wählen Sie einen Eintrag aus der Liste.",
            )),
            (false, _, None) => errors.push(FieldError::new(
                format!("starts_{row}"),
                "Bitte geben Sie Datum und Uhrzeit ein.",
            )),
        }
    }
    if copies.is_empty() && errors.is_empty() {
        errors.push(FieldError::new(
            "district_1",
            "Bitte wählen Sie mindestens einen Landkreis oder eine Stadt.",
        ));
    }
    if errors.is_empty() {
        Ok(copies)
    } else {
        Err(errors)
    }
}
