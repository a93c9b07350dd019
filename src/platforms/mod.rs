//! What the rules file of a hosting platform says, and what the platform would answer.
//!
//! Each format has a reader of its own. It makes a [`RuleFile`]: the [`Rule`]s with their places, what the platform
//! [drops](Unheeded), and a [`RuleEngine`] that answers a [`Visit`] as the platform would. Lint is simulation over samples,
//! so nothing here compares texts where the platform compares paths.
//!
//! Text in, values out: no file is opened here, and nothing is sent.

mod answer;
pub mod apache;
mod file;
pub mod nginx;
mod path;
mod pattern;
mod question;
mod rule;
pub mod sample;
mod visit;

pub use answer::{Answer, Depends};
pub use file::{FileFault, RuleEngine, RuleFile, Unheeded};
pub use rule::{Place, Rule, RuleId, RuleKind};
pub use visit::Visit;
