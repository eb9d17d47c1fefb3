//! What styles say of numbering and of hidden text, with what they inherit.

use std::collections::HashMap;

use super::namespace::Namespace;
use super::xml::{Node, Xml};

/// A reference to a list, as far as it is stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ListReference {
    /// Which list; 0 for none.
    pub(super) number: Option<u32>,
    /// Which level, from 0.
    pub(super) level: Option<u32>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    list: ListReference,
    hidden: Option<bool>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

/// Styles that are based on each other in a ring end somewhere.
const MOST_ANCESTORS: usize = 20;

impl Styles {
    /// Read a part of styles; also what could not be read of it.
    pub(super) fn read(text: &str, depth: usize) -> (Self, Option<String>) {
        let mut xml = Xml::new(text, depth);
        let mut styles = Self::default();
        // Names of the open elements, and the style that is being read.
        let mut path: Vec<String> = Vec::new();
        let mut current: Option<(String, Style)> = None;
        while let Some(node) = xml.next() {
            match node {
                Node::Start(element) => {
                    let name = if element.namespace == Namespace::Word { element.name() } else { "" };
                    let within =
                        |names: &[&str]| path.len() >= names.len() && path[path.len() - names.len()..] == *names;
                    let value = |name: &str| xml.attribute(&element, name);
                    if name == "style" {
                        let id = value("styleId").unwrap_or_default();
                        if value("type").as_deref() == Some("paragraph")
                            && value("default").is_some_and(|on| is_on(&on))
                        {
                            styles.default = Some(id.clone());
                        }
                        current = Some((id, Style::default()));
                    } else if let Some((_, style)) = &mut current {
                        let number = || value("val").and_then(|number| number.trim().parse().ok());
                        match name {
                            "basedOn" if within(&["style"]) => style.based_on = value("val"),
                            "numId" if within(&["style", "pPr", "numPr"]) => style.list.number = number(),
                            "ilvl" if within(&["style", "pPr", "numPr"]) => style.list.level = number(),
                            "vanish" if within(&["style", "rPr"]) => {
                                style.hidden = Some(value("val").is_none_or(|on| is_on(&on)));
                            }
                            _ => {}
                        }
                    }
                    path.push(name.to_owned());
                }
                Node::End => {
                    if path.pop().as_deref() == Some("style")
                        && let Some((id, style)) = current.take()
                    {
                        styles.styles.insert(id, style);
                    }
                }
                Node::Text(_) => {}
            }
        }
        (styles, xml.problem())
    }

    /// The name of a paragraph's style: its own, or that of all others.
    pub(super) fn of_paragraph<'a>(&'a self, named: Option<&'a str>) -> Option<&'a str> {
        named.filter(|name| self.styles.contains_key(*name)).or(self.default.as_deref())
    }

    /// The style and those that it is based on, nearest first.
    pub(super) fn ancestors<'a>(&'a self, name: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        let next = |name: &&'a str| self.styles.get(*name).and_then(|style| style.based_on.as_deref());
        std::iter::successors(name, next).take(MOST_ANCESTORS)
    }

    /// The list of a style. Number and level are inherited one by one.
    pub(super) fn list(&self, name: Option<&str>) -> ListReference {
        let mut list = ListReference::default();
        for style in self.ancestors(name).filter_map(|name| self.styles.get(name)) {
            list.number = list.number.or(style.list.number);
            list.level = list.level.or(style.list.level);
        }
        list
    }

    /// Whether a style hides its text.
    pub(super) fn hides(&self, name: Option<&str>) -> bool {
        let mut stated = self.ancestors(name).filter_map(|name| self.styles.get(name)?.hidden);
        stated.next().unwrap_or(false)
    }
}

/// The value of a switch: everything but 0, false and off means on.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_inherit_one_by_one() {
        let text = "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
            <w:style w:type='paragraph' w:styleId='N' w:default='1'><w:name w:val='Normal'/></w:style>\
            <w:style w:type='paragraph' w:styleId='H'><w:basedOn w:val='N'/><w:pPr><w:numPr><w:ilvl w:val='2'/><w:numId w:val='7'/></w:numPr></w:pPr></w:style>\
            <w:style w:type='paragraph' w:styleId='I'><w:basedOn w:val='H'/><w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr></w:pPr><w:rPr><w:vanish/></w:rPr></w:style>\
            <w:style w:type='paragraph' w:styleId='J'><w:basedOn w:val='I'/><w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr><w:rPr><w:vanish w:val='0'/></w:rPr></w:style>\
            <w:style w:type='paragraph' w:styleId='R'><w:basedOn w:val='S'/></w:style>\
            <w:style w:type='paragraph' w:styleId='S'><w:basedOn w:val='R'/></w:style></w:styles>";
        let (styles, problem) = Styles::read(text, 100);
        assert_eq!(problem, None);
        let cases: &[(&str, Option<u32>, Option<u32>, bool)] = &[
            ("N", None, None, false),
            ("H", Some(7), Some(2), false),
            ("I", Some(7), Some(1), true),
            ("J", Some(0), Some(1), false),
            ("R", None, None, false),
            ("unknown", None, None, false),
        ];
        for (name, number, level, hidden) in cases {
            assert_eq!(styles.list(Some(name)), ListReference { number: *number, level: *level }, "{name}");
            assert_eq!(styles.hides(Some(name)), *hidden, "{name}");
        }
        assert_eq!(styles.of_paragraph(None), Some("N"));
        assert_eq!(styles.of_paragraph(Some("unknown")), Some("N"));
        assert_eq!(styles.of_paragraph(Some("H")), Some("H"));
    }
}
