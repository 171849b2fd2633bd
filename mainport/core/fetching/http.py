# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One visit to a source over http: guarded, bounded in size and time, patient, and asking only for what changed."""

from __future__ import annotations

import logging
import random
import re
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import MappingProxyType, TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from mainport import __version__
from mainport.core.fetching.guard import Backend, Transport
from mainport.core.fetching.problems import NotReached, NotTrusted
from mainport.core.fetching.raw import Keeper, Kept

# It would log the address of each page at INFO; what was asked is kept with the answers.
logging.getLogger("httpx").setLevel(logging.WARNING)

MIB = 1024 * 1024
REDIRECTS = 5
#: Seconds before the second and the third try; a scheduled visit comes back after hours anyway.
PAUSES = (0.5, 2.0)
#: A source that asks for more patience than this isn't waited for.
LONGEST_PAUSE = 30.0
#: Answers that may be other a moment later (RFC 9110, 15.5.9 and 15.6; RFC 6585, 4).
PASSING = {408, 425, 429, 500, 502, 503, 504}


#: The header in which ABF Swing wants its key; see feeds/swing.py. A key of another source names its own header.
API_KEY = "apikey"
_NAMED_KEY = re.compile(r"([A-Za-z][A-Za-z-]{2,40}):\s*(\S.*)")


@dataclass(frozen=True)
class Limits:
    """What one visit may cost: bytes unpacked, of them in one answer, seconds in all, seconds of silence."""

    size: int = 512 * MIB
    answer: int = 128 * MIB
    time: float = 900
    silence: float = 30


class Visit:
    """Asks a source for answers and keeps each of them raw.

    With the answers of an earlier visit (`before`), a source is asked only whether each has changed; one
    that hasn't is taken from there. `told` hears how many answers and bytes there are so far. `api_keys` are
    by host: a key is shown to that host alone, over https, wherever a redirect or a next page leads.
    """

    def __init__(
        self,
        url: str,
        keeper: Keeper,
        *,
        limits: Limits = Limits(),
        before: Kept | None = None,
        allow_loopback: bool = False,
        api_keys: Mapping[str, str] = MappingProxyType({}),
        told: Callable[[int, int], None] = lambda answers, size: None,
    ) -> None:
        self.keeper = keeper
        self.changed = False
        self._limits, self._before, self._told = limits, before, told
        self._api_keys = api_keys
        self._loopback = allow_loopback
        self._end = time.monotonic() + limits.time
        self._size = 0
        port = _port(check_address(url)) if allow_loopback else None
        self._client = httpx.Client(
            transport=Transport(Backend(loopback_port=port)),
            timeout=httpx.Timeout(limits.silence),
            follow_redirects=False,
            headers={"User-Agent": f"mainport/{__version__}", "Accept-Encoding": "gzip, deflate"},
        )

    def __enter__(self) -> Visit:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, url: str, *, accept: str = "*/*") -> bytes:
        """The body of the answer. Raises NotReached and NotTrusted."""
        asked = str(_parsed(url))
        headers = {"Accept": accept}
        old = self._before.answers.get(asked) if self._before else None
        if old and old.etag:
            headers["If-None-Match"] = old.etag
        elif old and old.modified:
            headers["If-Modified-Since"] = old.modified
        answer, body = self._patiently(asked, headers)
        if answer.status_code == 304 and old and self._before:
            try:
                body = self._before.read(old)
            except (OSError, KeyError, zipfile.BadZipFile):
                self._before = None  # Damaged: ask for all of it.
                return self.get(url, accept=accept)
            media_type, etag, modified = old.media_type, old.etag, old.modified
            self._count(len(body), asked)
        else:
            self.changed = True
            media_type, etag, modified = (
                answer.headers.get(name, "") for name in ("content-type", "etag", "last-modified")
            )
        self.keeper.add(asked, body, media_type=media_type, etag=etag[:300], modified=modified[:100])
        self._told(len(self.keeper.answers), self._size)
        return body

    def _patiently(self, url: str, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
        """The answer, asked for again where the fault may pass by itself."""
        for tries, pause in enumerate((*PAUSES, 0.0), start=1):
            try:
                answer, body = self._follow(url, headers)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpx.DecodingError) as e:
                problem, status, asked_pause = f"{url} {_words(e)}", None, 0.0
            else:
                if answer.status_code in (200, 304):
                    return answer, body
                status = answer.status_code
                problem = f"{url} answered {status} {answer.reason_phrase}".rstrip()
                if status not in PASSING:
                    raise NotReached(problem, status=status)
                asked_pause = _retry_after(answer)
            wait = max(pause * random.uniform(0.8, 1.2), asked_pause)  # noqa: S311 -- not a secret
            if tries > len(PAUSES) or wait > LONGEST_PAUSE or time.monotonic() + wait > self._end:
                break
            time.sleep(wait)
        raise NotReached(f"{problem} (asked {tries} times)" if tries > 1 else problem, status=status, after=asked_pause)

    def _follow(self, url: str, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
        at = url
        for _step in range(REDIRECTS + 1):
            check_address(at)
            with self._client.stream("GET", at, headers={**headers, **self._key_for(at)}) as answer:
                if answer.status_code in (301, 302, 303, 307, 308) and "location" in answer.headers:
                    to = urljoin(at, answer.headers["location"])
                    if urlsplit(at).scheme == "https" and urlsplit(to).scheme != "https":
                        raise NotTrusted(f"{url} sends on from https to {to}")
                    at = to
                    continue
                return answer, self._body(answer, url) if answer.status_code == 200 else b""
        raise NotTrusted(f"{url} sends on more than {REDIRECTS} times")

    def _key_for(self, url: str) -> dict[str, str]:
        parts = urlsplit(url)
        key = self._api_keys.get(parts.hostname or "")
        if not key or not (parts.scheme == "https" or self._loopback):
            return {}
        named = _NAMED_KEY.fullmatch(key)
        return {named[1]: named[2]} if named else {API_KEY: key}

    def _body(self, answer: httpx.Response, url: str) -> bytes:
        said = answer.headers.get("content-length", "")
        before = self._size
        if said.isdecimal():
            self._check_size(url, before + int(said), int(said), said=True)
        parts = []
        try:
            for part in answer.iter_bytes():
                self._count(len(part), url)
                self._check_size(url, self._size, self._size - before)
                parts.append(part)
        except (httpcore.ProtocolError, httpcore.NetworkError, httpcore.TimeoutException, httpx.DecodingError):
            self._size = before  # It is asked for again.
            raise
        return b"".join(parts)

    def _count(self, size: int, url: str) -> None:
        self._size += size
        self._check_size(url, self._size, 0)
        if time.monotonic() > self._end:
            raise NotReached(f"{url} takes longer than {self._limits.time:.0f} seconds")

    def _check_size(self, url: str, so_far: int, of_this: int, *, said: bool = False) -> None:
        """Raises NotTrusted for more than a visit, or one answer of it, may bring."""
        size = f"is {of_this / MIB:,.0f} MiB" if said else "goes on"
        for bytes_, limit, what in (
            (so_far, self._limits.size, "a visit"),
            (of_this, self._limits.answer, "one answer"),
        ):
            if bytes_ > limit:
                raise NotTrusted(f"{url} {size}: {what} may bring {limit / MIB:,.0f} MiB; ask for less, with a filter")


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except httpx.InvalidURL as error:
        raise NotTrusted(f"{url} isn't an address: {error}") from error


def check_address(url: str) -> Any:
    """The parts of an address that a feed may have. Raises NotTrusted."""
    try:
        parts = urlsplit(url)
        port_is_right = parts.port != 0
    except ValueError as error:
        raise NotTrusted(f"{url} isn't an address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_right:
        raise NotTrusted(f"{url} isn't an address that begins with https:// or http://")
    if parts.username is not None or parts.password is not None:
        raise NotTrusted(f"{parts.scheme}://{parts.hostname} is given with a name or password in the address")
    return parts


def _port(parts: Any) -> int:
    port: int | None = parts.port
    return port or {"http": 80, "https": 443}[parts.scheme]


def _retry_after(answer: httpx.Response) -> float:
    """For how many seconds the source asks patience, as a number or as a date (RFC 9110, 10.2.3)."""
    said = answer.headers.get("retry-after", "")
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 0.0


def _words(error: Exception) -> str:
    if isinstance(error, httpcore.TimeoutException):
        return "doesn't answer in time"
    if isinstance(error, httpcore.RemoteProtocolError):
        return f"broke off its answer: {error}"
    if isinstance(error, httpx.DecodingError):
        return f"sent an answer that can't be unpacked: {error}"
    return f"can't be reached: {error}"
