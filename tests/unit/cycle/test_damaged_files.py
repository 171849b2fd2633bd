# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Whatever is wrong with a file of a bank or supplier, it is read or refused, and nothing else happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mainport.cycle.feeds import camt, ubl, xml
from mainport.cycle.rules.files import Fault, Refused

DATA = Path(__file__).resolve().parents[2] / "data" / "cycle"
SAMPLES: list[tuple[str, Callable[[bytes, str], Any]]] = [
    ("camt053-02.xml", camt.read),
    ("camt053-08.xml", camt.read),
    ("ubl-invoice.xml", ubl.read),
    ("ubl-credit-note.xml", ubl.read),
]
WORDS = ("x", "-1", "0", "1e9", "NaN", "9" * 40, "9" * 41, "." + "0" * 38 + "1", "٣", "2023-13-45", "\u202e", "EUR")


def damaged(data: bytes) -> Iterator[bytes]:
    """The file with each of its elements gone, doubled, emptied or filled with something else, one at a time."""
    count = sum(1 for _ in etree.fromstring(data).iter("*"))
    for place in range(1, count):
        for deed in ("remove", "double", "empty", *WORDS):
            root = etree.fromstring(data)
            node = list(root.iter("*"))[place]
            above = node.getparent()
            assert above is not None
            if deed == "remove":
                above.remove(node)
            elif deed == "double":
                above.insert(above.index(node), etree.fromstring(etree.tostring(node)))
            elif deed == "empty":
                node.clear()
            else:
                node.text = deed
            yield etree.tostring(root)


def faults_of(read: Callable[[bytes, str], Any], data: bytes, name: str) -> list[Fault]:
    """What the file is refused for; nothing where it is read."""
    try:
        read(data, name)
    except Refused as error:
        return error.faults
    return []


@pytest.mark.parametrize(("name", "read"), SAMPLES)
def test_every_damaged_element(name: str, read: Callable[[bytes, str], Any]) -> None:
    refusals = [faults for data in damaged((DATA / name).read_bytes()) if (faults := faults_of(read, data, name))]
    assert len(refusals) > 50
    assert all(fault.file == name and fault.expected for faults in refusals for fault in faults)


@pytest.mark.parametrize(("name", "read"), SAMPLES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_damaged_bytes(name: str, read: Callable[[bytes, str], Any], data: st.DataObject) -> None:
    content = bytearray((DATA / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
    assert all(fault.file == name for fault in faults_of(read, bytes(content), name))


@pytest.mark.parametrize(("name", "read"), SAMPLES)
@given(content=st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes(name: str, read: Callable[[bytes, str], Any], content: bytes) -> None:
    with pytest.raises(Refused):
        read(content, name)


def test_a_hundred_faults_are_enough() -> None:
    entry = b'<Ntry><Amt Ccy="USD">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts></Ntry>'
    data = (DATA / "camt053-02.xml").read_bytes().replace(b"<Ntry>", entry * 5000 + b"<Ntry>", 1)
    with pytest.raises(Refused, match=r"USD") as caught:
        camt.read(data, "large.xml")
    assert len(caught.value.faults) == xml.MOST_FAULTS
