//! The schedule under a clock that is only a number, and the threads over a transport that answers at once.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use url::Url;

use super::schedule::{Schedule, ScheduleStep};
use super::*;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

fn many(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).unwrap()
}

fn url(host: &str, n: usize) -> Url {
    format!("http://{host}/{n}").parse().unwrap()
}

fn limits(per_host: usize) -> HostLimits {
    HostLimits {
        per_host: many(per_host),
        rate: None,
        longest_pause: ms(60_000),
    }
}

/// How a host behaves: how long a request takes, and what it teaches.
type Behaviour = (u64, HostSign);

/// Plays a schedule with so many workers to its end; when each job was done, by its host, and which were refused.
fn play(
    urls: &[Url],
    workers: usize,
    limits: HostLimits,
    behave: &dyn Fn(&str, Duration) -> Behaviour,
) -> (BTreeMap<String, Vec<u64>>, usize) {
    let mut schedule = Schedule::new(Politeness::new(limits), 10_000);
    for url in urls {
        schedule.push(url.clone());
    }
    schedule.ended = true;
    let (mut done, mut refused) = (BTreeMap::<String, Vec<u64>>::new(), 0);
    let mut under_way = BTreeMap::new();
    let mut now = Duration::ZERO;
    loop {
        let step = if under_way.len() < workers {
            schedule.next(now)
        } else {
            ScheduleStep::Idle
        };
        let wake = match step {
            ScheduleStep::Run(job) => {
                let (takes, _) = behave(&job.host, now);
                under_way.insert((now + ms(takes), job.n), (job, now));
                continue;
            }
            ScheduleStep::Refuse(job) => {
                refused += 1;
                schedule.done(&job);
                continue;
            }
            ScheduleStep::Until(moment) => Some(moment),
            ScheduleStep::Idle => None,
            ScheduleStep::End => return (done, refused),
        };
        let first = under_way.first_key_value().map(|((at, _), _)| *at);
        now = first
            .into_iter()
            .chain(wake)
            .min()
            .expect("something is awaited");
        if first == Some(now) {
            let (_, (job, began)) = under_way.pop_first().unwrap();
            let host = &job.host;
            let (_, sign) = behave(host, began);
            schedule.politeness.done(host, sign, began, now);
            schedule.freed(host);
            schedule.done(&job);
            let at = u64::try_from(now.as_millis()).unwrap();
            done.entry(host.to_string()).or_default().push(at);
        }
    }
}

#[test]
fn slow_and_dead_hosts_hold_up_nobody() {
    // The slow and the dead stand first in the list.
    let hosts = [("slow", 100), ("dead", 100), ("quick", 100)];
    let urls: Vec<Url> = hosts
        .iter()
        .flat_map(|(host, urls)| (0..*urls).map(|n| url(host, n)))
        .collect();
    let behave = |host: &str, _| match host {
        "slow" => (1000, HostSign::Well),
        "dead" => (5000, HostSign::Failed),
        _ => (10, HostSign::Well),
    };
    let (done, refused) = play(&urls, 20, limits(6), &behave);
    assert_eq!(
        done["quick"].last(),
        Some(&170),
        "100 of 10 ms, six at once"
    );
    assert_eq!(done["slow"].last(), Some(&17_000));
    // Twenty in a row, with those under way meanwhile, and once more at the end.
    let asked = done["dead"].len();
    assert_eq!((asked, refused), (26, 74));
    let end = done["dead"].last().unwrap();
    assert!(*end > 20_000 && *end <= 30_000, "{end}");
}

#[test]
fn a_host_that_comes_back_is_asked_to_the_end() {
    let urls: Vec<Url> = (0..100).map(|n| url("a", n)).collect();
    let behave = |_: &str, began: Duration| {
        if began < ms(200) {
            (10, HostSign::Failed)
        } else {
            (10, HostSign::Well)
        }
    };
    let mut urls_and_others = urls;
    urls_and_others.extend((0..100).map(|n| url("b", n)));
    let play = |began_well| {
        let behave = |host: &str, began: Duration| match host {
            "a" if began < began_well => (10, HostSign::Failed),
            _ => behave(host, ms(1000)),
        };
        play(&urls_and_others, 12, limits(6), &behave)
    };
    let (done, refused) = play(ms(100));
    assert_eq!(
        (done["a"].len(), refused),
        (100, 0),
        "left for last, and well then"
    );
}

#[test]
fn a_host_that_asks_for_a_pause_gets_it() {
    let urls: Vec<Url> = (0..20).map(|n| url("a", n)).collect();
    let busy = HostSign::TooMuch(Some(ms(2000)));
    let behave = |_: &str, began: Duration| match began {
        began if began == ms(90) => (10, busy),
        _ => (10, HostSign::Well),
    };
    let (done, _) = play(&urls, 4, limits(1), &behave);
    let done = &done["a"];
    assert_eq!(done[9], 100);
    assert_eq!(done[10], 2110, "after the pause");
    let gaps: BTreeSet<u64> = done[11..]
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .collect();
    assert_eq!(gaps, BTreeSet::from([20]), "at half the rate");
}

#[test]
fn a_rate_is_kept_by_all_workers_together() {
    let urls: Vec<Url> = (0..50).map(|n| url(["a", "b"][n % 2], n)).collect();
    let rate = RequestRate::new(10, ms(1000));
    let limits = HostLimits { rate, ..limits(6) };
    let (done, _) = play(&urls, 10, limits, &|_, _| (30, HostSign::Well));
    for times in done.values() {
        assert_eq!(times.last(), Some(&2430), "25 requests, 100 ms apart");
    }
}

/// Told results in order; breaks off after so many.
struct Told {
    results: Vec<usize>,
    most: usize,
}

impl BatchTeller<usize> for Told {
    fn take(&mut self, result: usize) -> ControlFlow<()> {
        self.results.push(result);
        if self.results.len() < self.most {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }

    fn tick(&mut self) {}
}

fn options(order: ResultOrder) -> BatchOptions {
    BatchOptions {
        workers: many(4),
        order,
        limits: limits(4),
        retry: RetryLimits::NEVER,
        stop: Arc::default(),
    }
}

fn feed(urls: usize) -> UrlFeed {
    UrlFeed::at_hand((0..urls).map(|n| url("h", n)))
}

fn number(url: &Url) -> usize {
    url.path()[1..].parse().unwrap()
}

fn run_to(
    most: usize,
    (options, feed): (BatchOptions, UrlFeed),
    work: &(dyn Fn(usize) -> Option<Transient> + Sync),
) -> (Vec<usize>, Leftover) {
    let crew = Crew {
        equip: &|| (),
        work: &|(), url, _| (number(url), work(number(url))),
    };
    let mut told = Told {
        results: Vec::new(),
        most,
    };
    let left = bulk(options, feed, &crew, &mut told);
    (told.results, left)
}

fn run(jobs: usize, order: ResultOrder, work: &(dyn Fn(usize) + Sync)) -> Vec<usize> {
    let work = |n| {
        work(n);
        None
    };
    let (told, left) = run_to(usize::MAX, (options(order), feed(jobs)), &work);
    assert_eq!(left, Leftover::NONE);
    told
}

#[test]
fn each_job_is_told_once_in_the_order_asked_for() {
    let first_is_slow = |n| {
        if n == 0 {
            thread::sleep(ms(50));
        }
    };
    let given: Vec<usize> = (0..3000).collect();
    assert_eq!(run(3000, ResultOrder::AsGiven, &first_is_slow), given);
    let mut told = run(3000, ResultOrder::AsDone, &first_is_slow);
    assert_ne!(told[0], 0, "the slow one holds up nobody");
    told.sort_unstable();
    assert_eq!(told, given);
    assert_eq!(run(0, ResultOrder::AsGiven, &|_| {}), [0; 0]);
}

#[test]
fn workers_do_not_run_far_ahead_of_a_chain_that_hangs() {
    let (begun, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    run(3000, ResultOrder::AsGiven, &|n| {
        begun.fetch_add(1, Ordering::SeqCst);
        if n == 0 {
            thread::sleep(ms(100));
            most.store(begun.load(Ordering::SeqCst), Ordering::SeqCst);
        }
    });
    assert!(
        most.load(Ordering::SeqCst) <= most_waiting(many(4)),
        "{most:?}"
    );
}

#[test]
fn nobody_waits_for_a_job_that_panics() {
    let begun = AtomicUsize::new(0);
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        run(3000, ResultOrder::AsGiven, &|n| {
            begun.fetch_add(1, Ordering::SeqCst);
            assert!(n != 7, "a fault of the job");
        });
    }));
    assert!(ended.is_err());
    assert!(begun.load(Ordering::SeqCst) < 100, "{begun:?}");
}

#[test]
fn breaking_off_begins_nothing_more() {
    let begun = AtomicUsize::new(0);
    let work = |_| {
        begun.fetch_add(1, Ordering::SeqCst);
        None
    };
    let work = (options(ResultOrder::AsDone), feed(10_000), work);
    // How many are left depends on how far the list was read by then.
    let (told, _) = run_to(5, (work.0, work.1), &work.2);
    assert_eq!(told.len(), 5);
    assert!(begun.load(Ordering::SeqCst) < 100, "{begun:?}");
}

#[test]
fn a_stop_ends_a_run_that_waits_for_its_list() {
    let stop = Arc::new(AtomicBool::new(false));
    let (send, receive) = std::sync::mpsc::channel();
    (0..3).for_each(|n| send.send(url("h", n)).unwrap());
    let options = BatchOptions {
        stop: stop.clone(),
        ..options(ResultOrder::AsDone)
    };
    let work = |n| {
        if n == 2 {
            stop.store(true, Ordering::SeqCst);
        }
        None
    };
    let feed = UrlFeed::coming(receive.into_iter());
    let (told, left) = run_to(usize::MAX, (options, feed), &work);
    assert_eq!((told.len(), left.urls), (3, 0));
    assert!(!left.read_to_end, "the pipe is still open");
    drop(send);
}

#[test]
fn what_is_transient_is_tried_again_and_told_once() {
    let tries = AtomicUsize::new(0);
    let retry = RetryLimits {
        times: 3,
        max_time: None,
    };
    for order in [ResultOrder::AsGiven, ResultOrder::AsDone] {
        let options = BatchOptions {
            retry,
            ..options(order)
        };
        let at_once = Transient {
            retry_after: Some(Duration::ZERO),
        };
        let work = |n| {
            let again = n == 1 && tries.fetch_add(1, Ordering::SeqCst) % 3 != 2;
            again.then_some(at_once)
        };
        let (mut told, _) = run_to(usize::MAX, (options, feed(5)), &work);
        if order == ResultOrder::AsDone {
            told.sort_unstable();
        }
        assert_eq!(told, [0, 1, 2, 3, 4]);
    }
    assert_eq!(tries.load(Ordering::SeqCst), 6);
}
