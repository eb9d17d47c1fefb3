//! Vocabularies by their prefixes.

use quick_xml::events::BytesStart;
use quick_xml::name::PrefixDeclaration;

/// The vocabularies that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Namespace {
    /// WordprocessingML.
    Word,
    /// Office maths.
    Math,
    /// The older drawings.
    Vml,
    /// Markup compatibility.
    Compatibility,
    /// What `mc:Choice` may require and is read: shapes, groups and canvases with text boxes, and what Word 2010 added.
    Understood,
    /// Any other, and none.
    Other,
}

impl Namespace {
    /// The vocabulary of a name, in the transitional form of the standard or the strict one.
    fn named(name: &str) -> Self {
        match name {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "urn:schemas-microsoft-com:vml" => Self::Vml,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "http://schemas.microsoft.com/office/word/2010/wordml"
            | "http://schemas.microsoft.com/office/word/2012/wordml"
            | "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
            | "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
            | "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"
            | "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
            | "http://schemas.microsoft.com/office/drawing/2010/main" => Self::Understood,
            _ => Self::Other,
        }
    }
}

struct Binding {
    /// Number of open elements around the one that declares it.
    outside: usize,
    /// Empty for the vocabulary of names without a prefix.
    prefix: String,
    namespace: Namespace,
}

/// The prefixes that are declared at a place.
#[derive(Default)]
pub(super) struct Scope {
    bindings: Vec<Binding>,
    /// The prefix that was asked for last: nearly always that of Word.
    recent: Option<(String, Namespace)>,
}

/// Prefixes declared at one place: Word declares some forty. Each question looks through them, so that there is a limit.
const MOST_BINDINGS: usize = 500;

impl Scope {
    /// An element begins inside so many others.
    pub(super) fn enter(&mut self, tag: &BytesStart<'_>, outside: usize) {
        if !tag.attributes_raw().contains("xmlns") {
            return;
        }
        for attribute in tag.attributes().with_checks(false).flatten() {
            let prefix = match attribute.key.as_namespace_binding() {
                Some(PrefixDeclaration::Named(prefix)) => prefix,
                Some(PrefixDeclaration::Default) => "",
                None => continue,
            };
            if self.bindings.len() < MOST_BINDINGS {
                let (prefix, namespace) = (prefix.to_owned(), Namespace::named(&attribute.value));
                self.bindings.push(Binding { outside, prefix, namespace });
                self.recent = None;
            }
        }
    }

    /// An element ended that was inside so many others.
    pub(super) fn leave(&mut self, outside: usize) {
        while self.bindings.pop_if(|binding| binding.outside >= outside).is_some() {
            self.recent = None;
        }
    }

    /// The vocabulary of a prefix, which is empty for names without one.
    pub(super) fn of(&self, prefix: &str) -> Namespace {
        let bound = self.bindings.iter().rev().find(|binding| binding.prefix == prefix);
        bound.map_or(Namespace::Other, |binding| binding.namespace)
    }

    /// The same, faster for a prefix that is asked for again and again.
    pub(super) fn of_element(&mut self, prefix: &str) -> Namespace {
        match &self.recent {
            Some((recent, namespace)) if recent == prefix => *namespace,
            _ => {
                let namespace = self.of(prefix);
                self.recent = Some((prefix.to_owned(), namespace));
                namespace
            }
        }
    }
}
