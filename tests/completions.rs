//! The completions, loaded in real shells, and the man pages, read by mandoc.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::support::skip;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What a shell prints; `None`, with a printed reason, where it is not there.
fn shell(program: &str, args: &[&str]) -> Option<String> {
    let Ok(ran) = Command::new(program).args(args).current_dir(ROOT).output() else {
        skip(program);
        return None;
    };
    let printed = [ran.stdout, ran.stderr].concat();
    Some(String::from_utf8_lossy(&printed).into_owned())
}

/// What is typed, and words that are offered.
const OFFERED: [(&str, &[&str]); 7] = [
    ("rehop ex", &["explain"]),
    (
        "rehop --as chromium-f",
        &["chromium-fetch", "chromium-form"],
    ),
    (
        "rehop explain method-",
        &["method-changed", "method-not-kept"],
    ),
    ("rehop --format j", &["json", "jsonl"]),
    ("rehop --fail-on cross", &["cross-origin"]),
    ("rehop probe --against ure", &["ureq"]),
    // After a verb there is none.
    ("rehop demo ex", &[]),
];

/// The first words of the lines after each `== LINE`.
fn offered(printed: &str) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for line in printed.lines() {
        match (line.strip_prefix("== "), all.last_mut()) {
            (Some(typed), _) => all.push((typed.to_owned(), Vec::new())),
            (None, Some((_, words))) => {
                words.extend(line.split_whitespace().next().map(str::to_owned));
            }
            (None, None) => panic!("loading prints {printed}"),
        }
    }
    // Names of files are the shell's own offer.
    for (_, words) in &mut all {
        words.retain(|word| !Path::new(ROOT).join(word).exists());
    }
    all
}

fn hold(shell: &str, printed: &str) {
    let found = offered(printed);
    for (typed, words) in OFFERED {
        let (_, there) = found
            .iter()
            .find(|(line, _)| line == typed)
            .unwrap_or_else(|| panic!("{shell}: {typed} is missing: {printed}"));
        for word in words {
            assert!(
                there.iter().any(|there| there == word),
                "{shell}: {typed}: {there:?}"
            );
        }
        assert_eq!(
            there.is_empty(),
            words.is_empty(),
            "{shell}: {typed}: {there:?}"
        );
    }
}

#[test]
fn bash_completes_verbs_and_values() {
    let mut script = String::from(
        "source completions/rehop.bash\n\
         try() { local line=\"$1\"; COMP_WORDS=($line); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )); COMPREPLY=()\n\
         _rehop rehop \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"\n\
         echo \"== $line\"; [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' \"${COMPREPLY[@]}\"; }\n",
    );
    for (typed, _) in OFFERED {
        let _ = writeln!(script, "try '{typed}'");
    }
    if let Some(printed) = shell("bash", &["--norc", "-c", &script]) {
        hold("bash", &printed);
    }
}

#[test]
fn fish_completes_verbs_and_values() {
    let mut script = String::from("source completions/rehop.fish\n");
    for (typed, _) in OFFERED {
        let _ = writeln!(script, "echo '== {typed}'; complete -C'{typed}'");
    }
    if let Some(printed) = shell("fish", &["--no-config", "-c", &script]) {
        hold("fish", &printed);
    }
}

#[test]
#[ignore = "zsh is asked in a terminal, which takes eight seconds: .ci/run"]
fn zsh_completes_verbs_and_values() {
    // zsh completes in a terminal alone: one of its own, whose lists are read as they are drawn.
    let mut script = String::from(
        "zmodload zsh/zpty; zpty z zsh -f\n\
         zpty -w z \"PS1=; fpath=($PWD/completions \\$fpath); autoload -U compinit; compinit -u -D; \
         zstyle ':completion:*' list-colors ''; LISTMAX=0; bindkey '^I' list-choices; stty -echo; echo READY\"\n\
         sleep 1.5\n",
    );
    for (typed, _) in OFFERED {
        let _ = writeln!(
            script,
            "zpty -w -n z '{typed}'$'\\t'; sleep 0.7; zpty -w -n z $'\\C-u'; sleep 0.2"
        );
    }
    script += "sleep 0.3; while zpty -r -t z line; do print -r -- \"$line\"; done\n";
    let Some(printed) = shell("zsh", &["-f", "-c", &script]) else {
        return;
    };
    // What is drawn from one line on to the next.
    let drawn = |n: usize| {
        let begins = |n: usize| OFFERED.get(n).and_then(|(typed, _)| printed.find(typed));
        let from = begins(n).unwrap_or(printed.len());
        &printed[from..begins(n + 1).unwrap_or(printed.len())]
    };
    assert!(!printed.contains("error"), "{printed}");
    for (n, (typed, words)) in OFFERED.iter().enumerate() {
        for word in *words {
            assert!(drawn(n).contains(word), "zsh: {typed}: {}", drawn(n));
        }
    }
    let after_verb = drawn(OFFERED.len() - 1);
    assert!(
        !after_verb.contains("explain"),
        "verbs after a verb: {after_verb}"
    );
}

#[test]
fn man_pages_are_clean() {
    let pages = std::fs::read_dir(Path::new(ROOT).join("man")).unwrap();
    let pages: Vec<String> = pages
        .map(|page| page.unwrap().path().to_string_lossy().into_owned())
        .collect();
    assert!(pages.len() > 8, "{pages:?}");
    for page in pages {
        match shell("mandoc", &["-T", "lint", "-W", "warning", &page]) {
            Some(printed) => assert_eq!(printed, ""),
            None => return,
        }
    }
}
