# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import socket

import httpcore
import pytest

from mainport.core.fetching.guard import Backend, is_outside
from mainport.core.fetching.http import check_address
from mainport.core.fetching.problems import NotReached, NotTrusted


@pytest.mark.parametrize("address", ["93.184.216.34", "2a00:1450:400e:80f::200e", "::ffff:93.184.216.34"])
def test_outside(address):
    assert is_outside(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # Metadata of a cloud machine.
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:1::1",
    ],
)
def test_inside(address):
    assert not is_outside(address)


def resolve_to(monkeypatch, *addresses: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)


def test_a_name_that_stands_for_an_inside_address_is_refused(monkeypatch):
    resolve_to(monkeypatch, "10.0.0.7")
    with pytest.raises(NotTrusted, match=r"feed\.example is the inside address 10\.0\.0\.7"):
        Backend().connect_tcp("feed.example", 80)


def test_one_inside_address_among_outside_ones_is_enough(monkeypatch):
    resolve_to(monkeypatch, "93.184.216.34", "127.0.0.1")
    with pytest.raises(NotTrusted, match="loopback"):
        Backend().connect_tcp("feed.example", 80)


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch):
    """A name that answers otherwise the second time (DNS rebinding) is asked once only."""
    asked = []

    def getaddrinfo(host, *args, **kwargs):
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))]

    connected = []

    def connect_tcp(self, host, *args, **kwargs):
        connected.append(host)
        raise httpcore.ConnectError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_tcp)
    with pytest.raises(httpcore.ConnectError):
        Backend().connect_tcp("feed.example", 80)
    assert (asked, connected) == (["feed.example"], ["93.184.216.34"])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433"])
def test_loopback_is_refused_however_it_is_written(host):
    with pytest.raises((NotTrusted, NotReached)):
        Backend().connect_tcp(host, 80)


def test_loopback_is_allowed_at_the_port_of_the_feed_alone():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_server(("127.0.0.1", 0)) as other:
        port = server.getsockname()[1]
        Backend(loopback_port=port).connect_tcp("127.0.0.1", port).close()
        with pytest.raises(NotTrusted, match="not the one of the feed"):
            Backend(loopback_port=port).connect_tcp("127.0.0.1", other.getsockname()[1])


def test_a_name_that_does_not_exist(monkeypatch):
    def getaddrinfo(*args, **kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(NotReached, match=r"feed\.example isn't found"):
        Backend().connect_tcp("feed.example", 443)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://feed.example/",
        "gopher://feed.example/",
        "feed.example",
        "https://",
        "https://user:secret@feed.example/",
        "https://feed.example:99999/",
        "http://[::1/",
    ],
)
def test_what_is_no_address_of_a_feed(address):
    with pytest.raises(NotTrusted) as error:
        check_address(address)
    assert "secret" not in str(error.value)
