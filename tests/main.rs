//! What the finished program does, seen from outside; and how its source is built.

mod architecture;
mod measured;
mod nginx;
mod readme;
mod support;
