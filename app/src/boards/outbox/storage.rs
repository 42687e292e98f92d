//! The device's database (W3C Indexed Database API 3.0): what is wanted and not answered yet, and drafts.

use std::cell::RefCell;

use domain::ids::OperationId;
use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Array, Date, Function, Promise};
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

const DATABASE: &str = "lafast";
const VERSION: u32 = 1;
const WANTED: &str = "wanted";
const DRAFTS: &str = "drafts";

/// Something that is wanted.
#[derive(Serialize, Deserialize)]
pub struct Entry {
    /// The board to which it belongs.
    pub board: String,
    /// Under which id.
    pub id: OperationId,
    /// The words in it.
    pub text: Option<String>,
    /// As it is sent.
    pub wanted: String,
}

/// An id that no other device makes, and that sorts behind all that this one has made before (UUIDv7, RFC 9562).
pub fn new_id() -> Uuid {
    let mut random = [0; 10];
    // Without a source of randomness the clock has to do.
    drop(
        window()
            .crypto()
            .map(|crypto| crypto.get_random_values_with_u8_array(&mut random)),
    );
    // Milliseconds since 1970: positive, and far below the limit of the type.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970"
    )]
    let now = Date::now() as u64;
    uuid::Builder::from_unix_timestamp_millis(now, &random).into_uuid()
}

/// Keeps something that is wanted, in place of something else if that is named: both, or neither. When this is done it survives the
/// page.
pub async fn keep(entry: &Entry, instead_of: Option<OperationId>) -> Result<(), JsValue> {
    let text = serde_json::to_string(entry).map_err(|_| JsValue::NULL)?;
    let mut changes = vec![(entry.id.to_string(), Some(text))];
    changes.extend(instead_of.map(|before| (before.to_string(), None)));
    put(WANTED, &changes).await
}

/// Everything that is wanted on a board, in the order in which it was.
pub async fn all(board: &str) -> Result<Vec<Entry>, JsValue> {
    let store = store(WANTED, IdbTransactionMode::Readonly).await?;
    let entries: Array = done(&store.get_all()?).await?.unchecked_into();
    Ok(entries
        .iter()
        // What this build cannot read stays where it is, for one that can.
        .filter_map(|entry| crate::json::read::<Entry>(entry.as_string()?.as_bytes()).ok())
        .filter(|entry| entry.board == board)
        .collect())
}

/// Takes something out.
pub async fn remove(id: &str) -> Result<(), JsValue> {
    put(WANTED, &[(id.to_owned(), None)]).await
}

/// Keeps what is being typed under a key; nothing: it is forgotten.
pub async fn keep_draft(key: String, text: Option<String>) -> Result<(), JsValue> {
    put(DRAFTS, &[(key, text)]).await
}

/// What was being typed.
pub async fn draft(key: &str) -> Result<Option<String>, JsValue> {
    let store = store(DRAFTS, IdbTransactionMode::Readonly).await?;
    Ok(done(&store.get(&JsValue::from_str(key))?).await?.as_string())
}

/// All that was being typed.
pub async fn drafts() -> Result<Vec<String>, JsValue> {
    let store = store(DRAFTS, IdbTransactionMode::Readonly).await?;
    let drafts: Array = done(&store.get_all()?).await?.unchecked_into();
    Ok(drafts.iter().filter_map(|draft| draft.as_string()).collect())
}

/// Keeps a text under each key, or takes out what is there. When this is done it is kept, not only asked for.
async fn put(name: &str, changes: &[(String, Option<String>)]) -> Result<(), JsValue> {
    let transaction = transaction(name, IdbTransactionMode::Readwrite).await?;
    let store = transaction.object_store(name)?;
    for (key, text) in changes {
        let key = JsValue::from_str(key);
        match text {
            Some(text) => store.put_with_key(&JsValue::from_str(text), &key)?,
            None => store.delete(&key)?,
        };
    }
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    JsFuture::from(promise).await.map(drop)
}

async fn store(name: &str, mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
    transaction(name, mode).await?.object_store(name)
}

thread_local! {
    /// Opening it takes longer than all that is done with it: it stays open as long as the page.
    static DATABASE_OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

async fn transaction(name: &str, mode: IdbTransactionMode) -> Result<IdbTransaction, JsValue> {
    if let Some(database) = DATABASE_OPEN.with_borrow(Clone::clone)
        && let Ok(transaction) = database.transaction_with_str_and_mode(name, mode)
    {
        return Ok(transaction);
    }
    // The browser, or a newer build in another tab, has closed it.
    let database = open().await?;
    let transaction = database.transaction_with_str_and_mode(name, mode)?;
    DATABASE_OPEN.set(Some(database));
    Ok(transaction)
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = window().indexed_db()?.ok_or(JsValue::NULL)?;
    let request = factory.open_with_u32(DATABASE, VERSION)?;
    let opening = request.clone();
    let upgrade = Closure::once_into_js(move || {
        // A store that cannot be made is missed below.
        if let Ok(database) = opening.result() {
            let database: IdbDatabase = database.unchecked_into();
            drop(database.create_object_store(WANTED));
            drop(database.create_object_store(DRAFTS));
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let database: IdbDatabase = done(&request).await?.unchecked_into();
    // A newer build wants to change it: this page must not be in its way.
    let closing = database.clone();
    let make_way = Closure::once_into_js(move || closing.close());
    database.set_onversionchange(Some(make_way.unchecked_ref()));
    Ok(database)
}

/// The result of a request.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}
