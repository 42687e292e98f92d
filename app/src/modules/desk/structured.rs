//! Modules for programs, after schema.org: `Course` with its prerequisites, outcomes and workload, and the list of all as
//! `ItemList`, as JSON-LD.

use domain::module::field::Field;
use domain::time::Instant;
use domain::workshop::Form;
use serde_json::{Value, json};
use store::modules::Listed;
use store::workshops::Run;

use super::said::title;

/// The module as it stands inside its page, with its runs. `url` is that page's address.
#[must_use]
pub fn course(listed: &Listed, url: &str, runs: &[Run], now: Instant) -> Value {
    let content = &listed.version.content;
    let text = |field: Field| content.get(field).to_owned();
    let providers: Vec<Value> = listed
        .module
        .owners
        .iter()
        .map(|(_, name)| json!({"@type": "Organization", "name": name}))
        .collect();
    let outcomes: Vec<String> = content
        .outcomes()
        .into_iter()
        .map(|outcome| outcome.text)
        .collect();
    let mode = match content.get(Field::Mode) {
        "online" => "Online",
        "on_site" => "Onsite",
        _ => "Blended",
    };
    let fee = content.hundredths(Field::Fee).unwrap_or(0);
    let mut course = json!({
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": url,
        "url": url,
        "identifier": listed.module.id.to_string(),
        "courseCode": listed.module.code.to_string(),
        "name": title(listed),
        "description": text(Field::Lead),
        "inLanguage": text(Field::Language),
        "provider": providers,
        "teaches": outcomes,
        "timeRequired": format!("PT{}H", content.hours()),
        "keywords": content.lines(Field::Keywords).collect::<Vec<_>>(),
        "coursePrerequisites": text(Field::Knowledge),
        "version": listed.version.number.to_string(),
        "offers": [{
            "@type": "Offer",
            "category": if fee == 0 { "Free" } else { "Paid" },
            "price": format!("{}.{:02}", fee / 100, fee % 100),
            "priceCurrency": "EUR",
        }],
        "hasCourseInstance": if runs.is_empty() {
            // How it is taught is known without a date, too.
            vec![instance(mode, content.hours())]
        } else {
            let origin = url.split_once("/module/").map_or(url, |(origin, _)| origin);
            runs.iter().map(|run| dated(run, origin, content.hours(), now)).collect()
        },
    });
    if let (Some(credits), Some(course)) = (content.hundredths(Field::Ects), course.as_object_mut()) {
        course.insert(
            "numberOfCredits".to_owned(),
            json!({"@type": "StructuredValue", "value": f64::from(credits) / 100.0, "unitText": "ECTS"}),
        );
    }
    if let (Some(level), Some(course)) = (content.number(Field::Level), course.as_object_mut()) {
        course.insert("educationalLevel".to_owned(), json!(format!("DQR {level}")));
    }
    course
}

fn instance(mode: &str, hours: u32) -> Value {
    json!({
        "@type": "CourseInstance",
        "courseMode": mode,
        "courseWorkload": format!("PT{hours}H"),
    })
}

/// A run, with dates, place and seats.
fn dated(run: &Run, origin: &str, hours: u32, now: Instant) -> Value {
    let row = &run.card.row;
    let mode = match row.form() {
        Form::Online => "Online",
        Form::OnSite => "Onsite",
        Form::Hybrid => "Blended",
    };
    let url = format!("{origin}/veranstaltungen/{}", row.slug);
    let seats = &row.draft.seats;
    let mut instance = instance(mode, hours);
    let more = json!({
        "@id": url,
        "url": url,
        "name": row.draft.title,
        "startDate": row.draft.starts_at.to_rfc3339(),
        "endDate": row.draft.ends_at.to_rfc3339(),
        "eventStatus": "https://schema.org/EventScheduled",
        "maximumAttendeeCapacity": seats.on_site.capacity + seats.online.capacity,
        "remainingAttendeeCapacity": run.card.free(now),
        "location": if row.form() == Form::Online {
            json!({"@type": "VirtualLocation", "url": url})
        } else {
            json!({"@type": "Place", "name": row.draft.venue.name, "address": row.draft.venue.line()})
        },
    });
    if let (Some(instance), Value::Object(more)) = (instance.as_object_mut(), more) {
        instance.extend(more);
    }
    instance
}

/// The modules of a list in their order (`ItemList`); each page says the rest.
#[must_use]
pub fn item_list(listed: &[&Listed], origin: &str) -> Value {
    let items = (1_u32..).zip(listed).map(|(position, listed)| {
        json!({
            "@type": "ListItem",
            "position": position,
            "name": title(listed),
            "url": format!("{origin}/module/{}", listed.module.code),
        })
    });
    json!({
        "@context": "https://schema.org",
        "@type": "ItemList",
        "numberOfItems": listed.len(),
        "itemListElement": items.collect::<Vec<_>>(),
    })
}

/// JSON that cannot end the script element in which it stands (HTML, 4.12.1.3).
#[must_use]
pub fn inside_script(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_ends_the_element() {
        let text = inside_script(&json!({"name": "</script><script>alert(1)</script>&<!--"}));
        assert!(
            !text.contains('<') && !text.contains('>') && !text.contains('&'),
            "{text}"
        );
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["name"], "</script><script>alert(1)</script>&<!--");
    }
}
