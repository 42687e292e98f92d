//! What stands before a colon: the name of a field or of a kind, or the key of a map.

use serde::Deserializer;
use serde::de::value::StringDeserializer;
use serde::de::{IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::Unreadable;

/// A name.
pub(super) struct Name(pub String);

/// Keys that are numbers are written as texts.
macro_rules! numbers {
    ($($deserialize:ident $visit:ident),*) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.$visit(self.0.parse().map_err(|_| Unreadable)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Name {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_str(&self.0)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_string(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let kind: StringDeserializer<Unreadable> = self.0.into_deserializer();
        visitor.visit_enum(kind)
    }

    numbers! {
        deserialize_u8 visit_u8, deserialize_u16 visit_u16, deserialize_u32 visit_u32, deserialize_u64 visit_u64,
        deserialize_i8 visit_i8, deserialize_i16 visit_i16, deserialize_i32 visit_i32, deserialize_i64 visit_i64
    }

    forward_to_deserialize_any! {
        bool f32 f64 char str bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
