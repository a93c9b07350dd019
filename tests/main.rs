//! What the finished program does, seen from outside; and how its source is built.

mod architecture;
mod clients;
mod content;
mod ending;
mod floods;
mod hostile;
mod inspect;
mod measured;
mod misuse;
mod nginx;
mod probe;
mod readme;
mod secrets;
mod serve;
mod support;
mod tables;
