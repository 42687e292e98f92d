//! JSON, read with as little code for each kind of data as possible: what a browser loads is mostly such code.
//!
//! The readers that serde derives can be made for arrays and for objects, for names and for numbers of fields, from any
//! format. They are only made for what is asked of them, so that whoever asks for less gets less: here an object is a
//! list of named fields, and nothing else. `serde_json` reads the text once into a tree, by one piece of code for
//! everything.
//!
//! - `node`: the tree
//! - `hand_over`: the tree as something that derived readers read
//! - `name`: what stands before a colon
//! - [`Json`]: the data of a page and of an answer

mod hand_over;
mod name;
mod node;

use std::fmt;

use leptos::server::codee::{Decoder, Encoder};
use leptos::server_fn::codec::Post;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::{Serialize, de::DeserializeOwned};

use node::Node;

/// Reads JSON.
///
/// # Errors
///
/// [`Unreadable`], if it is no JSON, or not of this kind.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Unreadable> {
    let node: Node = serde_json::from_slice(text).map_err(|_| Unreadable)?;
    T::deserialize(node)
}

/// What came is not what was asked for. Where it differs is not said: browser and server are of one build, and if they
/// are not, the page is loaded anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("data of another kind")
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// The data inside a page, and answers of server functions: both are read by the same code.
#[derive(Clone, Copy, Debug)]
pub struct Json;

/// What a server function answers with.
pub type Answer = Post<Json>;

impl<T: Serialize> Encoder<T> for Json {
    type Encoded = String;
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Encoded = str;
    type Error = Unreadable;

    fn decode(text: &str) -> Result<T, Unreadable> {
        read(text.as_bytes())
    }
}

impl ContentType for Json {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for Json {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for Json {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Json {
    type Error = Unreadable;

    fn decode(bytes: Bytes) -> Result<T, Unreadable> {
        read(&bytes)
    }
}

#[cfg(test)]
mod tests;
