# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""RIS: what EndNote, Zotero and Mendeley read."""

from __future__ import annotations

from collections.abc import Iterator

from mainport.catalogue.exports.shown import Shown, addresses, one_line, own_language, publisher_of, title_of
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import Author, Scheme, Work, WorkType

MEDIA_TYPE = "application/x-research-info-systems"

_TYPES = {
    WorkType.THESIS: "THES",
    WorkType.DOCTORAL_THESIS: "THES",
    WorkType.INTERNSHIP_REPORT: "RPRT",
    WorkType.TRAINEE_REPORT: "RPRT",
    WorkType.ARTICLE: "JOUR",
    WorkType.PREPRINT: "UNPB",
    WorkType.CONFERENCE_PAPER: "CPAPER",
    WorkType.BOOK: "BOOK",
    WorkType.CHAPTER: "CHAP",
    WorkType.REPORT: "RPRT",
    WorkType.DATASET: "DATA",
    WorkType.SOFTWARE: "COMP",
    WorkType.PRESENTATION: "SLIDE",
    WorkType.MEDIA: "MULTI",
}
#: M3, the type of a work in words.
_WORDS = {
    WorkType.THESIS: "Student thesis",
    WorkType.DOCTORAL_THESIS: "Doctoral thesis",
    WorkType.INTERNSHIP_REPORT: "Internship report",
    WorkType.TRAINEE_REPORT: "Trainee report",
    WorkType.LEARNING_MATERIAL: "Learning material",
}


def write(work: Work, shown: Shown) -> str:
    """One record, each tag on a line of its own, lines ended as the format asks."""
    return "".join(f"{tag}  - {' '.join(words.split())}".rstrip() + "\r\n" for tag, words in _lines(work, shown))


def _lines(work: Work, shown: Shown) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(work.type, "GEN")
    yield "ID", shown.key
    yield "TI", title_of(work)
    for author in work.authors:
        if author.role in ("author", "editor"):
            yield ("AU" if author.role == "author" else "ED"), _name(author)
    if work.published:
        yield "PY", str(work.published.year)
        yield "DA", _day(work.published)
    said = [
        ("M3", _WORDS.get(work.type, "")),
        ("PB", publisher_of(work)),
        ("LA", own_language(work)),
        ("AB", one_line(work.abstracts or work.summaries, work.language, shown.language)),
        ("N1", shown.remark),
        ("DO", work.doi),
        *(("SN", one.value) for one in work.identifiers if one.scheme is Scheme.ISBN),
        *(("KW", subject.label) for subject in work.subjects),
        ("UR", shown.address),
        *(("UR", url) for url in addresses(work) if not url.startswith("https://doi.org/")),
        *(("L1", file.url) for file in shown.files if file.open),
    ]
    yield from ((tag, words) for tag, words in said if words)
    yield "ER", ""


def _day(day: Day) -> str:
    """Year, month and day between strokes, the last one for a season."""
    return f"{day.year:04}/{f'{day.month:02}' if day.month else ''}/{f'{day.day:02}' if day.day else ''}/"


def _name(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.family and author.given else author.name
