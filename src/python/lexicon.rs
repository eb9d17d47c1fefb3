//! The vocabulary, for reading and for overlaying.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;

use super::errors::to_python;
use crate::lexicon::Lexicon as Core;

/// The vocabulary that a parse uses: the built-in one, or that with a folder of the caller's laid over it.
#[pyclass(frozen, module = "fangan._fangan")]
pub struct Lexicon {
    pub core: Arc<Core>,
}

#[pymethods]
impl Lexicon {
    #[new]
    #[pyo3(signature = (folder=None))]
    fn new(py: Python<'_>, folder: Option<PathBuf>) -> PyResult<Self> {
        let core = match folder {
            None => Core::builtin().clone(),
            Some(folder) => Core::builtin().overlaid(&folder).map_err(|error| to_python(py, &error))?,
        };
        Ok(Self { core: Arc::new(core) })
    }

    /// Names of the tables.
    fn names(&self) -> Vec<String> {
        self.core.names().map(str::to_owned).collect()
    }

    /// Columns and rows of a table.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<(Vec<String>, Vec<Vec<String>>)> {
        let table = self.core.table(name).map_err(|error| to_python(py, &error))?;
        Ok((table.columns.clone(), table.rows.clone()))
    }
}
