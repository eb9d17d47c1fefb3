//! Record batches → any Arrow consumer, and back, over the C stream interface and without a copy.

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::SchemaRef;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

use super::errors::internal;
use crate::frames::stored::Batches;

/// A table as Arrow record batches.
///
/// Polars, pyarrow, DuckDB and others read it through `__arrow_c_stream__`; it can be read more than once.
#[pyclass(frozen, module = "fangan._fangan")]
pub struct ArrowTable {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl ArrowTable {
    /// A table of batches that share a schema.
    pub fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { schema, batches }
    }
}

#[pymethods]
impl ArrowTable {
    /// The Arrow PyCapsule interface. A requested schema is ignored, as the interface permits.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, self.schema.clone());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

/// Tables of a corpus as Python hands them over: a dict of frames by name, each with `__arrow_c_stream__`.
pub struct Tables(pub Batches);

impl<'py> FromPyObject<'_, 'py> for Tables {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let mut batches = Batches::new();
        for (name, frame) in object.cast::<PyDict>()?.iter() {
            batches.insert(name.extract()?, read(&frame)?);
        }
        Ok(Self(batches))
    }
}

/// The record batches of a frame.
pub fn read(frame: &Bound<'_, PyAny>) -> PyResult<Vec<RecordBatch>> {
    let capsule = frame.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>()?;
    let stream = capsule.pointer_checked(Some(c"arrow_array_stream"))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: a capsule of this name holds a stream by the Arrow PyCapsule interface; the reader takes it over and leaves a released one behind.
    let reader = unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr()) }.map_err(internal)?;
    reader.collect::<Result<_, _>>().map_err(internal)
}
