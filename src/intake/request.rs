//! A request as named → the request itself: files opened, fields put in order, credentials found.

use std::io::Read;

use url::Url;

use super::content::{in_memory, open};
use super::fields::fields;
use super::{
    CookieFile, CredentialSource, Credentials, DataPiece, FormPart, HeaderLine, InputPlace,
    InputSource, IntakeError, MultipartForm, SeedCookie, SharedContent, cookies, data,
};
use crate::model::{Body, Field, Headers, Method, Request, percent, without_userinfo};

/// The first request of every chain, but for the URL.
#[derive(Debug, Clone)]
pub struct RequestPlan {
    /// The method.
    pub method: Method,
    /// What is added to the query (`-G`), percent-encoded where it is not yet.
    pub query: Vec<DataPiece>,
    /// Fields that the caller did not ask for by `-H`; one of the same name there takes their place.
    pub defaults: Vec<Field>,
    /// The fields that the caller asks for, in order.
    pub headers: Vec<HeaderLine>,
    /// The content.
    pub content: ContentPlan,
    /// Whether to ask leave (`Expect: 100-continue`) before sending more than 1 MiB, as curl does.
    pub expect_continue: bool,
    /// The credentials; those in the URL stand in where this is [`Credentials::Unsaid`].
    pub credentials: Credentials,
    /// The Cookie field that was typed; empty for none.
    pub cookie: Vec<u8>,
    /// Files whose cookies go to the hosts that they are for.
    pub cookie_files: Vec<CookieFile>,
    /// Whether an upload from standard input can be sent once only, as by curl, which cannot rewind it.
    pub streams_stdin: bool,
}

/// The content of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentPlan {
    /// None.
    Nothing,
    /// Pieces in a row.
    Data(Vec<DataPiece>),
    /// A multipart form; its Content-Type is made with its boundary.
    Form(Vec<FormPart>),
    /// One file.
    Upload(InputSource),
}

impl RequestPlan {
    /// Sends this field unless the caller asks for one of its name.
    pub fn set_default(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        self.defaults.retain(|field| field.name != name);
        self.defaults.push(Field {
            name: name.to_owned(),
            value: value.into(),
        });
    }

    /// Every place that something is read from.
    pub fn sources(&self) -> impl Iterator<Item = &InputSource> {
        let (data, parts, upload) = match &self.content {
            ContentPlan::Nothing => (&[][..], &[][..], None),
            ContentPlan::Data(data) => (&data[..], &[][..], None),
            ContentPlan::Form(parts) => (&[][..], &parts[..], None),
            ContentPlan::Upload(source) => (&[][..], &[][..], Some(source)),
        };
        let lines = self.headers.iter().filter_map(|line| match line {
            HeaderLine::From(source) => Some(source),
            _ => None,
        });
        let pieces = self.query.iter().chain(data).map(|piece| &piece.source);
        pieces
            .chain(parts.iter().map(|part| &part.source))
            .chain(upload)
            .chain(lines)
    }
}

/// A request whose files are open: one for each URL can be had.
#[derive(Debug, Clone)]
pub struct PreparedRequest {
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
    uploaded: bool,
    once: bool,
    credentials: CredentialSource,
    cookies: Vec<SeedCookie>,
}

impl PreparedRequest {
    /// Opens everything that the plan names.
    ///
    /// # Errors
    /// Names the flag and the file that cannot be read, or the line in it that is wrong.
    pub fn open(plan: &RequestPlan, stdin: &mut dyn Read) -> Result<Self, IntakeError> {
        let (fields, removed) = fields(&plan.headers, stdin)?;
        let mut prepared = Self {
            method: plan.method.clone(),
            query: query(&plan.query, stdin)?,
            defaults: plan.defaults.clone(),
            fields,
            removed,
            body: Body::NONE,
            upload: None,
            uploaded: false,
            once: false,
            credentials: CredentialSource::open(&plan.credentials)?,
            cookies: cookies(&plan.cookie_files, stdin)?,
        };
        if !plan.cookie.is_empty() {
            prepared.default_field("cookie", &plan.cookie);
        }
        prepared.take_content(&plan.content, plan.streams_stdin, stdin)?;
        if plan.expect_continue && prepared.is_large() {
            prepared.default_field("expect", b"100-continue");
        }
        Ok(prepared)
    }

    /// The method of every request.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Cookies to start every chain with.
    #[must_use]
    pub fn cookies(&self) -> &[SeedCookie] {
        &self.cookies
    }

    /// The request for this URL.
    #[must_use]
    pub fn request(&self, url: &Url) -> Request {
        let target = self.target(url);
        let defaults: Vec<&Field> = self
            .defaults
            .iter()
            .filter(|field| self.is_wanted(&field.name))
            .collect();
        let mut headers = Headers::new();
        let authorization = self.credentials.authorization(&target);
        if let Some(value) = authorization.filter(|_| self.is_wanted("authorization")) {
            headers.push("authorization", value);
        }
        for field in defaults.iter().copied().chain(&self.fields) {
            headers.push(field.name.clone(), field.value.clone());
        }
        Request {
            own: self.own(&defaults, &target),
            uploaded: self.uploaded,
            once: self.once,
            ..Request::new(
                self.method.clone(),
                without_userinfo(&target),
                headers,
                self.body.clone(),
            )
        }
    }

    /// The fields that stand for options, and Authorization where it stands for the user name of the URL.
    fn own(&self, defaults: &[&Field], target: &Url) -> Vec<&'static str> {
        let of_url = self.credentials.is_of_url(target) && self.is_wanted("authorization");
        let mut own = own(defaults);
        own.extend(of_url.then_some("authorization"));
        own
    }

    /// The URL with the name of the upload and the query of the plan.
    fn target(&self, url: &Url) -> Url {
        let mut target = url.clone();
        self.name_upload(&mut target);
        if !self.query.is_empty() {
            let query = match target.query() {
                Some(query) if !query.is_empty() => format!("{query}&{}", self.query),
                _ => self.query.clone(),
            };
            target.set_query(Some(&query));
        }
        target
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

    /// Whether a default of this name is sent: the caller neither gives nor removes it.
    fn is_wanted(&self, name: &str) -> bool {
        let same = |known: &str| known.eq_ignore_ascii_case(name);
        !self.fields.iter().any(|field| same(&field.name))
            && !self.removed.iter().any(|removed| same(removed))
    }

    fn default_field(&mut self, name: &str, value: &[u8]) {
        self.defaults.push(Field {
            name: name.to_owned(),
            value: value.to_vec(),
        });
    }

    fn take_content(
        &mut self,
        plan: &ContentPlan,
        streams: bool,
        stdin: &mut dyn Read,
    ) -> Result<(), IntakeError> {
        match plan {
            ContentPlan::Nothing => {}
            ContentPlan::Data(pieces) => self.body = Body::new(data(pieces, stdin)?),
            ContentPlan::Form(parts) => self.take_form(MultipartForm::new(parts, stdin)?),
            ContentPlan::Upload(source) => {
                self.uploaded = true;
                self.once = streams && matches!(source.place, InputPlace::Stdin);
                self.body = Body::new(open(source, stdin)?);
                self.upload = file_name(source);
            }
        }
        Ok(())
    }

    /// A Content-Type of the caller's gets the boundary that it cannot know.
    fn take_form(&mut self, form: MultipartForm) {
        let boundary = format!("; boundary={}", form.boundary);
        let own = self
            .fields
            .iter_mut()
            .find(|field| field.name.eq_ignore_ascii_case("content-type"));
        match own {
            Some(field) => field.value.extend_from_slice(boundary.as_bytes()),
            None => self.default_field(
                "content-type",
                format!("multipart/form-data{boundary}").as_bytes(),
            ),
        }
        self.body = Body::new(form.content);
    }

    /// More than curl sends without asking: 1 MiB.
    fn is_large(&self) -> bool {
        self.body
            .content()
            .is_some_and(|content| content.length().is_none_or(|length| length > 1 << 20))
    }
}

/// The fields that stand for options such as `-d` and `-b`.
///
/// curl's `--json` is short for `-d` and `-H`, so that its Content-Type is the caller's (curl(1)).
fn own(defaults: &[&Field]) -> Vec<&'static str> {
    let is_own = |name: &&str| {
        defaults
            .iter()
            .any(|field| field.name == *name && field.value != b"application/json")
    };
    ["content-type", "cookie"]
        .into_iter()
        .filter(is_own)
        .collect()
}

/// What `-G` adds to the query; what a URL cannot hold is percent-encoded.
fn query(pieces: &[DataPiece], stdin: &mut dyn Read) -> Result<String, IntakeError> {
    let content: SharedContent = data(pieces, stdin)?;
    let bytes = in_memory(&*content, &InputSource::text("--get", b""))?;
    Ok(percent::ascii(&bytes))
}

fn file_name(source: &InputSource) -> Option<String> {
    match &source.place {
        InputPlace::File(path) => path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned()),
        _ => None,
    }
}
