//! The thirteen districts of Saxony.

use serde::{Deserialize, Serialize};

/// A Landkreis or Kreisfreie Stadt. Keys are the official ones (amtlicher Gemeindeschlüssel, first five
/// digits); row and column place it on the tile map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct District {
    /// Official key.
    pub key: &'static str,
    /// The name in URLs.
    pub slug: &'static str,
    /// The name.
    pub name: &'static str,
    /// The letters of its number plates: short enough for a tile, and known to everybody there.
    pub short: &'static str,
    /// Whether it is a Kreisfreie Stadt.
    pub is_city: bool,
    /// Row on the tile map, from 0.
    pub tile_row: u8,
    /// Column on the tile map, from 0.
    pub tile_column: u8,
}

impl District {
    /// All thirteen, in the order of the tile map: from the north-west to the south-east.
    pub const ALL: [Self; 13] = [
        district("14730", "nordsachsen", "Nordsachsen", "TDO", false, 0, 1),
        district("14713", "leipzig", "Leipzig", "L", true, 1, 0),
        district(
            "14729",
            "landkreis-leipzig",
            "Landkreis Leipzig",
            "LK L",
            false,
            1,
            1,
        ),
        district("14627", "meissen", "Meißen", "MEI", false, 1, 3),
        district("14625", "bautzen", "Bautzen", "BZ", false, 1, 4),
        district("14626", "goerlitz", "Görlitz", "GR", false, 1, 5),
        district("14522", "mittelsachsen", "Mittelsachsen", "FG", false, 2, 2),
        district("14612", "dresden", "Dresden", "DD", true, 2, 3),
        district(
            "14628",
            "saechsische-schweiz-osterzgebirge",
            "Sächsische Schweiz-Osterzgebirge",
            "PIR",
            false,
            2,
            4,
        ),
        district("14524", "zwickau", "Zwickau", "Z", false, 3, 0),
        district("14511", "chemnitz", "Chemnitz", "C", true, 3, 1),
        district("14521", "erzgebirgskreis", "Erzgebirgskreis", "ERZ", false, 3, 2),
        district("14523", "vogtlandkreis", "Vogtlandkreis", "V", false, 4, 0),
    ];

    /// Reads a slug or an official key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|district| district.slug == text || district.key == text)
    }
}

impl Serialize for District {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug)
    }
}

impl<'de> Deserialize<'de> for District {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let slug = String::deserialize(deserializer)?;
        Self::parse(&slug).ok_or_else(|| serde::de::Error::custom("unknown district"))
    }
}

const fn district(
    key: &'static str,
    slug: &'static str,
    name: &'static str,
    short: &'static str,
    is_city: bool,
    tile_row: u8,
    tile_column: u8,
) -> District {
    District {
        key,
        slug,
        name,
        short,
        is_city,
        tile_row,
        tile_column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_thirteen_and_no_two_share_a_tile_a_key_or_a_slug() {
        let tiles: std::collections::HashSet<_> = District::ALL
            .iter()
            .map(|district| (district.tile_row, district.tile_column))
            .collect();
        let keys: std::collections::HashSet<_> = District::ALL.iter().map(|district| district.key).collect();
        let slugs: std::collections::HashSet<_> =
            District::ALL.iter().map(|district| district.slug).collect();
        assert_eq!((tiles.len(), keys.len(), slugs.len()), (13, 13, 13));
    }

    #[test]
    fn a_district_is_found_by_slug_and_by_official_key() {
        assert_eq!(District::parse("dresden"), District::parse("14612"));
        assert_eq!(District::parse("atlantis"), None);
    }
}
