//! A part's XML as a stream of the elements that a reader is meant to see.
//!
//! What every part has in common is settled here: namespaces (strict and transitional, any prefix), markup compatibility
//! (one branch of `mc:AlternateContent`), references to characters, nesting, and what is broken.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::namespace::{Namespace, Scope};

/// What comes next.
pub(super) enum Node<'a> {
    /// An element begins.
    Start(Element<'a>),
    /// The element that began last, and has not ended, ends.
    End,
    /// Characters, references resolved.
    Text(Cow<'a, str>),
}

/// A start tag.
pub(super) struct Element<'a> {
    /// Its vocabulary.
    pub(super) namespace: Namespace,
    tag: BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without a prefix.
    pub(super) fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    fn prefix(&self) -> &str {
        prefix_of(self.tag.name().0)
    }
}

/// How an open element takes part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// The consumer saw its start and will see its end.
    Shown,
    /// The consumer sees only its content.
    Transparent,
    /// `mc:AlternateContent`, and whether a branch of it was taken.
    Alternatives(bool),
}

/// A part that is being read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    scope: Scope,
    /// The last start tag was an end tag too.
    ends: bool,
    open: Vec<Open>,
    /// Number of open elements outside of that whose content is passed over.
    skipping: Option<usize>,
    most_open: usize,
    entities: usize,
    problem: Option<String>,
    ended: bool,
}

impl<'a> Xml<'a> {
    /// Read a part; no more than `depth` elements are opened inside each other.
    pub(super) fn new(text: &'a str, depth: usize) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        Self {
            reader,
            scope: Scope::default(),
            ends: false,
            open: Vec::new(),
            skipping: None,
            most_open: depth,
            entities: 0,
            problem: None,
            ended: false,
        }
    }

    /// What comes next; `None` at the end, or where it cannot be read any further.
    pub(super) fn next(&mut self) -> Option<Node<'a>> {
        while !self.ended {
            if std::mem::take(&mut self.ends) {
                if self.ended_element() {
                    return Some(Node::End);
                }
                continue;
            }
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let at = self.reader.error_position();
                    self.stop(format!("its XML is broken at byte {at} ({error})"));
                    break;
                }
            };
            match event {
                Event::Start(tag) => {
                    if let Some(element) = self.started(tag) {
                        return Some(Node::Start(element));
                    }
                }
                Event::Empty(tag) => {
                    self.ends = true;
                    if let Some(element) = self.started(tag) {
                        return Some(Node::Start(element));
                    }
                }
                Event::End(_) => {
                    if self.ended_element() {
                        return Some(Node::End);
                    }
                }
                Event::Eof => {
                    self.ended = true;
                    if !self.open.is_empty() {
                        self.problem = Some("its XML ends too early".to_owned());
                    }
                }
                _ if self.skipping.is_some() => {}
                Event::Text(text) => return Some(Node::Text(text.into_inner())),
                Event::CData(text) => return Some(Node::Text(text.into_inner())),
                Event::GeneralRef(reference) => {
                    let character = match reference.resolve_char_ref() {
                        Ok(Some(character)) => Some(character),
                        Ok(None) => predefined(&reference),
                        Err(_) => None,
                    };
                    match character {
                        Some(character) => return Some(Node::Text(String::from(character).into())),
                        // An entity of a document type definition: these are never expanded.
                        None => self.entities += 1,
                    }
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        None
    }

    /// Pass over the content of the element that has just begun; its end is not shown either.
    pub(super) fn skip(&mut self) {
        if self.skipping.is_none() && !self.open.is_empty() {
            self.skipping = Some(self.open.len() - 1);
        }
    }

    /// The value of an attribute, in no namespace or in that of its element. `w14:val` is not `w:val`.
    pub(super) fn attribute(&self, element: &Element<'_>, name: &str) -> Option<String> {
        let mut attributes = element.tag.attributes();
        let mut named =
            attributes.with_checks(false).flatten().filter(|attribute| attribute.key.local_name().into_inner() == name);
        named.find_map(|attribute| {
            let prefix = prefix_of(attribute.key.0);
            let own = prefix.is_empty() || prefix == element.prefix() || self.scope.of(prefix) == element.namespace;
            own.then(|| match attribute.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value.into_owned(),
                Err(_) => attribute.value.into_owned(),
            })
        })
    }

    /// Whether `xml:space="preserve"` stands on an element.
    pub(super) fn keeps_space(element: &Element<'_>) -> bool {
        let mut attributes = element.tag.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .any(|attribute| attribute.key.0 == "xml:space" && attribute.value == "preserve")
    }

    /// Why the part was not read to its end, or what of it was left out.
    pub(super) fn problem(&self) -> Option<String> {
        let entities = (self.entities > 0).then(|| format!("{} references to entities were left out", self.entities));
        self.problem.clone().or(entities)
    }

    fn stop(&mut self, problem: String) {
        self.ended = true;
        self.problem = Some(problem);
    }

    /// The element that a tag begins, unless it belongs to markup compatibility or lies in a branch that is not taken.
    fn started(&mut self, tag: BytesStart<'a>) -> Option<Element<'a>> {
        if self.open.len() >= self.most_open {
            let most = self.most_open;
            self.stop(format!("it has more than {most} elements inside each other"));
            return None;
        }
        self.scope.enter(&tag, self.open.len());
        let namespace = self.scope.of_element(prefix_of(tag.name().0));
        let element = Element { namespace, tag };
        let parent = self.open.last().copied();
        let mut open = Open::Shown;
        if namespace == Namespace::Compatibility && self.skipping.is_none() {
            open = match (element.name(), parent) {
                ("AlternateContent", _) => Open::Alternatives(false),
                ("Choice" | "Fallback", Some(Open::Alternatives(taken))) => {
                    let takes = !taken && (element.name() == "Fallback" || self.understands(&element));
                    if takes {
                        self.open.pop();
                        self.open.push(Open::Alternatives(true));
                    } else {
                        self.skipping = Some(self.open.len());
                    }
                    Open::Transparent
                }
                _ => Open::Transparent,
            };
        }
        self.open.push(open);
        (open == Open::Shown && self.skipping.is_none()).then_some(element)
    }

    /// The innermost element ends: whether its end is shown.
    fn ended_element(&mut self) -> bool {
        let Some(open) = self.open.pop() else { return false };
        self.scope.leave(self.open.len());
        match self.skipping {
            Some(outside) if self.open.len() > outside => false,
            // The end of what was passed over is not shown, as its start was taken back.
            Some(_) => {
                self.skipping = None;
                false
            }
            None => open == Open::Shown,
        }
    }

    /// Whether all vocabularies that an `mc:Choice` requires are read here.
    fn understands(&self, choice: &Element<'_>) -> bool {
        let required = self.attribute(choice, "Requires").unwrap_or_default();
        required.split_ascii_whitespace().all(|prefix| self.scope.of(prefix) != Namespace::Other)
    }
}

/// The prefix of a name; empty where it has none.
fn prefix_of(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORD: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

    /// The elements as a reader of the stream sees them, in one line.
    fn shown(text: &str) -> (String, Option<String>) {
        let mut xml = Xml::new(text, 20);
        let mut line = String::new();
        while let Some(node) = xml.next() {
            match node {
                Node::Start(element) if element.name() == "pass" => xml.skip(),
                Node::Start(element) => {
                    line.extend([format!("{:?}.", element.namespace).as_str(), element.name()]);
                    if let Some(value) = xml.attribute(&element, "val") {
                        line.extend(["=", &value]);
                    }
                    line.push('(');
                }
                Node::End => line.push(')'),
                Node::Text(text) => line.push_str(&text),
            }
        }
        (line, xml.problem())
    }

    #[test]
    fn elements_come_as_they_are_meant() {
        let other = "xmlns:z='urn:other'";
        let compatible = "xmlns:m='http://schemas.openxmlformats.org/markup-compatibility/2006' \
                          xmlns:k='http://schemas.microsoft.com/office/word/2010/wordml' xmlns:n='urn:new'";
        let cases: Vec<(String, &str)> = vec![
            (format!("<w:a {WORD} w:val='1'/>"), "Word.a=1()"),
            (format!("<w:a {WORD} {other} z:val='2' w:val='1'/>"), "Word.a=1()"),
            (format!("<w:a {WORD} {other} z:val='2'/>"), "Word.a()"),
            ("<a xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main' val='&lt;&#x4E00;'/>".into(), "Word.a=<一()"),
            ("<a>x<pass>y<b/>z</pass>w</a>".into(), "Other.a(xw)"),
            ("<a><pass/><b/><pass><pass/></pass>c</a>".into(), "Other.a(Other.b()c)"),
            ("<a>&amp;&#19968;<![CDATA[<]]><!-- no --></a>".into(), "Other.a(&一<)"),
            (
                format!(
                    "<a {compatible}><m:AlternateContent><m:Choice Requires='k'><b>1</b></m:Choice><m:Choice Requires='k'>2</m:Choice><m:Fallback><c/>3</m:Fallback></m:AlternateContent><d/></a>"
                ),
                "Other.a(Other.b(1)Other.d())",
            ),
            (
                format!(
                    "<a {compatible}><m:AlternateContent><m:Choice Requires='k n'><b/>1</m:Choice><m:Fallback>2<c/></m:Fallback></m:AlternateContent><d/></a>"
                ),
                "Other.a(2Other.c()Other.d())",
            ),
            (
                format!(
                    "<a {compatible}><pass><m:AlternateContent><m:Choice Requires='k'>1</m:Choice></m:AlternateContent></pass><d/></a>"
                ),
                "Other.a(Other.d())",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(&text), (expected.to_owned(), None), "{text}");
        }
    }

    #[test]
    fn what_is_broken_is_read_up_to_there() {
        let deep = "<a>".repeat(30);
        let cases: &[(&str, &str, &str)] = &[
            ("<a>x</b>y</a>", "Other.a(x", "broken at byte"),
            ("<a>x<b", "Other.a(x", "broken at byte"),
            ("<a>x", "Other.a(x", "ends too early"),
            ("<!DOCTYPE a [<!ENTITY e 'eee'>]><a>x&e;y</a>", "Other.a(xy)", "1 references to entities"),
            (&deep, &"Other.a(".repeat(20), "more than 20 elements"),
        ];
        for (text, expected, problem) in cases {
            let (line, found) = shown(text);
            assert_eq!(line, *expected, "{text}");
            assert!(found.as_ref().is_some_and(|found| found.contains(problem)), "{text}: {found:?}");
        }
    }
}
