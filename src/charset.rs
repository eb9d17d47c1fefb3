//! Sets of characters that are asked about at every place of a text.

/// A set of characters of the basic plane: one bit each, so that a question costs one look.
pub(crate) struct CharSet([u64; 1024]);

impl CharSet {
    /// The set of some characters. Made by the compiler where it initialises a `static`.
    pub(crate) const fn of(characters: &[char]) -> Self {
        Self([0; 1024]).with(characters)
    }

    /// The set with more characters.
    pub(crate) const fn with(mut self, characters: &[char]) -> Self {
        let mut at = 0;
        while at < characters.len() {
            self = self.and_range(characters[at], characters[at]);
            at += 1;
        }
        self
    }

    /// The set with all characters from one to another.
    pub(crate) const fn and_range(mut self, first: char, last: char) -> Self {
        let mut code = first as u32;
        while code <= last as u32 {
            self.0[code as usize / 64] |= 1 << (code % 64);
            code += 1;
        }
        self
    }

    /// Whether a character is in the set.
    #[inline]
    pub(crate) fn has(&self, c: char) -> bool {
        self.0.get(c as usize / 64).is_some_and(|word| word & (1 << (c as u32 % 64)) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::CharSet;

    #[test]
    fn holds_what_was_put_in_and_nothing_else() {
        static SET: CharSet = CharSet::of(&['一', '\0', '\u{ffff}']).and_range('a', 'c');
        let held: String = ('\0'..='\u{10ffff}').filter(|&c| SET.has(c)).collect();
        assert_eq!(held, "\0abc一\u{ffff}");
    }
}
