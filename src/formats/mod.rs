//! Files that are more than text: what a reader sees of them, as text.

pub mod docx;
