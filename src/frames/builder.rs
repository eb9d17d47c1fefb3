//! Writes the rows of one table, cell by cell in the order of its schema, and hands them over as a record batch.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, LargeBinaryBuilder, LargeListBuilder,
    LargeStringBuilder, StructBuilder, UInt8Builder, UInt32Builder,
};
use arrow_array::{ArrayRef, DictionaryArray, LargeStringArray, RecordBatch, UInt8Array, types::UInt8Type};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};

use super::schema::{Column, Table, Type};
use crate::model::{Moment, Precision};

enum Cells {
    /// A column that nobody asked for: its cells are written nowhere.
    Skipped,
    Str(LargeStringBuilder),
    Enum(&'static [&'static str], UInt8Builder),
    ListStr(LargeListBuilder<LargeStringBuilder>),
    ListSpan(LargeListBuilder<StructBuilder>),
    UInt8(UInt8Builder),
    UInt32(UInt32Builder),
    Int32(Int32Builder),
    Float64(Float64Builder),
    Bool(BooleanBuilder),
    Date(Date32Builder),
    Binary(LargeBinaryBuilder),
}

impl Cells {
    fn new(dtype: Type) -> Self {
        match dtype {
            Type::Str => Self::Str(LargeStringBuilder::new()),
            Type::Enum(texts) => Self::Enum(texts, UInt8Builder::new()),
            Type::ListStr => {
                Self::ListStr(LargeListBuilder::new(LargeStringBuilder::new()).with_field(Arc::new(Field::new(
                    "item",
                    DataType::LargeUtf8,
                    true,
                ))))
            }
            Type::ListSpan => {
                let fields = span_fields();
                let spans = StructBuilder::from_fields(fields.clone(), 0);
                let item = Field::new("item", DataType::Struct(fields), true);
                Self::ListSpan(LargeListBuilder::new(spans).with_field(Arc::new(item)))
            }
            Type::UInt8 => Self::UInt8(UInt8Builder::new()),
            Type::UInt32 => Self::UInt32(UInt32Builder::new()),
            Type::Int32 => Self::Int32(Int32Builder::new()),
            Type::Float64 => Self::Float64(Float64Builder::new()),
            Type::Bool => Self::Bool(BooleanBuilder::new()),
            Type::Date => Self::Date(Date32Builder::new()),
            Type::Binary => Self::Binary(LargeBinaryBuilder::new()),
        }
    }

    /// The column; none where nobody asked for it.
    fn finish(&mut self) -> Result<Option<ArrayRef>, ArrowError> {
        Ok(Some(match self {
            Self::Skipped => return Ok(None),
            Self::Str(cells) => Arc::new(cells.finish()),
            Self::Enum(texts, cells) => dictionary(texts, cells.finish())?,
            Self::ListStr(cells) => Arc::new(cells.finish()),
            Self::ListSpan(cells) => Arc::new(cells.finish()),
            Self::UInt8(cells) => Arc::new(cells.finish()),
            Self::UInt32(cells) => Arc::new(cells.finish()),
            Self::Int32(cells) => Arc::new(cells.finish()),
            Self::Float64(cells) => Arc::new(cells.finish()),
            Self::Bool(cells) => Arc::new(cells.finish()),
            Self::Date(cells) => Arc::new(cells.finish()),
            Self::Binary(cells) => Arc::new(cells.finish()),
        }))
    }
}

fn dictionary(texts: &[&str], keys: UInt8Array) -> Result<ArrayRef, ArrowError> {
    let values = Arc::new(LargeStringArray::from_iter_values(texts));
    Ok(Arc::new(DictionaryArray::<UInt8Type>::try_new(keys, values)?))
}

/// The fields of a span in a list of spans.
fn span_fields() -> Fields {
    Fields::from(vec![Field::new("start", DataType::UInt32, true), Field::new("end", DataType::UInt32, true)])
}

/// The Arrow field of a column. Polars reads an Enum with its categories from the metadata.
fn field(column: &Column) -> Field {
    let dtype = match column.dtype {
        Type::Str => DataType::LargeUtf8,
        Type::Enum(_) => DataType::Dictionary(Box::new(DataType::UInt8), Box::new(DataType::LargeUtf8)),
        Type::ListStr => DataType::LargeList(Arc::new(Field::new("item", DataType::LargeUtf8, true))),
        Type::ListSpan => DataType::LargeList(Arc::new(Field::new("item", DataType::Struct(span_fields()), true))),
        Type::UInt8 => DataType::UInt8,
        Type::UInt32 => DataType::UInt32,
        Type::Int32 => DataType::Int32,
        Type::Float64 => DataType::Float64,
        Type::Bool => DataType::Boolean,
        Type::Date => DataType::Date32,
        Type::Binary => DataType::LargeBinary,
    };
    let field = Field::new(column.name, dtype, true);
    if let Type::Enum(texts) = column.dtype {
        let encoded = texts.iter().fold(String::new(), |all, text| format!("{all}{};{text}", text.len()));
        return field.with_metadata(HashMap::from([("_PL_ENUM_VALUES2".to_owned(), encoded)]));
    }
    field
}

/// The Arrow schema of a table.
pub fn arrow_schema(table: &Table) -> SchemaRef {
    Arc::new(Schema::new(table.columns.iter().map(field).collect::<Vec<_>>()))
}

/// Collects the rows of one table, all of its columns or some.
pub struct TableBuilder {
    table: &'static Table,
    cells: Vec<Cells>,
    schema: SchemaRef,
}

impl TableBuilder {
    /// An empty table.
    pub fn new(table: &'static Table) -> Self {
        Self::of(table, |_| true)
    }

    /// An empty table of the columns whose names are wanted, in the order of the schema. Rows are written whole all the same.
    pub fn of(table: &'static Table, wanted: impl Fn(&str) -> bool) -> Self {
        let cells = |column: &Column| if wanted(column.name) { Cells::new(column.dtype) } else { Cells::Skipped };
        let columns = table.columns.iter().filter(|column| wanted(column.name));
        let schema = Arc::new(Schema::new(columns.map(field).collect::<Vec<_>>()));
        Self { table, cells: table.columns.iter().map(cells).collect(), schema }
    }

    /// The name of the table.
    pub fn name(&self) -> &'static str {
        self.table.name
    }

    /// The Arrow schema of the columns that are written.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// Begin a row. Its cells must be written in the order of the schema, all of them.
    pub fn row(&mut self) -> Row<'_> {
        Row { builder: self, at: 0 }
    }

    /// The rows written so far, as a record batch; the builder is empty again.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let columns = self.cells.iter_mut().filter_map(|cells| cells.finish().transpose()).collect::<Result<_, _>>()?;
        RecordBatch::try_new(self.schema.clone(), columns)
    }
}

/// One row being written. A cell of the wrong type, or a row cut short, is a mistake in the builder of a table, which
/// the tests of this folder find; in a release it leaves columns of unequal length, which [`TableBuilder::finish`] refuses.
pub struct Row<'a> {
    builder: &'a mut TableBuilder,
    at: usize,
}

macro_rules! cell {
    ($(#[$meta:meta])* $name:ident, $variant:ident, $type:ty) => {
        $(#[$meta])*
        pub fn $name(&mut self, value: impl Into<Option<$type>>) -> &mut Self {
            match self.next() {
                Some(Cells::$variant(cells)) => cells.append_option(value.into()),
                other => Self::check(other.as_deref(), stringify!($variant)),
            }
            self
        }
    };
}

impl Row<'_> {
    fn next(&mut self) -> Option<&mut Cells> {
        self.at += 1;
        self.builder.cells.get_mut(self.at - 1)
    }

    /// A cell that cannot be written belongs to a column that nobody asked for.
    fn check(cells: Option<&Cells>, dtype: &str) {
        debug_assert!(matches!(cells, Some(Cells::Skipped)), "a cell is no {dtype}");
    }

    cell!(
        /// Write a number of 8 bits.
        u8, UInt8, u8
    );
    cell!(
        /// Write a number of 32 bits.
        u32, UInt32, u32
    );
    cell!(
        /// Write a number of 32 bits with a sign.
        i32, Int32, i32
    );
    cell!(
        /// Write a real number.
        f64, Float64, f64
    );
    cell!(
        /// Write true or false.
        bool, Bool, bool
    );

    /// Write a text.
    pub fn str<'t>(&mut self, value: impl Into<Option<&'t str>>) -> &mut Self {
        match self.next() {
            Some(Cells::Str(cells)) => cells.append_option(value.into()),
            other => Self::check(other.as_deref(), "Str"),
        }
        self
    }

    /// Write a text that is only made where somebody asked for its column.
    pub fn str_with<T: AsRef<str>>(&mut self, make: impl FnOnce() -> T) -> &mut Self {
        match self.next() {
            Some(Cells::Str(cells)) => cells.append_value(make()),
            other => Self::check(other.as_deref(), "Str"),
        }
        self
    }

    /// Write one of the categories of an Enum column.
    pub fn category<'t>(&mut self, value: impl Into<Option<&'t str>>) -> &mut Self {
        match self.next() {
            Some(Cells::Enum(texts, cells)) => {
                let key = value.into().and_then(|value| texts.iter().position(|text| *text == value));
                cells.append_option(key.and_then(|key| u8::try_from(key).ok()));
            }
            other => Self::check(other.as_deref(), "Enum"),
        }
        self
    }

    /// Write a list of texts.
    pub fn list<T: AsRef<str>>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Self {
        match self.next() {
            Some(Cells::ListStr(cells)) => {
                for value in values {
                    cells.values().append_value(value);
                }
                cells.append(true);
            }
            other => Self::check(other.as_deref(), "List"),
        }
        self
    }

    /// Write a list of places.
    pub fn spans(&mut self, places: impl IntoIterator<Item = (u32, u32)>) -> &mut Self {
        match self.next() {
            Some(Cells::ListSpan(cells)) => {
                for (start, end) in places {
                    let place = cells.values();
                    for (at, offset) in [start, end].into_iter().enumerate() {
                        if let Some(cell) = place.field_builder::<UInt32Builder>(at) {
                            cell.append_value(offset);
                        }
                    }
                    place.append(true);
                }
                cells.append(true);
            }
            other => Self::check(other.as_deref(), "List of spans"),
        }
        self
    }

    /// Write a day.
    pub fn date(&mut self, value: Option<Moment>) -> &mut Self {
        match self.next() {
            Some(Cells::Date(cells)) => cells.append_option(value.map(|moment| days_since_1970(moment.date))),
            other => Self::check(other.as_deref(), "Date"),
        }
        self
    }

    /// Write bytes.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        match self.next() {
            Some(Cells::Binary(cells)) => cells.append_value(value),
            other => Self::check(other.as_deref(), "Binary"),
        }
        self
    }

    /// Write the precision of a day.
    pub fn precision(&mut self, value: Option<Moment>) -> &mut Self {
        self.category(value.map(|moment| Precision::as_str(moment.precision)))
    }

    /// Write the last two cells.
    pub fn place(&mut self, place: (u32, u32)) {
        self.place_before(place).end();
    }

    /// Write the cells of a place with others to come.
    pub fn place_before(&mut self, (start, end): (u32, u32)) -> &mut Self {
        self.u32(start).u32(end)
    }

    /// Close the row.
    pub fn end(&mut self) {
        debug_assert_eq!(self.at, self.builder.table.columns.len(), "{}: cells of a row", self.builder.table.name);
    }
}

/// Days since 1 January 1970 in the proleptic Gregorian calendar, which Date32 counts.
pub(super) fn days_since_1970(date: jiff::civil::Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    (date - epoch).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::Array;

    #[test]
    fn days_count_from_1970() {
        for (date, days) in [((1970, 1, 1), 0), ((1969, 12, 31), -1), ((2000, 3, 1), 11_017), ((2010, 7, 1), 14_791)] {
            assert_eq!(days_since_1970(jiff::civil::date(date.0, date.1, date.2)), days);
        }
    }

    #[test]
    fn an_unfinished_row_is_refused() {
        let mut builder = TableBuilder::new(&super::super::schema::TEXTS);
        builder.row().str("a");
        assert!(builder.finish().is_err());
    }

    #[test]
    fn cells_come_out_with_type_and_null() {
        let mut builder = TableBuilder::new(&super::super::schema::SLOGANS);
        builder.row().str("a#1").str("三个代表").u32(None).list(["甲", "乙"]).place((1, 3));
        let batch = builder.finish().expect("columns of equal length");
        assert_eq!(batch.num_rows(), 1);
        assert!(batch.column(2).is_null(0));
        assert_eq!(builder.finish().expect("an empty batch").num_rows(), 0);
    }
}
