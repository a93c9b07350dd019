//! What the finished program does, seen from outside; and how its source is built.

#![expect(clippy::too_many_lines, reason = "a test is a table, one row a case")]

mod architecture;
mod batch;
mod check;
mod clients;
mod completions;
mod content;
mod ending;
mod floods;
mod formats;
mod hostile;
mod inspect;
mod measured;
mod misuse;
mod nginx;
mod plain;
mod probe;
mod readme;
mod secrets;
mod serve;
mod support;
mod tables;
