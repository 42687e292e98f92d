//! The tree as something that derived readers read.

use std::vec;

use serde::Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::Unreadable;
use super::name::Name;
use super::node::Node;

/// Numbers are offered as they are; the reader says whether it takes them.
macro_rules! numbers {
    ($($deserialize:ident),*) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            match self {
                Self::Whole(number) => visitor.visit_u64(number),
                Self::Negative(number) => visitor.visit_i64(number),
                _ => Err(Unreadable),
            }
        }
    )*};
}

/// What can be a real number.
macro_rules! reals {
    ($($deserialize:ident),*) => {$(
        #[expect(clippy::cast_precision_loss, reason = "what is asked for has that precision")]
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            match self {
                Self::Whole(number) => visitor.visit_f64(number as f64),
                Self::Negative(number) => visitor.visit_f64(number as f64),
                Self::Real(number) => visitor.visit_f64(number),
                _ => Err(Unreadable),
            }
        }
    )*};
}

/// What is written as a text.
macro_rules! texts {
    ($($deserialize:ident),*) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            match self {
                Self::Text(text) => visitor.visit_string(text),
                _ => Err(Unreadable),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Node {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Nothing => visitor.visit_unit(),
            Self::Flag(flag) => visitor.visit_bool(flag),
            Self::Whole(number) => visitor.visit_u64(number),
            Self::Negative(number) => visitor.visit_i64(number),
            Self::Real(number) => visitor.visit_f64(number),
            Self::Text(text) => visitor.visit_string(text),
            Self::List(nodes) => list(nodes, visitor),
            Self::Fields(fields) => named(fields, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Flag(flag) => visitor.visit_bool(flag),
            _ => Err(Unreadable),
        }
    }

    numbers! {
        deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64,
        deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64
    }

    reals! { deserialize_f32, deserialize_f64 }

    texts! { deserialize_char, deserialize_str, deserialize_string, deserialize_identifier }

    fn deserialize_bytes<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Nothing => visitor.visit_none(),
            something => visitor.visit_some(something),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Nothing => visitor.visit_unit(),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::List(nodes) => list(nodes, visitor),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Fields(fields) => named(fields, visitor),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    /// A kind is a name alone, or a name with what belongs to it.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let (name, with) = match self {
            Self::Text(name) => (name, None),
            Self::Fields(mut fields) if fields.len() == 1 => match fields.pop() {
                Some((name, with)) => (name, Some(with)),
                None => return Err(Unreadable),
            },
            _ => return Err(Unreadable),
        };
        visitor.visit_enum(Kind { name, with })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }
}

/// Hands over a list, all of it.
fn list<'de, V: Visitor<'de>>(nodes: Vec<Node>, visitor: V) -> Result<V::Value, Unreadable> {
    let mut list = List(nodes.into_iter());
    let value = visitor.visit_seq(&mut list)?;
    all_of(&list.0).map(|()| value)
}

/// Something left over is of another kind.
fn all_of(rest: &vec::IntoIter<Node>) -> Result<(), Unreadable> {
    if rest.len() == 0 { Ok(()) } else { Err(Unreadable) }
}

/// Hands over fields.
fn named<'de, V: Visitor<'de>>(fields: Vec<(String, Node)>, visitor: V) -> Result<V::Value, Unreadable> {
    let fields = fields.into_iter();
    visitor.visit_map(Fields { fields, value: None })
}

/// What is left of a list.
struct List(vec::IntoIter<Node>);

impl<'de> SeqAccess<'de> for &mut List {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        self.0.next().map(|node| seed.deserialize(node)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// What is left of an object.
struct Fields {
    fields: vec::IntoIter<(String, Node)>,
    /// Of the name that was taken last.
    value: Option<Node>,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let Some((name, value)) = self.fields.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(Name(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self.value.take().ok_or(Unreadable)?)
    }
}

/// One of several kinds.
struct Kind {
    name: String,
    with: Option<Node>,
}

impl<'de> EnumAccess<'de> for Kind {
    type Error = Unreadable;
    type Variant = With;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, With), Unreadable> {
        let kind = seed.deserialize(Name(self.name))?;
        Ok((kind, With(self.with)))
    }
}

/// What belongs to a kind.
struct With(Option<Node>);

impl<'de> VariantAccess<'de> for With {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        match self.0 {
            None | Some(Node::Nothing) => Ok(()),
            Some(_) => Err(Unreadable),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self.0.ok_or(Unreadable)?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.0.ok_or(Unreadable)?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.0.ok_or(Unreadable)?.deserialize_map(visitor)
    }
}
