# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Records of one work: by their numbers and files, their titles, authors and years, and their full texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from mainport.catalogue.rules.matching import texts
from mainport.catalogue.rules.matching.evidence import MOST, PERHAPS, Evidence, Pair, Reason, candidates, weigh
from mainport.catalogue.rules.names import fold, name_of, same_person
from mainport.catalogue.rules.works import Author, Scheme, Work, WorkType

#: How certain the same number makes it, where nothing speaks against it.
_NUMBERS = {
    Scheme.DOI: (Evidence.DOI, 0.97),
    Scheme.HANDLE: (Evidence.HANDLE, 0.97),
    Scheme.URN: (Evidence.URN, 0.96),
    Scheme.ISBN: (Evidence.ISBN, 0.93),
    Scheme.OAI: (Evidence.RECORD, 0.95),
    Scheme.URL: (Evidence.ADDRESS, 0.6),
}
#: Parts of a book carry its ISBN.
_PARTS = frozenset({WorkType.CHAPTER, WorkType.CONFERENCE_PAPER})
_DATA = frozenset({WorkType.DATASET, WorkType.SOFTWARE})
_LOOSE = frozenset({WorkType.OTHER, WorkType.REPORT, WorkType.LEARNING_MATERIAL})
_BREAK = re.compile(r"\s*[:;.?!–—|]\s+|\s+[-–—]\s+")
#: Titles as like as this are the same but for a slip of the pen.
_ALIKE = 0.92


@dataclass(frozen=True)
class Title:
    """A title, folded: whole with its subtitle, and its first part alone."""

    whole: str
    main: str

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(re.findall(r"\d+", self.whole))


@dataclass(frozen=True)
class Entry:
    """A record with the key by which its keeper knows it, and the signature of its full text where there is one."""

    key: str
    work: Work
    signature: bytes = b""

    @cached_property
    def titles(self) -> tuple[Title, ...]:
        """The titles as they are compared."""
        return tuple(_titles(self.work))


def keys(entry: Entry) -> frozenset[str]:
    """The keys of a record: those who share none are not compared."""
    work = entry.work
    found = {f"{one.scheme.value}:{one.value.casefold()}" for one in work.identifiers if one.scheme in _NUMBERS}
    found |= {f"file:{file.sha256}" for file in work.files if file.sha256}
    found |= {f"file:{file.url}" for file in work.files if file.url}
    families = {name.family[-1] for author in work.authors if (name := name_of(author)).family}
    for title in entry.titles:
        # A title such as "Introduction" has many works: with a family name it has few.
        found |= {f"title:{title.main}:{family}" for family in families} or {f"title:{title.main}"}
        found |= {f"alike:{band}" for band in texts.bands(texts.title_signature(title.main), texts.TITLE_BAND)}
    found |= {f"text:{band}" for band in texts.bands(entry.signature, texts.BAND)}
    return frozenset(found)


def pairs(entries: Sequence[Entry], *, least: float = PERHAPS) -> list[Pair]:
    """All pairs that are at least so certain, the most certain first."""
    listed: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        for key in keys(entry):
            listed.setdefault(key, []).append(place)
    # Pieces of titles that very many share are of a phrase such as "annual report", which says nothing.
    kept = {key: places for key, places in listed.items() if len(places) <= MOST or not key.startswith("alike:")}
    found = (compare(entries[one], entries[other]) for one, other in candidates(kept))
    return sorted(
        (pair for pair in found if pair.certainty >= least), key=lambda pair: (-pair.certainty, pair.first, pair.second)
    )


def compare(one: Entry, other: Entry) -> Pair:
    """How certain it is that two records tell of one work, with all that speaks for and against it."""
    title = _title(one, other)
    reasons = [*_numbers(one.work, other.work, title), *_content(one, other)]
    told = [reason for reason in reasons if not reason.against]
    authors = _authors(one.work, other.work)
    reasons += _described(one, other, title, authors)
    return weigh(one.key, other.key, [*reasons, *_against(one.work, other.work, title, authors, numbered=bool(told))])


def _numbers(one: Work, other: Work, title: float | None) -> Iterator[Reason]:
    mine = {(number.scheme, number.value.casefold()) for number in one.identifiers}
    shared = [number for number in other.identifiers if (number.scheme, number.value.casefold()) in mine]
    for number in dict.fromkeys(shared):
        if number.scheme not in _NUMBERS:
            continue
        kind, weight = _NUMBERS[number.scheme]
        if number.scheme is Scheme.ISBN and {one.type, other.type} & _PARTS:
            continue
        # Repositories put the number of a journal's issue, or their own front page, on many works.
        yield Reason(kind, number.value, weight if title is None or title > 0 else weight * 0.75)


def _content(one: Entry, other: Entry) -> Iterator[Reason]:
    """The same file, or full texts of which much is the same."""
    mine = {file.sha256 for file in one.work.files if file.sha256} | {file.url for file in one.work.files if file.url}
    same = [
        file for file in other.work.files if (file.sha256 and file.sha256 in mine) or (file.url and file.url in mine)
    ]
    if same:
        exact = any(file.sha256 in mine for file in same if file.sha256)
        yield Reason(Evidence.FILE, same[0].name, 0.96 if exact else 0.85)
    share = texts.likeness(one.signature, other.signature)
    if share >= 0.5:
        yield Reason(Evidence.TEXT, f"{share:.0%}", 0.95 if share >= 0.8 else 0.55)


def _described(one: Entry, other: Entry, title: float | None, authors: float | None) -> Iterator[Reason]:
    """Title and authors together, the year with them: each by itself is that of many works."""
    if not title:
        return
    exact = title == 1
    long = max(len(name.whole.split()) for name in [*one.titles, *other.titles]) >= 5
    alone = (0.55 if long else 0.2) if exact else 0.3 if long else 0.1
    yield Reason(Evidence.TITLE if exact else Evidence.LIKE_TITLE, f"{title:.0%}", alone)
    if authors:
        yield Reason(Evidence.AUTHORS, f"{authors:.0%}", (0.8 if long else 0.7) * authors)
    mine, theirs = one.work.published, other.work.published
    if mine and theirs and mine.year == theirs.year:
        yield Reason(Evidence.YEAR, str(mine.year), 0.35)


def _against(one: Work, other: Work, title: float | None, authors: float | None, *, numbered: bool) -> Iterator[Reason]:
    mine = {number.value for number in one.identifiers if number.scheme is Scheme.DOI}
    theirs = {number.value for number in other.identifiers if number.scheme is Scheme.DOI}
    if mine and theirs and not mine & theirs:
        # A preprint and its article, or the versions of a data set: somebody has to look.
        yield Reason(Evidence.OTHER_DOI, f"{min(mine)}, {min(theirs)}", most=0.85)
    kinds = {one.type, other.type}
    if len(kinds) > 1 and not kinds & _LOOSE and not numbered:
        apart = bool(kinds & _DATA) or bool(kinds & {WorkType.CHAPTER})
        yield Reason(Evidence.OTHER_TYPE, ", ".join(sorted(kinds)), most=0.45 if apart else 0.85)
    if (
        one.published
        and other.published
        and (years := abs(one.published.year - other.published.year)) > 1
        and not numbered
    ):
        yield Reason(
            Evidence.OTHER_YEAR, f"{one.published.year}, {other.published.year}", most=0.8 if years < 5 else 0.6
        )
    if authors == 0 and not numbered:
        yield Reason(Evidence.OTHER_AUTHORS, _names(one, other), most=0.45)
    if title == 0:
        yield Reason(Evidence.OTHER_TITLE, "", most=0.85)


def _names(one: Work, other: Work) -> str:
    return ", ".join(author.name for work in (one, other) for author in work.authors[:1])


def _titles(work: Work) -> list[Title]:
    found = []
    for code, told in work.titles.items():
        words = " ".join(told.split())
        parts = [part for part in _BREAK.split(words) if part.strip()]
        rest = work.subtitles.get(code, "")
        whole = words if not rest or _flat(rest) in _flat(words) else f"{words} {rest}"
        main = _flat(parts[0] if parts else words)
        if flat := _flat(whole):
            # A first part of one word is that of many titles.
            found.append(Title(flat, main if len(main.split()) > 1 or main == flat else flat))
    return found


def _flat(words: str) -> str:
    """A title as only its words."""
    return " ".join(re.findall(r"[^\W_]+", fold(words).replace("&", " en ")))


def _title(one: Entry, other: Entry) -> float | None:
    """How alike the titles are at best, from 0 to 1; None where one of them has none."""
    if not one.titles or not other.titles:
        return None
    return max(_alike(first, second) for first in one.titles for second in other.titles)


def _alike(first: Title, second: Title) -> float:
    """1 for the same words, less for a title without its subtitle or with slips; 0 where the numbers differ."""
    if first.whole == second.whole:
        return 1.0
    short = first.main == first.whole or second.main == second.whole
    if first.main == second.main and short and len(first.main) >= 10:
        return 0.95
    if first.numbers != second.numbers:
        return 0.0
    # The quick bounds first: most pairs aren't alike at all.
    lengths = sorted((len(first.whole), len(second.whole)))
    if 2 * lengths[0] < _ALIKE * sum(lengths):
        return 0.0
    match = SequenceMatcher(None, first.whole, second.whole, autojunk=False)
    if match.real_quick_ratio() < _ALIKE or match.quick_ratio() < _ALIKE:
        return 0.0
    ratio = match.ratio()
    return round(ratio * 0.97, 3) if ratio >= _ALIKE else 0.0


def _authors(one: Work, other: Work) -> float | None:
    """Which share of the shorter list of authors stands in the longer; None where one of them has none."""
    mine, theirs = _makers(one), _makers(other)
    if not mine or not theirs:
        return None
    short, long = sorted((mine, theirs), key=len)
    left = list(long)
    met = 0
    for author in short:
        place = next((place for place, candidate in enumerate(left) if same_person(author, candidate)), None)
        if place is not None:
            met += 1
            left.pop(place)
    share = met / len(short)
    return share if share >= 0.5 else 0.0


def _makers(work: Work) -> list[Author]:
    return [author for author in work.authors if author.role == "author"] or [
        author for author in work.authors if author.role == "editor"
    ]
