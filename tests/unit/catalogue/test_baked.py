# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Certificates in pictures: ours, and those that others baked."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from mainport.catalogue.exports import badge_image, openbadge
from mainport.catalogue.feeds.baked import certificate
from mainport.catalogue.rules.badges import LARGEST, Problem, check
from tests.unit.catalogue.test_badges import AT, AWARD, BADGE, ISSUER, NOW, SIGNER, fetch

SVG, OB = "{http://www.w3.org/2000/svg}", "{https://purl.imsglobal.org/ob/v3p0}"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*texts: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *(chunk(b"iTXt", one) for one in texts), chunk(b"IDAT", zlib.compress(b"\0\0"))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def test_our_picture_carries_the_certificate_and_says_what_it_is() -> None:
    written = badge_image.svg(BADGE)
    root = etree.fromstring(written.encode())
    # Open Badges 3.0, 5.3.2: directly after the svg tag.
    assert root[0].tag == f"{OB}credential"
    assert json.loads(str(root[0].text)) == BADGE
    drawn = [one.text for one in root.iter(f"{SVG}text")]
    assert {"Klik en tik", "Alice de Vries", "Biblionet", "2026-11-20", "Digitale Academie"} == set(drawn)
    assert root.findtext(f"{SVG}title") == "Klik en tik"
    assert check(certificate(written.encode()), fetch(), now=NOW).stands
    assert BADGE["image"]["id"].endswith(f"{AWARD.identifier}.svg")


@pytest.mark.parametrize(
    "title",
    ["]]> <script>alert(1)</script> & 'x' \"y\"", "Een heel lange naam " * 20, "x" * 300, "\ufffe\x07 日本語 𝒳", "R&D"],
)
def test_whatever_a_course_is_called(title: str) -> None:
    award = replace(AWARD, course=replace(AWARD.course, titles={"nl": title}), name="Bob <&> ]]>")
    said = openbadge.signed(openbadge.credential(award, ISSUER), AT, SIGNER)
    written = badge_image.svg(said)
    root = etree.fromstring(written.encode())
    assert json.loads(str(root[0].text)) == said
    lines = [str(one.text) for one in root.iter(f"{SVG}text")]
    assert all(len(line) <= 40 for line in lines)
    assert not list(root.iter(f"{SVG}script"))
    assert check(certificate(written.encode()), fetch(), now=NOW).stands


@pytest.mark.parametrize("packed", [False, True])
def test_out_of_png(packed: bool) -> None:
    token = openbadge.token(AWARD, BADGE, ISSUER, SIGNER).encode()
    text = (
        b"openbadgecredential\0"
        + (b"\1" if packed else b"\0")
        + b"\0\0\0"
        + (zlib.compress(token) if packed else token)
    )
    other = b"Comment\0\0\0\0\0made by hand"
    found = check(certificate(png(other, text)), fetch(), now=NOW)
    assert (found.stands, found.form) == (True, "JWT")


def test_out_of_svg_of_others() -> None:
    token = openbadge.token(AWARD, BADGE, ISSUER, SIGNER)
    svg = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
        ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg"'
        f' xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential verify="{token}"/></svg>'
    )
    assert check(certificate(svg.encode()), fetch(), now=NOW).stands


@pytest.mark.parametrize(
    "picture",
    [
        png(),
        png(b"openbadgecredential\0\1\0\0\0nothing packed"),
        png(b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"[" * (LARGEST * 4))),
        png(b"openbadgecredential"),
        png()[:40],
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<svg",
        b"<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>",
    ],
)
def test_pictures_that_carry_none(picture: bytes) -> None:
    assert check(certificate(picture), fetch(), now=NOW).problems == (Problem.NOT_READ,)


def test_what_is_no_picture_stays_as_it_came() -> None:
    for written in (b'{"a": 1}', "a.b.c", b"", "<svg/>"):
        said: Any = certificate(written)
        assert said == written
