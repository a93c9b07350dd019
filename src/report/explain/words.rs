//! The words for how good a redirect was, and for how a chain ended.

/// A word that reports use.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub name: &'static str,
    /// One line: what it means.
    pub says: &'static str,
    /// More on that, and what to do.
    pub about: &'static str,
}

/// The verdicts, best to worst.
pub(super) static VERDICTS: [Word; 5] = [
    Word {
        name: "required",
        says: "the client did the only thing that the rules allow",
        about: "A MUST or MUST NOT leaves nothing else: 307 and 308 keep the method. Every client that follows the rules \
                does the same, so there is nothing to mend.",
    },
    Word {
        name: "recommended",
        says: "the client did what the rules ask for",
        about: "A SHOULD asks for it, and leaves room for others: 303 is answered with a GET. Some clients may differ.",
    },
    Word {
        name: "permitted",
        says: "the client was free to do this or something else",
        about: "301 and 302 let a client turn POST into GET, for historical reasons, and clients are divided. Where the \
                method matters, do not leave it to them: 307 and 308 keep it, 303 asks for a GET.",
    },
    Word {
        name: "discouraged",
        says: "the client did what the rules advise against",
        about: "It goes against a SHOULD, or beyond what is permitted: a PUT that becomes a GET on 302, a POST sent again \
                on 303. Other clients do otherwise. Mend the client, or answer with a code that leaves no choice.",
    },
    Word {
        name: "forbidden",
        says: "the client did what the rules rule out",
        about: "It goes against a MUST NOT: another method on 307 or 308. The fault lies with the client.",
    },
];

/// The ends of a chain that is not simply `landed`.
pub(super) static ENDS: [Word; 6] = [
    Word {
        name: "not_followed",
        says: "there was somewhere to go, and the client does not go there by itself",
        about: "As with `--no-follow`, or where a client hands 300 over to its caller. What following would have sent is \
                told all the same. The exit code is 0.",
    },
    Word {
        name: "loop",
        says: "the same request came up again, with the same cookies and credentials",
        about: "It would go on for ever. The usual causes: a proxy ends TLS and the server behind it, which sees only http, \
                redirects to https again and again (let it heed X-Forwarded-Proto); a cookie that is set and does not come \
                back (the report says which, and why; see `rehop explain cookie-refused`); one rule that adds a slash or \
                www and another that takes it away. The exit code is 4.",
    },
    Word {
        name: "too_many",
        says: "the limit of redirects was reached",
        about: "Each request was new, as with a counter in the query, or the chain is merely long: `--max-redirs` sets the \
                limit. For requests that do come back see `rehop explain loop`. The exit code is 4.",
    },
    Word {
        name: "bad_location",
        says: "the redirect has no Location, or one that leads nowhere",
        about: "It is missing or empty where the code needs one, or its host or port cannot be read. Send a URI-reference, \
                with everything else percent-encoded. The exit code is 4.",
    },
    Word {
        name: "refused",
        says: "the next request is one that must not be sent",
        about: "Its scheme is not http or https or not among those of `--proto-redir`, its address is private and \
                `--deny-private` stands, or the client takes no such URL. The exit code is 4.",
    },
    Word {
        name: "failed",
        says: "a request was not answered",
        about: "The name was not found, nobody listens, TLS did not work out, time ran out, or the answer is no HTTP. The \
                phase tells how far it came: dns, connect, tls, send, wait or receive. The exit code is 3.",
    },
];
