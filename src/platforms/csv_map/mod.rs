//! Redirect maps: tables of old and new addresses, as spreadsheets, crawlers and shops export them.
//!
//! There is no standard for them: encoding, delimiter and the meaning of columns are found out.

mod cells;
mod encoding;
mod engine;
mod header;
mod map_file;
mod map_row;
mod read;
#[cfg(test)]
mod tests;

pub use map_file::MapFile;
pub use map_row::MapRow;
pub use read::read as read_map;
