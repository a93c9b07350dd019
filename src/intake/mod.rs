//! From a named place to bytes or values: files, standard input, lists of URLs, profiles, credentials, forms.
//!
//! ```text
//! InputSource { flag, place } ──open──▶ SharedContent (opened again at every hop)
//!                             ──read──▶ bytes, no more than 1 MiB
//! RequestPlan ──open──▶ PreparedRequest ──request(url)──▶ Request
//! ```
//!
//! What is read is bounded everywhere, and no content larger than 1 MiB stays in memory. Nothing here knows a command
//! line: whoever names a place says which flag did so, for the message of an [`IntakeError`].
//!
//! ```
//! use rehop::intake::{self, InputSource};
//!
//! let source = InputSource::file("--input", b"-")?;
//! let urls = intake::urls(&source, &mut &b"example.com # a comment\n"[..])?;
//! assert_eq!(urls[0].as_str(), "http://example.com/");
//!
//! let error = intake::urls(&source, &mut &b"ftp://example.com"[..]).unwrap_err();
//! assert_eq!(error.usage().unwrap().says, "standard input:1: URL `ftp://example.com`: ftp is not http");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod content;
mod cookies;
mod credentials;
mod data;
mod error;
mod fields;
mod multipart;
mod netrc;
mod pem;
mod place;
mod profile;
mod request;
mod rules_file;
mod typed_url;
mod url_list;
mod urls;

pub use content::{IN_MEMORY, SharedContent, open, read};
pub use cookies::{CookieFile, SeedCookie, cookies};
pub use credentials::{CredentialSource, Credentials};
pub use data::{DataPiece, Filter, Join, data};
pub use error::{InputKind, IntakeCause, IntakeError};
pub use fields::HeaderLine;
pub use multipart::{FormPart, MultipartForm};
pub use netrc::Netrc;
pub use pem::{pem, private_key};
pub use place::{InputPlace, InputSource};
pub use profile::{ClientPlan, ProfilePlace};
pub use request::{ContentPlan, PreparedRequest, RequestPlan};
pub use rules_file::{neighbours, rules_file};
pub use typed_url::{shown_without_userinfo, url, url_with_default};
pub use url_list::UrlList;
pub use urls::urls;
