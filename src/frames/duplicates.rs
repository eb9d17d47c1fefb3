//! Rows of `duplicates`, and fingerprints of plans, which are written and read back.

use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use arrow_array::{Array, RecordBatch};
use arrow_schema::ArrowError;

use super::builder::TableBuilder;
use super::reading::Reading;
use super::schema::{DUPLICATES, FINGERPRINTS};
use crate::compare::duplicates::{BINS, Duplicate, Facts, Fingerprint, letters};

/// The letters of the plans of a source with their fingerprints, by plan id.
pub fn fingerprints(reading: &Reading) -> Vec<(String, (String, Fingerprint))> {
    let of = |text: &str| {
        let letters = letters(text);
        let fingerprint = Fingerprint::new(&letters);
        (letters, fingerprint)
    };
    reading.plans.iter().map(|(id, plan)| (id.clone(), of(plan.of(reading.text())))).collect()
}

/// The rows of fingerprints.
pub fn fingerprint_rows(plans: &[(String, Facts, Fingerprint)]) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&FINGERPRINTS);
    for (id, facts, fingerprint) in plans {
        table
            .row()
            .str(id.as_str())
            .str(format!("{:032x}", fingerprint.digest).as_str())
            .u32(fingerprint.n_letters)
            .bytes(&facts.bytes())
            .bytes(&fingerprint.signature)
            .end();
    }
    table.finish()
}

/// Fingerprints from their rows, in order: for each the id of its plan, its facts and itself.
///
/// # Errors
/// A row is no fingerprint: the message says which column.
pub fn read_back(batch: &RecordBatch, mut each: impl FnMut(&str, Facts, Fingerprint)) -> Result<(), ArrowError> {
    let ids = text(batch, "plan_id")?;
    let digests = text(batch, "digest")?;
    let n_letters = column(batch, "n_letters")?;
    let n_letters = n_letters.as_primitive_opt::<UInt32Type>().ok_or_else(|| wrong("n_letters"))?;
    let facts = bytes(batch, "facts")?;
    let signatures = bytes(batch, "signature")?;
    for at in 0..batch.num_rows() {
        let id = ids(at).ok_or_else(|| wrong("plan_id"))?;
        let digest = digests(at).filter(|text| text.len() == 32);
        let digest = digest.and_then(|text| u128::from_str_radix(text, 16).ok()).ok_or_else(|| wrong("digest"))?;
        let facts = facts(at).and_then(Facts::from_bytes).ok_or_else(|| wrong("facts"))?;
        let signature = signatures(at).and_then(|bytes| <[u8; BINS]>::try_from(bytes).ok());
        let signature = signature.ok_or_else(|| wrong("signature"))?;
        if !n_letters.is_valid(at) {
            return Err(wrong("n_letters"));
        }
        each(id, facts, Fingerprint { digest, n_letters: n_letters.value(at), signature });
    }
    Ok(())
}

/// The rows of plans that repeat an earlier one; `originals` are ids.
pub fn rows<T: AsRef<str>>(found: &[(String, Duplicate)], originals: &[T]) -> Result<RecordBatch, ArrowError> {
    let mut table = TableBuilder::new(&DUPLICATES);
    for (id, duplicate) in found {
        table
            .row()
            .str(id.as_str())
            .str(originals.get(duplicate.of).map(AsRef::as_ref))
            .category(duplicate.kind.as_str())
            .f64(duplicate.similarity)
            .end();
    }
    table.finish()
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a dyn Array, ArrowError> {
    batch.column_by_name(name).map(AsRef::as_ref).ok_or_else(|| wrong(name))
}

/// The cells of a column of text, in any of the ways that Arrow has.
fn text<'a>(batch: &'a RecordBatch, name: &str) -> Result<impl Fn(usize) -> Option<&'a str> + use<'a>, ArrowError> {
    let cells = column(batch, name)?;
    let (view, large, small) = (cells.as_string_view_opt(), cells.as_string_opt::<i64>(), cells.as_string_opt::<i32>());
    if view.is_none() && large.is_none() && small.is_none() {
        return Err(wrong(name));
    }
    Ok(move |at| {
        let of_large = || large.map(|cells| cells.value(at)).or_else(|| small.map(|cells| cells.value(at)));
        cells.is_valid(at).then(|| view.map(|cells| cells.value(at)).or_else(of_large)).flatten()
    })
}

/// The cells of a column of bytes, in any of the ways that Arrow has.
fn bytes<'a>(batch: &'a RecordBatch, name: &str) -> Result<impl Fn(usize) -> Option<&'a [u8]> + use<'a>, ArrowError> {
    let cells = column(batch, name)?;
    let (view, large, small) = (cells.as_binary_view_opt(), cells.as_binary_opt::<i64>(), cells.as_binary_opt::<i32>());
    if view.is_none() && large.is_none() && small.is_none() {
        return Err(wrong(name));
    }
    Ok(move |at| {
        let of_large = || large.map(|cells| cells.value(at)).or_else(|| small.map(|cells| cells.value(at)));
        cells.is_valid(at).then(|| view.map(|cells| cells.value(at)).or_else(of_large)).flatten()
    })
}

fn wrong(column: &str) -> ArrowError {
    ArrowError::SchemaError(format!("the column {column} is missing, or holds something else than fingerprints have"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frames::schema::TEXTS;

    #[test]
    fn fingerprints_come_back_as_they_were_written() {
        let made = [("a#1", Some("371122"), "植树造林方案"), ("b#1", None, "")]
            .map(|(id, code, text)| (id.to_owned(), Facts::new([code]), Fingerprint::new(text)));
        let batch = fingerprint_rows(&made).expect("columns of equal length");
        let mut read = Vec::new();
        read_back(&batch, |id, facts, fingerprint| read.push((id.to_owned(), facts, fingerprint)))
            .expect("fingerprints");
        assert_eq!(read, made);
    }

    #[test]
    fn other_tables_are_refused() {
        let mut builder = TableBuilder::new(&TEXTS);
        builder.row().str("a").str("植树").end();
        let error = read_back(&builder.finish().expect("a row"), |_, _, _| ()).expect_err("no fingerprints");
        assert!(error.to_string().contains("plan_id"), "{error}");
        let mut builder = TableBuilder::new(&FINGERPRINTS);
        builder.row().str("a#1").str("0".repeat(32).as_str()).u32(1).bytes(&Facts::default().bytes()).bytes(&[1]).end();
        let error = read_back(&builder.finish().expect("a row"), |_, _, _| ()).expect_err("a short signature");
        assert!(error.to_string().contains("signature"), "{error}");
    }
}
