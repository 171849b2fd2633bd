# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A server on this machine that answers as CBS does, with recorded answers, in pages; and can be made to misbehave."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

Answer = Callable[["_Handler"], None]


class Replay:
    """Serves the tables under `folder`. `answers` says of a resource (`85937NED/Observations`) how else to answer."""

    def __init__(self, folder: Path, *, page: int = 2000) -> None:
        self.folder, self.page = folder, page
        self.answers: dict[str, Answer] = {}
        self.changes: dict[str, Callable[[Any], Any]] = {}
        self.asked: list[tuple[str, int]] = []
        self.etags = True

    def __enter__(self) -> Replay:
        handler = type("Handler", (_Handler,), {"replay": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        return f"{self.root}/odata/v1/CBS"

    def recorded(self, table: str, resource: str) -> Any:
        names = {"Properties": "properties", "Dimensions": "dimensions", "MeasureCodes": "measure-codes"}
        if resource == "Observations":
            pages = index(self.folder / table)["observationPages"]
            found = {"value": [row for name in pages for row in load(self.folder / table / name)["value"]]}
        elif resource.endswith("Groups"):
            # They weren't recorded: made of those that the codes name, in the shape of CBS.
            codes = self.recorded(table, f"{resource.removesuffix('Groups')}Codes")
            groups = dict.fromkeys(code.get("DimensionGroupId") for code in codes["value"]) if codes else {}
            items = [
                {"Id": group, "Index": number, "Title": f"Group {group}", "Description": None, "ParentId": None}
                for number, group in enumerate(groups, 1)
                if group is not None
            ]
            if not items:
                return None
            found = {"value": items}
        else:
            name = names.get(resource) or f"codes-{resource.removesuffix('Codes')}"
            file = self.folder / table / f"{name}.json"
            if not file.is_file():
                return None
            found = load(file)
        change = self.changes.get(f"{table}/{resource}")
        return change(json.loads(json.dumps(found))) if change else found

    def forget(self) -> None:
        """As it was at the start."""
        self.answers.clear()
        self.changes.clear()
        self.asked.clear()


@cache
def load(path: Path) -> Any:
    return json.loads(path.read_text())


def index(folder: Path) -> Any:
    return load(folder / "index.json")


class _Handler(BaseHTTPRequestHandler):
    replay: Replay
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        resource = parts.path.removeprefix("/odata/v1/CBS/")
        if answer := self.replay.answers.get(resource):
            self.replay.asked.append((self.path, 0))
            answer(self)
            return
        table, _slash, name = resource.partition("/")
        known = parts.path.startswith("/odata/v1/CBS/") and (self.replay.folder / table / "index.json").is_file()
        found = self.replay.recorded(table, name) if known else None
        if found is None:
            self.send(404, b"<html>Not found</html>", "text/html")
            return
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        recorded = index(self.replay.folder / table)["sliceFilter"]
        if name == "Observations" and query.get("$filter", recorded) != recorded:
            self.send(400, b'{"error": "only the recorded filter"}', "application/json")
            return
        if "value" in found and not isinstance(found["value"], str):
            found = self._page(found, parts.path, query)
        self.send(200, json.dumps(found).encode(), "application/json")

    def _page(self, found: Any, path: str, query: dict[str, str]) -> Any:
        skip = int(query.get("$skip", 0))
        page = {**found, "value": found["value"][skip : skip + self.replay.page]}
        if skip + self.replay.page < len(found["value"]):
            chosen = f"$filter={quote(query['$filter'])}&" if "$filter" in query else ""
            page["@odata.nextLink"] = f"{self.replay.root}{path}?{chosen}$skip={skip + self.replay.page}"
        return page

    def send(self, status: int, body: bytes, media_type: str = "application/json", **headers: str) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == 200 and self.replay.etags:
            headers["ETag"] = etag
            if self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
        self.replay.asked.append((unquote(self.path), status))
        self.send_response(status)
        for name, value in {"Content-Type": media_type, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""
