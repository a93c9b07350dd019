//! Why a cookie is not kept, and why it does not come back.

use super::voice::Voice;
use crate::follow::{CookieLoss, LostCookie};
use crate::rules::cookie::{CookieRefusal, RefusedCookie, Withheld};

/// Groups of cookies, and names in each, that a sentence has; of the others it gives the number.
const MOST_GROUPS: usize = 3;
const MOST_NAMES: usize = 4;

/// Why a cookie that came with a response is not kept: `Secure, and this hop is http`.
#[must_use]
pub fn refusal(voice: Voice, why: &CookieRefusal) -> String {
    refusal_at(voice, why, "this hop")
}

/// `the cookie sid is not kept: Secure, and this hop is http`, for each reason.
pub(super) fn refused(voice: Voice, cookies: &[RefusedCookie]) -> String {
    let groups = cookies.chunk_by(|one, other| one.why == other.why);
    let says = groups.map(|group| {
        let names = named(voice, group.iter().map(|cookie| cookie.name.as_str()));
        let is = if group.len() > 1 { "are" } else { "is" };
        format!("{names} {is} not kept: {}", refusal(voice, &group[0].why))
    });
    joined(&says.collect::<Vec<_>>())
}

/// `the cookie sid, set at hop 2, did not come back: Secure, and hop 2 is http`, for each reason.
pub(super) fn lost(voice: Voice, cookies: &[LostCookie]) -> String {
    let groups = cookies.chunk_by(|one, other| (one.hop, &one.why) == (other.hop, &other.why));
    let says = groups.map(|group| {
        let names = named(voice, group.iter().map(|cookie| cookie.name.as_str()));
        let hop = format!("hop {}", group[0].hop);
        let why = match &group[0].why {
            CookieLoss::Refused(why) => refusal_at(voice, why, &hop),
            CookieLoss::Withheld(why) => withheld(voice, why),
        };
        format!("{names}, set at {hop}, did not come back: {why}")
    });
    joined(&says.collect::<Vec<_>>())
}

/// The reason, for a cookie that came with `hop`.
pub(super) fn refusal_at(voice: Voice, why: &CookieRefusal, hop: &str) -> String {
    let says = match why {
        CookieRefusal::ControlCharacter => "a control character in it",
        CookieRefusal::Empty => "neither a name nor a value",
        CookieRefusal::TooLong { length, most } => {
            return format!("{length} bytes, and {most} are the most kept");
        }
        CookieRefusal::TooMany { most } => {
            return format!("{hop} sets more than {most} cookies");
        }
        CookieRefusal::ForeignDomain { domain, host } => {
            let domain = voice.name(domain);
            return format!("Domain {domain} is not {host}, nor above it");
        }
        CookieRefusal::PublicSuffix { domain } => {
            return format!("Domain {} is a public suffix", voice.name(domain));
        }
        CookieRefusal::SecureOverHttp => return format!("Secure, and {hop} is http"),
        CookieRefusal::OverwritesSecure => {
            return format!("{hop} is http, and a Secure cookie of that name is there");
        }
        CookieRefusal::SameSiteNone => "SameSite=None without Secure",
        CookieRefusal::SecurePrefix => "__Secure- without Secure",
        CookieRefusal::HostPrefix => "__Host- asks for Secure, Path=/ and no Domain",
        CookieRefusal::HiddenPrefix => {
            "no name, and a value that passes for one with __Secure- or __Host-"
        }
        CookieRefusal::Expired => "expired already when it came",
        CookieRefusal::NoJar => "this client keeps no cookies",
        CookieRefusal::ByOption => "--no-cookies keeps none",
    };
    says.to_owned()
}

fn withheld(voice: Voice, why: &Withheld) -> String {
    match why {
        Withheld::HostOnly(host) => format!("for {host} alone"),
        Withheld::OtherDomain(domain) => format!("for {}", voice.name(domain)),
        Withheld::OtherPath(path) => format!("for the path {}", voice.name(path)),
        Withheld::Secure => "Secure, and the request goes over http".to_owned(),
        Withheld::Expired => "expired since".to_owned(),
        Withheld::TooMany => "more cookies than a request holds".to_owned(),
    }
}

/// `the cookies sid, lang and 2 more`.
fn named<'a>(voice: Voice, names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let count = names.len();
    let shown: Vec<String> = names
        .take(MOST_NAMES)
        .map(|name| match name {
            "" => "without a name".to_owned(),
            name => voice.name(name),
        })
        .collect();
    let more = match count - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let noun = if count > 1 { "cookies" } else { "cookie" };
    format!("the {noun} {}{more}", shown.join(", "))
}

fn joined(says: &[String]) -> String {
    let more = match says.len().saturating_sub(MOST_GROUPS) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    says[..says.len().min(MOST_GROUPS)].join("; ") + &more
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::mask::Secrets;

    fn cookie(name: &str, why: CookieRefusal) -> RefusedCookie {
        let name = name.to_owned();
        RefusedCookie { name, why }
    }

    #[test]
    fn cookies_of_one_reason_share_it() {
        use CookieRefusal::{ByOption, Empty, NoJar, SecureOverHttp};
        let voice = Voice::whole(Secrets::Masked);
        let many: Vec<_> = (0..6).map(|n| cookie(&format!("c{n}"), NoJar)).collect();
        for (cookies, says) in [
            (
                vec![cookie("s", SecureOverHttp)],
                "the cookie s is not kept: Secure, and this hop is http",
            ),
            (
                vec![cookie("", Empty), cookie("a", ByOption)],
                "the cookie without a name is not kept: neither a name nor a value; the cookie a is not kept: \
                 --no-cookies keeps none",
            ),
            (
                many,
                "the cookies c0, c1, c2, c3 and 2 more are not kept: this client keeps no cookies",
            ),
        ] {
            assert_eq!(refused(voice, &cookies), says);
        }
    }

    #[test]
    fn a_lost_cookie_is_told_with_its_hop() {
        let voice = Voice::whole(Secrets::Masked);
        let lost_so = |why| {
            let cookie = LostCookie {
                name: "s".to_owned(),
                hop: 2,
                why,
            };
            lost(voice, &[cookie])
        };
        for (why, says) in [
            (
                CookieLoss::Refused(CookieRefusal::SecureOverHttp),
                "Secure, and hop 2 is http",
            ),
            (
                CookieLoss::Refused(CookieRefusal::ByOption),
                "--no-cookies keeps none",
            ),
            (
                CookieLoss::Withheld(Withheld::Secure),
                "Secure, and the request goes over http",
            ),
            (
                CookieLoss::Withheld(Withheld::OtherPath("/x".to_owned())),
                "for the path /x",
            ),
        ] {
            let expected = format!("the cookie s, set at hop 2, did not come back: {says}");
            assert_eq!(lost_so(why), expected);
        }
    }
}
