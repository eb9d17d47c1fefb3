//! Columns of strings as others hand them over, read where they lie.

use arrow_array::cast::AsArray;
use arrow_array::{Array, BinaryArray, BinaryViewArray, LargeBinaryArray};
use arrow_schema::DataType;

/// A column of strings, as bytes: nobody need have looked whether they are UTF-8.
pub enum Strings {
    /// With offsets of 32 bits.
    Short(BinaryArray),
    /// With offsets of 64 bits.
    Long(LargeBinaryArray),
    /// With views, as Polars has them.
    View(BinaryViewArray),
}

impl Strings {
    /// The same column without a copy; none where it holds something else.
    pub fn new(column: &dyn Array) -> Option<Self> {
        Some(match column.data_type() {
            DataType::Utf8 => Self::Short(column.as_string::<i32>().clone().into()),
            DataType::LargeUtf8 => Self::Long(column.as_string::<i64>().clone().into()),
            DataType::Utf8View => Self::View(column.as_string_view().clone().to_binary_view()),
            _ => return None,
        })
    }

    /// The string of a row; none where it is null.
    pub fn get(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Short(column) => column.is_valid(row).then(|| column.value(row)),
            Self::Long(column) => column.is_valid(row).then(|| column.value(row)),
            Self::View(column) => column.is_valid(row).then(|| column.value(row)),
        }
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::{ArrayRef, Int32Array, LargeStringArray, StringArray, StringViewArray};
    use std::sync::Arc;

    use super::*;

    const CELLS: [Option<&str>; 4] = [Some("植树"), None, Some(""), Some("关于开展植树活动的通知")];

    #[test]
    fn every_kind_of_strings_says_the_same() {
        let columns: [ArrayRef; 3] = [
            Arc::new(StringArray::from_iter(CELLS)),
            Arc::new(LargeStringArray::from_iter(CELLS)),
            Arc::new(StringViewArray::from_iter(CELLS)),
        ];
        for column in columns {
            let strings = Strings::new(&column).expect("strings");
            let read: Vec<_> = (0..column.len()).map(|row| strings.get(row)).collect();
            assert_eq!(read, CELLS.map(|cell| cell.map(str::as_bytes)), "{}", column.data_type());
            let part = column.slice(2, 2);
            let strings = Strings::new(&part).expect("strings");
            assert_eq!(strings.get(1), CELLS[3].map(str::as_bytes), "a part of {}", column.data_type());
        }
    }

    #[test]
    fn a_column_is_not_copied() {
        let column = LargeStringArray::from_iter(CELLS);
        let strings = Strings::new(&column).expect("strings");
        assert_eq!(strings.get(3).map(<[u8]>::as_ptr), Some(column.value(3).as_ptr()));
    }

    #[test]
    fn other_columns_are_refused() {
        assert!(Strings::new(&Int32Array::from(vec![1])).is_none());
    }
}
