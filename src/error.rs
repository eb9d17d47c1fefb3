//! Errors are for callers' mistakes, I/O and bad lexicons. Content is never an error: it becomes rows and diagnostics.

use std::fmt;

/// What kind of mistake it was; the Python side has one exception class for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// An argument that does not make sense. Python: `InvalidArgumentError`, a `ValueError`.
    InvalidArgument,
    /// A lexicon row or file that cannot be used. Python: `LexiconError`, a `ValueError`.
    Lexicon,
    /// A file or folder that cannot be read or written at all. Python: `ReadError`, an `OSError`.
    Io,
    /// A name (plan, table, lexicon) that does not exist. Python: `NotFoundError`, a `KeyError`.
    NotFound,
}

impl ErrorKind {
    /// Every kind, for tests that each is registered and documented.
    pub const ALL: [ErrorKind; 4] = [Self::InvalidArgument, Self::Lexicon, Self::Io, Self::NotFound];
}

/// An error: what kind, what was wrong, and what was being done when it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    context: Vec<String>,
}

impl Error {
    /// An error of a kind; the message says what was wrong and what to do.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), context: Vec::new() }
    }

    /// The same error, saying what was being done.
    #[must_use]
    pub fn with_context(mut self, context: impl Into<String>) -> Self {
        self.context.push(context.into());
        self
    }

    /// The kind.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for context in self.context.iter().rev() {
            write!(f, "{context}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// A result whose error is a fangan [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_reads_from_the_outside_in() {
        let error = Error::new(ErrorKind::Lexicon, "key is empty").with_context("line 3").with_context("genres.tsv");
        assert_eq!(error.to_string(), "genres.tsv: line 3: key is empty");
        assert_eq!(error.kind(), ErrorKind::Lexicon);
    }
}
