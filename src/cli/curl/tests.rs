//! curl command lines → what they mean.

use proptest::prelude::*;

use super::*;
use crate::cli::Plan;
use crate::intake::{ContentPlan, HeaderLine};
use crate::model::Method;

fn env() -> Env {
    Env::of(&|_| None)
}

fn pasted(text: &str) -> Result<InspectPlan, UsageError> {
    match Plan::new(&["curl".into(), text.into()], &env())? {
        Plan::Inspect(plan) => Ok(*plan),
        other => panic!("{text} gave {other:?}"),
    }
}

/// Method, URL, fields and content in a form that a row can hold.
fn shown(plan: &InspectPlan) -> String {
    let request = &plan.request;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let fields = request.headers.iter().filter_map(|line| match line {
        HeaderLine::Set(field) => Some(format!("{}: {}", field.name, text(&field.value))),
        _ => None,
    });
    let cookie =
        Some(format!("cookie {}", text(&request.cookie))).filter(|_| !request.cookie.is_empty());
    let pieces = match &request.content {
        ContentPlan::Data(pieces) => pieces.as_slice(),
        _ => &[],
    };
    let data = pieces.iter().filter_map(|piece| match &piece.source.place {
        InputPlace::Text(bytes) => Some(format!("data {}", text(bytes))),
        _ => None,
    });
    let start = format!("{} {}", request.method, plan.urls[0]);
    [start]
        .into_iter()
        .chain(fields)
        .chain(cookie)
        .chain(data)
        .collect::<Vec<_>>()
        .join(" | ")
}

/// What is copied, and what it means.
const COPIED: &[(&str, &str)] = &[
    // Chrome, bash
    (
        "curl 'https://example.com/api?a=1&b=2' \\\n  -X 'PUT' \\\n  -H 'accept: */*' \\\n  -H 'content-type: application/json' \\\n  \
             -b 'sid=abc; t=1' \\\n  --data-raw $'{\"a\":\"it\\'s\\u0021\\n\"}' \\\n  --compressed",
        "PUT https://example.com/api?a=1&b=2 | accept: */* | content-type: application/json | cookie sid=abc; t=1 | data {\"a\":\"it's!\n\"}",
    ),
    // Chrome, bash: brackets of the URL are kept from globbing; characters beyond U+FFFF in two halves
    (
        "curl 'https://example.com/?a\\[0\\]=\\{x\\}' --data-raw $'\\ud83d\\ude00'",
        "POST https://example.com/?a[0]={x} | data \u{1F600}",
    ),
    // Chrome, Windows cmd: it doubles a backslash that stands before no quote, which Windows leaves doubled
    (
        "curl ^\"https://example.com/a?x=1^&y=^%^20^\" ^\r\n  -H ^\"accept: text/html^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":^\\^\"c:^\\^\\d^\\^\",^\r\n\r\n1^}^\"",
        "POST https://example.com/a?x=1&y=%20 | accept: text/html | data {\"a\":\"c:\\\\d\",\n1}",
    ),
    // Firefox, Windows cmd, older
    (
        "curl \"https://example.com/\" ^\n -H \"x: \"\"y\"\" 100\"%\"\" ^\n --data-raw \"a\\\"b\"",
        "POST https://example.com/ | x: \"y\" 100% | data a\"b",
    ),
    // Firefox, bash
    (
        "curl --globoff 'https://example.com/{a,b}' --compressed -H 'User-Agent: Mozilla/5.0' -H 'TE: trailers'",
        "GET https://example.com/{a,b} | User-Agent: Mozilla/5.0 | TE: trailers",
    ),
    // Safari
    (
        "curl 'https://example.com/login' \\\n-X 'POST' \\\n-H 'Content-Type: application/x-www-form-urlencoded' \\\n--data 'user=a&pw=b%20c'",
        "POST https://example.com/login | Content-Type: application/x-www-form-urlencoded | data user=a&pw=b%20c",
    ),
    // Postman
    (
        "curl --location --request PATCH 'https://example.com/v1/x' \\\n--header 'Authorization: Bearer t' \\\n--data '{\n    \"a\": 1\n}'",
        "PATCH https://example.com/v1/x | Authorization: Bearer t | data {\n    \"a\": 1\n}",
    ),
    // Insomnia
    (
        "curl --request POST \\\n  --url https://example.com/v1 \\\n  --header 'Content-Type: application/json' \\\n  --data '{ \"a\": 1 }'",
        "POST https://example.com/v1 | Content-Type: application/json | data { \"a\": 1 }",
    ),
    // Burp
    (
        "curl --path-as-is -i -s -k -X $'GET' -H $'Host: example.com' -b $'a=b' $'https://example.com/a/b'",
        "GET https://example.com/a/b | Host: example.com | cookie a=b",
    ),
    // documentation and terminals
    (
        "$ curl -sSLkXPOST -da=1 -d 'b=2' example.com/x | jq .",
        "POST http://example.com/x | data a=1 | data b=2",
    ),
    (
        "curl -fsSL https://example.com 2>/dev/null",
        "GET https://example.com/",
    ),
    (
        "/usr/bin/curl -I \"https://example.com/\" # look",
        "HEAD https://example.com/",
    ),
    (
        "curl --proto '=https' --tlsv1.2 -sSf https://example.com",
        "GET https://example.com/",
    ),
    (r"curl http://x -d a\ ", "POST http://x/ | data a "),
    ("curl http://x -d a^", "POST http://x/ | data a^"),
    ("curl http://x -d a \\", "POST http://x/ | data a"),
    (
        "curl --no-location -- https://example.com",
        "GET https://example.com/",
    ),
];

#[test]
fn what_browsers_and_api_tools_copy_is_understood() {
    for (line, meant) in COPIED {
        let plan = pasted(line).unwrap_or_else(|misuse| panic!("{line}\n{misuse}"));
        // The url crate writes braces of a path percent-encoded; the row says what was meant.
        let shown = shown(&plan).replace("%7B", "{").replace("%7D", "}");
        assert_eq!(shown, *meant, "{line}");
    }
}

#[test]
fn what_cannot_be_inspected_as_curl_would_is_refused() {
    for (line, says) in [
        (
            "curl --digest -u a:b http://x",
            "curl --digest: rehop cannot do as curl would here",
        ),
        (
            "curl --requets POST http://x",
            "curl --requets: no such option",
        ),
        (
            "curl --request=POST http://x",
            "curl --request=...: no such option",
        ),
        ("curl -sJx", "curl -x needs a value"),
        ("curl -s! http://x", "curl -!: no such option"),
        (
            "curl --user=me:SEKRET http://x",
            "curl --user=...: no such option",
        ),
        (
            "curl --expect 'status = 200' http://x",
            "curl --expect: no such option",
        ),
        ("curl http://x --json", "curl --json needs a value"),
        (
            "curl --oauth2-bearer $'S\nx' http://x",
            "curl --oauth2-bearer: a line end or a NUL would end the field",
        ),
        (
            "curl 'http://u:SEKRET@{a,b}/'",
            "curl would take `http://{a,b}/` for a set of URLs",
        ),
        (
            "curl http://x/[1-3]",
            "curl would take `http://x/[1-3]` for a set of URLs",
        ),
        (
            "curl http://x/?a=1&b=2",
            "the pasted line has `&` outside quotes, which only a shell can act on",
        ),
        (
            "curl -H \"Authorization: $TOKEN\" x",
            "the pasted line has `$TOKEN`, which a shell would put something in place of",
        ),
        (
            "curl \"${TOKEN}\"",
            "the pasted line has `${TOKEN}`, which a shell would put something in place of",
        ),
        (
            "curl http://x \\ \n -d a",
            "the pasted line has a space after a backslash that should end its line",
        ),
        (
            "curl 'http://x",
            "the pasted line has a ' that nothing closes",
        ),
        (
            "curl --proto =https http://x",
            "curl --proto does not allow `http://x`",
        ),
        (
            "curl --path-as-is http://x/a/../b",
            "curl --path-as-is: `http://x/a/../b` has `.` or `..` in its path, which rehop resolves",
        ),
        (
            "curl -T a -T b http://x",
            "curl --upload-file twice: several uploads",
        ),
        (
            "curl --data-raw $'a\\u0000' http://x",
            "the pasted line has a NUL, which no argument can hold",
        ),
        (
            "curl --cert-type DER http://x",
            "curl --cert-type DER: rehop reads PEM only",
        ),
        (
            "curl --url-query a@- -d @- x",
            "curl --url-query and --data both read standard input",
        ),
        ("curl -s", "no URL given"),
    ] {
        assert_eq!(
            pasted(line)
                .map(|plan| shown(&plan))
                .map_err(|misuse| misuse.says),
            Err(says.to_owned()),
            "{line}"
        );
    }
    let hint = pasted("curl --request=POST http://x")
        .map_err(|misuse| misuse.hint)
        .err();
    assert_eq!(
        hint.as_deref(),
        Some("curl takes the value as the next word: --request VALUE")
    );
}

#[test]
fn the_chain_is_followed_by_curls_own_rules() {
    let plan = |line: &str| {
        pasted(line)
            .unwrap_or_else(|misuse| panic!("{line}\n{misuse}"))
            .chain
    };
    let chain = plan("curl -L -d a x");
    assert_eq!(
        (
            chain.policy.name.as_str(),
            chain.policy.limit,
            chain.cookies
        ),
        ("curl8-L", Some(50), false)
    );
    assert_eq!(plan("curl -L -X POST x").policy.name, "curl8-L-X");
    assert_eq!(plan("curl --follow x").policy.name, "curl8-follow");
    assert_eq!(
        plan("curl --follow -X POST x").policy.name,
        "curl8-follow-X"
    );
    let kept = plan("curl -L --post301 x").policy.method.remove(0);
    assert_eq!(
        (kept.codes, kept.methods, kept.to),
        (vec![301], vec![Method::POST], None)
    );
    assert_eq!(plan("curl --location-trusted x").policy.credentials, []);
    assert_eq!(plan("curl -L --max-redirs 3 x").policy.limit, Some(3));
    assert!(
        !plan("curl -L -b a=b x").cookies,
        "curl keeps no cookies without a file for them"
    );
    assert!(
        plan("curl -L -b jar.txt x").cookies
            && plan("curl -L -c jar.txt x").cookies
            && plan("curl -L -b '' x").cookies
    );
    assert!(
        !plan("curl -L --proto =https https://x").schemes.http,
        "--proto limits redirects too"
    );
}

#[test]
fn what_is_passed_over_is_named_once_a_reason() {
    let notes = |line: &str| {
        pasted(line)
            .unwrap_or_else(|misuse| panic!("{line}\n{misuse}"))
            .notes
    };
    assert_eq!(
        notes("curl -s -o /dev/null -w '%{http_code}' --http2 -L http://x | head -1\nls"),
        [
            "passed over what follows the command: | head ...",
            "passed over -s, -o, -w: about what curl prints and keeps, not what it sends",
            "passed over --http2: rehop speaks HTTP/1.1",
        ]
    );
    assert_eq!(
        notes("curl -L http://x && ls -l"),
        ["passed over what follows the command: && ls ..."]
    );
    assert_eq!(
        notes("curl http://x"),
        ["curl without -L would stop after the first hop; rehop follows"]
    );
}

#[test]
fn flags_of_the_report_stand_before_curl_and_curl_may_stand_twice() {
    let words = [
        "--json",
        "--expect",
        "status = 200",
        "curl",
        "curl",
        "-v",
        "-X",
        "PUT",
        "x",
    ]
    .map(OsString::from);
    let Ok(Plan::Inspect(plan)) = Plan::new(&words, &env()) else {
        panic!("not understood")
    };
    assert_eq!(plan.report.format, crate::report::Format::Json);
    assert_eq!(plan.report.layout.detail, crate::report::Detail::Fields);
    assert_eq!(
        (shown(&plan).as_str(), plan.checks.expect.as_slice()),
        ("PUT http://x/", &["status = 200".to_owned()][..])
    );
}

#[test]
fn flags_of_the_report_after_curl_are_sent_to_their_place() {
    for line in [
        "curl http://x --json",
        "curl http://x --expect 'status = 200'",
        "curl http://x --fail-on=downgrade",
    ] {
        let hint = pasted(line).map_err(|misuse| misuse.hint).unwrap_err();
        assert!(
            hint.starts_with("flags of rehop's report stand before `curl`"),
            "{line}: {hint}"
        );
    }
    let words = ["curl", "curl -u me:SEKRET http://x", "-q"].map(OsString::from);
    let says = Plan::new(&words, &env())
        .map_err(|misuse| misuse.says)
        .err();
    assert_eq!(
        says.as_deref(),
        Some("more arguments follow the pasted command line")
    );
}

#[test]
fn a_command_line_on_standard_input_leaves_it_no_content() {
    let pasted = |text| match Plan::new(&["curl".into(), "-".into()], &env()) {
        Ok(Plan::Pasted(pasted)) => pasted.plan(text),
        other => panic!("{other:?}"),
    };
    assert!(matches!(pasted("curl http://x"), Ok(CurlPlan::Inspect(_))));
    let says = pasted("curl -d @- http://x")
        .map_err(|misuse| misuse.says)
        .err();
    assert_eq!(
        says.as_deref(),
        Some("--data reads standard input, which held the command line")
    );
}

#[test]
fn curl_options_have_each_name_and_each_letter_once() {
    let mut names: Vec<&str> = table::all().map(|opt| opt.long).collect();
    assert_eq!(names.len(), 279, "of curl 8.17");
    names.sort_unstable();
    assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    let mut letters: Vec<char> = table::all().filter_map(|opt| opt.short).collect();
    letters.sort_unstable();
    assert!(letters.is_sorted_by(|a, b| a < b), "{letters:?}");
}

/// One argument, quoted for bash in one of the ways that people and programs quote.
fn quoted_for_bash(argument: &str, way: u8) -> String {
    match way {
        0 => format!("'{}'", argument.replace('\'', r"'\''")),
        1 => {
            argument.chars().fold("\"".to_owned(), |text, c| {
                text + if "$`\"\\".contains(c) { "\\" } else { "" } + &c.to_string()
            }) + "\""
        }
        2 => {
            argument.bytes().fold("$'".to_owned(), |text, byte| {
                text + &format!("\\x{byte:02x}")
            }) + "'"
        }
        _ => {
            argument.chars().fold("$'".to_owned(), |text, c| {
                text + &format!("\\U{:08x}", u32::from(c))
            }) + "'"
        }
    }
}

/// One argument in carets as Chrome quotes it for cmd, and with backslashes doubled where Windows halves them.
fn quoted_for_cmd(argument: &str) -> String {
    let (mut escaped, mut slashes) = (String::new(), 0);
    for c in argument.chars().chain(['"']) {
        escaped.extend(std::iter::repeat_n(
            '\\',
            if c == '"' { slashes + 1 } else { 0 },
        ));
        slashes = if c == '\\' { slashes + 1 } else { 0 };
        escaped.push(c);
    }
    escaped.truncate(escaped.len() - "\\\"".len());
    let plain =
        |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "_-:=+~'/.,?;()*`".contains(c);
    let careted = |c: char| {
        if plain(c) {
            c.to_string()
        } else {
            format!("^{c}")
        }
    };
    format!(
        "^\"{}^\"",
        escaped
            .chars()
            .map(careted)
            .collect::<String>()
            .replace('\n', "^\n\n")
    )
}

proptest! {
    #[test]
    fn what_is_quoted_for_bash_is_read_back(arguments in prop::collection::vec(("[^\0]{0,12}", 0u8..4), 0..6)) {
        let line: Vec<String> = arguments.iter().map(|(argument, way)| quoted_for_bash(argument, *way)).collect();
        let split = bash::split(&line.join(" ")).map(|split| split.words);
        prop_assert_eq!(split, Ok(arguments.iter().map(|(argument, _)| argument.clone().into_bytes()).collect::<Vec<_>>()));
    }

    #[test]
    fn what_is_quoted_for_cmd_is_read_back(arguments in prop::collection::vec("[ -~\n]{0,12}", 0..6)) {
        let line: Vec<String> = arguments.iter().map(|argument| quoted_for_cmd(argument)).collect();
        let split = cmd::split(&line.join(" ^\n  ")).map(|split| split.words);
        prop_assert_eq!(split, Ok(arguments.iter().map(|argument| argument.clone().into_bytes()).collect::<Vec<_>>()));
    }

    #[test]
    fn no_text_makes_it_panic(text in "(curl )?[-a-zA-Z0-9$'\"^\\\\{}\\[\\] \n@=;:/.%|&<>!é]{0,60}") {
        let _ = argv::split(&text).and_then(|(words, left)| read_words(&words, &left, InspectArgs::default(), &env()));
        let _ = cmd::split(&text);
        let _ = bash::split(&text);
    }
}
