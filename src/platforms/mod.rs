//! What the rules file of a hosting platform says, and what the platform would answer.
//!
//! Each format has a reader of its own. It makes a [`RuleFile`]: the [`Rule`]s with their places, what the platform
//! [drops](Unheeded), and a [`RuleEngine`] that answers a [`Visit`] as the platform would. Lint is simulation over samples,
//! so nothing here compares texts where the platform compares paths.
//!
//! Text in, values out: no file is opened here, and nothing is sent.

mod answer;
pub mod apache;
mod branches;
mod csv_map;
mod detect;
mod file;
#[cfg(test)]
mod fixture;
mod index;
mod js_regex;
mod json;
mod lint;
mod lint_id;
mod netlify_toml;
pub mod nginx;
mod path;
mod pattern;
mod question;
mod redirects;
mod regex_sample;
mod routes;
mod rule;
mod sample;
mod shortest;
mod target;
mod text;
mod visit;
mod wildcard;

pub use answer::{Answer, Depends};
pub use csv_map::{MapFile, MapRow, read_map};
pub use detect::{RuleFormat, detect, dialect};
pub use file::{FileFault, Remark, RuleEngine, RuleFile, Unheeded};
pub use lint::{LintFinding, lint};
pub use lint_id::LintId;
pub use netlify_toml::read as read_netlify_toml;
pub use redirects::{RedirectsDialect, read as read_redirects};
pub use routes::{read_mintlify, read_next_manifest, read_vercel};
pub use rule::{Place, Rule, RuleId, RuleKind};
pub use sample::SAMPLE_HOST;
pub use visit::Visit;
