//! Many names in little room.

use super::Layout;
use crate::clients::spoken;

/// Lines that a list of names takes.
const LINES: usize = 2;

/// As many of these names as fit into two lines of `room` columns, and how many there are besides.
pub(super) fn fitting(layout: Layout, names: &[String], room: usize) -> String {
    let shown: Vec<String> = names.iter().map(|name| layout.show(name).into_owned()).collect();
    let spoken = spoken(shown.iter().map(String::as_str));
    // Lines are seldom full to the last column.
    let budget = room * LINES - room / 4;
    let whole = spoken.join(", ");
    if spoken.len() == shown.len() && whole.chars().count() <= budget {
        return whole;
    }
    let budget = budget.saturating_sub(" and 99 more".len());
    let (mut text, mut named) = (String::new(), 0);
    for name in &spoken {
        if named > 0 && text.chars().count() + ", ".len() + name.chars().count() > budget {
            break;
        }
        text += if named > 0 { ", " } else { "" };
        text += name;
        named += 1;
    }
    match shown.len() - named {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Detail;

    #[test]
    fn what_does_not_fit_is_counted() {
        let layout = Layout { width: 80, unicode: true, colour: false, detail: Detail::Normal };
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for (list, room, text) in [
            (&["curl"][..], 20, "curl"),
            (&["curl", "go", "java"], 20, "curl, go, java"),
            (&["curl", "curl-X", "go"], 40, "curl, go and 1 more"),
            (&["curl", "requests", "axios", "urllib3", "okhttp"], 20, "curl, requests and 3 more"),
        ] {
            assert_eq!(fitting(layout, &names(list), room), text);
        }
    }
}
