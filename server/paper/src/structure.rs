//! What each line is part of: the tree that is read aloud.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagTree};

/// A part of the document, by its place in the list of all.
pub type Part = usize;

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The whole.
    Document,
    /// A heading: its level from 1, and what it says.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// One of its items.
    Item,
    /// The sign before an item.
    Label,
    /// What the item says, and the list below it.
    Body,
    /// A table.
    Table,
    /// The row with what stands above the columns.
    Head,
    /// The other rows.
    Rows,
    /// A row.
    Row,
    /// What stands above a column.
    ColumnHeading,
    /// A cell.
    Cell,
}

enum Child {
    Part(Part),
    Words(usize),
}

/// The tree.
pub struct Structure {
    parts: Vec<(Kind, Vec<Child>)>,
}

impl Structure {
    /// Nothing but the whole.
    pub fn new() -> Self {
        Self {
            parts: vec![(Kind::Document, Vec::new())],
        }
    }

    /// The whole.
    pub const ROOT: Part = 0;

    /// Adds a part to another.
    pub fn add(&mut self, to: Part, kind: Kind) -> Part {
        let part = self.parts.len();
        self.parts.push((kind, Vec::new()));
        self.child(to, Child::Part(part));
        part
    }

    /// Adds words, by their place in the list of all, to a part.
    pub fn say(&mut self, part: Part, words: usize) {
        self.child(part, Child::Words(words));
    }

    fn child(&mut self, of: Part, child: Child) {
        if let Some((_, children)) = self.parts.get_mut(of) {
            children.push(child);
        }
    }

    /// The tree of the file, once the words have their marks.
    pub fn tree(&self, marks: &mut [Option<Identifier>]) -> TagTree {
        let children = self.children(Self::ROOT, marks);
        TagTree::from(children).with_lang(Some(crate::write::LANGUAGE.to_owned()))
    }

    fn children(&self, part: Part, marks: &mut [Option<Identifier>]) -> Vec<Node> {
        let Some((_, children)) = self.parts.get(part) else {
            return Vec::new();
        };
        let node = |child: &Child| match child {
            Child::Words(words) => marks.get_mut(*words).and_then(Option::take).map(Node::Leaf),
            Child::Part(part) => Some(Node::Group(self.group(*part, marks))),
        };
        children.iter().filter_map(node).collect()
    }

    fn group(&self, part: Part, marks: &mut [Option<Identifier>]) -> TagGroup {
        let children = self.children(part, marks);
        let kind = self.parts.get(part).map_or(&Kind::Paragraph, |(kind, _)| kind);
        match kind {
            Kind::Document => TagGroup::with_children(Tag::Div, children),
            Kind::Heading(level, title) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                TagGroup::with_children(Tag::Hn(level, Some(title.clone())), children)
            }
            Kind::Paragraph => TagGroup::with_children(Tag::P, children),
            Kind::List => TagGroup::with_children(Tag::L(ListNumbering::Disc), children),
            Kind::Item => TagGroup::with_children(Tag::LI, children),
            Kind::Label => TagGroup::with_children(Tag::Lbl, children),
            Kind::Body => TagGroup::with_children(Tag::LBody, children),
            Kind::Table => TagGroup::with_children(Tag::Table, children),
            Kind::Head => TagGroup::with_children(Tag::THead, children),
            Kind::Rows => TagGroup::with_children(Tag::TBody, children),
            Kind::Row => TagGroup::with_children(Tag::TR, children),
            Kind::ColumnHeading => TagGroup::with_children(Tag::TH(TableHeaderScope::Column), children),
            Kind::Cell => TagGroup::with_children(Tag::TD, children),
        }
    }
}
