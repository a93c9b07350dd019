//! What TLS agreed on, and what was wrong with it.

/// What the TLS handshake agreed on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tls {
    /// Such as `TLSv1.3`.
    pub version: String,
    /// Such as `TLS13_AES_256_GCM_SHA384`.
    pub cipher: String,
    /// The protocol that ALPN chose; `None` where the server chose none.
    pub alpn: Option<String>,
    /// The subject of the server's certificate: its first name.
    pub subject: Option<String>,
    /// The issuer of that certificate.
    pub issuer: Option<String>,
    /// When it expires, RFC 3339 in UTC.
    pub expires: Option<String>,
    /// What was wrong with it, where the user wanted to go on in spite of it.
    pub fault: Option<TlsFault>,
}

/// What went wrong in a handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlsFault {
    /// The server's certificate cannot be accepted.
    Certificate(CertificateFault),
    /// The server answered with something that is no TLS.
    NotTls,
    /// The server broke off with this alert.
    Alert(AlertSent),
    /// The two sides have no way in common; the library's name for what is missing.
    Incompatible(String),
    /// The server broke the protocol; the library's name for how.
    Misbehaved(String),
    /// A setting of the user's is of no use.
    SetUp(TlsSetUpFault),
    /// Anything else, in the library's words.
    Other(String),
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CertificateFault {
    /// It has expired; the moment in RFC 3339 where it is known.
    Expired(Option<String>),
    /// It is not valid yet; the moment from which it will be, where that is known.
    NotYetValid(Option<String>),
    /// It is made out to other names; both sides where they are known.
    WrongName(Option<NamesDiffer>),
    /// It has no name that clients read: the one in its subject, where it has that, is no longer looked at.
    CommonNameOnly(Option<String>),
    /// It is signed with its own key, and is not given as one to trust.
    SelfSigned,
    /// It, with its chain, is larger than clients take.
    TooLarge,
    /// Its issuer is not trusted.
    UnknownIssuer,
    /// It has been revoked.
    Revoked,
    /// Its signature does not fit.
    BadSignature,
    /// Its signature is of a kind that is not accepted.
    WeakSignature,
    /// It cannot be read.
    Malformed,
    /// It is not meant for servers.
    WrongPurpose,
    /// It is an authority's own.
    AuthorityItself,
    /// It is of X.509 version 1.
    Version1,
    /// It is signed with a certificate that is no authority's.
    SignedByNoAuthority,
    /// Its authority may not sign for this name.
    NameConstraint,
    /// Anything else; the library's name for it.
    Other(String),
}

/// The names of a certificate, and the one that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamesDiffer {
    /// The names that it is made out to.
    pub presented: Vec<String>,
    /// The name that was asked for.
    pub expected: String,
}

/// An alert of the server's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AlertSent {
    /// It offers other protocols than HTTP/1.1.
    NoHttp1,
    /// It speaks older versions only.
    ProtocolVersion,
    /// There is no cipher in common.
    HandshakeFailure,
    /// It knows no site of this name.
    UnrecognisedName,
    /// It wants a client certificate.
    CertificateRequired,
    /// It refused the client's certificate; the name of the alert.
    CertificateRefused(String),
    /// Any other; its name.
    Other(String),
}

/// Why the user's TLS settings are of no use.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlsSetUpFault {
    /// The authorities given hold no certificate in PEM.
    NoRoots,
    /// The client certificate given is none in PEM.
    NoCertificate,
    /// No private key in PEM is given with the certificate.
    NoKey,
    /// The certificate and the key do not fit; the library's words.
    KeyDiffers(String),
    /// No certificate can be made out to a host of this name.
    Uncertifiable(String),
}
