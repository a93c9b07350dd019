//! Clients that the user named.

use std::path::Path;

use crate::check::nearest;
use crate::clients;
use crate::exit::UsageError;
use crate::intake::{ClientPlan, ProfilePlace};

/// The client of this name, or that of a file: a name that ends in `.json` or has a `/` in it.
///
/// # Errors
/// The nearest name.
pub(super) fn named(flag: &str, name: &str) -> Result<ClientPlan, UsageError> {
    let is_file = name.contains(['/', '\\']) || is_json(name);
    let profile = match clients::by_name(name) {
        Some(profile) => ProfilePlace::Known(profile),
        None if is_file => ProfilePlace::File(name.into()),
        None => return Err(unknown(flag, name)),
    };
    Ok(ClientPlan {
        name: name.to_owned(),
        profile,
    })
}

fn is_json(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// No client has this name.
pub(super) fn unknown(flag: &str, name: &str) -> UsageError {
    let hint = match nearest(name, clients::names()) {
        Some(meant) if flag.starts_with('-') => format!("did you mean `{flag} {meant}`?"),
        Some(meant) => format!("did you mean `rehop {flag} {meant}`?"),
        None => "`rehop clients` lists them".to_owned(),
    };
    UsageError::new(format!("{flag} {name}: no such client"), hint)
}

/// The clients of a list; `all` stands for every one that was measured.
pub(super) fn list(list: &str) -> Result<Vec<ClientPlan>, UsageError> {
    let mut clients: Vec<ClientPlan> = Vec::new();
    for name in list
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        let these = match name {
            "all" => clients::measured()
                .map(|profile| ClientPlan {
                    name: profile.id.clone(),
                    profile: ProfilePlace::Known(profile),
                })
                .collect(),
            name => vec![named("--clients", name)?],
        };
        for client in these {
            if !clients.iter().any(|there| there.profile == client.profile) {
                clients.push(client);
            }
        }
    }
    if clients.is_empty() {
        return Err(UsageError::new(
            "--clients names no client",
            "write `--clients all`, or a list such as curl,go",
        ));
    }
    Ok(clients)
}

/// Whether the word after `--clients` is a URL rather than its list; `others` says whether there are URLs beside it.
pub(crate) fn is_url(word: &str, others: bool) -> bool {
    let names_file = !word.contains("://") && word.split(',').any(is_json);
    match list(word) {
        Ok(_) if !word.contains(['/', ':']) => false,
        Ok(_) if names_file && (others || word.starts_with(['.', '/'])) => false,
        Err(_) if !word.contains(['/', ':']) => {
            let misspelt = others && nearest(word, clients::names()).is_some();
            word == "localhost" || (word.contains('.') && !misspelt)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_after_clients_is_its_list_where_it_names_clients() {
        for (word, others, url) in [
            ("all", false, false),
            ("curl,go1.27", true, false),
            ("mine.json", false, false),
            ("dir/mine.json,all", true, false),
            ("./mine.json", false, false),
            ("example.com/data.json", false, true),
            ("crul", false, false),
            ("go1.28", true, false),
            ("example.com", false, true),
            ("example.com", true, true),
            ("curl.se", false, true),
            ("localhost", true, true),
            (":8080/x", true, true),
            ("http://h/all", true, true),
            ("h/x", false, true),
        ] {
            assert_eq!(is_url(word, others), url, "{word}");
        }
    }

    #[test]
    fn a_list_names_each_client_once() {
        let names = |text: &str| {
            list(text).map(|list| {
                list.into_iter()
                    .map(|client| client.name)
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(
            names("go, curl,go1.27,./p.json").unwrap(),
            ["go", "curl", "./p.json"]
        );
        assert_eq!(names("go,all").unwrap().len(), clients::measured().count());
        assert_eq!(names(",").unwrap_err().says, "--clients names no client");
        assert_eq!(
            names("all,crul").unwrap_err().hint,
            "did you mean `--clients curl`?"
        );
    }
}
