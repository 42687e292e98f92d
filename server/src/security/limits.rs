//! How often who may do what (S5).
//!
//! Limits hang on what a guess is aimed at: the account, the personal link, the session. The address is only a wide
//! outer ring, because a whole conference sits behind one. Loopback is outside even of that: it is the operator's own
//! machine, or a proxy that LAFAST_TRUSTED_PROXIES does not name, and then the ring would shut out everybody at once.
//!
//! What counts attempts across processes and restarts, five guesses for a code among them, is in the store.

use std::collections::BTreeSet;
use std::hash::Hash;

use app::cookies::{Cookie, CookiePolicy};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use domain::board::state::MEMBERS_MAX;
use domain::contact::EmailAddress;
use domain::ids::BoardId;
use domain::signup::COLLEAGUES_MAX;
use domain::time::Instant;
use serde::de::IgnoredAny;
use url::form_urlencoded;

use super::body::{BODY_BYTES_MAX, bytes_max};
use super::buckets::Buckets;
use super::client::ClientAddress;
use crate::problem::Problem;
use crate::state::AppState;

/// Operations of one device on boards at once: an outbox that was filled without a network, and the votes after that. More than
/// one message may hold, so that none is too large for ever.
const DEVICE_OPERATIONS_MAX: u32 = 120;
/// In this time a device may do as many again: two a second.
const DEVICE_WINDOW_SECONDS: u32 = 60;
const _: () = assert!(DEVICE_OPERATIONS_MAX as usize >= domain::board::wire::WANTED_MAX);

/// Devices that come onto a board for the first time at once from one address: all phones of a large conference.
const NEWCOMERS_MAX: u32 = 400;
/// In this time as many again may come, one every nine seconds: nobody leaves a board, so that one address would fill it for good
/// within a minute, and needs hours now.
const NEWCOMERS_WINDOW_SECONDS: u32 = 3_600;
const _: () = assert!((NEWCOMERS_MAX as usize) < MEMBERS_MAX);

/// Addresses that one form names: a person and colleagues. What names more is no form of ours.
const NAMED_MAX: usize = 1 + COLLEAGUES_MAX;
/// Personal links that one form is sent with.
const LINKS_MAX: usize = 1;
/// Whoever sends what names more may come again after so many seconds.
const NO_FORM_SECONDS: u64 = 60;

/// Where a device sends what it has kept, several operations at once.
const PUSH_PATH: &str = "/api/board-push";

/// One bucket for each kind of key.
#[derive(Debug)]
pub struct Limits {
    /// Changes from one address: 300 phones that do ten things each at once, and ten a second after that.
    address: Buckets,
    /// Changes of one signed-in device: faster than two a second for a minute is no person.
    session: Buckets,
    /// What one device does on boards, however many messages it takes: what was kept while there was no network at once, then
    /// faster than anybody types.
    device: Buckets,
    /// Devices that come onto one board for the first time from one address: there is nothing else yet by which they could be
    /// counted. Who is on it already is not.
    newcomers: Buckets,
    /// Changes through one personal link.
    link: Buckets,
    /// Places handed on through one personal link: who has another address in hand each time wants to know who has signed up.
    handing: Buckets,
    /// Forms that name one mail address, of oneself or of a colleague: a team signs up for many Veranstaltungen, with repeats on a
    /// bad network.
    email: Buckets,
    /// Forms that only make a mail go out to an address.
    mail: Buckets,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            address: Buckets::new(3_000, 300),
            session: Buckets::new(120, 60),
            device: Buckets::new(DEVICE_OPERATIONS_MAX, DEVICE_WINDOW_SECONDS),
            newcomers: Buckets::new(NEWCOMERS_MAX, NEWCOMERS_WINDOW_SECONDS),
            link: Buckets::new(60, 60),
            handing: Buckets::new(5, 3_600),
            email: Buckets::new(60, 600),
            mail: Buckets::new(10, 3_600),
        }
    }
}

/// Whose buckets a request takes from.
#[derive(Debug, Default)]
struct Keys {
    session: Option<String>,
    device: Option<String>,
    links: BTreeSet<String>,
    hands_over: bool,
    emails: BTreeSet<String>,
    sends_link_again: bool,
    /// Operations on a board beyond the first.
    more_operations: u32,
}

impl Limits {
    fn take(&self, client: Option<ClientAddress>, keys: &Keys, now: Instant) -> Result<(), u64> {
        take(&self.address, client.and_then(ClientAddress::counted), now)?;
        take(&self.session, keys.session.as_ref(), now)?;
        // Else one request could use up what thousands of people may do.
        if keys.emails.len() > NAMED_MAX || keys.links.len() > LINKS_MAX {
            return Err(NO_FORM_SECONDS);
        }
        if let Some(device) = &keys.device {
            self.operations_of(device, keys.more_operations.saturating_add(1), now)?;
        }
        for link in &keys.links {
            self.link.take(link, now)?;
            if keys.hands_over {
                self.handing.take(link, now)?;
            }
        }
        let named = if keys.sends_link_again {
            &self.mail
        } else {
            &self.email
        };
        for email in &keys.emails {
            named.take(email, now)?;
        }
        Ok(())
    }
}

impl Limits {
    /// So many operations of a device in one message; from the same bucket as its forms. A message without any is one, too.
    ///
    /// # Errors
    /// Seconds until so many are allowed.
    pub fn operations_of(&self, device: &str, count: u32, now: Instant) -> Result<(), u64> {
        self.device.take_several(device, count.max(1), now)
    }

    /// One more device that comes onto a board for the first time.
    ///
    /// # Errors
    /// Seconds until one more may come from there.
    pub fn newcomer(&self, client: Option<ClientAddress>, board: BoardId, now: Instant) -> Result<(), u64> {
        let address = client.and_then(ClientAddress::counted);
        take(&self.newcomers, address.map(|address| (address, board)), now)
    }
}

fn take(buckets: &Buckets, key: Option<impl Hash>, now: Instant) -> Result<(), u64> {
    key.map_or(Ok(()), |key| buckets.take(key, now))
}

/// Refuses with 429 what comes too often. Reading is not limited here.
pub async fn around<F: Future<Output = Response>>(
    state: &AppState,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    if !state.config.protections.rates || *request.method() != Method::POST {
        return next(request).await;
    }
    let client = request.extensions().get::<ClientAddress>().copied();
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, bytes_max(parts.uri.path())).await else {
        return Problem::BodyTooLarge.answer(&parts.headers, &state.site.stylesheet);
    };
    let keys = keys(parts.uri.path(), &parts.headers, &bytes, state.cookies());
    match state.limits.take(client, &keys, state.store.ambient().now()) {
        Ok(()) => next(Request::from_parts(parts, Body::from(bytes))).await,
        Err(retry_after_seconds) => {
            Problem::TooManyRequests { retry_after_seconds }.answer(&parts.headers, &state.site.stylesheet)
        }
    }
}

/// A server function reads its body as a form whatever the request says that it is, and so do we: what has no limit is files,
/// and only where they are sent.
fn keys(path: &str, headers: &HeaderMap, body: &[u8], cookies: CookiePolicy) -> Keys {
    let mut keys = Keys {
        session: cookies.session(headers),
        device: cookies.find(Cookie::Device, headers),
        sends_link_again: path.ends_with("link-again"),
        hands_over: path.ends_with("place-hand-over"),
        ..Keys::default()
    };
    if bytes_max(path) > BODY_BYTES_MAX {
        return keys;
    }
    let mut operations_wanted = 0_u32;
    for (name, value) in form_urlencoded::parse(body) {
        match root(&name) {
            "token" if !value.is_empty() => keys.links.extend([value.into_owned()]),
            "wanted" if path == PUSH_PATH => {
                operations_wanted = operations_wanted.saturating_add(operations(&value));
            }
            name if names_a_person(name) => keys.emails.extend(person(&value)),
            _ => {}
        }
    }
    keys.more_operations = operations_wanted.saturating_sub(1);
    keys
}

/// A field's name as server functions understand it: `[email]` and `email[]` are other ways to write `email`.
fn root(name: &str) -> &str {
    name.split(['[', ']'])
        .find(|part| !part.is_empty())
        .unwrap_or_default()
}

fn names_a_person(field: &str) -> bool {
    field == "email" || (field.starts_with("colleague_") && field.ends_with("_email"))
}

/// One key for one person, whatever they add to their address. What is no address is counted as it was typed.
fn person(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let key = EmailAddress::parse(typed).map_or_else(|_| typed.to_lowercase(), |email| email.duplicate_key());
    (!key.is_empty()).then_some(key)
}

/// How many operations a message holds. What cannot be read holds none, and is refused later.
fn operations(wanted: &str) -> u32 {
    let wanted: Result<Vec<IgnoredAny>, _> = serde_json::from_str(wanted);
    wanted.map_or(0, |wanted| u32::try_from(wanted.len()).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderValue, header};

    const NOW: Instant = Instant(1_800_000_000_000_000);

    fn client(address: &str) -> Option<ClientAddress> {
        Some(ClientAddress(address.parse().unwrap()))
    }

    #[test]
    fn a_conference_behind_one_address_is_not_one_attacker() {
        let limits = Limits::default();
        for phone in 0..200 {
            for _step in 0..4 {
                let keys = Keys {
                    emails: [format!("phone-{phone}@traeger.example")].into(),
                    ..Keys::default()
                };
                assert_eq!(limits.take(client("203.0.113.7"), &keys, NOW), Ok(()));
            }
        }
    }

    /// Where no WebSocket gets through, what the whole room does comes by POST from one address: bar P5, for two hours.
    #[test]
    fn a_room_of_two_hundred_that_pushes_by_post_goes_on_for_hours() {
        let limits = Limits::default();
        let device = |number: i64| Keys {
            device: Some(format!("phone-{}", number % 200)),
            ..Keys::default()
        };
        // Each opens the board, joins, and looks at it again.
        for step in 0..600 {
            assert_eq!(limits.take(client("203.0.113.7"), &device(step), NOW), Ok(()));
        }
        // Then ten a second, whoever it is.
        for turn in 0..10 * 7_200 {
            let now = Instant(NOW.micros() + turn * 100_000);
            assert_eq!(
                limits.take(client("203.0.113.7"), &device(turn), now),
                Ok(()),
                "{turn}"
            );
        }
    }

    #[test]
    fn a_conference_comes_onto_each_board_at_once_and_nobody_fills_one() {
        let limits = Limits::default();
        let [one, other] = [1, 2].map(|number| BoardId(uuid::Uuid::from_u128(number)));
        let comes = |address, board, now| limits.newcomer(client(address), board, now);
        for board in [one, other] {
            for _ in 0..400 {
                assert_eq!(comes("203.0.113.7", board, NOW), Ok(()));
            }
            assert_eq!(comes("203.0.113.7", board, NOW), Err(10));
        }
        assert_eq!(comes("203.0.113.8", one, NOW), Ok(()), "from elsewhere");
        let minute = (0..60).filter(|second| comes("203.0.113.7", one, NOW.plus_seconds(*second)).is_ok());
        assert_eq!(minute.count(), 6);
        assert!(
            (0..1_000).all(|_| comes("127.0.0.1", one, NOW).is_ok()),
            "loopback"
        );
    }

    #[test]
    fn the_outer_ring_holds_and_leaves_loopback_alone() {
        let limits = Limits::default();
        let refused = |address| {
            (0..3_001)
                .filter(|_| limits.take(client(address), &Keys::default(), NOW).is_err())
                .count()
        };
        assert_eq!(refused("203.0.113.7"), 1);
        assert_eq!(refused("127.0.0.1"), 0);
        assert_eq!(refused("::ffff:127.0.0.1"), 0);
    }

    #[test]
    fn one_account_and_one_link_are_bounded_from_however_many_addresses() {
        let limits = Limits::default();
        let refused = |keys: &Keys| {
            (0..100_u8)
                .filter(|n| limits.take(client(&format!("203.0.113.{n}")), keys, NOW).is_err())
                .count()
        };
        assert_eq!(
            refused(&Keys {
                emails: ["anna@traeger.example".to_owned()].into(),
                ..Keys::default()
            }),
            40
        );
        assert_eq!(
            refused(&Keys {
                links: ["abc".to_owned()].into(),
                ..Keys::default()
            }),
            40
        );
    }

    #[test]
    fn what_was_kept_without_a_network_passes_and_what_nobody_types_does_not() {
        let limits = Limits::default();
        let (full, six) = (50, 6);
        // A phone comes back with a hundred operations, six in a message, and somebody types on.
        for _ in 0..100 / six {
            assert_eq!(limits.operations_of("Anna", six, NOW), Ok(()));
        }
        for second in 1..=300 {
            assert_eq!(limits.operations_of("Anna", 1, NOW.plus_seconds(second)), Ok(()));
        }
        // Another one sends full messages as fast as it can: two of them, then two operations a second.
        let taken = (0..600).filter(|tenth| {
            let now = Instant(NOW.micros() + tenth * 100_000);
            limits.operations_of("Maschine", full, now).is_ok()
        });
        assert_eq!(
            taken.count(),
            4,
            "two hundred operations in a minute, not three thousand"
        );
    }

    const COOKIES: CookiePolicy = CookiePolicy { secure: false };

    fn form(cookie: &'static str) -> HeaderMap {
        let form = "application/x-www-form-urlencoded";
        HeaderMap::from_iter([
            (header::CONTENT_TYPE, HeaderValue::from_static(form)),
            (header::COOKIE, HeaderValue::from_static(cookie)),
        ])
    }

    #[test]
    fn what_a_device_has_kept_is_counted_by_its_operations() {
        let headers = form("lafast-device=d1");
        let body = b"slug=b&wanted=%5B%7B%22id%22%3A1%7D%2C%7B%22id%22%3A2%7D%2C%7B%22id%22%3A3%7D%5D";
        let pushed = keys(PUSH_PATH, &headers, body, COOKIES);
        assert_eq!(pushed.more_operations, 2);
        let written = keys("/api/board-write", &headers, body, COOKIES);
        assert_eq!(written.more_operations, 0);
        let broken = keys(PUSH_PATH, &headers, b"wanted=%5B%5B", COOKIES);
        assert_eq!(broken.more_operations, 0);
    }

    #[test]
    fn the_keys_are_found_in_a_form() {
        let body = b"name=Anna&email=Anna%40traeger.example&token=t1";
        let keys = keys("/api/sign-up", &form("lafast=s3"), body, COOKIES);
        assert_eq!(keys.session.as_deref(), Some("s3"));
        assert_eq!(keys.links, ["t1".to_owned()].into());
        assert_eq!(keys.emails, ["anna@traeger.example".to_owned()].into());
    }

    #[test]
    fn one_person_is_one_key_however_the_field_and_the_address_are_written() {
        let emails = |body: &str| keys("/api/sign-up", &HeaderMap::new(), body.as_bytes(), COOKIES).emails;
        let anna = BTreeSet::from(["anna@traeger.example".to_owned()]);
        for body in [
            "email=anna%2B1%40traeger.example",
            "email=+ANNA%2B2%40Traeger.Example+",
            "[email]=anna%40traeger.example",
            "%5Bemail%5D=anna%40traeger.example",
            "email[]=anna%40traeger.example",
            "%65mail=anna@traeger.example",
            "colleague_1_email=anna%40traeger.example&colleague_2_email=&email=anna%40traeger.example",
        ] {
            assert_eq!(emails(body), anna, "{body}");
        }
        assert_eq!(emails("email=nie+mand"), ["nie mand".to_owned()].into());
        assert_eq!(emails("email=&colleague_1_email=++"), BTreeSet::new());
    }

    #[test]
    fn only_where_files_are_sent_nothing_is_looked_for() {
        let body = b"email=anna%40traeger.example";
        let count = |path| keys(path, &HeaderMap::new(), body, COOKIES).emails.len();
        assert_eq!(count("/api/modules-upload"), 0);
        assert_eq!(count("/api/account-redeem-code"), 1);
    }
}
