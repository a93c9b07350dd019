#!/usr/bin/env python3
"""rehop against curl, both in one run on one machine, as a Markdown table.

    python3 bench/run.py [--runs N] [--lists N] [--uploads N] [--rehop PATH] [--before PATH]

Needs curl, nginx, GNU time (peak memory) and python3; builds rehop if no path is given. Loopback only.
"""

import argparse
import contextlib
import datetime
import os
import pathlib
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent
REDIRECTS = 5
UPLOAD_BYTES = 1 << 30
# A list of URLs: how many, how many redirects each takes, over how many hosts, and how many are asked at once.
URLS = 10_000
URL_REDIRECTS = 3
HOSTS = 200
AT_ONCE = 50


def main():
    arguments = parse_arguments()
    rehop = arguments.rehop or build()
    with tempfile.TemporaryDirectory() as folder:
        upload = pathlib.Path(folder, "upload")
        with open(upload, "wb") as file:
            file.truncate(UPLOAD_BYTES)  # sparse: read as zeros, without touching a disk
        with nginx(folder) as chain, UploadServer() as sink:
            clients = {"rehop": [rehop], "curl": ["curl", "-sS", "-L", "-o", os.devnull]}
            if arguments.before:
                clients["before"] = [arguments.before]
            send = ["-T", str(upload)]
            print_machine(clients)
            print_head("before" in clients)
            compare("cold start, 5 redirects", clients, [f"{chain}/0"], arguments.runs)
            for hosts in [1, HOSTS]:
                lists(folder, clients, chain, hosts, arguments.lists)
            early = [*send, sink.url("/early")]
            compare("1 GiB upload, 307 at once", clients, early, arguments.uploads, sink, UPLOAD_BYTES)
            late = [*send, sink.url("/late")]
            compare("1 GiB upload, 307 after all of it", clients, late, arguments.uploads, sink, 2 * UPLOAD_BYTES)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=50, help="runs of the chain for each client (default 50)")
    parser.add_argument("--lists", type=int, default=5, help="runs of each list of URLs for each client (default 5)")
    parser.add_argument("--uploads", type=int, default=5, help="runs of each upload for each client (default 5)")
    parser.add_argument("--rehop", help="the program to measure (default: a release build of this project)")
    parser.add_argument("--before", help="an older rehop, measured along: its ratio to curl stands in its own column")
    return parser.parse_args()


def lists(folder, clients, chain, hosts, runs):
    """10 000 URLs over so many hosts, 50 at once: rehop reports each as a line of JSON or sums them up, curl reports nothing."""
    port = chain.rsplit(":", 1)[1]
    start = REDIRECTS - URL_REDIRECTS
    urls = [f"http://{address(n % hosts)}:{port}/{start}?n={n}" for n in range(URLS)]
    plain, config = pathlib.Path(folder, "urls"), pathlib.Path(folder, "urls.curl")
    plain.write_text("\n".join(urls))
    config.write_text("".join(f'url = "{url}"\noutput = "{os.devnull}"\n' for url in urls))
    what = f"{URLS} URLs × {URL_REDIRECTS}, {hosts} host{'s' if hosts > 1 else ''}, {AT_ONCE} at once"
    ours = ["-i", str(plain), "-Z", "--parallel-max", str(AT_ONCE), "--jsonl"]
    theirs = ["-sS", "--no-progress-meter", "-L", "--parallel", "--parallel-max", str(AT_ONCE), "-K", str(config)]
    commands = {name: [command[0], *(theirs if name == "curl" else ours)] for name, command in clients.items()}
    compare(f"{what}, JSONL", commands, [], runs)


def address(n):
    """One of the loopback addresses that nginx listens on."""
    return f"127.0.1.{n + 1}"


def build():
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=PROJECT, check=True)
    target = os.environ.get("CARGO_TARGET_DIR", PROJECT / "target")
    return str(pathlib.Path(target, "release", "rehop"))


# Measuring


def compare(what, clients, arguments, runs, sink=None, payload=0):
    """Prints one block of the table: medians of alternating runs, so that a busy moment hits both clients."""
    commands = {name: [*command, *arguments] for name, command in clients.items()}
    times = {name: [] for name in commands}
    peaks = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            measured = checked(wall_and_cpu, name, command, sink)
            if turn > 0:  # the first run warms caches
                times[name].append(measured)
    for _ in range(min(runs, 5)):
        for name, command in commands.items():
            peaks[name].append(checked(peak_memory, name, command, sink))
    median = lambda name, column: statistics.median(run[column] for run in times[name])
    row(what, "wall", "ms", {name: median(name, 0) * 1e3 for name in commands})
    row(what, "CPU", "ms", {name: median(name, 1) * 1e3 for name in commands})
    row(what, "peak memory", "MiB", {name: statistics.median(peaks[name]) / 1024 for name in commands})
    if payload:
        row(what, "throughput", "MiB/s", {name: payload / median(name, 0) / (1 << 20) for name in commands})


def checked(measure, name, command, sink):
    """Measures one run, and makes sure that it did what it was asked to."""
    if sink:
        sink.arrived = None
    result, status = measure(command)
    if status != 0:
        sys.exit(f"{name} ended with {status}: {' '.join(command)}")
    if sink and sink.arrived != UPLOAD_BYTES:
        sys.exit(f"{name} delivered {sink.arrived} of {UPLOAD_BYTES} bytes: {' '.join(command)}")
    return result


def wall_and_cpu(command):
    """Seconds on the clock, seconds of processor time in user and kernel."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    return (wall, usage.ru_utime + usage.ru_stime), process.returncode


def peak_memory(command):
    """KiB of the largest resident set.

    Measured through GNU time, because Linux counts the size of the process that called exec as well: a child of this
    interpreter would never seem smaller than the interpreter.
    """
    with tempfile.NamedTemporaryFile("r") as report:
        timed = ["/usr/bin/time", "-f", "%M", "-o", report.name, *command]
        status = subprocess.run(timed, stdout=subprocess.DEVNULL).returncode
        return int(report.read().split()[-1]), status


# The table


def print_machine(clients):
    curl = subprocess.run(["curl", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    rehop = subprocess.run([*clients["rehop"], "--version"], capture_output=True, text=True).stdout.split()
    nginx_version = subprocess.run([NGINX, "-v"], capture_output=True, text=True).stderr.strip().split("/")[-1]
    processors = pathlib.Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*: (.*)$", processors, re.MULTILINE)
    print(f"rehop {rehop[-1] if rehop else '?'}, curl {curl}, nginx {nginx_version}; {model[1] if model else platform.machine()}")
    print(f"({os.cpu_count()} processors), Linux {platform.release()}; {datetime.date.today()}.\n")


def print_head(before):
    print("| case | measure | rehop | curl | rehop : curl |" + (" before : curl |" if before else ""))
    print("|---|---|---:|---:|---:|" + ("---:|" if before else ""))


def row(what, measure, unit, values):
    rehop, curl = values["rehop"], values["curl"]
    before = f" {values['before'] / curl:.2f} |" if "before" in values else ""
    print(f"| {what} | {measure} | {rehop:.1f} {unit} | {curl:.1f} {unit} | {rehop / curl:.2f} |{before}", flush=True)


# The servers

NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin") or sys.exit("nginx is not installed")


@contextlib.contextmanager
def nginx(folder):
    """A chain of redirects on a real nginx, on all addresses of the lists; gives its origin."""
    port = free_port()
    hops = "".join(f"location = /{n} {{ return 302 /{n + 1}$is_args$args; }}\n" for n in range(REDIRECTS))
    listens = "".join(f"listen {address(n)}:{port}; " for n in range(HOSTS))
    temporary = " ".join(f"{kind}_temp_path {kind};" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    pathlib.Path(folder, "nginx.conf").write_text(
        f"daemon off; master_process off; pid nginx.pid; error_log error.log;\n"
        f"events {{ worker_connections 4096; }}\n"
        f"http {{ access_log off; {temporary}\n"
        f"server {{ listen 127.0.0.1:{port}; {listens}\n{hops}location = /{REDIRECTS} {{ return 200 'end'; }} }} }}\n"
    )
    process = subprocess.Popen([NGINX, "-p", folder, "-c", "nginx.conf", "-e", "error.log"])
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


def wait_for(port):
    for _ in range(500):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.01)
    sys.exit("nginx does not listen")


class UploadServer:
    """Redirects uploads and counts what arrives.

    `/early` answers 307 as soon as it has the head, `/late` when it has the whole body, both to `/sink`, which reads the
    whole body, notes its size in `arrived`, and answers 204.
    """

    def __init__(self):
        self.arrived = None
        self.listener = socket.create_server(("127.0.0.1", 0))

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def url(self, path):
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}{path}"

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection):
        # A client that was redirected early may leave in the middle of its upload.
        with connection, contextlib.suppress(ConnectionError):
            while (request := read_head(connection)) is not None:
                path, length, expects, begun = request
                if path == "/early":
                    connection.sendall(answer("307 Temporary Redirect", "Connection: close", "Location: /sink"))
                    connection.shutdown(socket.SHUT_WR)
                    count(connection, length, begun)
                    return
                if expects:
                    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                read = count(connection, length, begun)
                if path == "/late":
                    connection.sendall(answer("307 Temporary Redirect", "Location: /sink"))
                else:
                    self.arrived = read
                    connection.sendall(answer("204 No Content"))


def answer(status, *fields):
    body = [] if status.startswith("204") else ["Content-Length: 0"]
    return "\r\n".join([f"HTTP/1.1 {status}", *fields, *body, "", ""]).encode()


def read_head(connection):
    """Path, content length, whether 100 is expected, and how much content came with the head; None at the end."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, body = data.split(b"\r\n\r\n", 1)
    length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    expects = re.search(rb"\r\nexpect: *100-continue", head, re.IGNORECASE)
    return head.split()[1].decode(), int(length[1]) if length else 0, bool(expects), len(body)


def count(connection, length, read):
    """Reads what is missing of a body, and says how much there was in all."""
    buffer = bytearray(1 << 20)
    while read < length and (size := connection.recv_into(buffer)):
        read += size
    return read


if __name__ == "__main__":
    main()
