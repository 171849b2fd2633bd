# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An OAI-PMH server on loopback with records that can change under a harvester, and with bad manners on request."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


@dataclass
class Kept:
    """A record of the server. Without a title it is deleted."""

    title: str
    stamp: str
    doi: str = ""
    sets: tuple[str, ...] = ()
    deleted: bool = False
    raw: str = ""  # Metadata instead of Dublin Core.


@dataclass
class Source:
    """What the server says. `bad` names a bad behaviour, which begins with page `bad_from`."""

    records: dict[str, Kept] = field(default_factory=dict)
    now: str = "2026-01-10T12:00:00Z"
    size: int = 10
    granularity: str = "YYYY-MM-DDThh:mm:ssZ"
    deletions: str = "persistent"
    bad: str = ""
    bad_from: int = 1
    bad_times: int = 10**9
    asked: list[dict[str, str]] = field(default_factory=list)
    pause: float = 0.0
    epoch: int = 0  # Tokens of an older one have expired.

    def add(self, count: int, stamp: str = "2026-01-01T00:00:00Z", begin: int = 0) -> Source:
        for number in range(begin, begin + count):
            self.records[f"oai:test:{number}"] = Kept(f"Title number {number}", stamp, f"10.1000/{number}")
        return self

    def titles(self) -> list[str]:
        return sorted(one.title for one in self.records.values() if not one.deleted)

    # --- Answers ---

    def answer(self, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(query)
        if self.pause:
            time.sleep(self.pause)
        verb = query.get("verb", "")
        if verb == "Identify":
            return self._xml(
                f"<Identify><repositoryName>Test</repositoryName><baseURL>http://x/</baseURL>"
                f"<protocolVersion>2.0</protocolVersion><adminEmail>a@example.org</adminEmail>"
                f"<earliestDatestamp>2020-01-01T00:00:00Z</earliestDatestamp>"
                f"<deletedRecord>{self.deletions}</deletedRecord><granularity>{self.granularity}</granularity></Identify>"
            )
        if verb == "ListMetadataFormats":
            return self._xml(
                "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>x</schema>"
                "<metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat>"
                "</ListMetadataFormats>"
            )
        return self._list(query)

    def _list(self, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        token = query.get("resumptionToken", "")
        if token:
            epoch, _, place = token.partition("!")
            since, _, start = place.partition("@")
            if int(epoch) != self.epoch:
                return self._error("badResumptionToken", "expired")
            begin = int(start)
        else:
            since, begin = query.get("from", ""), 0
        found = sorted((one.stamp, name) for name, one in self.records.items() if one.stamp >= since)
        page = begin // self.size
        if self.bad and page >= self.bad_from and self.bad_times > 0:
            self.bad_times -= 1
            if (bad := self._misbehave(begin, since)) is not None:
                return bad
        if not found:
            return self._error("noRecordsMatch", "nothing")
        records = "".join(self._record(name) for _stamp, name in found[begin : begin + self.size])
        end = begin + self.size
        following = f"{self.epoch}!{since}@{end}" if end < len(found) else ""
        if self.bad == "endless":
            following = f"{self.epoch}!{since}@{'0' * (len(self.asked) % 300)}{end % len(found)}"
        more = (
            f'<resumptionToken completeListSize="{len(found)}" cursor="{begin}">{escape(following)}</resumptionToken>'
        )
        return self._xml(f"<ListRecords>{records}{more if following or begin else ''}</ListRecords>")

    def _misbehave(self, begin: int, since: str) -> tuple[int, dict[str, str], bytes] | None:
        records = "".join(self._record(name) for name in sorted(self.records)[begin : begin + self.size])

        def page(token: str) -> tuple[int, dict[str, str], bytes]:
            return self._xml(f"<ListRecords>{records}<resumptionToken>{token}</resumptionToken></ListRecords>")

        if self.bad == "repeat":
            return page(f"{self.epoch}!{since}@{begin}")
        if self.bad == "loop":
            return page(f"{self.epoch}!{since}@0")
        if self.bad == "500":
            return 500, {}, b"Oops"
        if self.bad == "503":
            return 503, {"Retry-After": "1"}, b""
        if self.bad == "later":
            return 503, {"Retry-After": "7200"}, b""
        if self.bad == "encoding":
            text = (
                HEAD
                + "<responseDate>2026-01-10T12:00:00Z</responseDate><ListRecords>"
                + records.replace("Title", "Titl\xe9")
            )
            return 200, {}, (text + "</ListRecords></OAI-PMH>").encode("latin-1")
        if self.bad == "packed":
            return 200, {"Content-Encoding": "gzip"}, b"<OAI-PMH>not packed at all</OAI-PMH>"
        if self.bad == "cut":
            whole = self._xml(f"<ListRecords>{records}</ListRecords>")[2]
            return 200, {}, whole[: len(whole) // 2]
        if self.bad == "html":
            return 200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><html><body>Down for maintenance</body></html>"
        if self.bad == "expire":
            self.epoch += 1
            return self._error("badResumptionToken", "expired")
        if self.bad == "huge":
            return 200, {"Content-Length": str(2 * 1024**3)}, b"<OAI-PMH>"
        if self.bad == "error":
            return self._error("cannotDisseminateFormat", "no such format")
        return None

    def _record(self, name: str) -> str:
        one = self.records[name]
        sets = "".join(f"<setSpec>{part}</setSpec>" for part in one.sets)
        status = ' status="deleted"' if one.deleted else ""
        stamp = one.stamp if self.granularity.endswith("Z") else one.stamp[:10]
        header = f"<header{status}><identifier>{name}</identifier><datestamp>{stamp}</datestamp>{sets}</header>"
        if one.deleted:
            return f"<record>{header}</record>"
        title = f"<dc:title>{escape(one.title)}</dc:title>" if one.title else ""
        words = one.raw or (
            f"<oai_dc:dc {DC}>{title}<dc:creator>Jansen, Alice</dc:creator><dc:date>2025-05-01</dc:date>"
            f"<dc:type>info:eu-repo/semantics/bachelorThesis</dc:type><dc:language>nl</dc:language>"
            f"<dc:description>What {escape(one.title)} found out.</dc:description>"
            f"<dc:identifier>{one.doi}</dc:identifier></oai_dc:dc>"
        )
        return f"<record>{header}<metadata>{words}</metadata></record>"

    def _error(self, code: str, words: str) -> tuple[int, dict[str, str], bytes]:
        return self._xml(f'<error code="{code}">{words}</error>')

    def _xml(self, body: str) -> tuple[int, dict[str, str], bytes]:
        text = f"{HEAD}<responseDate>{self.now}</responseDate><request>http://x/</request>{body}</OAI-PMH>"
        return 200, {"Content-Type": "text/xml; charset=utf-8"}, text.encode()


@contextmanager
def served(source: Source) -> Iterator[str]:
    """The address at which the source answers."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            status, headers, body = source.answer(query)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)
            if headers.get("Content-Length", str(len(body))) != str(len(body)):
                self.close_connection = True

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/oai"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
