# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One work or course out of several records of it, by an order of preference, with all that gave way.

Nothing is lost: what isn't in the one value stands among what gave way, with the source that said it. The records
themselves stay as they were, so that whoever keeps them can take the merger apart again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any, Generic, TypeVar

from mainport.catalogue.rules.courses import Competence, Course, Mode, Offering, Programme
from mainport.catalogue.rules.names import fold, same_person
from mainport.catalogue.rules.texts import UNKNOWN, Texts
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Funding,
    Organisation,
    Provenance,
    Subject,
    Work,
    WorkFile,
    WorkType,
)

Item = TypeVar("Item", Work, Course, Programme)
Told = list[tuple[str, Any]]  # What each source says of a field, the preferred source first.
Lost = list[tuple[str, Any]]


@dataclass(frozen=True)
class GaveWay:
    """What a source says of a field where another was preferred; `part` is the language or the name of a date."""

    field: str
    source: str
    value: object
    part: str = ""


@dataclass(frozen=True)
class Merged(Generic[Item]):
    """The one value, the sources of each field in it, and what gave way."""

    value: Item
    provenance: tuple[Provenance, ...]
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gave_way: tuple[GaveWay, ...] = ()


def union(values: Sequence[Item], prefer: Mapping[str, Sequence[str]] | None = None) -> Merged[Item]:
    """The union of records of one work, course or programme; of equal rank, the first one's words come first.

    `prefer` gives for a field the names of the sources in the order of preference; under "" for all other fields.
    Sources that it doesn't name come last, in the order in which they stand. Raises ValueError without a record.
    """
    if not values:
        raise ValueError("nothing to merge")
    order = prefer or {}
    merged: dict[str, Any] = {}
    sources: dict[str, tuple[str, ...]] = {}
    gave_way: list[GaveWay] = []
    ranked = _ranked(values, order.get("", ()))
    for one in fields(values[0]):
        if one.name == "provenance":
            continue
        told = [
            (value.provenance.source, getattr(value, one.name))
            for value in _ranked(values, order.get(one.name, order.get("", ())))
        ]
        telling = [(source, words) for source, words in told if not _silent(one, words)]
        value, lost = _RULES.get(one.name, _first)(telling)
        if telling:
            merged[one.name] = value
            sources[one.name] = tuple(dict.fromkeys(source for source, _ in telling if source))
        gave_way += _gave_way(one.name, lost)
    gave_way += _gave_way("embargo_until", _embargo(merged, ranked))
    provenance = tuple(dict.fromkeys(value.provenance for value in ranked))
    return Merged(replace(ranked[0], **merged), provenance, sources, _once(gave_way))


def _once(gave_way: list[GaveWay]) -> tuple[GaveWay, ...]:
    """Each once; by how it is written, since some hold texts, which have no hash."""
    return tuple({repr(one): one for one in gave_way}.values())


def _ranked(values: Sequence[Item], order: Sequence[str]) -> list[Item]:
    place = {source: number for number, source in enumerate(order)}
    return sorted(values, key=lambda value: place.get(value.provenance.source, len(place)))


def _silent(one: Any, value: object) -> bool:
    """Whether a record says nothing of a field: it is as it is for a record in which nobody filled it in."""
    if value in (None, "", UNKNOWN, (), {}, WorkType.OTHER, Access.UNKNOWN, Mode.UNKNOWN):
        return True
    return one.default is not MISSING and value == one.default


def _gave_way(name: str, lost: Lost) -> list[GaveWay]:
    found = []
    for source, value in lost:
        part, value = value if isinstance(value, _Part) else ("", value)
        found.append(GaveWay(name, source, value, part))
    return found


class _Part(tuple[str, Any]):
    """A value of a part of a field: a text by its language, a day by its name."""


def _first(told: Told) -> tuple[Any, Lost]:
    """What the preferred source says."""
    if not told:
        return None, []
    value = told[0][1]
    return value, [(source, other) for source, other in told[1:] if other != value]


def _texts(told: Told) -> tuple[Texts, Lost]:
    """The preferred text of each language; one of an unknown language only where no other says the same."""
    texts: dict[str, str] = {}
    lost: Lost = []
    unknown: list[tuple[str, str]] = []
    for source, found in told:
        for code, words in found.items():
            if code == UNKNOWN:
                unknown.append((source, words))
            elif texts.setdefault(code, words) != words:
                lost.append((source, _Part((code, words))))
    for source, words in unknown:
        if any(_alike(words, other) for other in texts.values()):
            if words not in texts.values():
                lost.append((source, _Part((UNKNOWN, words))))
        elif texts.setdefault(UNKNOWN, words) != words:
            lost.append((source, _Part((UNKNOWN, words))))
    return texts, lost


def _alike(one: str, other: str) -> bool:
    return " ".join(fold(one).split()) == " ".join(fold(other).split())


def _by_name(told: Told) -> tuple[Mapping[str, Any], Lost]:
    """The preferred value of each name in a mapping, such as the dates."""
    values: dict[str, Any] = {}
    lost: Lost = []
    for source, found in told:
        for name, value in found.items():
            if values.setdefault(name, value) != value:
                lost.append((source, _Part((name, value))))
    return values, lost


Key = Callable[[Any], Hashable]
Join = Callable[[Any, Any], Any]


def _unite(key: Key, join: Join | None = None) -> Callable[[Told], tuple[tuple[Any, ...], Lost]]:
    """All the sources' items, each once; items with the same key are joined, what the first one lacks from the next."""

    def rule(told: Told) -> tuple[tuple[Any, ...], Lost]:
        found: dict[Hashable, Any] = {}
        lost: Lost = []
        for source, items in told:
            for item in items:
                name = key(item)
                if name not in found:
                    found[name] = item
                    continue
                found[name] = (join or _filled)(found[name], item)
                lost += [(source, item)] if _differs(found[name], item) else []
        return tuple(found.values()), lost

    return rule


def _filled(one: Any, other: Any) -> Any:
    """An item with what it lacks filled in from another."""
    if not hasattr(one, "__dataclass_fields__"):
        return one
    gaps = {
        part.name: getattr(other, part.name)
        for part in fields(one)
        if _silent(part, getattr(one, part.name)) and not _silent(part, getattr(other, part.name))
    }
    return replace(one, **gaps) if gaps else one


def _differs(one: Any, other: Any) -> bool:
    """Whether the other says something that isn't in the one."""
    if not hasattr(one, "__dataclass_fields__"):
        return bool(one != other)
    return any(
        not _silent(part, getattr(other, part.name)) and getattr(one, part.name) != getattr(other, part.name)
        for part in fields(one)
    )


def _authors(told: Told) -> tuple[tuple[Author, ...], Lost]:
    """The authors of the preferred source in its order, with what others know of them; then those only others name."""
    authors: list[Author] = []
    lost: Lost = []
    for source, found in told:
        taken: set[int] = set()
        for author in found:
            place = _place(authors, author, taken)
            if place is None:
                taken.add(len(authors))
                authors.append(_known_better(author, author))
                continue
            taken.add(place)
            authors[place] = _known_better(authors[place], author)
            lost += [(source, author)] if _differs(authors[place], author) else []
    return tuple(authors), lost


def _place(authors: list[Author], author: Author, taken: set[int]) -> int | None:
    """Where this author stands already; two of one name in one source are two people."""
    places = [place for place in range(len(authors)) if place not in taken and authors[place].role == author.role]
    exact = next((place for place in places if authors[place].name == author.name), None)
    if exact is not None and not _other_number(authors[exact], author):
        return exact
    return next((place for place in places if same_person(authors[place], author)), None)


def _other_number(one: Author, other: Author) -> bool:
    return bool(one.orcid and other.orcid and one.orcid != other.orcid)


def _known_better(one: Author, other: Author) -> Author:
    organisations, _ = _RULES["organisations"]([("", one.organisations), ("", other.organisations)])
    # A name that another writes out in full stays the preferred one's: people choose how they are named.
    return replace(
        one,
        orcid=one.orcid or other.orcid,
        family=one.family or (other.family if other.name == one.name else ""),
        given=one.given or (other.given if other.name == one.name else ""),
        organisations=organisations,
    )


def _competences(told: Told) -> tuple[tuple[Competence, ...], Lost]:
    """Each competence once, up to the highest level that a source names."""
    found: dict[str, Competence] = {}
    lost: Lost = []
    for source, competences in told:
        for one in competences:
            known = found.setdefault(one.code, one)
            if known.level != one.level and min(known.level, one.level):
                lost.append((source, min(known, one, key=lambda competence: competence.level)))
            found[one.code] = max(known, one, key=lambda competence: competence.level)
    return tuple(found.values()), lost


def _embargo(merged: dict[str, Any], ranked: Iterable[Work | Course | Programme]) -> Lost:
    """An embargo belongs to the access that is told: open files have none, whatever another source remembers."""
    if merged.get("access", Access.UNKNOWN) in (Access.EMBARGOED, Access.UNKNOWN) or "embargo_until" not in merged:
        return []
    merged["embargo_until"] = None
    ends = ((value.provenance.source, getattr(value, "embargo_until", None)) for value in ranked)
    return [(source, end) for source, end in ends if end]


def _file_key(file: WorkFile) -> Hashable:
    return file.sha256 or file.url or file


def _subject_key(subject: Subject | str) -> Hashable:
    """Works have subjects of a vocabulary, courses have words."""
    if isinstance(subject, str):
        return fold(subject)
    return (subject.scheme, subject.code or fold(subject.label))


def _organisation_key(organisation: Organisation) -> Hashable:
    return (" ".join(fold(organisation.name).split()) or organisation.ror, organisation.role)


def _funding_key(funding: Funding) -> Hashable:
    return (fold(funding.funder), funding.award)


def _offering_key(offering: Offering) -> Hashable:
    return offering.identifier or repr(offering)


def _itself(item: Any) -> Hashable:
    return item if isinstance(item, Hashable) else repr(item)


_RULES: dict[str, Callable[[Told], tuple[Any, Lost]]] = {
    **dict.fromkeys(("titles", "subtitles", "abstracts", "summaries", "descriptions", "admission"), _texts),
    **dict.fromkeys(("identifiers", "relations", "programmes", "courses", "languages"), _unite(_itself)),
    "dates": _by_name,
    "authors": _authors,
    "organisations": _unite(_organisation_key),
    "files": _unite(_file_key),
    "subjects": _unite(_subject_key),
    "funding": _unite(_funding_key),
    "offerings": _unite(_offering_key),
    "competences": _competences,
}
