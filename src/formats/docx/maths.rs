//! Formulas as their text: letters and signs in reading order, `/` for a fraction's bar, the brackets that are drawn.

/// An open element of a formula.
#[derive(Debug)]
pub(super) enum Maths {
    /// Brackets around their content, and whether a first part of it began.
    Brackets { open: String, between: String, close: String, begun: bool },
    /// A sum, product or integral whose sign is not yet known.
    Large { sign: String },
    /// The properties of a large sign; they end with it.
    LargeProperties { sign: String },
    /// The properties of brackets, which say what these look like.
    BracketProperties,
    /// Anything else.
    Other,
}

impl Maths {
    /// An element begins inside another: how it takes part, and the sign that is seen where it begins.
    pub(super) fn start(name: &str, value: Option<&str>, outer: Option<&mut Self>) -> (Self, String) {
        let text = || value.unwrap_or_default().chars().take(2).collect::<String>();
        match (name, outer) {
            ("d", _) => {
                let (open, between, close) = ("(".to_owned(), "|".to_owned(), ")".to_owned());
                (Self::Brackets { open, between, close, begun: false }, String::new())
            }
            ("dPr", _) => (Self::BracketProperties, String::new()),
            ("begChr", Some(Self::Brackets { open, .. })) => {
                *open = text();
                (Self::Other, String::new())
            }
            ("sepChr", Some(Self::Brackets { between, .. })) => {
                *between = text();
                (Self::Other, String::new())
            }
            ("endChr", Some(Self::Brackets { close, .. })) => {
                *close = text();
                (Self::Other, String::new())
            }
            ("e", Some(Self::Brackets { open, between, begun, .. })) => {
                let sign = if *begun { between.clone() } else { open.clone() };
                *begun = true;
                (Self::Other, sign)
            }
            ("nary", _) => (Self::Large { sign: "∫".to_owned() }, String::new()),
            ("naryPr", Some(Self::Large { sign })) => (Self::LargeProperties { sign: sign.clone() }, String::new()),
            ("chr", Some(Self::LargeProperties { sign })) => {
                *sign = text();
                (Self::Other, String::new())
            }
            ("den", _) => (Self::Other, "/".to_owned()),
            ("rad", _) => (Self::Other, "√".to_owned()),
            _ => (Self::Other, String::new()),
        }
    }

    /// The element ends: the sign that is seen there.
    pub(super) fn end(&self) -> &str {
        match self {
            Self::Brackets { close, begun: true, .. } => close,
            Self::LargeProperties { sign } => sign,
            _ => "",
        }
    }
}
