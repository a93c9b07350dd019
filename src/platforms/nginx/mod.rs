//! nginx: its configuration, whole or a part of it.
//!
//! Sources: <https://nginx.org/en/docs/http/ngx_http_rewrite_module.html>,
//! <https://nginx.org/en/docs/http/ngx_http_map_module.html>,
//! <https://nginx.org/en/docs/http/ngx_http_core_module.html#location>; `tests/check.rs` asks nginx itself.

mod config;
mod escape;
mod fill;
mod include;
mod map;
mod read;
mod samples;
mod script;
mod simulate;
mod steps;
#[cfg(test)]
mod tests;
mod token;

use super::answer::Answer;
use super::file::{FileFault, RuleEngine, RuleFile};
use super::question::explore;
use super::rule::RuleId;
use super::visit::Visit;
use config::NginxConfig;
use read::NginxReading;

/// Reads a configuration of nginx, or a part of one: a file of locations, of rewrites, or of the lines of a map.
///
/// `includes` are the files that it includes, each with its path: a file that is not among them leaves answers
/// [`Depends`](super::Depends) on it. What comes from one has the place of its `include`.
///
/// # Errors
///
/// Where nginx would not start with the file: it then takes nothing of it.
pub fn read(text: &str, includes: &[(&str, &str)]) -> Result<RuleFile, Vec<FileFault>> {
    let directives = include::with_includes(text, includes);
    let reading = directives.and_then(|directives| NginxReading::file(&directives));
    let NginxReading {
        config,
        rules,
        unheeded,
        ..
    } = reading.map_err(|fault| vec![fault])?;
    let engine = NginxEngine {
        config,
        rules: rules.len(),
    };
    Ok(RuleFile::new(rules, unheeded, Box::new(engine)))
}

/// The simulation of nginx.
#[derive(Debug)]
struct NginxEngine {
    config: NginxConfig,
    /// How many rules there are.
    rules: usize,
}

impl RuleEngine for NginxEngine {
    fn answer(&self, visit: &Visit) -> Answer {
        explore(self.rules, &|replies| {
            simulate::simulate(&self.config, visit, replies)
        })
    }

    fn samples(&self, rule: RuleId) -> Vec<Visit> {
        samples::samples(&self.config, rule)
    }
}
