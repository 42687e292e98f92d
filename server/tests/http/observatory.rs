//! The score of the HTTP Observatory (S1), over the answers as they are.
//!
//! The rows are those of MDN's open implementation, `SCORE_TABLE` in `src/grader/charts.js` and the tests beside it
//! (<https://github.com/mdn/mdn-http-observatory>, version 1.4.8, MPL-2.0; written anew here, nothing is copied), as described
//! at <https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring>. It brings a server, a database and a browser
//! with it, which is why it is not called. What it knows of an address in the world is taken as it is meant to be: HTTPS with
//! a valid certificate, HTTP that leads there (deploy/), and no entry in the browsers' preload list, which would be five
//! points more.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use store::Ambient;

use crate::support::{Answer, TestApp, pages, request};

/// What BARS asks for.
const SCORE_MIN: i32 = 130;
/// Below, points for more than is needed do not count.
const SCORE_FOR_EXTRA_MIN: i32 = 90;
/// Half a year of thirty-day months.
const HSTS_SECONDS_MIN: u64 = 15_552_000;
const BROAD: [&str; 8] = [
    "ftp:",
    "http:",
    "https:",
    "*",
    "http://*",
    "http://*.*",
    "https://*",
    "https://*.*",
];

type Policy<'a> = BTreeMap<&'a str, Vec<&'a str>>;

fn policy(answer: &Answer) -> Policy<'_> {
    let directives = answer.header("content-security-policy").split(';');
    let words = directives.map(|directive| directive.split_whitespace().collect::<Vec<_>>());
    words
        .filter(|words| !words.is_empty())
        .map(|words| (words[0], words[1..].to_vec()))
        .collect()
}

fn content_security_policy(policy: &Policy<'_>) -> i32 {
    if policy.is_empty() {
        return -25;
    }
    let sources = |directive: &str| {
        let own = policy.get(directive).or_else(|| policy.get("default-src"));
        own.cloned().unwrap_or_else(|| vec!["*"])
    };
    // A nonce or hash takes away what `'unsafe-inline'` would allow, and with `'strict-dynamic'` what whole addresses would.
    let narrowed = |directive: &str| {
        let mut sources = sources(directive);
        let has_nonce = sources
            .iter()
            .any(|source| source.starts_with("'nonce-") || source.starts_with("'sha"));
        if has_nonce {
            let is_dynamic = directive == "script-src" && sources.contains(&"'strict-dynamic'");
            sources.retain(|source| *source != "'unsafe-inline'" && !(is_dynamic && BROAD.contains(source)));
        }
        sources
    };
    let (scripts, styles) = (narrowed("script-src"), narrowed("style-src"));
    let is_open = |sources: &[&str]| {
        let open = |source: &&str| BROAD.contains(source) || ["'unsafe-inline'", "data:"].contains(source);
        sources.iter().any(open)
    };
    if is_open(&scripts) || sources("object-src").iter().any(|source| BROAD.contains(source)) {
        -20
    } else if scripts.contains(&"'unsafe-eval'") || styles.contains(&"'unsafe-eval'") {
        -10
    } else if is_open(&styles) {
        0
    } else if policy
        .get("default-src")
        .is_some_and(|sources| sources == &["'none'"])
    {
        10
    } else {
        5
    }
}

fn cookies(answer: &Answer) -> i32 {
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter();
    let cookies = cookies.map(|cookie| cookie.to_str().unwrap().to_lowercase());
    let worth = |cookie: String| match (cookie.contains("secure"), cookie.contains("samesite")) {
        (true, true) => 5,
        (true, false) => 0,
        // Only because HSTS keeps it from being sent in the clear; otherwise it would be -20.
        (false, _) => -5,
    };
    cookies.map(worth).min().unwrap_or(0)
}

/// `elsewhere` is the answer to a page of another website.
fn cross_origin_resource_sharing(elsewhere: &Answer) -> i32 {
    let reflects = elsewhere.header("access-control-allow-origin") == FOREIGN;
    if reflects && elsewhere.header("access-control-allow-credentials") == "true" {
        -50
    } else {
        0
    }
}

fn referrer_policy(answer: &Answer) -> i32 {
    match answer.header("referrer-policy") {
        "" => 0,
        "no-referrer" | "same-origin" | "strict-origin" | "strict-origin-when-cross-origin" => 5,
        _ => -5,
    }
}

fn strict_transport_security(answer: &Answer) -> i32 {
    let parts = answer.header("strict-transport-security").split(';');
    let age = parts
        .filter_map(|part| part.trim().strip_prefix("max-age="))
        .find_map(|seconds| seconds.parse::<u64>().ok());
    match age {
        Some(seconds) if seconds >= HSTS_SECONDS_MIN => 0,
        Some(_) => -10,
        None => -20,
    }
}

/// Scripts from elsewhere without a hash. There are none: what they would cost is not told apart.
fn subresource_integrity(answer: &Answer) -> i32 {
    let text = answer.text();
    let tags = text
        .split("<script")
        .skip(1)
        .filter_map(|rest| rest.split('>').next());
    let mut from = tags.filter_map(|tag| tag.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()));
    let is_ours = |address: &str| address.starts_with('/') && !address.starts_with("//");
    if from.all(is_ours) { 0 } else { -50 }
}

fn content_type_options(answer: &Answer) -> i32 {
    if answer.header("x-content-type-options") == "nosniff" {
        0
    } else {
        -5
    }
}

fn frame_options(answer: &Answer, policy: &Policy<'_>) -> i32 {
    if policy.contains_key("frame-ancestors") {
        5
    } else if ["DENY", "SAMEORIGIN"].contains(&answer.header("x-frame-options")) {
        0
    } else {
        -20
    }
}

fn cross_origin_resource_policy(answer: &Answer) -> i32 {
    match answer.header("cross-origin-resource-policy") {
        "same-origin" | "same-site" => 10,
        "cross-origin" | "" => 0,
        _ => -5,
    }
}

fn score(answer: &Answer, elsewhere: &Answer) -> i32 {
    let policy = policy(answer);
    let points = [
        content_security_policy(&policy),
        cookies(answer),
        cross_origin_resource_sharing(elsewhere),
        referrer_policy(answer),
        strict_transport_security(answer),
        subresource_integrity(answer),
        content_type_options(answer),
        frame_options(answer, &policy),
        cross_origin_resource_policy(answer),
    ];
    let taken = 100 + points.iter().filter(|point| **point < 0).sum::<i32>();
    let whole = 100 + points.iter().sum::<i32>();
    if taken >= SCORE_FOR_EXTRA_MIN {
        whole
    } else {
        taken.max(0)
    }
}

const FOREIGN: &str = "https://fremd.example";

/// A page, and what another website gets of it.
async fn read(app: &TestApp, path: &str) -> (Answer, Answer) {
    let elsewhere = request(Method::GET, path)
        .header(header::ACCEPT, "text/html")
        .header(header::ORIGIN, FOREIGN);
    (app.get(path).await, app.send(elsewhere, Body::empty()).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_has_at_least_the_score_that_is_asked_for() {
    let app = TestApp::start_filled().await;
    let mut seen = 0;
    for path in pages() {
        let (answer, elsewhere) = read(&app, &path).await;
        // Pages that are not there for a visitor are scored, too: they have the same headers.
        let score = score(&answer, &elsewhere);
        assert!(score >= SCORE_MIN, "{path}: {score}");
        seen += usize::from(answer.status == StatusCode::OK);
    }
    assert!(seen > 10, "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_each_header_that_is_missing_or_weaker_is_noticed() {
    let app = TestApp::start().await;
    let (answer, elsewhere) = read(&app, "/").await;
    assert_eq!(score(&answer, &elsewhere), SCORE_MIN);
    for (name, value, expected) in [
        ("content-security-policy", None, 75),
        (
            "content-security-policy",
            Some("script-src 'unsafe-inline'; frame-ancestors 'none'"),
            80,
        ),
        (
            "content-security-policy",
            Some("default-src 'self'; script-src 'self' 'unsafe-eval'; frame-ancestors 'none'"),
            110,
        ),
        (
            "content-security-policy",
            Some("default-src 'self'; frame-ancestors 'none'"),
            125,
        ),
        ("referrer-policy", None, 125),
        ("referrer-policy", Some("unsafe-url"), 120),
        ("strict-transport-security", None, 80),
        ("strict-transport-security", Some("max-age=3600"), 120),
        ("x-content-type-options", None, 125),
        ("cross-origin-resource-policy", None, 120),
        ("set-cookie", Some("lafast=x; HttpOnly; SameSite=Lax"), 125),
    ] {
        let mut weaker = answer.clone();
        weaker.headers.remove(name);
        if let Some(value) = value {
            weaker.headers.insert(name, value.parse().unwrap());
        }
        let score = score(&weaker, &elsewhere);
        assert_eq!(score, expected, "{name}: {value:?}");
        assert!(score < SCORE_MIN);
    }
    let mut shared = elsewhere.clone();
    shared
        .headers
        .insert("access-control-allow-origin", FOREIGN.parse().unwrap());
    shared
        .headers
        .insert("access-control-allow-credentials", "true".parse().unwrap());
    assert_eq!(score(&answer, &shared), 50);
    let mut foreign = answer.clone();
    foreign.body = "<script src=\"https://fremd.example/a.js\"></script>".into();
    assert_eq!(score(&foreign, &elsewhere), 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_without_the_layer_the_score_falls() {
    let app = TestApp::start_with(Ambient::system(), |config| config.protections.headers = false).await;
    let (answer, elsewhere) = read(&app, "/").await;
    let score = score(&answer, &elsewhere);
    assert!(score < SCORE_MIN, "{score}");
}
