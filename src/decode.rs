//! Bytes → text.

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the encoding: utf-8, utf-16le, utf-16be, gb18030, big5.
    pub encoding: &'static str,
    /// Whether bytes had to be replaced by U+FFFD.
    pub lossy: bool,
}

/// Decode bytes.
pub fn decode(bytes: &[u8]) -> Decoded {
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding: "utf-8", lossy: false }
}
