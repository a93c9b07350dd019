//! What is sent first: method, fields, content, credentials.

use super::{data, form};
use crate::cli::args::{self, ContentKind};
use crate::cli::env::Env;
use crate::exit::UsageError;
use crate::intake::{
    ContentPlan, CookieFile, Credentials, DataPiece, HeaderLine, InputSource, RequestPlan,
};
use crate::model::{Field, Method};

/// What a request says of its sender where the caller says nothing.
pub(crate) const USER_AGENT: &str = concat!("rehop/", env!("CARGO_PKG_VERSION"));

/// What the typed flags mean.
///
/// # Errors
/// Where flags contradict each other or a value is none.
pub(super) fn plan(typed: &args::RequestArgs, env: &Env) -> Result<RequestPlan, UsageError> {
    let (query, content) = content(typed)?;
    let method = method(typed, &content)?;
    let credentials = credentials(typed, env)?;
    let (cookie, cookie_files) = cookies(typed)?;
    Ok(RequestPlan {
        streams_stdin: false,
        method,
        query,
        defaults: defaults(typed, &content)?,
        headers: typed
            .header
            .iter()
            .map(|line| HeaderLine::new(line.as_encoded_bytes()))
            .collect::<Result<_, _>>()?,
        content,
        expect_continue: false,
        credentials,
        cookie,
        cookie_files,
    })
}

/// The query that `-G` makes, and the content.
fn content(typed: &args::RequestArgs) -> Result<(Vec<DataPiece>, ContentPlan), UsageError> {
    let pieces = &typed.content.0;
    let form = flag_of(pieces, ContentFlags::Form);
    let data = flag_of(pieces, ContentFlags::Data);
    if let (Some(form), Some(data)) = (form, data) {
        return Err(two_contents(data, form));
    }
    if let Some(file) = &typed.upload_file {
        let source = InputSource::file("--upload-file", upload_name(file))?;
        return match form.or(data.filter(|_| !typed.get)) {
            Some(flag) => Err(two_contents("--upload-file", flag)),
            None => Ok((self::pieces(pieces)?, ContentPlan::Upload(source))),
        };
    }
    Ok(match (form, data) {
        (None, None) => (Vec::new(), ContentPlan::Nothing),
        (None, Some(_)) if typed.get => (self::pieces(pieces)?, ContentPlan::Nothing),
        (None, Some(_)) => (Vec::new(), ContentPlan::Data(self::pieces(pieces)?)),
        (Some(_), _) if typed.get => return Err(form_in_query()),
        (Some(_), _) => {
            let parts: Result<_, _> = pieces.iter().map(form::part).collect();
            (Vec::new(), ContentPlan::Form(parts?))
        }
    })
}

/// The flags that make a form, and those that give data as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ContentFlags {
    Form,
    Data,
}

/// The first flag of these that was typed.
fn flag_of(pieces: &[args::Piece], wanted: ContentFlags) -> Option<&'static str> {
    let of = |kind| match kind {
        ContentKind::Form | ContentKind::FormString => ContentFlags::Form,
        _ => ContentFlags::Data,
    };
    let piece = pieces.iter().find(|piece| of(piece.kind) == wanted)?;
    Some(piece.kind.flag())
}

fn form_in_query() -> UsageError {
    UsageError::new(
        "--form does not go into a query",
        "leave --get out, or use --data",
    )
}

/// Two flags that each give the content.
fn two_contents(a: &str, b: &str) -> UsageError {
    UsageError::new(
        format!("{a} and {b} each give the content"),
        "a request has one: keep either",
    )
}

fn pieces(typed: &[args::Piece]) -> Result<Vec<DataPiece>, UsageError> {
    typed.iter().map(data::piece).collect()
}

/// curl's `-T .` is standard input read without blocking, which is the same to a reader of all of it.
fn upload_name(file: &std::path::Path) -> &[u8] {
    let name = file.as_os_str().as_encoded_bytes();
    if name == b"." { b"-" } else { name }
}

fn method(typed: &args::RequestArgs, content: &ContentPlan) -> Result<Method, UsageError> {
    if let Some(method) = &typed.request {
        return Method::new(method).map_err(|error| {
            UsageError::new(
                format!("--request {error}"),
                "a method is one word, such as POST",
            )
        });
    }
    match content {
        ContentPlan::Nothing if typed.head => Ok(Method::HEAD),
        ContentPlan::Nothing => Ok(Method::GET),
        _ if typed.head => Err(UsageError::new(
            "--head sends no content",
            "leave --head out, or add --get",
        )),
        ContentPlan::Upload(_) => Ok(Method::PUT),
        ContentPlan::Data(_) | ContentPlan::Form(_) => Ok(Method::POST),
    }
}

/// What `--compressed` asks for, as curl does.
const CODINGS: &str = "deflate, gzip, br, zstd";

fn defaults(typed: &args::RequestArgs, content: &ContentPlan) -> Result<Vec<Field>, UsageError> {
    let mut pieces = typed.content.0.iter();
    let json = pieces.any(|piece| piece.kind == ContentKind::Json);
    let agent = typed.user_agent.as_deref().unwrap_or(USER_AGENT);
    let referer = typed.referer.as_deref();
    let referer = referer.map_or("", |referer| split_referer(referer).0);
    let kind = match content {
        ContentPlan::Data(_) if json => "application/json",
        ContentPlan::Data(_) => "application/x-www-form-urlencoded",
        _ => "",
    };
    let accept = if json { "application/json" } else { "*/*" };
    let codings = if typed.compressed { CODINGS } else { "" };
    let fields = [
        ("user-agent", "--user-agent", agent),
        ("accept", "", accept),
        ("referer", "--referer", referer),
        ("content-type", "", kind),
        ("accept-encoding", "", codings),
    ];
    let sent = fields.into_iter().filter(|(_, _, value)| !value.is_empty());
    sent.map(|(name, flag, value)| {
        Ok(Field {
            name: name.to_owned(),
            value: one_line(flag, value)?,
        })
    })
    .collect()
}

/// The Referer of the first request, and whether each hop names the one before (`;auto`).
pub(super) fn split_referer(typed: &str) -> (&str, bool) {
    typed
        .strip_suffix(";auto")
        .map_or((typed, false), |referer| (referer, true))
}

/// The bytes of a field value.
pub(crate) fn one_line(flag: &str, value: &str) -> Result<Vec<u8>, UsageError> {
    if value.contains(['\r', '\n', '\0']) {
        // The value is left out, which may be a secret.
        return Err(UsageError::new(
            format!("{flag}: a line end or a NUL would end the field"),
            "take it out",
        ));
    }
    Ok(value.trim().as_bytes().to_vec())
}

fn credentials(typed: &args::RequestArgs, env: &Env) -> Result<Credentials, UsageError> {
    if let Some(user) = &typed.user {
        let (user, password) = user.split_once(':').unwrap_or((user, ""));
        return Ok(Credentials::Basic {
            user: user.to_owned(),
            password: password.to_owned(),
        });
    }
    if let Some(token) = &typed.oauth2_bearer {
        one_line("--oauth2-bearer", token)?;
        return Ok(Credentials::Bearer(token.clone()));
    }
    if typed.netrc {
        netrc(env, false)
    } else {
        Ok(Credentials::Unsaid)
    }
}

/// The netrc file of this user.
pub(crate) fn netrc(env: &Env, optional: bool) -> Result<Credentials, UsageError> {
    let home = || env.home.as_ref().map(|home| home.join(".netrc"));
    match env.netrc.clone().or_else(home) {
        Some(path) => Ok(Credentials::Netrc { path, optional }),
        None => Err(UsageError::new(
            "--netrc: there is no home directory",
            "set NETRC to the file",
        )),
    }
}

/// The Cookie field, and the files: what has no `=` in it is the name of one.
fn cookies(typed: &args::RequestArgs) -> Result<(Vec<u8>, Vec<CookieFile>), UsageError> {
    let (mut field, mut files) = (Vec::new(), Vec::new());
    for cookie in typed
        .cookie
        .iter()
        .map(|cookie| cookie.as_encoded_bytes())
        .filter(|cookie| !cookie.is_empty())
    {
        if !cookie.contains(&b'=') {
            files.push(CookieFile {
                source: InputSource::file("--cookie", cookie)?,
                optional: false,
            });
        } else if cookie
            .iter()
            .any(|byte| matches!(byte, b'\r' | b'\n' | b'\0'))
        {
            return Err(UsageError::new(
                "--cookie: a line end or a NUL would end the field",
                "take it out",
            ));
        } else {
            field.extend_from_slice(if field.is_empty() { b"" } else { b"; " });
            field.extend_from_slice(cookie.trim_ascii());
        }
    }
    Ok((field, files))
}
