# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Keeps feeds from reaching inside addresses: those of this machine, its network and its cloud.

The address is checked at the moment of connecting, and that same address is connected to: a name that
answers differently a moment later (DNS rebinding) gains nothing, nor does a redirect.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpcore
import httpx

from mainport.core.fetching.problems import NotReached, NotTrusted

#: IPv4 addresses written as IPv6 ones for a translator (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")


def is_outside(address: str) -> bool:
    """Whether this is an address on the public internet.

    >>> is_outside("93.184.216.34"), is_outside("10.0.0.1"), is_outside("::ffff:127.0.0.1")
    (True, False, False)
    """
    found = _plain(ip_address(address.partition("%")[0]))
    return found.is_global and not (found.is_multicast or found.is_reserved)


def is_loopback(address: str) -> bool:
    return _plain(ip_address(address.partition("%")[0])).is_loopback


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class Backend(httpcore.NetworkBackend):
    """Connects to outside addresses, and to this machine itself at `loopback_port` alone."""

    def __init__(self, loopback_port: int | None = None) -> None:
        self._loopback_port = loopback_port
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        found = _addresses(host, port)
        for address in found:
            self._check(host, port, address)
        # All were checked: try them in the order of the resolver, as anybody would.
        for number, address in enumerate(found):
            try:
                return self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(found) - 1:
                    raise
        raise NotReached(f"{host} has no address")

    def _check(self, host: str, port: int, address: str) -> None:
        if is_outside(address):
            return
        if not is_loopback(address):
            raise NotTrusted(f"{host} is the inside address {address}: feeds may reach outside addresses only")
        if self._loopback_port is None:
            raise NotTrusted(
                f"{host} is the loopback address {address} of this machine: feeds may reach outside addresses only "
                "(MAINPORT_FEEDS_ALLOW_LOOPBACK=1 allows loopback, for tests)"
            )
        if port != self._loopback_port:
            raise NotTrusted(f"{host}:{port} is an inside address, and not the one of the feed")


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotReached(f"{host} isn't found: {error}") from error
    return list(dict.fromkeys(str(sockaddr[0]) for *_rest, sockaddr in found))


class Transport(httpx.BaseTransport):
    """httpx over connections that the guard made. It reads no proxy settings: a proxy would connect unguarded."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Stream(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
