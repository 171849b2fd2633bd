# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Tables of graduates: persons or flows, totals of places, and shares of paths as the ONS publishes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from mainport.talent.rules.disclosure import THRESHOLD
from mainport.talent.rules.faults import Fault, Refused, show
from mainport.talent.rules.paths import Moved, PathCounts, Paths, from_shares, paths
from mainport.talent.rules.published import Cautious, cautious
from mainport.talent.rules.retention import Retention
from mainport.talent.rules.tables import Table, read_table


class Shape(StrEnum):
    FLOWS = "flows"
    TOTALS = "totals"
    SHARES = "shares"


@dataclass(frozen=True)
class Headers:
    """A kind of table: what its columns are called. Columns that it may lack come last."""

    shape: Shape
    needed: Mapping[str, str]
    optional: Mapping[str, str]
    #: Whether a place may stand on several rows, as PSEO has one for each level.
    repeats: bool = False

    def all(self) -> dict[str, str]:
        return {**self.needed, **self.optional}


#: Ours first, then those of published files (SOURCES: DfE/ONS LEO by district; US Census PSEO; ONS March 2024).
KNOWN = (
    Headers(
        Shape.FLOWS,
        {"home": "home_16", "study": "study", "later": "home_28"},
        {"people": "people", "person": "person"},
    ),
    Headers(
        Shape.TOTALS,
        {"place": "place", "graduates": "graduates", "retained": "retained"},
        {"name": "name", "inward": "inward", "cohort": "cohort"},
    ),
    Headers(
        Shape.TOTALS,
        {
            "place": "lad11cd",
            "graduates": "number_of_graduates",
            "retained": "number_of_retained_graduates",
        },
        {"name": "lad11nm"},
    ),
    Headers(
        Shape.TOTALS,
        {"place": "institution", "graduates": "y10_grads_emp", "retained": "y10_grads_emp_instate"},
        {"name": "label"},
        repeats=True,
    ),
    Headers(
        Shape.SHARES,
        {
            "place": "Town and City Code",
            "graduates": "Number of graduates",
            "moved_stayed": "Share of graduates who moved for HE and stayed afterwards",
            "moved_returned": "Share of graduates who moved for HE and returned afterwads",
            "moved_elsewhere": "Share of graduates who moved for HE and moved elsewhere afterwards",
            "stayed_left": "Share of graduates who stayed during HE but moved elsewhere afterwards",
            "remained": "Share of graduates who remained in town or city during and afterwards",
        },
        {
            "name": "Town and City Name",
            "cohort": "GCSE Cohort 2008 to 2011",
            "retention": "Graduate retention rate",
            "inward": "Graduate inward-migration rate",
        },
    ),
)
SHEET = "Graduates"


@dataclass(frozen=True)
class Read:
    """What a file holds; of people that were counted here, small counts are already kept back."""

    shape: Shape
    counts: tuple[PathCounts, ...]
    retention: tuple[Retention, ...]
    rows: int
    #: Rows of which the source itself says nothing.
    without: int = 0
    #: Of persons and flows: who went from where to where, and by home of which that is told how many left.
    moved: tuple[Moved, ...] = ()
    left: Mapping[str, int] = field(default_factory=dict)


def read(
    content: bytes,
    name: str,
    *,
    columns: Mapping[str, str] | None = None,
    areas: Mapping[str, str] | None = None,
    threshold: int = THRESHOLD,
) -> Read:
    """Read a CSV file, or the sheet "Graduates" or else the first of an XLSX file. Raises Refused with every fault.

    `columns` says what columns are called in this file (home, study, later, people, person, place, graduates,
    retained); `areas` takes codes together, and a code that it lacks is refused.
    """
    rows = read_table(content, name, SHEET)
    kind = _recognised(rows, columns or {})
    if not len(rows):
        raise Refused([Fault(name, 2, "row", "nothing", "at least one row below the names of the columns")])
    if "place" in kind.needed and not kind.repeats:
        rows.once(rows.columns[kind.needed["place"]], kind.needed["place"])
    found = _READERS[kind.shape](rows, kind.all(), areas, threshold)
    rows.check()
    return found


def _recognised(rows: Table, columns: Mapping[str, str]) -> Headers:
    for kind in KNOWN:
        needed = {key: columns.get(key, header) for key, header in kind.needed.items()}
        if all(header in rows.columns for header in needed.values()):
            optional = {key: columns.get(key, header) for key, header in kind.optional.items()}
            rows.need(columns[key] for key in optional if key in columns)
            return Headers(
                kind.shape, needed, {key: one for key, one in optional.items() if one in rows.columns}, kind.repeats
            )
    raise Refused([_unrecognised(rows, columns)])


def _unrecognised(rows: Table, columns: Mapping[str, str]) -> Fault:
    """The kind of table that it comes nearest to, and the first column that it lacks."""

    def missing(kind: Headers) -> list[str]:
        wanted = [columns.get(key, header) for key, header in kind.needed.items()]
        return [header for header in wanted if header not in rows.columns]

    nearest = min(KNOWN, key=lambda kind: len(missing(kind)) / len(kind.needed))
    lacks = missing(nearest)
    have = ", ".join(rows.columns)
    return Fault(rows.name, 1, lacks[0], show(have), f"the columns {', '.join(lacks)} besides")


def _flows(rows: Table, headers: Mapping[str, str], areas: Mapping[str, str] | None, threshold: int) -> Read:
    known = None if areas is None else frozenset(areas)
    home, study, later = (rows.codes(headers[key], known, unknown=True) for key in ("home", "study", "later"))
    people = rows.numbers(headers["people"], whole=True) if "people" in headers else None
    if "person" in headers:
        rows.once(rows.text(headers["person"]), headers["person"])
    rows.check()
    found: Paths = paths(home, study, later, people, areas=areas)
    kept: Cautious = cautious(found, threshold)
    return Read(Shape.FLOWS, kept.counts, kept.retention, len(rows), moved=kept.moved, left=kept.left)


def _totals(rows: Table, headers: Mapping[str, str], areas: Mapping[str, str] | None, threshold: int) -> Read:
    known: Collection[str] | None = None if areas is None else frozenset(areas)
    places = rows.codes(headers["place"], known)
    names = rows.columns[headers["name"]] if "name" in headers else [""] * len(rows)
    graduates, retained = (rows.optional_numbers(headers[key], least=0) for key in ("graduates", "retained"))
    inward, cohort = (
        rows.optional_numbers(headers[key], least=0) if key in headers else [None] * len(rows)
        for key in ("inward", "cohort")
    )
    for index, (kept, of) in enumerate(zip(retained, graduates, strict=True)):
        if kept is not None and of is not None and kept > of:
            rows.fault(index, headers["retained"], f"{kept:g}", f"at most the {of:g} graduates")
    rows.check()
    found = tuple(
        Retention(place, of, kept, came, whole, " ".join(title.split()))
        for place, of, kept, came, whole, title in zip(places, graduates, retained, inward, cohort, names, strict=True)
        if of is not None
    )
    return Read(Shape.TOTALS, (), found, len(rows), sum(one is None for one in graduates))


def _shares(rows: Table, headers: Mapping[str, str], areas: Mapping[str, str] | None, threshold: int) -> Read:
    places = rows.codes(headers["place"], None if areas is None else frozenset(areas))
    names = rows.columns[headers["name"]] if "name" in headers else [""] * len(rows)
    graduates = rows.optional_numbers(headers["graduates"], least=0)
    keys = ("moved_stayed", "moved_returned", "moved_elsewhere", "stayed_left", "remained")
    shares = list(zip(*(rows.optional_numbers(headers[key], least=0, most=1) for key in keys), strict=True))
    for index, of_place in enumerate(shares):
        # Five shares to three decimals may exceed the whole by as much as their rounding.
        if (together := sum(share or 0 for share in of_place)) > 1.0025:
            rows.fault(index, headers["moved_stayed"], f"shares of {together:.3f} together", "at most 1")
    cohorts, kept, came = (
        rows.optional_numbers(headers[key], least=0) if key in headers else [None] * len(rows)
        for key in ("cohort", "retention", "inward")
    )
    rows.check()
    counts = tuple(
        from_shares(place, of, of_place)
        for place, of, of_place in zip(places, graduates, shares, strict=True)
        if of is not None
    )
    retention = tuple(
        Retention(place, of, _times(share, of), _times(inward, whole), whole, name)
        for place, name, of, whole, share, inward in zip(places, names, graduates, cohorts, kept, came, strict=True)
        if of is not None
    )
    return Read(Shape.SHARES, counts, retention, len(rows), sum(one is None for one in graduates))


def _times(share: float | None, whole: float | None) -> float | None:
    return None if share is None or whole is None else float(round(share * whole))


_READERS = {Shape.FLOWS: _flows, Shape.TOTALS: _totals, Shape.SHARES: _shares}


def read_areas(content: bytes, name: str) -> dict[str, str]:
    """Which area each code belongs to: columns code and area. Raises Refused."""
    rows = read_table(content, name)
    rows.need(["code", "area"])
    codes, areas = rows.codes("code"), rows.text("area")
    rows.once(codes, "code")
    rows.check()
    return dict(zip(codes, areas, strict=True))


def names_of(retention: Sequence[Retention]) -> dict[str, str]:
    """What places are called."""
    return {row.place: row.name for row in retention if row.name}
