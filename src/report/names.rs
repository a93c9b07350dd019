//! Many names in little room.

use super::Layout;
use super::page::wrapped;
use crate::clients::spoken;

/// Lines that a list of names takes.
const LINES: usize = 2;

/// As many of these names as fit into two lines of `room` columns, and how many there are besides.
pub(super) fn fitting(layout: Layout, names: &[String], room: usize) -> String {
    let shown: Vec<String> = names
        .iter()
        .map(|name| layout.show(name).into_owned())
        .collect();
    let spoken = spoken(shown.iter().map(String::as_str));
    let told = |named: usize| match shown.len() - named {
        0 => spoken[..named].join(", "),
        more => format!("{} and {more} more", spoken[..named].join(", ")),
    };
    let fits = |text: &String| wrapped(text, room.max(1)).len() <= LINES;
    let most = (1..=spoken.len()).rev().map(told).find(fits);
    most.unwrap_or_else(|| told(spoken.len().min(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Detail;

    #[test]
    fn what_does_not_fit_is_counted() {
        let layout = Layout {
            width: 80,
            unicode: true,
            colour: false,
            detail: Detail::Normal,
            whole: false,
        };
        let names = |list: &[&str]| {
            list.iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        for (list, room, text) in [
            (&["curl"][..], 20, "curl"),
            (&["curl", "go", "java"], 20, "curl, go, java"),
            (&["curl", "curl-X", "go"], 40, "curl, go and 1 more"),
            (
                &["curl", "requests", "axios", "urllib3", "okhttp"],
                20,
                "curl, requests, axios and 2 more",
            ),
        ] {
            assert_eq!(fitting(layout, &names(list), room), text);
        }
    }
}
