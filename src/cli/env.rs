//! The surroundings, read once.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use terminal_size::{Width, terminal_size};

/// Everything that is taken from the surroundings of the process; [`Env::read`] is called in `main` and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Env {
    /// What the variables wish of colour.
    pub color: ColorWish,
    /// The characters that the locale can show.
    pub charset: Charset,
    /// Whether standard output is a terminal.
    pub stdout_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub stderr_is_terminal: bool,
    /// Columns of the terminal that standard output is; `None` where it is none. `COLUMNS` goes first.
    pub width: Option<u16>,
    /// Whether a line may erase itself: not in the logs of continuous integration (`CI`), nor where `TERM` is `dumb`.
    pub animates: bool,
    /// The proxies that the variables name.
    pub proxies: ProxyVars,
    /// The home directory.
    pub home: Option<PathBuf>,
    /// `NETRC`: the file that `-n` reads in place of `~/.netrc`.
    pub netrc: Option<PathBuf>,
}

/// What the variables wish of colour; `--color` goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorWish {
    /// Colour on a terminal.
    #[default]
    Unsaid,
    /// None: [`NO_COLOR`](https://no-color.org) is set, or `TERM` is `dumb`.
    Never,
    /// Always: [`CLICOLOR_FORCE`](https://bixense.com/clicolors/) is set and is not `0`.
    Always,
}

/// The characters that an output may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// Arrows, check marks.
    #[default]
    Utf8,
    /// Nothing beyond ASCII in what rehop itself says.
    Ascii,
}

/// The variables that name proxies, as curl reads them: lower case first, and `HTTP_PROXY` in upper case never, because
/// a CGI server sets it from a request's Proxy field ([httpoxy](https://httpoxy.org)).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProxyVars {
    /// For http:// URLs: `http_proxy`.
    pub http: Option<Variable>,
    /// For https:// URLs: `https_proxy`, `HTTPS_PROXY`.
    pub https: Option<Variable>,
    /// For both where they have none of their own: `all_proxy`, `ALL_PROXY`.
    pub all: Option<Variable>,
    /// Hosts that are reached without: `no_proxy`, `NO_PROXY`.
    pub none: Option<Variable>,
}

/// A variable that is set, and to more than nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name, for messages.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Env {
    /// The surroundings of this process.
    #[must_use]
    pub fn read() -> Self {
        let stdout_is_terminal = io::stdout().is_terminal();
        let terminal = terminal_size()
            .map(|(Width(columns), _)| columns)
            .filter(|_| stdout_is_terminal);
        Self {
            stdout_is_terminal,
            stderr_is_terminal: io::stderr().is_terminal(),
            width: text("COLUMNS")
                .and_then(|columns| columns.parse().ok())
                .filter(|&columns| columns > 0)
                .or(terminal),
            ..Self::of(&|name| std::env::var_os(name))
        }
    }

    /// What these variables say, with no terminal anywhere.
    #[must_use]
    pub fn of(variable: &dyn Fn(&str) -> Option<OsString>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let said = |name: &str| set(name).map(|value| value.to_string_lossy().into_owned());
        let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        Self {
            color: color_wish(&said),
            charset: charset(&said),
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            width: None,
            animates: said("CI").is_none_or(|ci| ci == "false")
                && said("TERM").is_none_or(|term| term != "dumb"),
            proxies: ProxyVars::of(&said),
            home: set(home).map(PathBuf::from),
            netrc: set("NETRC").map(PathBuf::from),
        }
    }
}

impl ProxyVars {
    fn of(said: &dyn Fn(&str) -> Option<String>) -> Self {
        let first = |names: &[&str]| {
            names.iter().find_map(|name| {
                said(name).map(|value| Variable {
                    name: (*name).to_owned(),
                    value,
                })
            })
        };
        Self {
            http: first(&["http_proxy"]),
            https: first(&["https_proxy", "HTTPS_PROXY"]),
            all: first(&["all_proxy", "ALL_PROXY"]),
            none: first(&["no_proxy", "NO_PROXY"]),
        }
    }
}

fn text(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn color_wish(said: &dyn Fn(&str) -> Option<String>) -> ColorWish {
    if said("NO_COLOR").is_some() {
        ColorWish::Never
    } else if said("CLICOLOR_FORCE").is_some_and(|force| force != "0") {
        ColorWish::Always
    } else if said("TERM").is_some_and(|term| term == "dumb") {
        ColorWish::Never
    } else {
        ColorWish::Unsaid
    }
}

/// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set decides, as in POSIX; Windows consoles take UTF-8.
fn charset(said: &dyn Fn(&str) -> Option<String>) -> Charset {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| said(name))
        .unwrap_or_default()
        .to_lowercase();
    if cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8") {
        Charset::Utf8
    } else {
        Charset::Ascii
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(variables: &[(&str, &str)]) -> Env {
        Env::of(&|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn variables_wish_for_colour_in_their_order() {
        use ColorWish::{Always, Never, Unsaid};
        for (variables, wish) in [
            (&[][..], Unsaid),
            (&[("NO_COLOR", "")], Unsaid),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], Never),
            (&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], Always),
            (&[("CLICOLOR_FORCE", "0"), ("TERM", "dumb")], Never),
            (&[("TERM", "xterm-256color")], Unsaid),
        ] {
            assert_eq!(env(variables).color, wish, "{variables:?}");
        }
    }

    #[test]
    fn a_line_erases_itself_only_where_something_obeys() {
        for (variables, animates) in [
            (&[][..], true),
            (&[("CI", "true")], false),
            (&[("CI", "false")], true),
            (&[("TERM", "dumb")], false),
        ] {
            assert_eq!(env(variables).animates, animates, "{variables:?}");
        }
    }

    #[cfg(not(windows))]
    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        for (variables, charset) in [
            (&[][..], Charset::Ascii),
            (&[("LANG", "de_DE.UTF-8")], Charset::Utf8),
            (&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")], Charset::Ascii),
            (&[("LC_ALL", ""), ("LC_CTYPE", "C.utf8")], Charset::Utf8),
        ] {
            assert_eq!(env(variables).charset, charset, "{variables:?}");
        }
    }

    #[cfg(not(windows))]
    #[test]
    fn proxies_are_read_as_curl_reads_them() {
        let env = env(&[
            ("HTTP_PROXY", "http://cgi"),
            ("HTTPS_PROXY", "http://b"),
            ("https_proxy", "http://a"),
        ]);
        assert_eq!(env.proxies.http, None, "HTTP_PROXY may come from a request");
        assert_eq!(
            env.proxies.https.map(|proxy| proxy.value),
            Some("http://a".to_owned())
        );
    }
}
