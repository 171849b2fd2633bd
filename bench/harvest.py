# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Harvesting OAI-PMH into an empty catalogue on SQLite: records a second of processor time, beside Sickle.

The source is a server in another process, whose pages of Dublin Core are made beforehand: as large as those of a
repository of theses, with an abstract of 125 words. Ours is the command as anybody gives it: asking, reading,
checking, storing each record with its raw words and its place, page by page. Sickle only asks and reads; it is there to
show what that costs by itself. After that a harvest of all there is anew, in which nothing changed, and one that was
killed in the middle and taken up.

    python bench/harvest.py [--records 100000] [--page 100]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

#: What the issue asks.
LEAST = 1_000
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
    "<responseDate>2026-11-01T12:00:00Z</responseDate><request>http://localhost/oai</request>"
)
DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def pages(count: int, size: int) -> list[bytes]:
    """The answers, in their order; the same in every run."""
    from wordfreq import top_n_list

    dice = random.Random(7)
    words = [word for word in top_n_list("nl", 20_000) if word.isalpha()]
    names = [word.capitalize() for word in words[2_000:6_000]]

    def record(number: int) -> str:
        title, abstract = " ".join(dice.choices(words, k=9)), " ".join(dice.choices(words, k=125))
        people = "".join(
            f"<dc:creator>{dice.choice(names)}, {dice.choice(names)}</dc:creator>" for _ in range(dice.randint(1, 3))
        )
        subjects = "".join(f"<dc:subject>{dice.choice(words)}</dc:subject>" for _ in range(4))
        return (
            f"<record><header><identifier>oai:bench.example.nl:{number}</identifier>"
            f"<datestamp>2026-0{1 + number % 9}-01T00:00:00Z</datestamp><setSpec>theses</setSpec></header>"
            f"<metadata><oai_dc:dc {DC}><dc:title>{title}</dc:title>{people}{subjects}"
            f"<dc:description>{abstract}</dc:description><dc:date>20{10 + number % 16}-06-30</dc:date>"
            "<dc:publisher>Hanzehogeschool Groningen</dc:publisher><dc:language>nl</dc:language>"
            "<dc:type>info:eu-repo/semantics/bachelorThesis</dc:type>"
            "<dc:rights>info:eu-repo/semantics/openAccess</dc:rights><dc:format>application/pdf</dc:format>"
            f"<dc:identifier>https://doi.org/10.5555/bench.{number}</dc:identifier>"
            f"<dc:identifier>https://bench.example.nl/{number}</dc:identifier></oai_dc:dc></metadata></record>"
        )

    found = []
    for begin in range(0, count, size):
        listed = "".join(record(number) for number in range(begin, min(begin + size, count)))
        token = str(begin // size + 1) if begin + size < count else ""
        more = f'<resumptionToken completeListSize="{count}" cursor="{begin}">{token}</resumptionToken>'
        found.append(f"{HEAD}<ListRecords>{listed}{more}</ListRecords></OAI-PMH>".encode())
    return found


def serve(count: int, size: int) -> None:
    """The source, until it is killed; its first line of output is its address."""
    answers = pages(count, size)
    others = {
        "Identify": "<Identify><repositoryName>Bench</repositoryName><baseURL>http://localhost/oai</baseURL>"
        "<protocolVersion>2.0</protocolVersion><adminEmail>bench@example.nl</adminEmail>"
        "<earliestDatestamp>2026-01-01T00:00:00Z</earliestDatestamp><deletedRecord>persistent</deletedRecord>"
        "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>",
        "ListMetadataFormats": "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix>"
        "<schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema><metadataNamespace>"
        "http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat></ListMetadataFormats>",
    }

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            verb = query["verb"][0]
            if verb in others:
                body = f"{HEAD}{others[verb]}</OAI-PMH>".encode()
            else:
                body = answers[int(query.get("resumptionToken", ["0"])[0])]
            self.send_response(200)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}/oai", flush=True)
    print(sum(map(len, answers)), flush=True)
    threading.Thread(target=server.serve_forever).start()


@contextmanager
def source(count: int, size: int) -> Iterator[tuple[str, int]]:
    process = subprocess.Popen(
        [sys.executable, __file__, "--serve", "--records", str(count), "--page", str(size)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip(), int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def spent(command: list[str], environment: dict[str, str]) -> tuple[float, float, str]:
    """Seconds of processor time and of the clock that a command takes, and what it says."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.perf_counter() - begin, said


def told(what: str, count: int, used: float, clock: float, extra: str = "") -> float:
    rate = count / used
    print(f"{what:<44} {rate:>9,.0f} records/s of processor time ({used:.1f} s; {clock:.1f} s by the clock) {extra}")
    return rate


SICKLE = """
import sys
from sickle import Sickle
count = 0
for record in Sickle(sys.argv[1]).ListRecords(metadataPrefix="oai_dc"):
    count += bool(record.metadata)
print(count)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--page", type=int, default=100)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(asked.records, asked.page)
        return
    with tempfile.TemporaryDirectory() as folder, source(asked.records, asked.page) as (url, size):
        print(
            f"{asked.records:,} records of Dublin Core in pages of {asked.page}, {size / asked.records:,.0f} bytes each"
        )
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"MAINPORT_DATA_DIR": folder, "MAINPORT_FEEDS_ALLOW_LOOPBACK": "1"}
        mainport = [sys.executable, "-m", "mainport"]
        subprocess.run([*mainport, "migrate"], env=environment, check=True, capture_output=True)
        command = [*mainport, "catalogue", "harvest", url, "--name", "bench", "--json"]

        used, clock, said = spent(command, environment)
        assert json.loads(said)["new"] == asked.records, said
        bytes_kept = sum(file.stat().st_size for file in Path(folder).glob("mainport.sqlite3*"))
        rate = told("Mainport, into an empty catalogue", asked.records, used, clock)
        print(f"{'':<44} {bytes_kept / asked.records:>9,.0f} bytes of database a record, raw words included")

        used, clock, said = spent([*command, "--whole"], environment)
        assert json.loads(said)["same"] == asked.records, said
        told("Mainport, all of it anew, nothing changed", asked.records, used, clock)

        peer, clock, said = spent([sys.executable, "-c", SICKLE, url], environment)
        assert int(said) == asked.records, said
        told("Sickle, asking and reading alone", asked.records, peer, clock)

    with tempfile.TemporaryDirectory() as folder, source(asked.records, asked.page) as (url, _size):
        environment["MAINPORT_DATA_DIR"] = folder
        subprocess.run([*mainport, "migrate"], env=environment, check=True, capture_output=True)
        command = [*mainport, "catalogue", "harvest", url, "--name", "bench", "--json"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(max(3.0, asked.records / LEAST / 3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        used, clock, said = spent(command, environment)
        found = json.loads(said)
        assert (found["state"], found["new"], found["same"]) == ("complete", asked.records, 0), said
        print(f"Killed and taken up: all {asked.records:,} once, in {found['requests']:,} questions altogether")
    print(f"{'PASS' if rate >= LEAST else 'FAIL'}: at least {LEAST:,} records/s of processor time")


if __name__ == "__main__":
    main()
