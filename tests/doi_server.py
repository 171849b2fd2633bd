# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An agency of DOIs on loopback, by DataCite's REST API: it checks what it gets, and can be as bad as networks are."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from lxml import etree

PREFIX, ACCOUNT, PASSWORD = "10.5072", "MAIN.PORT", "s3cret"
_STATES = {"publish": "findable", "hide": "registered", "register": "registered"}


@dataclass
class Agency:
    """What it knows by DOI, every call it got, and how it fails: `bad` is taken from the front, one for each call."""

    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    schema: etree.XMLSchema | None = None

    def put(self, doi: str, attributes: dict[str, Any]) -> tuple[int, Any]:
        """Store it, or say what is wrong with it."""
        event = attributes.get("event", "")
        self.calls.append((doi, event))
        row = self.known.setdefault(doi, {"state": "draft"})
        row |= {name: value for name, value in attributes.items() if name != "event"}
        wrong = self._wrong(doi, row)
        if wrong:
            return 422, {"errors": [{"source": "xml", "title": wrong}]}
        row["state"] = _STATES.get(event, row["state"])
        return 200 if row else 201, {"data": {"id": doi, "type": "dois", "attributes": {**row, "doi": doi}}}

    def _wrong(self, doi: str, row: dict[str, Any]) -> str:
        if not doi.startswith(f"{PREFIX}/") or doi != doi.lower():
            return "This prefix isn't yours"
        if not str(row.get("url", "")).startswith("http"):
            return "URL is missing"
        root = etree.fromstring(base64.b64decode(row.get("xml", ""), validate=True))
        if self.schema is not None and not self.schema.validate(root):
            return str(self.schema.error_log)
        said = root.findtext("{http://datacite.org/schema/kernel-4}identifier")
        return "" if said == doi else f"the metadata are of {said}"


@contextmanager
def served(agency: Agency) -> Iterator[str]:
    """The agency at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            bad = agency.bad.pop(0) if agency.bad else ""
            secret = base64.b64encode(f"{ACCOUNT}:{PASSWORD}".encode()).decode()
            if self.headers["Authorization"] != f"Basic {secret}":
                return self._answer(401, {"errors": [{"title": "Bad credentials."}]})
            if self.headers["Content-Type"] != "application/vnd.api+json":
                return self._answer(415, {"errors": [{"title": "Unsupported media type"}]})
            if bad == "500":
                return self._answer(500, "<h1>Oops</h1>")
            data = json.loads(body)["data"]
            assert data["type"] == "dois"
            assert self.path == f"/dois/{data['id']}"
            status, answer = agency.put(data["id"], data["attributes"])
            if bad == "lost":  # It was done, and nobody hears so.
                self.close_connection = True
                return None
            return self._answer(status, answer)

        def _answer(self, status: int, value: Any) -> None:
            content = value.encode() if isinstance(value, str) else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
