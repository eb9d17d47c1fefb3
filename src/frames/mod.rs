//! Tables as Arrow record batches.
