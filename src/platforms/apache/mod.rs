//! Apache: `.htaccess`, the main configuration, virtual hosts.
//!
//! Sources: <https://httpd.apache.org/docs/2.4/mod/mod_alias.html>,
//! <https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html>.

mod config;
mod directive;
mod line;
mod read;
mod simulate;
#[cfg(test)]
mod tests;
mod text;

use super::answer::Answer;
use super::file::{FileFault, RuleEngine, RuleFile};
use super::question::explore;
use super::regex_sample::{as_path, shortest};
use super::rule::RuleId;
use super::visit::Visit;
use config::{AliasFrom, ApacheHost};

pub use read::ApacheContext;

/// Reads a file of Apache; `context` says where its first line stands.
///
/// # Errors
///
/// Where Apache takes nothing of the file: one line that it cannot read answers 500 for the whole folder.
pub fn read(text: &str, context: ApacheContext) -> Result<RuleFile, Vec<FileFault>> {
    let reading = read::read(text, context).map_err(|fault| vec![fault])?;
    let engine = ApacheEngine {
        hosts: reading.hosts,
        rules: reading.rules.len(),
    };
    Ok(RuleFile::new(
        reading.rules,
        reading.unheeded,
        Box::new(engine),
    ))
}

/// The simulation of Apache.
#[derive(Debug)]
struct ApacheEngine {
    hosts: Vec<ApacheHost>,
    /// How many rules there are.
    rules: usize,
}

impl RuleEngine for ApacheEngine {
    fn answer(&self, visit: &Visit) -> Answer {
        explore(self.rules, &|replies| {
            simulate::simulate(&self.hosts, visit, replies)
        })
    }

    fn samples(&self, rule: RuleId) -> Vec<Visit> {
        let mut paths = Vec::new();
        for host in &self.hosts {
            let name = host.names.first().map_or("site.example", String::as_str);
            for level in [&host.server, &host.folder] {
                let aliases = level
                    .redirects
                    .iter()
                    .filter(|redirect| redirect.rule == rule);
                let aliases = aliases.flat_map(|redirect| match &redirect.from {
                    AliasFrom::Prefix(from) | AliasFrom::Below(from) => {
                        vec![from.clone(), format!("{from}/rehop")]
                    }
                    AliasFrom::Pattern(pattern) => shortest(&pattern.translated()),
                });
                let rewrites = level
                    .rewrite_rules
                    .iter()
                    .filter(|rewrite| rewrite.rule == rule);
                let rewrites = rewrites.flat_map(|rewrite| shortest(&rewrite.pattern.translated()));
                paths.extend(
                    aliases
                        .chain(rewrites)
                        .map(|path| Visit::get(name, &as_path(&path))),
                );
            }
        }
        paths.sort_by_key(|visit| visit.path.len());
        paths
    }
}
