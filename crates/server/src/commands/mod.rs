//! The commands of the program, one file each.

pub mod demo;
pub mod doctor;
pub mod import;
mod import_shown;
pub mod restored;
pub mod serve;
