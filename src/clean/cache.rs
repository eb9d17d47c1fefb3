//! Structures made of a table of the lexicon, kept for the next document.

use std::sync::{Arc, RwLock};

use crate::lexicon::{Lexicon, Table};

/// A table, if the lexicon has it, and what was made of it.
type Made<T> = (Option<Arc<Table>>, Arc<T>);

/// The structure made of the table that was last asked for. A lexicon is the same for many documents.
#[derive(Debug)]
pub(crate) struct Cached<T> {
    slot: RwLock<Option<Made<T>>>,
}

impl<T> Default for Cached<T> {
    fn default() -> Self {
        Self { slot: RwLock::new(None) }
    }
}

impl<T> Cached<T> {
    /// The structure for a table of this lexicon, made anew if the table is another one than last time.
    pub fn get(&self, lexicon: &Lexicon, name: &str, make: impl FnOnce(Option<&Table>) -> T) -> Arc<T> {
        let table = lexicon.shared(name);
        if let Ok(slot) = self.slot.read()
            && let Some((known, made)) = slot.as_ref()
            && known.as_ref().map(Arc::as_ptr) == table.map(Arc::as_ptr)
        {
            return Arc::clone(made);
        }
        let made = Arc::new(make(table.map(Arc::as_ref)));
        if let Ok(mut slot) = self.slot.write() {
            *slot = Some((table.cloned(), Arc::clone(&made)));
        }
        made
    }
}
