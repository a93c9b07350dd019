//! The directives of `mod_alias` and `mod_rewrite`, from their words.
//!
//! Sources: <https://httpd.apache.org/docs/2.4/mod/mod_alias.html>, <https://httpd.apache.org/docs/2.4/rewrite/flags.html>.

use super::super::file::FileFault;
use super::super::pattern::PathPattern;
use super::config::{AliasFrom, AliasRedirect, Check, RewriteCondition, RewriteRule, RuleFlags};
use super::line::{Line, fault, rewrite_arguments, words};

/// A directive of `mod_alias`; `below` is the `<Location>` around it.
pub(super) fn redirect(line: &Line, below: Option<&str>) -> Result<AliasRedirect, FileFault> {
    let args = words(&line.rest);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let is_pattern = line.name == "redirectmatch";
    let default = if line.name == "redirectpermanent" {
        301
    } else {
        302
    };
    let has_status = matches!(line.name.as_str(), "redirect" | "redirectmatch");
    let status = args
        .first()
        .filter(|_| has_status)
        .and_then(|first| alias_status(first));
    let rest = if status.is_some() {
        &args[1..]
    } else {
        &args[..]
    };
    let status = status.unwrap_or(default);
    let is_redirect = (300..400).contains(&status);
    let (from, to) = match (rest, below) {
        ([to], Some(below)) if is_redirect => (AliasFrom::Below(below.to_owned()), Some(*to)),
        ([], Some(below)) if !is_redirect => (AliasFrom::Below(below.to_owned()), None),
        // The forgotten source: the status is the path, as mod_alias compares no source that begins without `/`.
        ([from], _) if !is_redirect => (source(line, from, is_pattern)?, None),
        ([from, to], _) if is_redirect => (source(line, from, is_pattern)?, Some(*to)),
        ([_, _], _) => return Err(fault(line, "a status outside of 3xx takes no target")),
        ([_], _) if is_redirect => return Err(fault(line, "the URL to redirect to is missing")),
        _ => return Err(fault(line, "it takes a status, a path and a URL")),
    };
    if let Some(to) = to.filter(|to| !is_pattern && !to.starts_with('/') && !is_url(to)) {
        return Err(fault(line, &format!("`{to}` is neither a URL nor a path")));
    }
    Ok(AliasRedirect {
        from,
        to: to.map(str::to_owned),
        status,
        rule: 0,
    })
}

fn source(line: &Line, from: &str, is_pattern: bool) -> Result<AliasFrom, FileFault> {
    if !is_pattern {
        return Ok(AliasFrom::Prefix(from.to_owned()));
    }
    let pattern = PathPattern::new(from, false).map_err(|says| fault(line, &says))?;
    Ok(AliasFrom::Pattern(pattern))
}

fn alias_status(word: &str) -> Option<u16> {
    match word.to_ascii_lowercase().as_str() {
        "permanent" => Some(301),
        "temp" => Some(302),
        "seeother" => Some(303),
        "gone" => Some(410),
        _ => word.parse().ok(),
    }
}

/// Whether Apache takes a text for a whole URL.
pub(super) fn is_url(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        !scheme.is_empty() && scheme.chars().all(is_part)
    })
}

/// `RewriteRule`, which takes the conditions that stood before it.
pub(super) fn rewrite_rule(
    line: &Line,
    conditions: Vec<RewriteCondition>,
) -> Result<RewriteRule, FileFault> {
    let (pattern, to, flags) = rewrite_arguments(line)?;
    let mut read = RuleFlags::default();
    for (name, value) in flag_pairs(flags.as_deref().unwrap_or("[]")) {
        rule_flag(&mut read, &name, &value).map_err(|says| fault(line, &says))?;
    }
    let (plain, is_negated) = negated(&pattern);
    let pattern = PathPattern::new(plain, read.ignores_case).map_err(|says| fault(line, &says))?;
    Ok(RewriteRule {
        pattern,
        is_negated,
        to,
        flags: read,
        conditions,
        rule: 0,
    })
}

/// `RewriteCond`.
pub(super) fn condition(line: &Line) -> Result<RewriteCondition, FileFault> {
    let (subject, pattern, flags) = rewrite_arguments(line)?;
    let (mut or_next, mut ignores_case) = (false, false);
    for (name, _) in flag_pairs(flags.as_deref().unwrap_or("[]")) {
        match name.to_ascii_lowercase().as_str() {
            "or" | "ornext" => or_next = true,
            "nc" | "nocase" => ignores_case = true,
            "nv" | "novary" => {}
            _ => return Err(fault(line, &format!("unknown flag `{name}`"))),
        }
    }
    let (plain, mut is_negated) = negated(&pattern);
    let check = if subject.eq_ignore_ascii_case("expr") {
        Check::Expression
    } else if let Some(check) = comparison(plain) {
        check
    } else if let Some(number) = plain
        .strip_prefix("-ne")
        .filter(|number| !number.is_empty())
    {
        is_negated = !is_negated;
        Check::Number("-eq", number.to_owned())
    } else {
        Check::Pattern(PathPattern::new(plain, ignores_case).map_err(|says| fault(line, &says))?)
    };
    let words = format!("{subject} {pattern}");
    Ok(RewriteCondition {
        subject,
        check,
        is_negated,
        or_next,
        ignores_case,
        words,
    })
}

fn comparison(text: &str) -> Option<Check> {
    if text.len() == 2 && text.starts_with('-') && "fsdxhlLUF".contains(&text[1..]) {
        return Some(Check::File);
    }
    let numbers = ["-eq", "-lt", "-gt", "-le", "-ge"];
    for sign in numbers {
        if let Some(number) = text.strip_prefix(sign).filter(|number| !number.is_empty()) {
            return Some(Check::Number(sign, number.to_owned()));
        }
    }
    // A sign alone is a pattern.
    let sign = [">=", "<=", ">", "<", "="]
        .into_iter()
        .find(|sign| text.starts_with(sign))?;
    let against = text[sign.len()..].to_owned();
    let against = if against == "\"\"" {
        String::new()
    } else {
        against
    };
    (text.len() > 1).then_some(Check::Text(sign, against))
}

fn negated(pattern: &str) -> (&str, bool) {
    match pattern.strip_prefix('!') {
        Some(plain) => (plain, true),
        None => (pattern, false),
    }
}

fn flag_pairs(flags: &str) -> Vec<(String, String)> {
    let inner = flags.trim_start_matches('[').trim_end_matches(']');
    let flags = inner
        .split(',')
        .map(str::trim_ascii)
        .filter(|flag| !flag.is_empty());
    flags
        .map(|flag| {
            let (name, value) = flag.split_once('=').unwrap_or((flag, ""));
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

fn rule_flag(flags: &mut RuleFlags, name: &str, value: &str) -> Result<(), String> {
    match name.to_ascii_lowercase().as_str() {
        "r" | "redirect" => flags.status = Some(rewrite_status(value)?),
        "g" | "gone" => flags.status = Some(410),
        "f" | "forbidden" => flags.status = Some(403),
        "l" | "last" => flags.last = true,
        "end" => flags.end = true,
        "nc" | "nocase" => flags.ignores_case = true,
        "ne" | "noescape" => flags.keeps_escapes = true,
        "qsa" | "qsappend" => flags.appends_query = true,
        "qsd" | "qsdiscard" => flags.discards_query = true,
        "n" | "next" => flags.again = true,
        "c" | "chain" => flags.chains = true,
        "p" | "proxy" => flags.proxy = true,
        "pt" | "passthrough" => flags.passes_through = true,
        "b" | "backrefescaping" => flags.escapes_groups = true,
        "s" | "skip" => flags.skip = value.parse().unwrap_or(0),
        "e" | "env" => {
            let (variable, value) = value.split_once(':').unwrap_or((value, ""));
            flags
                .variables
                .push((variable.to_owned(), value.to_owned()));
        }
        "co" | "cookie" | "t" | "type" | "h" | "handler" | "ns" | "nosubreq" | "dpi"
        | "discardpath" | "qsl" | "qslast" | "bnp" | "backrefnoplus" | "bctls" | "bne" | "unc"
        | "unsafeallow3f" | "unsafeprefixstat" => {}
        _ => return Err(format!("unknown flag `{name}`")),
    }
    Ok(())
}

/// The status of `R`: one that Apache has a name for.
fn rewrite_status(value: &str) -> Result<u16, String> {
    let status = match value.to_ascii_lowercase().as_str() {
        "" | "temp" => 302,
        "permanent" => 301,
        "seeother" => 303,
        _ => value.parse().unwrap_or(0),
    };
    let is_known = matches!(status, 100..=102 | 200..=208 | 226 | 300..=305 | 307 | 308 | 400..=417
        | 421..=426 | 428 | 429 | 431 | 451 | 500..=508 | 510 | 511);
    is_known
        .then_some(status)
        .ok_or_else(|| format!("`{value}` is no status that Apache knows"))
}
