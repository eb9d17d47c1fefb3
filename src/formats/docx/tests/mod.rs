//! Whole documents.

mod damage;
mod numbers;
mod parts;
mod text;
