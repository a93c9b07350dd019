//! `include`: the directives of other files stand where it stood.

use super::super::file::FileFault;
use super::token::{Directive, directives, fault};

/// A file that includes itself ends here.
const DEEPEST: usize = 16;

/// The directives of `text`, with those of the files that it includes, as far as they are given.
///
/// What comes from an included file has the place of its `include`: the places of a [`Rule`](super::super::Rule) are
/// those of one file.
pub(super) fn with_includes(
    text: &str,
    includes: &[(&str, &str)],
) -> Result<Vec<Directive>, FileFault> {
    expanded(directives(text)?, includes, 0)
}

fn expanded(
    read: Vec<Directive>,
    includes: &[(&str, &str)],
    depth: usize,
) -> Result<Vec<Directive>, FileFault> {
    let mut all = Vec::with_capacity(read.len());
    for mut directive in read {
        if let Some(block) = directive.block.take() {
            directive.block = Some(expanded(block, includes, depth)?);
        }
        match included(&directive, includes, depth)? {
            Some(inner) => all.extend(inner),
            None => all.push(directive),
        }
    }
    Ok(all)
}

/// What an `include` stands for; `None` for other directives, and where no such file is given.
fn included(
    directive: &Directive,
    includes: &[(&str, &str)],
    depth: usize,
) -> Result<Option<Vec<Directive>>, FileFault> {
    let [pattern] = directive.arguments() else {
        return Ok(None);
    };
    let files = || {
        includes
            .iter()
            .filter(|(name, _)| is_named(name, &pattern.text))
    };
    if directive.name() != "include" || files().next().is_none() {
        return Ok(None);
    }
    if depth == DEEPEST {
        return Err(fault(
            directive.place,
            "the files include each other without end",
        ));
    }
    let mut all = Vec::new();
    for (name, text) in files() {
        let inner = directives(text).and_then(|read| expanded(read, includes, depth + 1));
        let inner = inner.map_err(|inner| FileFault {
            place: Some(directive.place),
            says: match inner.place {
                Some(place) => format!("in `{name}`, line {}: {}", place.line, inner.says),
                None => format!("in `{name}`: {}", inner.says),
            },
        })?;
        all.extend(inner);
    }
    for inner in &mut all {
        moved(inner, directive);
    }
    Ok(Some(all))
}

fn moved(inner: &mut Directive, to: &Directive) {
    inner.place = to.place;
    inner
        .block
        .iter_mut()
        .flatten()
        .for_each(|inner| moved(inner, to));
}

/// Whether a file of this name is meant: the whole path, or its end, as one of both may be relative; `*` takes any text.
fn is_named(name: &str, pattern: &str) -> bool {
    let ends_with = |whole: &str, end: &str| {
        whole
            .strip_suffix(end)
            .is_some_and(|start| start.is_empty() || start.ends_with('/'))
    };
    let Some((before, behind)) = pattern.split_once('*') else {
        return ends_with(name, pattern) || ends_with(pattern, name);
    };
    let folder = before.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (named_folder, base) = name.rsplit_once('/').unwrap_or(("", name));
    let begin = before.rsplit('/').next().unwrap_or_default();
    let is_same_folder = named_folder.is_empty()
        || ends_with(folder, named_folder)
        || ends_with(named_folder, folder);
    is_same_folder
        && base.len() >= begin.len() + behind.len()
        && base.starts_with(begin)
        && base.ends_with(behind)
}

/// Whether a file that was not given is one of those that come with nginx and answer nothing.
pub(super) fn is_harmless(name: &str) -> bool {
    let base = name.rsplit('/').next().unwrap_or(name);
    let known = [
        "mime.types",
        "_params",
        "fastcgi.conf",
        "fastcgi-php.conf",
        "-utf",
        "-win",
    ];
    known.iter().any(|end| base.ends_with(end)) || base.contains("ssl")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_the_end_of_their_path() {
        for (name, pattern, expected) in [
            ("a.conf", "a.conf", true),
            ("a.conf", "/etc/nginx/a.conf", true),
            ("/etc/nginx/conf.d/a.conf", "conf.d/a.conf", true),
            ("ba.conf", "a.conf", false),
            ("conf.d/a.conf", "/etc/nginx/conf.d/*.conf", true),
            ("a.conf", "conf.d/*.conf", true),
            ("conf.d/a.map", "conf.d/*.conf", false),
            ("other/a.conf", "conf.d/*.conf", false),
        ] {
            assert_eq!(is_named(name, pattern), expected, "{name} {pattern}");
        }
    }

    #[test]
    fn faults_of_an_included_file_have_the_place_of_the_include() {
        let told = with_includes("a;\ninclude x;", &[("x", "\n}")]).unwrap_err();
        assert_eq!(told.place.map(|place| place.line), Some(2));
        assert!(told.says.starts_with("in `x`, line 2"), "{}", told.says);
        assert!(with_includes("include x;", &[("x", "include x;")]).is_err());
    }
}
