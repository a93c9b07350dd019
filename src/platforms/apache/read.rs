//! From lines to hosts, levels and rules.

use super::super::file::{FileFault, Unheeded};
use super::super::rule::{Rule, RuleKind};
use super::config::{AliasFrom, ApacheHost, Level, RewriteCondition};
use super::directive::{condition, is_url, redirect, rewrite_rule};
use super::line::{Line, fault, lines, words};

/// Where the first line of a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApacheContext {
    /// In a folder: `.htaccess`, here that of the document root.
    Directory,
    /// In the main configuration, or a file of a virtual host.
    Server,
}

/// What a file says.
pub(super) struct ApacheReading {
    /// The first is what stands outside of every virtual host.
    pub(super) hosts: Vec<ApacheHost>,
    pub(super) rules: Vec<Rule>,
    pub(super) unheeded: Vec<Unheeded>,
    blocks: Vec<Block>,
    conditions: Vec<RewriteCondition>,
    context: ApacheContext,
}

/// An open block.
struct Block {
    name: String,
    argument: String,
    /// Whether what stands in it counts.
    is_read: bool,
}

/// Reads a file.
pub(super) fn read(text: &str, context: ApacheContext) -> Result<ApacheReading, FileFault> {
    let mut reading = ApacheReading {
        hosts: vec![ApacheHost::default()],
        rules: Vec::new(),
        unheeded: Vec::new(),
        blocks: Vec::new(),
        conditions: Vec::new(),
        context,
    };
    for line in lines(text) {
        if line.name.starts_with('<') {
            reading.block(&line)?;
        } else if reading.blocks.iter().all(|block| block.is_read) {
            reading.directive(&line)?;
        }
    }
    match reading.blocks.last() {
        Some(open) => Err(FileFault {
            place: None,
            says: format!("`<{}>` is not closed", open.name),
        }),
        None => Ok(reading),
    }
}

impl ApacheReading {
    fn block(&mut self, line: &Line) -> Result<(), FileFault> {
        if let Some(name) = line.name.strip_prefix("</") {
            let name = name.trim_end_matches('>');
            let open = self.blocks.pop().filter(|open| open.name == name);
            return open
                .map(|_| ())
                .ok_or_else(|| fault(line, "it closes no block"));
        }
        let name = line
            .name
            .trim_start_matches('<')
            .trim_end_matches('>')
            .to_owned();
        let argument = words(line.rest.trim_end_matches('>')).join(" ");
        // The modules are taken for loaded: `!mod_rewrite.c` stands for what nobody runs.
        let is_read = !(name == "ifmodule" && argument.starts_with('!'));
        if name == "virtualhost" && is_read {
            let port = argument
                .rsplit(':')
                .next()
                .and_then(|port| port.parse().ok());
            self.hosts.push(ApacheHost {
                port,
                ..ApacheHost::default()
            });
        }
        self.blocks.push(Block {
            name,
            argument,
            is_read,
        });
        Ok(())
    }

    fn is_in(&self, name: &str) -> Option<&str> {
        let mut blocks = self.blocks.iter().rev();
        blocks
            .find(|block| block.name == name)
            .map(|block| block.argument.as_str())
    }

    fn host(&mut self) -> &mut ApacheHost {
        let at = if self.is_in("virtualhost").is_some() {
            self.hosts.len() - 1
        } else {
            0
        };
        &mut self.hosts[at]
    }

    fn level(&mut self) -> &mut Level {
        let is_folder = self.context == ApacheContext::Directory
            || self.is_in("directory").is_some()
            || self.is_in("location").is_some();
        let host = self.host();
        if is_folder {
            &mut host.folder
        } else {
            &mut host.server
        }
    }

    fn directive(&mut self, line: &Line) -> Result<(), FileFault> {
        let arguments = words(&line.rest);
        match line.name.as_str() {
            "redirect" | "redirectmatch" | "redirectpermanent" | "redirecttemp" => {
                self.alias(line)?;
            }
            "rewriteengine" => match arguments.as_slice() {
                [state] if state.eq_ignore_ascii_case("on") => self.level().rewrites = true,
                [state] if state.eq_ignore_ascii_case("off") => self.level().rewrites = false,
                _ => return Err(fault(line, "it is `On` or `Off`")),
            },
            "rewritebase" => match arguments.as_slice() {
                [base] => self.level().base = Some(base.clone()),
                _ => return Err(fault(line, "it takes one path")),
            },
            "rewritecond" => self.conditions.push(condition(line)?),
            "rewriterule" => self.rewrite(line)?,
            "servername" | "serveralias" => {
                let host = |name: &String| {
                    name.rsplit("://")
                        .next()
                        .unwrap_or_default()
                        .split(':')
                        .next()
                        .unwrap_or_default()
                        .to_ascii_lowercase()
                };
                let names: Vec<String> = arguments.iter().map(host).collect();
                self.host().names.extend(names);
            }
            _ => {}
        }
        Ok(())
    }

    fn alias(&mut self, line: &Line) -> Result<(), FileFault> {
        let below = self.is_in("location").map(str::to_owned);
        let mut read = redirect(line, below.as_deref())?;
        let from = match &read.from {
            AliasFrom::Prefix(from) | AliasFrom::Below(from) => from.clone(),
            AliasFrom::Pattern(pattern) => pattern.text.clone(),
        };
        let kind = if (300..400).contains(&read.status) {
            RuleKind::Redirect
        } else {
            RuleKind::Status
        };
        read.rule = self.rule(Rule {
            place: line.place,
            from,
            hosts: Vec::new(),
            to: read.to.clone(),
            status: Some(read.status),
            kind,
        });
        self.level().redirects.push(read);
        Ok(())
    }

    fn rewrite(&mut self, line: &Line) -> Result<(), FileFault> {
        let conditions = std::mem::take(&mut self.conditions);
        let mut read = rewrite_rule(line, conditions)?;
        let is_external = read.flags.status.is_some() || is_url(&read.to);
        let (status, kind) = match read.flags.status {
            Some(status) if !(300..400).contains(&status) => (Some(status), RuleKind::Status),
            _ if read.flags.proxy => (None, RuleKind::Proxy),
            status if is_external => (Some(status.unwrap_or(302)), RuleKind::Redirect),
            _ => (None, RuleKind::Rewrite),
        };
        let to = (read.to != "-").then(|| read.to.clone());
        read.rule = self.rule(Rule {
            place: line.place,
            from: read.pattern.text.clone(),
            hosts: Vec::new(),
            to,
            status,
            kind,
        });
        self.level().rewrite_rules.push(read);
        Ok(())
    }

    fn rule(&mut self, mut rule: Rule) -> usize {
        rule.hosts.clone_from(&self.host().names);
        self.rules.push(rule);
        self.rules.len() - 1
    }
}
