# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from mainport.catalogue.feeds import sitemap
from mainport.catalogue.rules.faults import Refused

PAGES = b"""<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://x.nl/a?b=1&amp;c=2</loc><lastmod>2026-05-31T23:30:00-02:00</lastmod></url>
<url><loc> https://x.nl/b </loc><lastmod>2026-05</lastmod></url><url><loc>https://x.nl/b</loc></url>
<url><loc>javascript:alert(1)</loc></url><url><loc>https://x.nl/c</loc><lastmod>gisteren</lastmod></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://x.nl/1.xml.gz</loc>
<lastmod>2026-05-31</lastmod></sitemap></sitemapindex>"""


def test_reads_pages_with_the_day_of_their_change() -> None:
    for data in (PAGES, gzip.compress(PAGES)):
        found = sitemap.read(data)
        assert [place.address for place in found.pages] == [
            "https://x.nl/a?b=1&c=2",
            "https://x.nl/b",
            "https://x.nl/c",
        ]
        assert [str(place.changed) for place in found.pages] == ["2026-05-31", "2026-05", "None"]
        assert found.pages[0].moment == datetime(2026, 6, 1, 1, 30, tzinfo=UTC)
        assert [fault.field for fault in found.faults] == ["url[3]/loc", "url[4]/lastmod"]
        assert found.sitemaps == ()


def test_reads_an_index_and_a_plain_list() -> None:
    assert [place.address for place in sitemap.read(INDEX).sitemaps] == ["https://x.nl/1.xml.gz"]
    plain = sitemap.read(b"https://x.nl/a\n\nftp://x.nl/b\nhttps://x.nl/a\n")
    assert [place.address for place in plain.pages] == ["https://x.nl/a"]
    assert [fault.field for fault in plain.faults] == ["line 3"]


def test_no_more_addresses_than_a_sitemap_may_have() -> None:
    many = (
        b"<urlset>"
        + b"".join(b"<url><loc>https://x.nl/%d</loc></url>" % number for number in range(sitemap.MOST + 5))
        + b"</urlset>"
    )
    found = sitemap.read(many)
    assert len(found.pages) == sitemap.MOST
    assert len(found.faults) == 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<html/>", "<urlset> or <sitemapindex>"),
        (b"", "well-formed XML"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><urlset>&b;</urlset>', "without a DOCTYPE"),
        (b"\x1f\x8bdamaged", "damaged"),
        (gzip.compress(PAGES)[:-12], "breaks off"),
        (gzip.compress(b"<urlset>" + b" " * (sitemap.LIMIT + 10)), "unpacked"),
        (b"https://x.nl/\xff", "UTF-8"),
    ],
)
def test_refuses_what_is_no_sitemap(data: bytes, expected: str) -> None:
    with pytest.raises(Refused) as refused:
        sitemap.read(data)
    assert expected in str(refused.value)
