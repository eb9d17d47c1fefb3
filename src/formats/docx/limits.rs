//! How much of a file is read, whatever it claims about itself.

/// Limits on a file, so that none can take unbounded time or memory.
///
/// The defaults let pass every document that people write (a thousand pages are some 20 MiB of XML) and stop archives that
/// were made to do harm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries in the archive. Default: 10 000; a document has a few dozen, and one for each picture.
    pub entries: usize,
    /// Uncompressed bytes of one part. Default: 128 MiB.
    pub part: u64,
    /// Uncompressed bytes of all parts that are read. Default: 256 MiB.
    pub total: u64,
    /// Uncompressed bytes for each compressed byte of a part. Default: 300; text compresses to a tenth, monotonous tables
    /// to a hundredth, and DEFLATE reaches a thousandth with nothing but repetition.
    pub ratio: u64,
    /// Bytes of a part up to which the ratio is not asked about: a small part does no harm. Default: 4 MiB.
    pub small: u64,
    /// Elements inside elements. Default: 500; a paragraph in ten nested tables is some 50 deep.
    pub depth: usize,
    /// Bytes of the text that comes out. Default: 128 MiB. Numbers in front of paragraphs can make the text longer than
    /// its file.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 10_000,
            part: 128 << 20,
            total: 256 << 20,
            ratio: 300,
            small: 4 << 20,
            depth: 500,
            text: 128 << 20,
        }
    }
}
