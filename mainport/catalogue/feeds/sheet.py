# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Works or courses out of a file of CSV, XLSX, XLS or ODS, by a mapping; every fault says where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mainport.catalogue.feeds import vocabulary
from mainport.catalogue.feeds.cells import amount, formed, words_of
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.courses import Competence, Course, Mode, Offering, Place, Price
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.sheet_mapping import Column, Kind, SheetMapping
from mainport.catalogue.rules.texts import UNKNOWN, Day
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Identifier,
    Organisation,
    Provenance,
    Recommendation,
    Scheme,
    Subject,
    Work,
    WorkFile,
    WorkType,
    identify,
    is_address,
)
from mainport.core.sheets import Opening, Row, Unreadable, rows_of

PREFIX = "sheet"
#: After so many faults a file isn't a file with faults: its mapping is of another.
MOST = 1000
_MODES = {
    **{mode.value: mode for mode in Mode},
    "op locatie": Mode.ON_SITE,
    "klassikaal": Mode.ON_SITE,
    "fysiek": Mode.ON_SITE,
    "hybride": Mode.BLENDED,
    "gemengd": Mode.BLENDED,
}


def works(content: bytes, mapping: SheetMapping, file: str = "file") -> tuple[list[Work], list[Fault]]:
    """The works of a file in its order, and what of them couldn't be read.

    A row without a title is told and left out. Raises Refused for a file that can't be read, or that misses a column.
    """
    if mapping.kind is not Kind.WORK:
        raise Refused([Fault("kind", mapping.kind, Kind.WORK)])
    reader = _Reader(mapping, file)
    return [work for row in reader.rows(content) if (work := reader.work(row))], reader.told()


def courses(content: bytes, mapping: SheetMapping, file: str = "file") -> tuple[list[Course], list[Fault]]:
    """The courses of a file in its order, and what of them couldn't be read.

    Rows with the same identifier are offerings of one course. Raises Refused as `works` does.
    """
    if mapping.kind is not Kind.COURSE:
        raise Refused([Fault("kind", mapping.kind, Kind.COURSE)])
    reader = _Reader(mapping, file)
    found: dict[str, Course] = {}
    for row in reader.rows(content):
        if course := reader.course(row):
            known = found.get(course.identifier)
            found[course.identifier] = (
                course if known is None else replace(known, offerings=(*known.offerings, *course.offerings))
            )
    return list(found.values()), reader.told()


class _Reader:
    """Reads row by row, and gathers what is wrong with the place where it stands."""

    def __init__(self, mapping: SheetMapping, file: str) -> None:
        self._mapping, self._file = mapping, file
        self._faults: list[Fault] = []
        self._places: dict[str, int] = {}
        self._row = Row(0, [])

    def told(self) -> list[Fault]:
        return self._faults[:MOST]

    def rows(self, content: bytes) -> Iterator[Row]:
        """The rows below the headings that have anything in them."""
        mapping = self._mapping
        opening = Opening(mapping.sheet, mapping.header, mapping.delimiter, mapping.encoding)
        try:
            rows = rows_of(content, opening)
        except Unreadable as error:
            where = f"{self._file}, row {error.row}, {error.field}" if error.row else f"{self._file}, {error.field}"
            raise Refused([Fault(where, error.found, error.expected)]) from error
        header = next((row for row in rows if row.number == mapping.header), None)
        headings = [words_of(cell) for cell in header.cells] if header else []
        self._places = {name: place for place, name in reversed(list(enumerate(headings))) if name}
        missing = [name for name in mapping.headings if name not in self._places]
        twice = [name for name in mapping.headings if headings.count(name) > 1]
        if missing or twice:
            where = f"{self._file}, row {mapping.header}"
            shown = ", ".join(filter(None, headings))[:200]
            raise Refused(
                [Fault(where, shown, f"the column {name}") for name in missing]
                + [Fault(where, f"{name} twice", f"one column {name}") for name in twice]
            )
        for row in rows:
            if header and row.number > header.number and any(map(words_of, row.cells)):
                self._row = row
                yield row

    def work(self, row: Row) -> Work | None:
        titles = self._texts("titles")
        if not titles:
            self._fault("titles", "", "a title")
            return None
        code = self._language()
        licence = self._licence()
        files = tuple(self._files(licence))
        people = [*self._people("authors", "author"), *self._people("supervisors", "supervisor")]
        published = self._day("published")
        embargo = self._day("embargo_until")
        return Work(
            titles=vocabulary.settle(titles, code),
            subtitles=vocabulary.settle(self._texts("subtitles"), code),
            abstracts=vocabulary.settle(self._texts("abstracts"), code),
            type=self._type(),
            source_type=self._word("type"),
            identifiers=tuple(dict.fromkeys(self._identifiers())),
            authors=tuple(people),
            organisations=tuple(Organisation(name, role="publisher") for _, name in self._words("publishers")),
            files=files,
            licence=licence,
            access=self._access(files, embargo),
            embargo_until=embargo.earliest if embargo else None,
            published=published,
            language=code,
            subjects=tuple(Subject(word, language=column.language) for column, word in self._words("subjects")),
            recommendations=tuple(
                Recommendation(number, {column.language: words})
                for number, (column, words) in enumerate(self._words("recommendations"), 1)
            ),
            sector=self._word("sector"),
            goal=self._word("goal"),
            task=self._word("task"),
            provenance=self._provenance(),
        )

    def course(self, row: Row) -> Course | None:
        titles = self._texts("titles")
        if not titles:
            self._fault("titles", "", "a title")
            return None
        address = self._address("url")
        number = self._word("identifier") or address or f"{self._mapping.name or self._file}#{row.number}"
        provider = self._word("provider")
        languages = tuple(self._languages())
        mode = self._mode()
        return Course(
            identifier=number,
            titles=titles,
            code=self._word("code"),
            descriptions=self._texts("descriptions"),
            provider=Organisation(provider, role="provider") if provider else None,
            programmes=tuple(word for _, word in self._words("programmes")),
            level=self._word("level"),
            languages=languages,
            hours=self._amount("hours"),
            credits=self._amount("credits"),
            competences=tuple(dict.fromkeys(self._competences())),
            subjects=tuple(dict.fromkeys(word for _, word in self._words("subjects"))),
            outcomes=tuple({column.language: words} for column, words in self._words("outcomes")),
            admission=self._texts("admission"),
            mode=mode,
            url=address,
            offerings=tuple(self._offering(number, address, languages, mode)),
            sector=self._word("sector"),
            goal=self._word("goal"),
            task=self._word("task"),
            provenance=self._provenance(),
        )

    def _offering(self, number: str, address: str, languages: tuple[str, ...], mode: Mode) -> Iterator[Offering]:
        """What the row says of when, where and at what price; nothing if it says nothing of these."""
        days = {name: self._day(name) for name in ("starts", "ends", "enrol_from", "enrol_until")}
        exact = {name: self._exact(name, found) for name, found in days.items()}
        parts = {name: self._word(name) for name in ("place", "street", "number", "postcode", "town")}
        price, seats = self._amount("price"), self._amount("seats")
        if not any([*exact.values(), *parts.values(), price is not None, seats is not None]):
            return
        postcode = re.fullmatch(r"([1-9]\d{3}) ?([A-Za-z]{2})", parts["postcode"])
        code = f"{postcode[1]} {postcode[2].upper()}" if postcode else parts["postcode"]
        place = Place(parts["place"], parts["street"], parts["number"], code, parts["town"])
        yield Offering(
            identifier=self._word("offering") or f"{number}#{self._row.number}",
            of=number,
            starts=exact["starts"],
            ends=exact["ends"],
            enrol_from=exact["enrol_from"],
            enrol_until=exact["enrol_until"],
            places=(place,) if any(parts.values()) else (),
            prices=() if price is None else (Price(price, note=self._word("price_note")),),
            languages=languages,
            mode=mode,
            seats=None if seats is None else int(seats),
            url=address,
        )

    def _provenance(self) -> Provenance:
        return Provenance(self._mapping.name, PREFIX, f"{self._file}#{self._row.number}")

    def _fault(self, name: str, found: object, expected: str, heading: str = "") -> None:
        headings = [column.heading for column in self._mapping.fields.get(name, ()) if column.heading]
        shown = heading or ", ".join(headings) or name
        where = f"{self._file}, row {self._row.number}, {shown}"
        self._faults.append(Fault(where, str(found)[:200], expected))

    def _cell(self, column: Column) -> Any:
        """The value of a column in this row: what the words stand for, or the default where the cell is empty."""
        if column.constant:
            return column.constant
        place = self._places[column.heading]
        cell = self._row.cells[place] if place < len(self._row.cells) else ""
        words = words_of(cell)
        if not words:
            return column.default
        return column.words.get(words.casefold(), cell)

    def _word(self, name: str) -> str:
        columns = self._mapping.fields.get(name, ())
        return words_of(self._cell(columns[0])) if columns else ""

    def _words(self, name: str) -> Iterator[tuple[Column, str]]:
        """The values of a field of several, taken apart by the separator of its column."""
        for column in self._mapping.fields.get(name, ()):
            separator = column.separator or self._mapping.separator
            for part in words_of(self._cell(column), lines=True).split(separator):
                word = " ".join(part.split())
                if word:
                    yield column, column.words.get(word.casefold(), word)

    def _texts(self, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for column in self._mapping.fields.get(name, ()):
            if words := words_of(self._cell(column)):
                found.setdefault(column.language, words)
        return found

    def _language(self) -> str:
        word = self._word("language")
        if not word:
            return self._mapping.language
        told: list[Fault] = []
        code = vocabulary.language_of(word, "language", told)
        for fault in told:
            self._fault("language", fault.found, fault.expected)
        return code

    def _languages(self) -> Iterator[str]:
        for _, word in self._words("languages"):
            told: list[Fault] = []
            code = vocabulary.language_of(word, "languages", told)
            for fault in told:
                self._fault("languages", fault.found, fault.expected)
            if code != UNKNOWN:
                yield code

    def _type(self) -> WorkType:
        word = self._word("type")
        if not word:
            return WorkType.OTHER
        found = WorkType(word.lower()) if word.lower() in list(WorkType) else vocabulary.work_type([word])
        if found is WorkType.OTHER and word.lower() != WorkType.OTHER:
            self._fault("type", word, "a type such as thesis or report; or give the column words")
        return found

    def _licence(self) -> str:
        told: list[Fault] = []
        found = vocabulary.licence_of([self._word("licence")], "licence", told)
        for fault in told:
            self._fault("licence", fault.found, fault.expected)
        return found

    def _access(self, files: Sequence[WorkFile], embargo: Day | None) -> Access:
        word = self._word("access")
        if not word:
            return Access.EMBARGOED if embargo else Access.UNKNOWN
        found = Access(word.lower()) if word.lower() in list(Access) else vocabulary.access([word])
        if found is Access.UNKNOWN and word.lower() != Access.UNKNOWN:
            self._fault("access", word, "one of " + ", ".join(Access))
        return found

    def _identifiers(self) -> Iterator[Identifier]:
        checks = {Scheme.DOI: identifiers.doi, Scheme.ISBN: identifiers.isbn, Scheme.ISSN: identifiers.issn}
        for column, word in self._words("identifiers"):
            if column.scheme is None:
                if one := identify(word):
                    yield one
            elif (rule := checks.get(column.scheme)) is None:
                yield Identifier(column.scheme, word)
            elif number := rule(word):
                yield Identifier(column.scheme, number)
            else:
                self._fault("identifiers", word, f"a right {column.scheme.value.upper()}", column.heading)

    def _people(self, name: str, role: str) -> Iterator[Author]:
        for _, word in self._words(name):
            yield vocabulary.author(word, role)

    def _files(self, licence: str) -> Iterator[WorkFile]:
        for column, word in self._words("files"):
            if is_address(word):
                yield WorkFile(word.split("?")[0].rstrip("/").rsplit("/", 1)[-1], word, licence=licence)
            else:
                self._fault("files", word, "an address that begins with https:// or http://", column.heading)

    def _address(self, name: str) -> str:
        word = self._word(name)
        if word and not is_address(word):
            self._fault(name, word, "an address that begins with https:// or http://")
            return ""
        return word

    def _mode(self) -> Mode:
        word = self._word("mode").lower()
        found = _MODES.get(word, Mode.UNKNOWN)
        if word and found is Mode.UNKNOWN and word != Mode.UNKNOWN:
            self._fault("mode", word, "one of " + ", ".join(Mode))
        return found

    def _competences(self) -> Iterator[Competence]:
        for column, word in self._words("competences"):
            found = re.fullmatch(r"([1-5]\.[1-6])(?:\s*/\s*([1-8]))?", word)
            if found:
                yield Competence(found[1], int(found[2] or 0))
            else:
                self._fault("competences", word, "a competence such as 1.1, or 1.1/3 with its level", column.heading)

    def _day(self, name: str) -> Day | None:
        columns = self._mapping.fields.get(name, ())
        cell = self._cell(columns[0]) if columns else ""
        if isinstance(cell, datetime | date):
            return Day(cell.year, cell.month, cell.day)
        words = words_of(cell)
        form = columns[0].format or self._mapping.format if columns else ""
        if not words:
            return None
        told: list[Fault] = []
        found = formed(words, form) if form else vocabulary.day_of(words, name, told)
        if found is None:
            self._fault(name, words, f"a date as {form}" if form else "a date such as 2024-05-31")
        return found

    def _exact(self, name: str, found: Day | None) -> date | None:
        if found is not None and not found.day:
            self._fault(name, str(found), "a whole day such as 2026-09-01")
            return None
        return found.earliest if found else None

    def _amount(self, name: str) -> Decimal | None:
        columns = self._mapping.fields.get(name, ())
        cell = self._cell(columns[0]) if columns else ""
        if not words_of(cell):
            return None
        found = amount(cell, self._mapping.decimal)
        if found is None:
            self._fault(name, words_of(cell), f"an amount such as 12{self._mapping.decimal}50")
        return found
