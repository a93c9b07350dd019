//! Answers that come before the content, and interim answers.

use std::time::Duration;

use super::super::answer::{Act, After, LabAnswer, Reply, reason};
use super::super::request::RequestRefusal;
use super::super::scenario::{AnswerAt, Group, LabRequest, Scenario, final_code};
use super::echo;

const HINT_THEN_CONTINUE: AnswerAt = AnswerAt::Content(
    b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
);
/// What comes before the final response of `/interim/many`: enough to notice, too few to end a client.
const MANY: usize = 20;

pub(in crate::lab) static GROUP: Group = Group {
    title: "Uploads and interim answers",
    scenarios: &[
        Scenario::tried(
            "/early/drain/{code}",
            "answers before the body, then reads the rest and keeps the connection",
            early,
        )
        .at("/early/drain/307")
        .curl("-siL -d a=1")
        .when(AnswerAt::Head),
        Scenario::tried(
            "/early/close/{code}",
            "answers before the body, then closes",
            early_close,
        )
        .at("/early/close/307")
        .curl("-siL -d a=1")
        .when(AnswerAt::Head),
        Scenario::tried(
            "/early/reset/{code}",
            "answers before the body, then resets the connection",
            early_reset,
        )
        .at("/early/reset/307")
        .curl("-siL -d a=1")
        .when(AnswerAt::Head),
        Scenario::made(
            "/expect/100",
            "100 where the client waits for it, then /echo",
            echo::echo,
        )
        .curl("-si -H 'Expect: 100-continue' -d a=1"),
        Scenario::made("/expect/hint", "103, then 100, then /echo", echo::echo)
            .curl("-si -H 'Expect: 100-continue' -d a=1")
            .when(HINT_THEN_CONTINUE),
        Scenario::made(
            "/expect/never",
            "no 100 for a client that waits for it; /echo when the body comes after all",
            echo::echo,
        )
        .curl("-si -H 'Expect: 100-continue' -d a=1")
        .when(AnswerAt::Content(b"")),
        Scenario::tried(
            "/expect/{code}",
            "this final status where 100 was waited for; 3xx leads to /echo",
            expect,
        )
        .at("/expect/417")
        .curl("-si -H 'Expect: 100-continue' -d a=1")
        .when(AnswerAt::Head),
        Scenario::made(
            "/interim/100",
            "an unasked 100 before a redirect to /echo",
            |asked| interim(asked, vec![INTERIM_100.to_vec()]),
        ),
        Scenario::made(
            "/interim/103",
            "a 103 with a Link before a redirect to /echo",
            |asked| interim(asked, vec![INTERIM_103.to_vec()]),
        ),
        Scenario::made(
            "/interim/many",
            "twenty of them before a redirect to /echo",
            |asked| interim(asked, vec![INTERIM_103.to_vec(); MANY]),
        ),
        Scenario::made(
            "/interim/slow",
            "a 102 every 200 ms, five times, before a redirect to /echo",
            slow,
        ),
    ],
};

const INTERIM_100: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
const INTERIM_103: &[u8] = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n";

fn early(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    Ok(asked.redirect(asked.code(0)?, "/echo"))
}

fn early_close(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    Ok(Reply::redirect(asked.code(0)?, "/echo").closing(asked.head))
}

fn early_reset(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    Ok(LabAnswer {
        after: After::Reset,
        ..early_close(asked)?
    })
}

/// Closes as well: whether the content still comes is for the client to decide, and cannot be known here.
fn expect(asked: &LabRequest<'_>) -> Result<LabAnswer, RequestRefusal> {
    let code = final_code(&asked.args[0])?;
    Ok(match code {
        300..=399 => Reply::redirect(code, "/echo").closing(asked.head),
        _ => Reply::new(code)
            .text(format!("{code} {}\n", reason(code)))
            .closing(asked.head),
    })
}

/// HTTP/1.0 has no interim answers (RFC 9110 §15.2), so that a client of it gets none.
fn interim(asked: &LabRequest<'_>, interims: Vec<Vec<u8>>) -> LabAnswer {
    let mut answer = asked.redirect(302, "/echo");
    if !asked.head.is_http10() {
        answer
            .acts
            .splice(0..0, interims.into_iter().map(Act::Send));
    }
    answer
}

fn slow(asked: &LabRequest<'_>) -> LabAnswer {
    let mut answer = asked.redirect(302, "/echo");
    if !asked.head.is_http10() {
        let piece = b"HTTP/1.1 102 Processing\r\n\r\n".to_vec();
        answer.acts.insert(
            0,
            Act::Repeat {
                piece,
                times: Some(5),
                every: Duration::from_millis(200),
            },
        );
    }
    answer
}
