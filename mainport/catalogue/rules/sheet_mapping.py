# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How the columns of somebody's file become works or courses: what a mapping may say, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import UNKNOWN, language
from mainport.catalogue.rules.works import Scheme

Choice = TypeVar("Choice")


class Kind(StrEnum):
    """What each row is."""

    WORK = "work"
    COURSE = "course"


#: Fields that hold a text in each of several languages.
TEXTS = frozenset({"titles", "subtitles", "abstracts", "descriptions", "admission", "outcomes", "recommendations"})
#: Fields that hold several values, out of several columns or out of one by a separator.
LISTS = frozenset(
    {
        "identifiers", "authors", "supervisors", "publishers", "files", "subjects", "languages", "competences",
        "outcomes", "recommendations", "programmes",
    }
)  # fmt: skip
DAYS = frozenset({"published", "embargo_until", "starts", "ends", "enrol_from", "enrol_until"})

FIELDS: Mapping[Kind, frozenset[str]] = {
    Kind.WORK: frozenset(
        {
            "titles", "subtitles", "abstracts", "type", "identifiers", "authors", "supervisors", "publishers", "files",
            "licence", "access", "embargo_until", "published", "language", "subjects", "recommendations", "sector",
            "goal", "task",
        }
    ),
    Kind.COURSE: frozenset(
        {
            "identifier", "titles", "code", "descriptions", "provider", "programmes", "level", "languages", "hours",
            "credits", "competences", "subjects", "outcomes", "admission", "mode", "url", "sector", "goal", "task",
            "offering", "starts", "ends", "enrol_from", "enrol_until", "place", "street", "number", "postcode", "town",
            "price", "price_note", "seats",
        }
    ),
}  # fmt: skip
_NEEDED = {Kind.WORK: ("titles",), Kind.COURSE: ("titles",)}
_ENCODINGS = {"": "utf-8-sig", "utf-8": "utf-8-sig", "windows-1252": "cp1252", "cp1252": "cp1252"}
_DELIMITERS = {"": "", ";": ";", ",": ",", "tab": "\t", "\t": "\t", "|": "|"}
_DECIMALS = {"comma": ",", "point": ".", ",": ",", ".": "."}
_OPTIONS = frozenset({"column", "constant", "words", "separator", "format", "scheme", "default"})


@dataclass(frozen=True)
class Column:
    """Where the values of a field come from: a column by its heading, or a constant for every row."""

    heading: str = ""
    constant: str = ""
    words: Mapping[str, str] = field(default_factory=dict)  # What a word in the file stands for.
    separator: str = ""
    format: str = ""  # Of a date: d-m-Y, in which d, m and Y are its parts.
    scheme: Scheme | None = None
    default: str = ""  # Where the cell is empty.
    language: str = UNKNOWN


@dataclass(frozen=True)
class SheetMapping:
    """A mapping as read."""

    kind: Kind
    fields: Mapping[str, tuple[Column, ...]]
    name: str = ""
    language: str = UNKNOWN
    separator: str = ";"
    format: str = ""
    decimal: str = ","
    sheet: str | int = 1
    header: int = 1
    delimiter: str = ""
    encoding: str = "utf-8-sig"

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns that it needs, each once."""
        return tuple(dict.fromkeys(one.heading for columns in self.fields.values() for one in columns if one.heading))


def read_mapping(found: object) -> SheetMapping:
    """The mapping that this YAML or JSON holds. Raises Refused with all that is wrong."""
    reader = _Reader()
    mapping = reader.read(found)
    if reader.faults:
        raise Refused(reader.faults)
    return mapping


class _Reader:
    """Reads a mapping field by field, and gathers what is wrong."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, found: object) -> SheetMapping:
        top = self._map(found, "mapping")
        kind = self._choice(top, "kind", {one.value: one for one in Kind}, Kind.WORK)
        spoken = self._language(top.pop("language", ""), "language")
        mapping = SheetMapping(
            kind=kind,
            name=self._text(top, "name"),
            language=spoken,
            separator=self._text(top, "separator", strip=False) or ";",
            format=self._format(self._text(top, "format"), "format"),
            decimal=self._choice(top, "decimal", _DECIMALS, ","),
            sheet=self._sheet(top.pop("sheet", 1)),
            header=self._whole(top.pop("header", 1), "header"),
            delimiter=self._choice(top, "delimiter", _DELIMITERS, ""),
            encoding=self._choice(top, "encoding", _ENCODINGS, "utf-8-sig"),
            fields=dict(self._fields(self._map(top.pop("fields", None), "fields"), kind, spoken)),
        )
        for name in top:
            self._fault(
                name, top[name], "a part that mappings have: kind, fields, language, separator, format, sheet …"
            )
        for name in _NEEDED[kind]:
            if name not in mapping.fields:
                self._fault(f"fields.{name}", "", "a column")
        return mapping

    def _fault(self, where: str, found: object, expected: str) -> None:
        self.faults.append(Fault(where, str(found)[:80], expected))

    def _map(self, found: object, where: str) -> dict[str, object]:
        if not isinstance(found, dict) or not found:
            self._fault(where, found or "", "names with values")
            return {}
        return {str(name): value for name, value in found.items()}

    def _text(self, item: dict[str, object], name: str, where: str = "", *, strip: bool = True) -> str:
        found = item.pop(name, "")
        if isinstance(found, bool) or not isinstance(found, str | int | float):
            self._fault(where + name, found, "a text")
            return ""
        return str(found).strip() if strip else str(found)

    def _choice(self, item: dict[str, object], name: str, choices: Mapping[str, Choice], otherwise: Choice) -> Choice:
        found = item.pop(name, None)
        if found is None:
            return otherwise
        if not isinstance(found, str) or found not in choices:
            self._fault(name, found, "one of " + ", ".join(choice for choice in choices if choice.strip()))
            return otherwise
        return choices[found]

    def _whole(self, found: object, where: str) -> int:
        if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= 1000:
            self._fault(where, found, "a whole number from 1")
            return 1
        return found

    def _sheet(self, found: object) -> str | int:
        if isinstance(found, str) or (isinstance(found, int) and not isinstance(found, bool) and found >= 1):
            return found
        self._fault("sheet", found, "the name of a sheet, or its number from 1")
        return 1

    def _language(self, found: object, where: str) -> str:
        code = language(found) if isinstance(found, str) else UNKNOWN
        if code == UNKNOWN and found not in ("", UNKNOWN):
            self._fault(where, found, "a language such as nl")
        return code

    def _format(self, words: str, where: str) -> str:
        """The form of a date: each of d, m and Y at most once, and Y always."""
        parts = [sign for sign in words if sign.isalpha()]
        if words and (set(parts) - set("dmY") or len(parts) != len(set(parts)) or "Y" not in parts or "%" in words):
            self._fault(where, words, "the form of a date such as d-m-Y, Y-m-d or Y")
            return ""
        return words

    def _fields(self, found: dict[str, object], kind: Kind, spoken: str) -> Iterator[tuple[str, tuple[Column, ...]]]:
        for name, told in found.items():
            if name not in FIELDS[kind]:
                self._fault(
                    f"fields.{name}", told, "a field of a " + kind.value + ": " + ", ".join(sorted(FIELDS[kind]))
                )
                continue
            columns = tuple(self._columns(name, told, spoken))
            if len(columns) > 1 and name not in LISTS | TEXTS:
                self._fault(f"fields.{name}", f"{len(columns)} columns", "one column")
            if columns:
                yield name, columns

    def _columns(self, name: str, told: object, spoken: str) -> Iterator[Column]:
        where = f"fields.{name}"
        if isinstance(told, list):
            for place, one in enumerate(told):
                yield from self._column(f"{where}[{place}]", one, spoken)
        elif name in TEXTS and isinstance(told, dict) and told and not set(told) <= _OPTIONS:
            for code, one in told.items():
                yield from self._column(f"{where}.{code}", one, self._language(code, f"{where}.{code}"))
        else:
            yield from self._column(where, told, spoken)

    def _column(self, where: str, told: object, spoken: str) -> Iterator[Column]:
        if isinstance(told, str) and told.strip():
            yield Column(told.strip(), language=spoken)
            return
        if not isinstance(told, dict):
            self._fault(where, told, "the heading of a column, or names with values")
            return
        item = {str(name): value for name, value in told.items()}
        heading, constant = self._text(item, "column", f"{where}."), self._text(item, "constant", f"{where}.")
        if bool(heading) == bool(constant):
            self._fault(where, told, "either a column or a constant")
        words = item.pop("words", {})
        scheme = self._text(item, "scheme", f"{where}.")
        if scheme and scheme not in list(Scheme):
            self._fault(f"{where}.scheme", scheme, "one of " + ", ".join(Scheme))
            scheme = ""
        yield Column(
            heading,
            constant,
            self._words(words, f"{where}.words"),
            self._text(item, "separator", f"{where}.", strip=False),
            self._format(self._text(item, "format", f"{where}."), f"{where}.format"),
            Scheme(scheme) if scheme else None,
            self._text(item, "default", f"{where}."),
            spoken,
        )
        for name in item:
            self._fault(f"{where}.{name}", item[name], "one of " + ", ".join(sorted(_OPTIONS)))

    def _words(self, found: object, where: str) -> dict[str, str]:
        if found == {}:
            return {}
        known = self._map(found, where)
        for word, meaning in known.items():
            if not isinstance(meaning, str | int | float) or isinstance(meaning, bool):
                self._fault(f"{where}.{word}", meaning, "a text")
        return {word.strip().casefold(): str(meaning).strip() for word, meaning in known.items()}
