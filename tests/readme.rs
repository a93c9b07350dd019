//! What the README shows is what happens.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::{rehop, skip};
use rehop::exit::Exit;
use rehop::report::Format;

fn readme() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"))
        .expect("the README is there")
}

/// The examples `$ rehop … | jq …` with what they print.
fn jq_examples(readme: &str) -> Vec<(String, String, String)> {
    let blocks = readme
        .split("```console\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next());
    let examples = blocks
        .flat_map(|block| block.split("\n\n"))
        .filter_map(|example| {
            let (command, printed) = example.split_once('\n')?;
            let (words, filter) = command.strip_prefix("$ rehop ")?.split_once(" | jq ")?;
            Some((
                words.to_owned(),
                filter.to_owned(),
                printed.trim_end_matches('\n').to_owned(),
            ))
        });
    examples.collect()
}

#[test]
fn readme_jq_examples_print_what_they_show() {
    let examples = jq_examples(&readme());
    assert!(examples.len() >= 4, "the examples were not found");
    if Command::new("jq").arg("--version").output().is_err() {
        return skip("jq");
    }
    for (words, filter, printed) in examples {
        let run = rehop(&words.split(' ').collect::<Vec<_>>());
        let (options, filter) = filter.split_once('\'').unwrap();
        let mut jq = Command::new("jq")
            .args(options.split_whitespace())
            .arg(filter.trim_end_matches('\''))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        jq.stdin
            .take()
            .unwrap()
            .write_all(run.out.as_bytes())
            .unwrap();
        let output = jq.wait_with_output().unwrap();
        assert_eq!(
            String::from_utf8_lossy(&output.stdout).trim_end_matches('\n'),
            printed,
            "{filter}"
        );
    }
}

#[test]
fn readme_exit_codes_are_those_of_the_program() {
    let (readme, plain) = (readme(), |text: &str| text.replace('`', ""));
    let rows: Vec<(String, String)> = readme
        .lines()
        .filter_map(|line| {
            line.strip_prefix("| ")?
                .strip_suffix(" |")?
                .split_once(" | ")
        })
        .filter(|(code, _)| code.parse::<u8>().is_ok())
        .map(|(code, says)| (code.to_owned(), plain(says)))
        .collect();
    let ours = Exit::ALL.map(|exit| (exit.code().to_string(), exit.says().to_owned()));
    assert_eq!(rows, ours);
}

/// Times and ports differ from run to run; the shape of the demo does not.
#[test]
fn readme_first_screen_is_the_demo() {
    let shape = |text: &str| -> Vec<String> {
        let words = |line: &str| {
            line.split_whitespace()
                .filter(|word| !word.contains("127.0.0.1"))
                .map(unmeasured)
                .collect::<Vec<_>>()
                .join(" ")
        };
        text.lines().map(words).collect()
    };
    let readme = readme();
    let shown = readme
        .split("$ rehop demo\n")
        .nth(1)
        .unwrap()
        .split("\n```")
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(shape(rehop(&["demo"]).out.trim_end()), shape(&shown));
}

/// The part that is shown of what other clients would have sent.
#[test]
fn readme_comparison_is_the_one_made() {
    let readme = readme();
    let shown = readme
        .split("$ rehop demo --clients\n")
        .nth(1)
        .unwrap()
        .split("\n```")
        .next()
        .unwrap();
    let made = rehop(&["demo", "--clients"]).out;
    assert!(made.contains(shown), "{made}");
}

fn unmeasured(word: &str) -> String {
    if word.parse::<f64>().is_ok_and(|_| word.contains('.')) {
        "T".to_owned()
    } else {
        word.to_owned()
    }
}

#[test]
fn readme_names_every_format() {
    let readme = readme();
    let section = readme.split("\n## For other programs").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    for format in Format::ALL {
        let name = format!("`{}`", format.name());
        assert!(section.contains(&name), "{name}");
    }
}
