//! What is read here is what `serde_json` reads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Unreadable, read};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Kind {
    Plain,
    One(u8),
    Two(i32, f64),
    Named { of: String, with: Option<Box<Kind>> },
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Id(u32);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Everything {
    flag: bool,
    letter: char,
    small: i8,
    large: u64,
    low: i64,
    real: f64,
    whole_real: f64,
    unit: (),
    text: String,
    list: Vec<Option<u16>>,
    pair: (Id, String),
    by_id: BTreeMap<Id, Kind>,
    by_name: BTreeMap<String, i8>,
    kinds: Vec<Kind>,
    answer: Vec<Result<u64, Id>>,
    #[serde(default)]
    missing: Option<String>,
}

fn everything() -> Everything {
    let deep = Kind::Named {
        of: "ä\n\"ö\"".to_owned(),
        with: Some(Box::new(Kind::One(255))),
    };
    Everything {
        flag: true,
        letter: 'ß',
        small: -128,
        large: u64::MAX,
        low: i64::MIN,
        real: -0.125,
        whole_real: 3.0,
        unit: (),
        text: "👩🏽‍🏫 \u{0}".to_owned(),
        list: vec![Some(1), None],
        pair: (Id(7), String::new()),
        by_id: BTreeMap::from([(Id(0), Kind::Plain), (Id(u32::MAX), Kind::Two(-1, 0.5))]),
        by_name: BTreeMap::from([(String::new(), 1)]),
        kinds: vec![Kind::Plain, Kind::One(0), Kind::Two(1, 1.0), deep],
        answer: vec![Ok(1), Err(Id(2))],
        missing: None,
    }
}

#[test]
fn everything_comes_back() {
    let written = serde_json::to_vec(&everything()).unwrap();
    assert_eq!(read::<Everything>(&written), Ok(everything()));
}

/// What `serde_json` says, too.
fn refuses<T: DeserializeOwned + std::fmt::Debug + PartialEq>(text: &str) {
    assert!(serde_json::from_str::<T>(text).is_err(), "{text}");
    assert_eq!(read::<T>(text.as_bytes()), Err(Unreadable), "{text}");
}

#[test]
fn what_is_of_another_kind_is_refused() {
    refuses::<u8>("256");
    refuses::<u8>("-1");
    refuses::<u8>("1.0");
    refuses::<u8>("\"1\"");
    refuses::<u8>("1 2");
    refuses::<u8>("");
    refuses::<u64>("18446744073709551616");
    refuses::<bool>("0");
    refuses::<String>("1");
    refuses::<String>("null");
    refuses::<char>("\"ab\"");
    refuses::<Vec<u8>>("{}");
    refuses::<Vec<u8>>("[1,]");
    refuses::<(u8, u8)>("[1]");
    refuses::<(u8, u8)>("[1,2,3]");
    refuses::<BTreeMap<u32, u8>>(r#"{"a":1}"#);
    refuses::<Kind>("\"Strange\"");
    refuses::<Kind>("\"One\"");
    refuses::<Kind>(r#"{"Plain":1}"#);
    refuses::<Kind>(r#"{"One":1,"Plain":null}"#);
    refuses::<Kind>(r#"{"Two":[1]}"#);
    refuses::<Kind>(r#"{"Named":{"with":null}}"#);
    refuses::<Everything>("{}");
}

/// What a newer server says besides is passed over.
#[test]
fn unknown_fields_are_passed_over() {
    let mut written = serde_json::to_value(everything()).unwrap();
    written["new"] = serde_json::json!({ "deep": [1, { "x": null }] });
    assert_eq!(
        read::<Everything>(written.to_string().as_bytes()),
        Ok(everything())
    );
}

/// Nobody can exhaust a browser's stack with brackets.
#[test]
fn what_is_nested_too_deeply_is_refused() {
    let deep = "[".repeat(100_000);
    refuses::<serde::de::IgnoredAny>(&deep);
}
