//! A plan of a request → the request itself: files opened, fields put in order, credentials found.

#[cfg(test)]
mod tests;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use super::content;
use super::cookies::{self, SeedCookie};
use super::multipart::MultipartForm;
use super::netrc::Netrc;
use crate::cli::UsageError;
use crate::cli::plan::{
    ContentPlan, Credentials, DataPiece, HeaderLine, InputPlace, InputSource, RequestPlan,
};
use crate::model::{Body, Field, Headers, Method, Request, percent, without_userinfo};

/// A request whose files are open: one for each URL can be had.
#[derive(Debug, Clone)]
pub(super) struct Opened {
    method: Method,
    query: String,
    /// What the caller did not ask for.
    defaults: Vec<Field>,
    /// What the caller asked for.
    fields: Vec<Field>,
    /// Names whose defaults the caller does not want.
    removed: Vec<String>,
    body: Body,
    /// The name of an uploaded file, for a URL that ends in `/`.
    upload: Option<String>,
    asker: Asker,
    /// Cookies to start every chain with.
    pub(super) cookies: Vec<SeedCookie>,
}

/// Who asks.
#[derive(Debug, Clone)]
enum Asker {
    Authorization(String),
    Netrc(std::sync::Arc<Netrc>),
    Url,
}

/// Opens everything that the plan names.
///
/// # Errors
/// Names the flag and the file that cannot be read, or the line in it that is wrong.
pub(super) fn open(plan: &RequestPlan, stdin: &mut dyn Read) -> Result<Opened, UsageError> {
    let (fields, removed) = fields(&plan.headers, stdin)?;
    let mut opened = Opened {
        method: plan.method.clone(),
        query: query(&plan.query, stdin)?,
        defaults: plan.defaults.clone(),
        fields,
        removed,
        body: Body::NONE,
        upload: None,
        asker: asker(&plan.credentials)?,
        cookies: seeds(plan, stdin)?,
    };
    if !plan.cookie.is_empty() {
        opened.defaults.push(Field {
            name: "cookie".to_owned(),
            value: plan.cookie.clone(),
        });
    }
    opened.content(&plan.content, stdin)?;
    if plan.expect_continue && opened.is_large() {
        opened.defaults.push(Field {
            name: "expect".to_owned(),
            value: b"100-continue".to_vec(),
        });
    }
    Ok(opened)
}

impl Opened {
    /// The request for this URL.
    #[must_use]
    pub(super) fn request(&self, url: &Url) -> Request {
        let mut target = url.clone();
        self.name_upload(&mut target);
        if !self.query.is_empty() {
            let query = match target.query() {
                Some(query) if !query.is_empty() => format!("{query}&{}", self.query),
                _ => self.query.clone(),
            };
            target.set_query(Some(&query));
        }
        let mut headers = Headers::new();
        let wanted = |name: &str| {
            let same = |known: &str| known.eq_ignore_ascii_case(name);
            !self.fields.iter().any(|field| same(&field.name))
                && !self.removed.iter().any(|removed| same(removed))
        };
        if let Some(authorization) = self
            .authorization(&target)
            .filter(|_| wanted("authorization"))
        {
            headers.push("authorization", authorization);
        }
        let defaults: Vec<&Field> = self
            .defaults
            .iter()
            .filter(|field| wanted(&field.name))
            .collect();
        for field in defaults.iter().copied().chain(&self.fields) {
            headers.push(field.name.clone(), field.value.clone());
        }
        // `--json` is short for `-d` and `-H`, so that its Content-Type is the caller's (curl(1)).
        let is_own = |name: &str| {
            defaults
                .iter()
                .any(|field| field.name == name && field.value != b"application/json")
        };
        let own = ["content-type", "cookie"]
            .into_iter()
            .filter(|name| is_own(name))
            .collect();
        Request {
            own,
            ..Request::new(
                self.method.clone(),
                without_userinfo(&target),
                headers,
                self.body.clone(),
            )
        }
    }

    fn authorization(&self, url: &Url) -> Option<String> {
        let basic = |user: &str, password: &str| {
            format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
        };
        let user = percent::decoded_text(url.username());
        let in_url = || {
            let password = url.password().map(percent::decoded_text);
            (password.is_some() || !user.is_empty())
                .then(|| basic(&user, &password.unwrap_or_default()))
        };
        match &self.asker {
            Asker::Authorization(value) => Some(value.clone()),
            Asker::Url => in_url(),
            Asker::Netrc(_) if url.password().is_some() => in_url(),
            Asker::Netrc(netrc) => {
                let found = netrc.find(url.host_str().unwrap_or_default(), &user);
                found
                    .map(|(user, password)| basic(user, password))
                    .or_else(in_url)
            }
        }
    }

    /// curl adds the name of the file where the URL names none.
    fn name_upload(&self, url: &mut Url) {
        let Some(name) = self.upload.as_deref().filter(|_| url.path().ends_with('/')) else {
            return;
        };
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(name);
        }
    }

    fn content(&mut self, plan: &ContentPlan, stdin: &mut dyn Read) -> Result<(), UsageError> {
        match plan {
            ContentPlan::Nothing => {}
            ContentPlan::Data(pieces) => self.body = Body::new(content::data(pieces, stdin)?),
            ContentPlan::Form(parts) => self.form(MultipartForm::new(parts, stdin)?),
            ContentPlan::Upload(source) => {
                self.body = Body::new(content::open(source, stdin)?);
                self.upload = file_name(source);
            }
        }
        Ok(())
    }

    /// More than curl sends without asking: 1 MiB.
    fn is_large(&self) -> bool {
        self.body
            .content()
            .is_some_and(|content| content.length().is_none_or(|length| length > 1 << 20))
    }

    /// A Content-Type of the caller's gets the boundary that it cannot know.
    fn form(&mut self, form: MultipartForm) {
        let boundary = format!("; boundary={}", form.boundary);
        let own = self
            .fields
            .iter_mut()
            .find(|field| field.name.eq_ignore_ascii_case("content-type"));
        if let Some(field) = own {
            field.value.extend_from_slice(boundary.as_bytes());
        } else {
            let value = format!("multipart/form-data{boundary}").into_bytes();
            self.defaults.push(Field {
                name: "content-type".to_owned(),
                value,
            });
        }
        self.body = Body::new(form.content);
    }
}

/// The fields to send, and the names of those not to.
fn fields(
    lines: &[HeaderLine],
    stdin: &mut dyn Read,
) -> Result<(Vec<Field>, Vec<String>), UsageError> {
    let (mut fields, mut removed) = (Vec::new(), Vec::new());
    let mut take = |line: HeaderLine| match line {
        HeaderLine::Set(field) => fields.push(field),
        HeaderLine::Remove(name) => removed.push(name),
        HeaderLine::From(_) => {}
    };
    for line in lines {
        match line {
            HeaderLine::From(source) => lines_of(source, stdin)?.into_iter().for_each(&mut take),
            line => take(line.clone()),
        }
    }
    Ok((fields, removed))
}

/// The lines of a file of fields; empty ones and those that begin with `#` are passed over.
fn lines_of(source: &InputSource, stdin: &mut dyn Read) -> Result<Vec<HeaderLine>, UsageError> {
    let text = content::read(source, stdin)?;
    let name = match &source.place {
        InputPlace::File(path) => path.display().to_string(),
        _ => "standard input".to_owned(),
    };
    let lines = text
        .split(|&byte| byte == b'\n')
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim_ascii()));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with(b"#"));
    let wrong =
        |at: usize, line: &[u8], says| HeaderLine::wrong(&format!("{name}:{at}: "), line, says);
    lines
        .map(|(at, line)| HeaderLine::line(line).map_err(|says| wrong(at, line, says)))
        .collect()
}

/// What `-G` adds to the query; what a URL cannot hold is percent-encoded.
fn query(pieces: &[DataPiece], stdin: &mut dyn Read) -> Result<String, UsageError> {
    let bytes = content::in_memory(&*content::data(pieces, stdin)?, "--get")?;
    Ok(percent::ascii(&bytes))
}

fn asker(credentials: &Credentials) -> Result<Asker, UsageError> {
    Ok(match credentials {
        Credentials::Unsaid => Asker::Url,
        Credentials::Basic { user, password } => Asker::Authorization(format!(
            "Basic {}",
            STANDARD.encode(format!("{user}:{password}"))
        )),
        Credentials::Bearer(token) => Asker::Authorization(format!("Bearer {token}")),
        Credentials::Netrc { path, optional } => netrc(path, *optional)?,
    })
}

fn netrc(path: &Path, optional: bool) -> Result<Asker, UsageError> {
    let mut text = Vec::new();
    match fs::File::open(path)
        .and_then(|file| file.take(content::IN_MEMORY + 1).read_to_end(&mut text))
    {
        Ok(length) if length as u64 > content::IN_MEMORY => Err(UsageError::new(
            format!("--netrc: {} is larger than 1 MiB", path.display()),
            "name a smaller file",
        )),
        Ok(_) => Ok(Asker::Netrc(
            Netrc::parse(&String::from_utf8_lossy(&text)).into(),
        )),
        Err(_) if optional => Ok(Asker::Url),
        Err(error) => Err(UsageError::new(
            format!("--netrc: cannot read {}: {error}", path.display()),
            "write one, or leave --netrc out",
        )),
    }
}

fn seeds(plan: &RequestPlan, stdin: &mut dyn Read) -> Result<Vec<SeedCookie>, UsageError> {
    let mut seeds = Vec::new();
    for file in &plan.cookie_files {
        match content::read(&file.source, stdin) {
            Ok(text) => seeds.extend(cookies::parse(
                &String::from_utf8_lossy(&text),
                SystemTime::now(),
            )),
            Err(_) if file.optional => {}
            Err(misuse) => return Err(misuse),
        }
    }
    Ok(seeds)
}

fn file_name(source: &InputSource) -> Option<String> {
    match &source.place {
        InputPlace::File(path) => path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned()),
        _ => None,
    }
}
