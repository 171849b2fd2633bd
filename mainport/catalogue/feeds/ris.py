# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""RIS: what reference managers and library systems export, a tag of two signs a line."""

from __future__ import annotations

import re

from mainport.catalogue.feeds import vocabulary
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import Day, day, language
from mainport.catalogue.rules.works import Identifier, Organisation, Provenance, Scheme, Subject, Work, identify

PREFIX = "ris"
#: Bytes that a file may have.
LIMIT = 64 * 1024 * 1024
_LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?")

Tags = dict[str, list[str]]


def read(data: bytes) -> tuple[list[Work], list[Fault]]:
    """The works of a file in their order, and what of them couldn't be read. Raises Refused for what is no RIS."""
    if len(data) > LIMIT:
        raise Refused([Fault("", f"{len(data):,} bytes", f"at most {LIMIT:,}")])
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Refused([Fault("", f"byte {error.start} that is no UTF-8", "RIS in UTF-8")]) from error
    faults: list[Fault] = []
    records = _records(lines, faults)
    if not records:
        raise Refused([Fault("", "no line that begins with TY  -", "RIS")])
    return [_work(tags, f"line {line}", faults) for line, tags in records], faults


def _records(lines: list[str], faults: list[Fault]) -> list[tuple[int, Tags]]:
    """The tags of each record with the line on which it begins; a line without a tag goes on with the one before."""
    records: list[tuple[int, Tags]] = []
    open_tags: Tags | None = None
    last = ""
    for number, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            if open_tags is not None and last and line.strip():
                open_tags[last][-1] += f" {line.strip()}"
            elif line.strip():
                faults.append(Fault(f"line {number}", line[:80], "a tag of two signs, such as TI  - Title"))
            continue
        tag, words = found[1], (found[2] or "").strip()
        if tag == "TY":
            if open_tags is not None:
                faults.append(Fault(f"line {number}", "TY", "ER, the end of the record before"))
            open_tags = {}
            records.append((number, open_tags))
        if tag == "ER" or open_tags is None:
            if tag != "ER":
                faults.append(Fault(f"line {number}", tag, "TY, the beginning of a record"))
            open_tags, last = None, ""
            continue
        open_tags.setdefault(tag, []).append(words)
        last = tag
    return records


def _work(tags: Tags, where: str, faults: list[Fault]) -> Work:
    def first(*names: str) -> str:
        return next((words for name in names for words in tags.get(name, []) if words), "")

    code = language(first("LA"))
    title, abstract, publisher = first("TI", "T1", "CT", "BT"), first("AB", "N2"), first("PB")
    numbers = [*tags.get("DO", []), *tags.get("UR", []), *tags.get("L1", [])]
    found = [one for number in numbers if (one := identify(number))]
    found += [one for number in tags.get("SN", []) if (one := _serial(number))]
    return Work(
        titles={code: title} if title else {},
        abstracts={code: abstract} if abstract else {},
        type=vocabulary.work_type(tags.get("TY", [])),
        source_type=first("TY"),
        identifiers=tuple(dict.fromkeys(found)),
        authors=tuple(
            vocabulary.author(name, role)
            for role, names in (("author", ("AU", "A1")), ("editor", ("ED",)))
            for tag in names
            for name in tags.get(tag, [])
            if name
        ),
        organisations=(Organisation(publisher, role="publisher"),) if publisher else (),
        published=_day(first("DA", "PY", "Y1"), where, faults) or _day(first("PY", "Y1"), where, []),
        language=code,
        subjects=tuple(Subject(word) for word in tags.get("KW", []) if word),
        provenance=Provenance(format=PREFIX, record=first("ID")),
    )


def _serial(number: str) -> Identifier | None:
    """The number of a book; that of a journal isn't one of the work."""
    found = identify(f"isbn {number.split('(')[0].strip()}")
    return found if found and found.scheme is Scheme.ISBN else None


def _day(words: str, where: str, faults: list[Fault]) -> Day | None:
    """A date as 2024/05/31/ with parts that may be empty, or as others write it."""
    if not words:
        return None
    parts = re.match(r"(\d{4})(?:/(\d{1,2}))?(?:/(\d{1,2}))?(?:/.*)?$", words)
    found = day("-".join(filter(None, parts.groups())) if parts else words)
    if found is None:
        faults.append(Fault(f"{where}.date", words, "a date such as 2024/05/31"))
    return found
