//! The dates of Expires ([RFC 6265 §5.1.1](https://www.rfc-editor.org/rfc/rfc6265#section-5.1.1)): time, day, month and
//! year in any order, among anything else.

use std::time::{Duration, SystemTime};

/// What has been found in a date so far.
#[derive(Default)]
struct DateParts {
    time: Option<[u32; 3]>,
    day: Option<u32>,
    month: Option<u32>,
    year: Option<u32>,
}

/// The moment; 1970 for all that is earlier, `None` where it is no date.
pub(crate) fn parse(text: &[u8]) -> Option<SystemTime> {
    let mut found = DateParts::default();
    let tokens = text.split(|byte| is_delimiter(*byte));
    tokens
        .filter(|token| !token.is_empty())
        .for_each(|token| found.take(token));
    found.moment()
}

impl DateParts {
    /// Takes a token as the first part that is missing and that it can be.
    fn take(&mut self, token: &[u8]) {
        if self.time.is_none() {
            self.time = time(token);
            if self.time.is_some() {
                return;
            }
        }
        let slots: [(&mut Option<u32>, Option<u32>); 3] = [
            (&mut self.day, number(token, 1, 2)),
            (&mut self.month, month(token)),
            (&mut self.year, number(token, 2, 4)),
        ];
        for (slot, value) in slots {
            if slot.is_none() && value.is_some() {
                *slot = value;
                return;
            }
        }
    }

    fn moment(self) -> Option<SystemTime> {
        let [hour, minute, second] = self.time?;
        let (day, month) = (self.day?, self.month?);
        let year = match self.year? {
            short @ 70..=99 => 1900 + short,
            short @ 0..=69 => 2000 + short,
            whole => whole,
        };
        let is_valid = (1..=days_of(month, year)).contains(&day)
            && year >= 1601
            && hour <= 23
            && minute <= 59
            && second <= 59;
        if !is_valid {
            return None;
        }
        let seconds = days_since_1970(year, month, day) * 86_400
            + i64::from(hour * 3600 + minute * 60 + second);
        let seconds = u64::try_from(seconds).unwrap_or(0);
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
    }
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'/' | b';'..=b'@' | b'['..=b'`' | b'{'..=b'~')
}

/// `H:M:S`, one or two digits each, and whatever follows.
fn time(token: &[u8]) -> Option<[u32; 3]> {
    let mut parts = token.splitn(3, |byte| *byte == b':');
    let mut part = || parts.next();
    let (hour, minute, second) = (part()?, part()?, part()?);
    let whole = |digits: &[u8]| number(digits, 1, 2).filter(|_| digits.len() <= 2);
    let is_digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    if !is_digits(hour) || !is_digits(minute) {
        return None;
    }
    Some([whole(hour)?, whole(minute)?, number(second, 1, 2)?])
}

/// The number that a token begins with, where it has so many digits.
fn number(token: &[u8], least: usize, most: usize) -> Option<u32> {
    let digits = token
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let text = str::from_utf8(&token[..digits]).ok()?;
    text.parse()
        .ok()
        .filter(|_| (least..=most).contains(&digits))
}

fn month(token: &[u8]) -> Option<u32> {
    const MONTHS: [&[u8]; 12] = [
        b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov",
        b"dec",
    ];
    let name = token.get(..3)?.to_ascii_lowercase();
    (1..)
        .zip(MONTHS)
        .find_map(|(n, month)| (month == name).then_some(n))
}

fn days_of(month: u32, year: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days in the proleptic Gregorian calendar, which begins its years in March so that a leap day is the last of them.
fn days_since_1970(year: u32, month: u32, day: u32) -> i64 {
    const DAYS_BEFORE_1970: i64 = 719_468;
    let (years, months) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let of_year = (153 * months + 2) / 5 + day - 1;
    i64::from(years * 365 + years / 4 - years / 100 + years / 400 + of_year) - DAYS_BEFORE_1970
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_any_order() {
        #[rustfmt::skip]
        let cases: &[(&str, Option<u64>)] = &[
            ("Sun, 06 Nov 1994 08:49:37 GMT",           Some(784_111_777)),
            ("Sunday, 06-Nov-94 08:49:37 GMT",          Some(784_111_777)),
            ("Sun Nov  6 08:49:37 1994",                Some(784_111_777)),
            ("Thu Jan  1 00:00:00 GMT 1970",            Some(0)),
            ("1990 Jan 01 00:00:00",                    Some(631_152_000)),
            ("08:49:37 6 november 94",                  Some(784_111_777)),
            ("Tue, 29 Feb 2000 23:59:59 GMT",           Some(951_868_799)),
            ("Wed, 29-Feb-2100 00:00:00 GMT",           None),
            ("Fri, 31 Dec 9999 23:59:59 GMT",           Some(253_402_300_799)),
            ("Mon, 01 Jan 1601 00:00:00 GMT",           Some(0)),
            ("Mon, 01 Jan 1600 00:00:00 GMT",           None),
            ("Wed, 09 Jun 69 10:18:14 GMT",             Some(3_137_998_694)),
            ("Wed, 09 Jun 70 10:18:14 GMT",             Some(13_774_694)),
            ("1 Jan 2030 1:2:3pm",                      Some(1_893_459_723)),
            ("01th Jan 2030 00:00:00Z",                 Some(1_893_456_000)),
            ("Thu, 01 Jan 1970 24:00:00 GMT",           None),
            ("Thu, 01 Jan 1970 00:60:00 GMT",           None),
            ("Thu, 00 Jan 1970 00:00:00 GMT",           None),
            ("Thu, 31 Apr 1970 00:00:00 GMT",           None),
            ("Thu, 01 Jan 1970 000:00:00 GMT",          None),
            ("Thu, 01 Jan 1970",                        None),
            ("01 Jan 19700 00:00:00",                   None),
            ("",                                        None),
            ("0",                                       None),
        ];
        for (text, seconds) in cases {
            let found = parse(text.as_bytes()).map(|time| {
                time.duration_since(SystemTime::UNIX_EPOCH)
                    .unwrap()
                    .as_secs()
            });
            assert_eq!(found, *seconds, "{text}");
        }
    }
}
