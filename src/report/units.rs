//! Sizes and durations as people read them.

use super::view::Millis;

/// A size: `7 B`, `1.2 kB`, `3.4 MB`; decimal units.
pub(super) fn size(bytes: u64) -> String {
    let Some((unit, name)) = UNITS.iter().find(|(unit, _)| bytes >= *unit) else {
        return format!("{bytes} B");
    };
    let (whole, tenth) = (bytes / unit, bytes % unit * 10 / unit);
    if whole < 100 {
        format!("{whole}.{tenth} {name}")
    } else {
        format!("{whole} {name}")
    }
}

const UNITS: [(u64, &str); 4] = [
    (1_000_000_000_000, "TB"),
    (1_000_000_000, "GB"),
    (1_000_000, "MB"),
    (1_000, "kB"),
];

/// A size within a sentence: `7-byte`, `1.2 kB`.
pub(super) fn size_adjective(bytes: u64) -> String {
    if bytes < 1000 {
        format!("{bytes}-byte")
    } else {
        size(bytes)
    }
}

/// A size that stands for itself: `7 bytes`, `1.2 kB`.
pub(super) fn size_in_words(bytes: u64) -> String {
    if bytes < 1000 {
        count(bytes, "byte")
    } else {
        size(bytes)
    }
}

/// A duration: `0.04 ms`, `0.8 ms`, `123 ms`, `4.56 s`.
pub(super) fn duration(Millis(ms): Millis) -> String {
    match ms {
        ..0.095 => format!("{ms:.2} ms"),
        ..99.95 => format!("{ms:.1} ms"),
        ..999.5 => format!("{ms:.0} ms"),
        _ => format!("{:.2} s", ms / 1e3),
    }
}

/// `1 redirect`, `2 redirects`.
pub(super) fn count(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_durations_are_short() {
        for (bytes, shown, adjective) in [
            (0, "0 B", "0-byte"),
            (999, "999 B", "999-byte"),
            (1_000, "1.0 kB", "1.0 kB"),
            (99_999, "99.9 kB", "99.9 kB"),
            (100_000, "100 kB", "100 kB"),
            (1_073_741_824, "1.0 GB", "1.0 GB"),
            (u64::MAX, "18446744 TB", "18446744 TB"),
        ] {
            assert_eq!(
                (size(bytes).as_str(), size_adjective(bytes).as_str()),
                (shown, adjective)
            );
        }
        for (ms, shown) in [
            (0.0, "0.00 ms"),
            (0.04, "0.04 ms"),
            (0.84, "0.8 ms"),
            (99.94, "99.9 ms"),
            (99.96, "100 ms"),
            (999.6, "1.00 s"),
            (75_300.0, "75.30 s"),
        ] {
            assert_eq!(duration(Millis(ms)), shown);
        }
    }
}
