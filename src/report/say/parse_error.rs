//! What is wrong with an expectation or a list of findings, shown as compilers show it.

use crate::check::{KeyRow, ParseError, ParseFault, ROWS};
use crate::lab::probe;
use crate::rules::findings::NOTES;

/// Three lines, so that a caller that names the flag or the file before them need not know its length:
///
/// ```text
/// no key `stauts`
///   stauts = 200
///   ^~~~~~ did you mean `status`?
/// ```
#[must_use]
pub fn parse_error(error: &ParseError) -> String {
    // One column for each character, and nothing that moves a terminal's cursor.
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let shown: String = error.text.chars().map(plain).collect();
    let (problem, cure) = (problem(error), cure(error));
    let (at, tail) = (error.at, "~".repeat(error.width.saturating_sub(1)));
    format!("{problem}\n  {shown}\n  {:at$}^{tail} {cure}", "")
}

fn problem(error: &ParseError) -> String {
    let piece = error.piece.as_str();
    match &error.fault {
        ParseFault::UnknownKey(_) if piece.trim().is_empty() => "no key".to_owned(),
        ParseFault::UnknownKey(_) => format!("no key `{piece}`"),
        ParseFault::NoSuchHop { number, .. } => format!("no hop `{number}`"),
        ParseFault::NoOperator(_) => "no operator".to_owned(),
        ParseFault::NotAdmitted(row) => format!("`{}` does not go with `{piece}`", row.key),
        ParseFault::UnknownOperator(..) => format!("no operator `{piece}`"),
        ParseFault::NoValue(_) => "no value".to_owned(),
        ParseFault::NotAValue(row, _) => format!("`{piece}` is no value of `{}`", row.key),
        ParseFault::UnknownFinding(_) if is_probes(piece) => {
            format!("`{piece}` is found by `rehop probe`, not in a chain")
        }
        ParseFault::UnknownFinding(_) => format!("no finding `{piece}`"),
    }
}

/// Whether this is a finding of the probe alone, which `rehop explain` lists too.
fn is_probes(id: &str) -> bool {
    probe::notes::NOTES.iter().any(|note| note.id == id)
}

fn cure(error: &ParseError) -> String {
    match &error.fault {
        ParseFault::UnknownKey(Some(meant)) | ParseFault::NotAValue(_, Some(meant)) => {
            did_you_mean(meant)
        }
        ParseFault::UnknownOperator(_, Some(meant)) | ParseFault::UnknownFinding(Some(meant)) => {
            did_you_mean(meant)
        }
        ParseFault::UnknownKey(None) if error.piece.trim().is_empty() => {
            format!("an expectation is KEY OP VALUE; keys are {}", keys())
        }
        ParseFault::UnknownKey(None) => format!("keys are {}", keys()),
        ParseFault::NoSuchHop { meant, .. } => format!("hops are counted from 1: {meant}"),
        ParseFault::NoOperator(row) => {
            format!("write one of {} before the value", operators(row))
        }
        ParseFault::NotAdmitted(row) => format!("it goes with {}", operators(row)),
        ParseFault::UnknownOperator(row, None) => format!("write one of {}", operators(row)),
        ParseFault::NoValue(row) => format!("`{}` is compared with {}", row.key, row.value),
        ParseFault::NotAValue(row, None) => format!("write {}", row.value),
        ParseFault::UnknownFinding(None) => {
            let ids: Vec<&str> = NOTES.iter().map(|note| note.id).collect();
            format!("findings are {}", ids.join(", "))
        }
    }
}

fn did_you_mean(word: &str) -> String {
    format!("did you mean `{word}`?")
}

fn keys() -> String {
    ROWS.each_ref().map(|row| row.key).join(", ")
}

fn operators(row: &KeyRow) -> String {
    let operators: Vec<&str> = row.ops.iter().map(|op| op.as_str()).collect();
    operators.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Expectation, FailOn};

    #[test]
    fn faults_of_expectations_are_pointed_at_with_their_cure() {
        for (text, shown) in [
            (
                "stauts = 200",
                "no key `stauts`\n  stauts = 200\n  ^~~~~~ did you mean `status`?",
            ),
            (
                "Final=/",
                "no key `Final`\n  Final=/\n  ^~~~~ did you mean `final`?",
            ),
            (
                "hop2.stats=1",
                "no key `hop2.stats`\n  hop2.stats=1\n  ^~~~~~~~~~ did you mean `hop2.status`?",
            ),
            (
                "heder.x-y=1",
                "no key `heder.x-y`\n  heder.x-y=1\n  ^~~~~~~~~ did you mean `header.x-y`?",
            ),
            (
                "hop0.status = 200",
                "no hop `0`\n  hop0.status = 200\n  ^~~~~~~~~~~ hops are counted from 1: hop1.status",
            ),
            (
                "verdict ~ req*",
                "`verdict` does not go with `~`\n  verdict ~ req*\n          ^ it goes with = != < <= > >=",
            ),
            (
                "time = 2s",
                "`time` does not go with `=`\n  time = 2s\n       ^ it goes with < <= > >=",
            ),
            (
                "status == 200",
                "no operator `==`\n  status == 200\n         ^~ did you mean `=`?",
            ),
            (
                "hops =< 2",
                "no operator `=<`\n  hops =< 2\n       ^~ did you mean `=`?",
            ),
            (
                "status 200",
                "no operator\n  status 200\n         ^~~ write one of = != < <= > >= ~ !~ before the value",
            ),
            (
                "hops",
                "no operator\n  hops\n      ^ write one of = != < <= > >= before the value",
            ),
            (
                "hops =",
                "no value\n  hops =\n        ^ `hops` is compared with 1",
            ),
            (
                "hops = two",
                "`two` is no value of `hops`\n  hops = two\n         ^~~ write 1",
            ),
            (
                "status = 2xx",
                "`2xx` is no value of `status`\n  status = 2xx\n           ^~~ write 200",
            ),
            (
                "status = 20",
                "`20` is no value of `status`\n  status = 20\n           ^~ write 200",
            ),
            (
                "codes=301,,200",
                "`` is no value of `codes`\n  codes=301,,200\n            ^ write 301,200",
            ),
            (
                "codes=301,2",
                "`2` is no value of `codes`\n  codes=301,2\n            ^ write 301,200",
            ),
            (
                "body = keept",
                "`keept` is no value of `body`\n  body = keept\n         ^~~~~ did you mean `kept`?",
            ),
            (
                "time < 2",
                "`2` is no value of `time`\n  time < 2\n         ^ write 500ms or 2s",
            ),
            (
                "end = landded",
                "`landded` is no value of `end`\n  end = landded\n        ^~~~~~~ did you mean `landed`?",
            ),
            (
                "cokie.sid = present",
                "no key `cokie.sid`\n  cokie.sid = present\n  ^~~~~~~~~ did you mean `cookie.sid`?",
            ),
            (
                "findings != downgrad",
                "no finding `downgrad`\n  findings != downgrad\n              ^~~~~~~~ did you mean `downgrade`?",
            ),
            (
                "verdict = weather",
                "`weather` is no value of `verdict`\n  verdict = weather\n            ^~~~~~~ write required, recommended, permitted, \
                 discouraged or forbidden",
            ),
            (
                "redirect = 1",
                "no key `redirect`\n  redirect = 1\n  ^~~~~~~~ did you mean `redirects`?",
            ),
            ("é = 1", "no key `é`"),
            ("", "no key\n  \n  ^ an expectation is KEY OP VALUE"),
            (
                "\u{1b}[2J=\t1",
                "no key `\u{1b}[2J`\n   [2J= 1\n  ^~~~ keys are end",
            ),
        ] {
            let fault = Expectation::parse(text)
                .map(|e| e.to_string())
                .map_err(|fault| parse_error(&fault));
            assert!(
                fault.as_ref().is_err_and(|fault| fault.starts_with(shown)),
                "{text:?}: {fault:#?}"
            );
        }
    }

    #[test]
    fn unknown_findings_are_pointed_at_with_their_cure() {
        for (text, shown) in [
            (
                "too-long,to-long",
                "no finding `to-long`\n  too-long,to-long\n           ^~~~~~~ did you mean `too-long`?",
            ),
            (
                "weather",
                "no finding `weather`\n  weather\n  ^~~~~~~ findings are ",
            ),
            (
                "too-long,",
                "no finding ``\n  too-long,\n           ^ findings are ",
            ),
            ("", "no finding ``"),
        ] {
            let fault = FailOn::parse(text).map_err(|fault| parse_error(&fault));
            assert!(
                fault.as_ref().is_err_and(|fault| fault.starts_with(shown)),
                "{text:?}: {fault:#?}"
            );
        }
    }
}
