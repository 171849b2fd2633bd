# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One call to an outside API that changes something there: guarded as a visit is, bounded, and made once.

A call isn't repeated, since nobody knows whether it was done where the answer stayed away; and it isn't sent on to
another address, which would show that address the key.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from mainport import __version__
from mainport.core.fetching.guard import Backend, Transport
from mainport.core.fetching.http import check_address
from mainport.core.fetching.problems import NotReached, NotTrusted

#: An API answers a call with a few kilobytes.
LARGEST = 1024 * 1024
SILENCE = 20.0


@dataclass(frozen=True)
class Reply:
    """What the API answered; `value` is None where that wasn't JSON, and `text` is that answer then."""

    status: int
    value: Any
    text: str = ""


def post(url: str, value: Any, *, key: str = "", allow_loopback: bool = False) -> Reply:
    """Send `value` as JSON, with `key` as bearer token (RFC 6750). Raises NotReached and NotTrusted."""
    return _call("POST", url, value, key=key, allow_loopback=allow_loopback)


def get(url: str, *, key: str = "", allow_loopback: bool = False) -> Reply:
    """Ask how something stands now, with `key` as bearer token. Raises NotReached and NotTrusted."""
    return _call("GET", url, None, key=key, allow_loopback=allow_loopback)


def put(
    url: str,
    value: Any,
    *,
    name: str,
    password: str,
    media_type: str = "application/json",
    allow_loopback: bool = False,
) -> Reply:
    """Put `value` at an address, with name and password (RFC 7617): done twice, it is done once.

    Raises NotReached and NotTrusted.
    """
    secret = base64.b64encode(f"{name}:{password}".encode()).decode()
    headers = {"Authorization": f"Basic {secret}", "Content-Type": media_type, "Accept": media_type}
    return _call("PUT", url, value, headers=headers, allow_loopback=allow_loopback)


def _call(
    method: str,
    url: str,
    value: Any,
    *,
    key: str = "",
    headers: Mapping[str, str] = MappingProxyType({}),
    allow_loopback: bool,
) -> Reply:
    parts = check_address(url)
    if parts.scheme != "https" and not allow_loopback:
        raise NotTrusted(f"{url} isn't an address that begins with https://: a person's data go there")
    port = (urlsplit(url).port or {"http": 80, "https": 443}[parts.scheme]) if allow_loopback else None
    sent = {"User-Agent": f"mainport/{__version__}", "Accept": "application/json"}
    if key:
        sent["Authorization"] = f"Bearer {key}"
    content = None
    if value is not None:
        sent["Content-Type"] = "application/json"
        content = json.dumps(value, ensure_ascii=False).encode()
    transport = Transport(Backend(loopback_port=port))
    try:
        with (
            httpx.Client(
                transport=transport, timeout=SILENCE, follow_redirects=False, headers={**sent, **headers}
            ) as client,
            client.stream(method, url, content=content) as answer,
        ):
            body = _body(answer, url)
    except httpcore.TimeoutException as error:
        raise NotReached(f"{url} doesn't answer in time") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError) as error:
        raise NotReached(f"{url} can't be reached: {error}") from error
    if not 200 <= answer.status_code < 300:
        said = f"{url} answered {answer.status_code} {answer.reason_phrase}".rstrip()
        why = _why(_json(body))
        raise NotReached(f"{said}: {why}" if why else said, status=answer.status_code)
    value = _json(body)
    return Reply(answer.status_code, value, body.decode("utf-8", "replace") if value is None else "")


def _body(answer: httpx.Response, url: str) -> bytes:
    parts, size = [], 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > LARGEST:
            raise NotTrusted(f"{url} goes on: the answer to a call may be {LARGEST // 1024} KiB")
        parts.append(part)
    return b"".join(parts)


def _why(value: Any) -> str:
    """What an API says of an error, by JSON:API or as problem details (RFC 9457)."""
    if not isinstance(value, dict):
        return ""
    errors = value.get("errors")
    told = [one for one in errors if isinstance(one, dict)] if isinstance(errors, list) else [value]
    words = [one.get("title") or one.get("detail") for one in told]
    return "; ".join(one for one in words if isinstance(one, str))[:500]


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
