//! The directives of the rewrite module, and `map`.
//!
//! Source: <https://nginx.org/en/docs/http/ngx_http_rewrite_module.html>.

use super::super::answer::Depends;
use super::super::file::FileFault;
use super::super::pattern::PathPattern;
use super::super::rule::{Rule, RuleKind};
use super::config::{MapEntry, MapKey, NginxMap, RewriteStep, Rewriting, Test, Then};
use super::read::{Around, NginxReading, written};
use super::script::Script;
use super::token::{ConfigWord, Directive, fault};

/// The codes with which `return` writes a Location.
const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];

/// Variables that hold the path: a map over one of them is a list of rules.
const PATHS: [&str; 4] = ["uri", "document_uri", "request_uri", "request"];

impl NginxReading {
    /// The step that a directive is; `None` for one that answers nothing.
    pub(super) fn step(
        &mut self,
        directive: &Directive,
        around: &Around,
    ) -> Result<Option<RewriteStep>, FileFault> {
        Ok(match directive.name() {
            "set" => Some(self.set(directive)?),
            "break" => Some(RewriteStep::Break),
            "return" => Some(self.answer(directive, around)?),
            "rewrite" => Some(self.rewrite(directive, around)?),
            "if" => Some(self.condition(directive, around)?),
            "include" => self.unread(directive, around),
            _ => None,
        })
    }

    fn set(&mut self, directive: &Directive) -> Result<RewriteStep, FileFault> {
        let [name, value] = directive.arguments() else {
            return Err(fault(directive.place, "`set` takes a variable and a value"));
        };
        let Some(name) = name.text.strip_prefix('$') else {
            return Err(fault(
                directive.place,
                "the variable of `set` begins with `$`",
            ));
        };
        let name = name.to_ascii_lowercase();
        self.config.declared.insert(name.clone());
        Ok(RewriteStep::Set {
            name,
            value: script(value, directive)?,
        })
    }

    /// `return`.
    fn answer(&mut self, directive: &Directive, around: &Around) -> Result<RewriteStep, FileFault> {
        if directive
            .arguments()
            .first()
            .is_some_and(|word| word.is_template && word.text.starts_with('{'))
        {
            return Ok(self.templated(directive, around));
        }
        let (code, text) = match directive.arguments() {
            [url] if is_absolute(&url.text) => (302, Some(url)),
            [code] => (status(code, directive)?, None),
            [code, text] => (status(code, directive)?, Some(text)),
            _ => {
                return Err(fault(
                    directive.place,
                    "`return` takes a status and a URL or a text",
                ));
            }
        };
        let is_redirect = REDIRECTS.contains(&code);
        let text = text.map(|word| script(word, directive)).transpose()?;
        if let Some(text) = text.as_ref().filter(|_| is_redirect) {
            self.targets
                .extend(text.variables().map(|name| (name.to_owned(), code)));
        }
        let to = directive
            .arguments()
            .last()
            .filter(|_| is_redirect && text.is_some());
        let rule = self.rule(Rule {
            place: directive.place,
            from: around.from.clone().unwrap_or_else(|| "/".to_owned()),
            hosts: around.hosts.clone(),
            to: to.map(|word| word.text.clone()),
            status: Some(code),
            kind: if is_redirect {
                RuleKind::Redirect
            } else {
                RuleKind::Status
            },
        });
        Ok(RewriteStep::Return { code, text, rule })
    }

    fn rewrite(
        &mut self,
        directive: &Directive,
        around: &Around,
    ) -> Result<RewriteStep, FileFault> {
        let (from, to, flag) = match directive.arguments() {
            [from, to] => (from, to, None),
            [from, to, flag] => (from, to, Some(flag.text.as_str())),
            _ => {
                return Err(fault(
                    directive.place,
                    "`rewrite` takes a pattern, a replacement and at most one flag",
                ));
            }
        };
        if from.is_template {
            return Ok(self.templated(directive, around));
        }
        let then = then(flag, is_absolute(&to.text), directive)?;
        let pattern = pattern(&from.text, false, directive)?;
        self.config
            .declared
            .extend(pattern.names().map(str::to_owned));
        let status = match then {
            Then::Redirect(status) => Some(status),
            _ => None,
        };
        let text = to.text.strip_suffix('?');
        let whole = Script::read(text.unwrap_or(&to.text), to.is_template)
            .map_err(|says| fault(directive.place, &says))?;
        if let Some(status) = status {
            self.targets
                .extend(whole.variables().map(|name| (name.to_owned(), status)));
        }
        let rule = self.rule(Rule {
            place: directive.place,
            from: from.text.clone(),
            hosts: around.hosts.clone(),
            to: Some(to.text.clone()),
            status,
            kind: status.map_or(RuleKind::Rewrite, |_| RuleKind::Redirect),
        });
        let (path, arguments) = whole.split_query();
        let keeps_arguments = text.is_none();
        Ok(RewriteStep::Rewrite(Rewriting {
            pattern,
            path,
            arguments,
            keeps_arguments,
            then,
            rule,
        }))
    }

    fn condition(
        &mut self,
        directive: &Directive,
        around: &Around,
    ) -> Result<RewriteStep, FileFault> {
        let words = written(directive.arguments());
        let test = test(directive)?;
        if let Some(pattern) = test.pattern() {
            self.config
                .declared
                .extend(pattern.names().map(str::to_owned));
        }
        // Its first rule; an `if` without one may set a variable for the rule that follows.
        let rule = self.rules.len();
        let inner = Around {
            from: around.from.clone().or_else(|| Some(format!("if {words}"))),
            hosts: around.hosts.clone(),
        };
        let mut steps = Vec::new();
        for directive in directive.block.iter().flatten() {
            steps.extend(self.step(directive, &inner)?);
        }
        Ok(RewriteStep::If {
            test,
            words,
            steps,
            rule,
        })
    }

    /// `map`.
    pub(super) fn map(
        &mut self,
        directive: &Directive,
        block: &[Directive],
    ) -> Result<(), FileFault> {
        let [source, variable] = directive.arguments() else {
            return Err(fault(
                directive.place,
                "`map` takes what is looked up and a variable",
            ));
        };
        let Some(variable) = variable.text.strip_prefix('$') else {
            return Err(fault(
                directive.place,
                "the variable of `map` begins with `$`",
            ));
        };
        let variable = variable.to_ascii_lowercase();
        let source = script(source, directive)?;
        let map = self.map_of(source, variable, block.iter())?;
        self.config.maps.push(map);
        Ok(())
    }

    fn map_of<'a>(
        &mut self,
        source: Script,
        variable: String,
        lines: impl Iterator<Item = &'a Directive>,
    ) -> Result<NginxMap, FileFault> {
        let is_of_paths = source.variables().any(|name| PATHS.contains(&name));
        let mut map = NginxMap {
            source,
            variable,
            has_hostnames: false,
            entries: Vec::new(),
            default: None,
            is_partial: false,
            is_volatile: false,
        };
        let mut keys = std::collections::BTreeSet::new();
        for line in lines {
            match line.words.as_slice() {
                [word] if word.text == "hostnames" => map.has_hostnames = true,
                [word] if word.text == "volatile" => map.is_volatile = true,
                [name, file] if name.text == "include" => {
                    map.is_partial = true;
                    self.drop(line, &format!("the file `{}` was not given", file.text));
                }
                [name, value] if name.text == "default" => map.default = Some(script(value, line)?),
                [key, value] => {
                    let entry = self.entry(key, value, line, is_of_paths)?;
                    if let MapKey::Text(key) = &entry.key
                        && !keys.insert(key.clone())
                    {
                        return Err(fault(
                            line.place,
                            &format!("`{key}` stands twice in a map, which ignores case"),
                        ));
                    }
                    map.entries.push(entry);
                }
                _ => return Err(fault(line.place, "a line of a map has a key and a value")),
            }
        }
        Ok(map)
    }

    fn entry(
        &mut self,
        key: &ConfigWord,
        value: &ConfigWord,
        line: &Directive,
        is_of_paths: bool,
    ) -> Result<MapEntry, FileFault> {
        let read = if let Some(text) = key.text.strip_prefix("~*") {
            MapKey::Pattern(pattern(text, true, line)?)
        } else if let Some(text) = key.text.strip_prefix('~') {
            MapKey::Pattern(pattern(text, false, line)?)
        } else {
            let plain = key.text.strip_prefix('\\').unwrap_or(&key.text);
            MapKey::Text(plain.to_ascii_lowercase())
        };
        if let MapKey::Pattern(pattern) = &read {
            self.config
                .declared
                .extend(pattern.names().map(str::to_owned));
        }
        let rule = is_of_paths.then(|| {
            self.rule(Rule {
                place: line.place,
                from: key.text.clone(),
                hosts: Vec::new(),
                to: Some(value.text.clone()),
                status: None,
                kind: RuleKind::Unknown,
            })
        });
        Ok(MapEntry {
            key: read,
            value: script(value, line)?,
            rule,
        })
    }

    /// Lines of a map whose `map` stands in another file: what is done with its value is not known.
    pub(super) fn bare_map(&mut self, lines: &[&Directive]) -> Result<(), FileFault> {
        let source = Script::read("$uri", false).map_err(|says| fault(lines[0].place, &says))?;
        let map = self.map_of(source, BARE_MAP.to_owned(), lines.iter().copied())?;
        self.config.maps.push(map);
        Ok(())
    }
}

/// The variable of a map that is not in the file; no written one has this name.
pub(super) const BARE_MAP: &str = "";

impl Test {
    /// The pattern in it.
    fn pattern(&self) -> Option<&PathPattern> {
        match self {
            Self::Matches(_, pattern) => Some(pattern),
            Self::Not(test) => test.pattern(),
            _ => None,
        }
    }
}

/// The condition of an `if`.
fn test(directive: &Directive) -> Result<Test, FileFault> {
    let wrong = || {
        fault(
            directive.place,
            "this is no condition: `if ($variable)`, `if ($variable = text)`, `if ($variable ~ pattern)`, `if (-f path)`",
        )
    };
    let mut words = directive.arguments().to_vec();
    let (Some(first), Some(true)) = (words.first_mut(), directive.block.as_ref().map(|_| true))
    else {
        return Err(wrong());
    };
    first.text = first.text.strip_prefix('(').ok_or_else(wrong)?.to_owned();
    if let Some(last) = words.last_mut() {
        last.text = last.text.strip_suffix(')').ok_or_else(wrong)?.to_owned();
    }
    // Blanks inside of the parentheses leave words behind that are empty; one in the middle is a value.
    if words.first().is_some_and(|word| word.text.is_empty()) {
        words.remove(0);
    }
    if words.len() != 3 && words.last().is_some_and(|word| word.text.is_empty()) {
        words.pop();
    }
    match words.as_slice() {
        [value] if value.text.starts_with('$') => Ok(Test::Truth(script(value, directive)?)),
        [sign, _] if matches!(sign.text.as_str(), "-f" | "-d" | "-e" | "-x") => {
            Ok(Test::Open(Depends::FileExists))
        }
        [sign, _] if matches!(sign.text.as_str(), "!-f" | "!-d" | "!-e" | "!-x") => {
            Ok(Test::Not(Box::new(Test::Open(Depends::FileExists))))
        }
        [value, sign, against, ..] if value.text.starts_with('$') || value.is_template => {
            compared(script(value, directive)?, &sign.text, against, directive)?.ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

fn compared(
    value: Script,
    sign: &str,
    against: &ConfigWord,
    directive: &Directive,
) -> Result<Option<Test>, FileFault> {
    let positive = sign.strip_prefix('!');
    let test = match positive.unwrap_or(sign) {
        "=" => Test::Equal(value, script(against, directive)?),
        _ if against.is_template => Test::Open(Depends::Template),
        "~" => Test::Matches(value, pattern(&against.text, false, directive)?),
        "~*" => Test::Matches(value, pattern(&against.text, true, directive)?),
        _ => return Ok(None),
    };
    Ok(Some(if positive.is_some() {
        Test::Not(Box::new(test))
    } else {
        test
    }))
}

/// What comes after a rewrite with this flag; an absolute replacement is a redirect whatever the flag says.
fn then(flag: Option<&str>, is_absolute: bool, directive: &Directive) -> Result<Then, FileFault> {
    Ok(match flag {
        Some("permanent") => Then::Redirect(301),
        Some("redirect") => Then::Redirect(302),
        None | Some("last" | "break") if is_absolute => Then::Redirect(302),
        None => Then::Next,
        Some("last") => Then::Search,
        Some("break") => Then::Stop,
        Some(other) => {
            let says = format!("`rewrite` has no flag `{other}`");
            return Err(fault(directive.place, &says));
        }
    })
}

/// Whether nginx takes a text for a whole URL.
fn is_absolute(text: &str) -> bool {
    ["http://", "https://", "$scheme"]
        .iter()
        .any(|start| text.starts_with(start))
}

fn status(word: &ConfigWord, directive: &Directive) -> Result<u16, FileFault> {
    let code = word.text.parse().ok().filter(|code: &u16| *code <= 999);
    code.ok_or_else(|| {
        fault(
            directive.place,
            &format!("`{}` is no status for `return`", word.text),
        )
    })
}

fn pattern(
    text: &str,
    ignores_case: bool,
    directive: &Directive,
) -> Result<PathPattern, FileFault> {
    PathPattern::new(text, ignores_case).map_err(|says| fault(directive.place, &says))
}

fn script(word: &ConfigWord, directive: &Directive) -> Result<Script, FileFault> {
    Script::read(&word.text, word.is_template).map_err(|says| fault(directive.place, &says))
}
