//! A path as a server of files sees it: decoded once, slashes merged, dot segments resolved.

use percent_encoding::percent_decode_str;

/// The path decoded, or `None` where a server answers 400: a `%` without two digits, a zero byte, `..` above the root.
pub(crate) fn decoded(path: &str) -> Option<Vec<u8>> {
    let bytes: Vec<u8> = percent_decode_str(path).collect();
    let is_whole = |(at, _): (usize, &str)| {
        let digits = path.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    (path.match_indices('%').all(is_whole) && !bytes.contains(&0) && bytes.first() == Some(&b'/'))
        .then_some(bytes)
}

/// Slashes merged and dot segments resolved; `None` where `..` leads above the root.
pub(crate) fn resolved(path: &[u8]) -> Option<Vec<u8>> {
    let mut segments: Vec<&[u8]> = Vec::new();
    let mut is_folder = true;
    for segment in path.split(|byte| *byte == b'/') {
        is_folder = matches!(segment, b"" | b"." | b"..");
        match segment {
            b"" | b"." => {}
            b".." => drop(segments.pop()?),
            name => segments.push(name),
        }
    }
    let mut whole: Vec<u8> = segments
        .iter()
        .flat_map(|segment| [b"/", *segment].concat())
        .collect();
    if is_folder {
        whole.push(b'/');
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once_and_resolved() {
        for (path, expected) in [
            ("/a", Some("/a")),
            ("/", Some("/")),
            ("//a///b/", Some("/a/b/")),
            ("/a/./b/../c", Some("/a/c")),
            ("/a/..", Some("/")),
            ("/a/.", Some("/a/")),
            ("/%61%2Fb%2525", Some("/a/b%25")),
            ("/%2e%2e/a", None),
            ("/%4", None),
            ("/%zz", None),
            ("/%00", None),
        ] {
            let read = decoded(path).and_then(|path| resolved(&path));
            assert_eq!(read.as_deref(), expected.map(str::as_bytes), "{path}");
        }
    }
}
