//! What the finished program does, seen from outside; and how its source is built.

mod architecture;
mod measured;
mod nginx;
mod probe;
mod readme;
mod serve;
mod support;
