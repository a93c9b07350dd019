//! How a client reads odd Locations, from what it made of those of the lab.

use super::odd::{Odd, OddReading as Read};
use super::predict::agrees;
use super::probed::Probed;
use crate::rules::policy::{
    AbsentAuthority, Accepts, Backslash, Control, Dialect, DotSegments, EncodedDots, Ending,
    Escapes, HexCase, LocationReading, LonePercent, Missing, NetworkPath, NonAscii, NumericHost,
    OpeningBackslash, OtherScheme, Policy, ReadAs, SameResource, SameScheme, Several, Space, Tab,
    TrailingSpace, Undecodable, Userinfo, Vague,
};

/// Chooses a value.
type Choice = Box<dyn Fn(&mut Dialect)>;

/// One setting of a dialect, and the forms of Location that show it.
struct Setting {
    forms: &'static [&'static str],
    /// What there is beside the default, the likeliest first.
    choices: Vec<Choice>,
}

/// A setting with this setter and these values.
fn of<V: Clone + 'static, const N: usize>(
    forms: &'static [&'static str],
    set: fn(&mut Dialect, V),
    values: [V; N],
) -> Setting {
    let choice = |value: V| -> Choice { Box::new(move |dialect| set(dialect, value.clone())) };
    Setting {
        forms,
        choices: values.map(choice).into(),
    }
}

/// The settings that the forms of the lab show, in the order in which they are settled: later ones lean on earlier ones.
fn settings() -> Vec<Setting> {
    [
        absent(),
        segments(),
        openings(),
        blanks(),
        octets(),
        undecodable(),
        targets(),
        again(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Locations that are missing, or that name no more than a part of a URL.
fn absent() -> Vec<Setting> {
    vec![
        of(
            &["missing"],
            |d, v| d.missing = v,
            [ReadAs::ERROR, ReadAs::As(Missing::Itself)],
        ),
        of(
            &["empty", "spaces-only"],
            |d, v| d.empty = v,
            [
                ReadAs::RESPONSE,
                ReadAs::ERROR,
                ReadAs::As(Vague::Directory),
            ],
        ),
        of(
            &["fragment-only"],
            |d, v| d.fragment_only = v,
            [
                ReadAs::As(SameResource::Directory),
                ReadAs::RESPONSE,
                ReadAs::ERROR,
            ],
        ),
        of(
            &["query-only"],
            |d, v| d.query_only = v,
            [
                ReadAs::As(SameResource::Directory),
                ReadAs::RESPONSE,
                ReadAs::ERROR,
            ],
        ),
    ]
}

/// Dot segments.
fn segments() -> Vec<Setting> {
    vec![
        of(
            &["dot-segments", "above-root"],
            |d, v| d.dots_relative = v,
            [
                DotSegments::LeadingKept,
                DotSegments::Kept,
                DotSegments::Refused,
            ],
        ),
        of(
            &["encoded-dots"],
            |d, v| d.dots_encoded = v,
            [EncodedDots::Removed, EncodedDots::Decoded],
        ),
    ]
}

/// What stands before the path: slashes, backslashes, a scheme.
fn openings() -> Vec<Setting> {
    vec![
        of(
            &["network-path"],
            |d, v| d.network_path = v,
            [ReadAs::As(NetworkPath::Path), ReadAs::ERROR],
        ),
        of(
            &["no-slashes"],
            |d, v| d.same_scheme_no_slashes = v,
            [
                ReadAs::As(SameScheme::Path),
                ReadAs::Unreadable,
                ReadAs::RESPONSE,
                ReadAs::ERROR,
            ],
        ),
        of(
            &["empty-host"],
            |d, v| d.absent_authority = v,
            [
                ReadAs::As(AbsentAuthority::Base),
                ReadAs::As(AbsentAuthority::Path),
                ReadAs::Unreadable,
                ReadAs::RESPONSE,
                ReadAs::ERROR,
            ],
        ),
        of(
            &["backslash-path"],
            |d, v| d.backslash = v,
            [Backslash::Kept, Backslash::Escaped, Backslash::Refused],
        ),
        of(&["backslashes"], |d, v| d.double_backslash = v, OPENINGS),
        of(&["slash-backslash"], |d, v| d.slash_backslash = v, OPENINGS),
    ]
}

/// Blanks and control characters.
fn blanks() -> Vec<Setting> {
    vec![
        of(
            &["space"],
            |d, v| d.space_path = v,
            [Space::Plus, Space::Raw, Space::Refused, Space::Cut],
        ),
        of(
            &["space-query"],
            |d, v| d.space_query = v,
            [Space::Plus, Space::Raw, Space::Refused, Space::Cut],
        ),
        of(
            &["padded"],
            |d, v| d.trailing_space = v,
            [TrailingSpace::Kept, TrailingSpace::Refused],
        ),
        of(
            &["tab"],
            |d, v| d.tab = v,
            [
                Tab::Escaped,
                Tab::Raw,
                Tab::Refused,
                Tab::Cut,
                Tab::Space,
                Tab::Underscore,
            ],
        ),
        of(
            &["control-chars"],
            |d, v| d.control = v,
            [
                Control::Raw,
                Control::Refused,
                Control::Error,
                Control::Underscore,
            ],
        ),
    ]
}

/// What is escaped, and how what is no ASCII is read.
fn octets() -> Vec<Setting> {
    vec![
        of(
            &["html", "quoted"],
            |d, v| d.escapes_path = v,
            [
                escapes("\"<>"),
                escapes("\""),
                escapes("<>"),
                Escapes::Refused,
            ],
        ),
        of(
            &["percent"],
            |d, v| d.percent_lone = v,
            [LonePercent::Escaped, LonePercent::Refused],
        ),
        of(
            &["raw-utf8", "latin1"],
            |d, v| (d.non_ascii_path, d.undecodable) = (NonAscii::Utf8, v),
            [
                ReadAs::As(Undecodable::Replaced),
                ReadAs::As(Undecodable::ReplacedTwice),
                ReadAs::As(Undecodable::Refused),
                ReadAs::ERROR,
            ],
        ),
        of(&["raw-utf8", "latin1"], |d, v| d.hex = v, [HexCase::Lower]),
        of(
            &["raw-utf8"],
            |d, v| d.non_ascii_path = v,
            [
                NonAscii::Raw,
                NonAscii::Utf8,
                NonAscii::Latin1,
                NonAscii::Latin1Raw,
                NonAscii::Refused,
            ],
        ),
    ]
}

/// What becomes of octets that are no UTF-8.
fn undecodable() -> Vec<Setting> {
    vec![of(
        &["latin1"],
        |d, v| d.undecodable = v,
        [
            ReadAs::As(Undecodable::Replaced),
            ReadAs::As(Undecodable::ReplacedTwice),
            ReadAs::As(Undecodable::Removed),
            ReadAs::As(Undecodable::Latin1),
            ReadAs::As(Undecodable::Octets),
            ReadAs::As(Undecodable::Refused),
            ReadAs::As(Undecodable::Itself),
            ReadAs::RESPONSE,
            ReadAs::ERROR,
        ],
    )]
}

/// Several Locations, hosts, ports and schemes.
fn targets() -> Vec<Setting> {
    vec![
        of(
            &["two-same", "two-different"],
            |d, v| d.several = v,
            [
                ReadAs::As(Several::Last),
                ReadAs::As(Several::CommaSpace),
                ReadAs::As(Several::Comma),
                ReadAs::As(Several::Nothing),
                ReadAs::As(Several::ErrorIfDifferent),
                ReadAs::ERROR,
            ],
        ),
        of(
            &["upper-case"],
            |d, v| d.upper_case_scheme = v,
            [Accepts::Refused],
        ),
        of(
            &["userinfo"],
            |d, v| d.userinfo = v,
            [Userinfo::Refused, Userinfo::Conflicts],
        ),
        of(
            &["number-address"],
            |d, v| d.numeric_host.decimal = v,
            NUMBERS,
        ),
        of(&["hex-address"], |d, v| d.numeric_host.hex = v, NUMBERS),
        of(&["hex-address"], |d, v| d.numeric_host.short = v, NUMBERS),
        of(
            &["bad-port"],
            |d, v| d.port_too_big = v,
            [ReadAs::RESPONSE, ReadAs::ERROR],
        ),
        of(
            &["mailto"],
            |d, v| d.other_schemes = v,
            [ReadAs::RESPONSE, ReadAs::As(OtherScheme::Path)],
        ),
    ]
}

/// What only shows once the settings before it stand.
fn again() -> Vec<Setting> {
    vec![
        of(
            &["bad-port", "no-slashes", "space", "tab", "percent"],
            |d, v| d.unreadable = v,
            [Ending::Response],
        ),
        of(
            &["control-chars", "tab"],
            |d, v| d.control = v,
            [Control::Refused],
        ),
    ]
}

/// What a backslash at the beginning of a reference opens; `None` is the default.
const OPENINGS: [Option<ReadAs<OpeningBackslash>>; 5] = [
    Some(ReadAs::As(OpeningBackslash::Authority)),
    Some(ReadAs::As(OpeningBackslash::Path)),
    Some(ReadAs::Unreadable),
    Some(ReadAs::RESPONSE),
    Some(ReadAs::ERROR),
];

/// How hosts that are written as numbers are read.
const NUMBERS: [NumericHost; 3] = [
    NumericHost::Address,
    NumericHost::Name,
    NumericHost::Refused,
];

fn escapes(characters: &str) -> Escapes {
    Escapes::These(characters.to_owned())
}

/// Settings lean on each other, so they are gone through as often.
const ROUNDS: usize = 2;

/// Sets what predicts the most.
pub(super) fn settle(policy: &mut Policy, probed: &Probed) {
    let readings: Vec<(&Odd, &Read)> = probed
        .odd
        .iter()
        .filter_map(|odd| Some((odd, odd.outcome.as_ref().ok()?)))
        .collect();
    for setting in std::iter::repeat_with(settings).take(ROUNDS).flatten() {
        let shows: Vec<_> = readings
            .iter()
            .filter(|(odd, _)| setting.forms.contains(&odd.form))
            .collect();
        let score = |policy: &Policy| {
            shows
                .iter()
                .filter(|(odd, reading)| agrees(policy, odd, reading))
                .count()
        };
        let mut most = score(policy);
        for choice in setting.choices {
            let LocationReading::Dialect(dialect) = &policy.location else {
                return;
            };
            let mut dialect = dialect.clone();
            choice(&mut dialect);
            let tried = Policy {
                location: LocationReading::Dialect(dialect),
                ..policy.clone()
            };
            if score(&tried) > most {
                most = score(&tried);
                *policy = tried;
            }
        }
    }
}
