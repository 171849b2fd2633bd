# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Sets: parts of the catalogue that can be harvested by themselves, by what a record is, whose, and about what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.api.catalogue.oai import records
from mainport.catalogue.exports import oai_dc
from mainport.catalogue.exports.markup import element
from mainport.catalogue.rules.texts import first
from mainport.catalogue.rules.works import Access, WorkType
from mainport.core.models import Organisation

_CODE = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")


@dataclass(frozen=True)
class Family:
    """Sets side by side, such as sector:A and sector:B, of which a record is in one at most."""

    name: str
    column: str
    title: str
    said: str


FAMILIES = {
    family.name: family
    for family in (
        Family("kind", "kind", "Kind", "Works, programmes and courses."),
        Family("type", "type", "Type of work", "Works by their type."),
        Family("access", "access", "Access", "Works by who may read their files."),
        Family("organisation", "organisation__key", "Organisation", "What an organisation keeps in this catalogue."),
        Family("sector", "sector", "Sector", "What is about a sector of the region's agenda."),
        Family("task", "task", "Task", "What is about a task of the region's agenda."),
    )
}


@dataclass(frozen=True)
class Special:
    """A set with a meaning that others gave it."""

    spec: str
    title: str
    said: str
    condition: Q


_OPEN = Q(in_kind="work", in_access=Access.OPEN.value)
SPECIAL = {
    one.spec: one
    for one in (
        Special("openaire", "OpenAIRE", "Open works but data sets, for OpenAIRE.", _OPEN & ~Q(in_type="dataset")),
        Special("openaire_data", "OpenAIRE_data", "Open data sets, for OpenAIRE.", _OPEN & Q(in_type="dataset")),
        Special("demo", "Demonstration", "Invented records, to show what Mainport does.", Q(demo=True)),
    )
}


def condition(spec: str) -> Q | None:
    """Which records are in a set; None for one that can't be."""
    if spec in SPECIAL:
        return SPECIAL[spec].condition
    name, colon, code = spec.partition(":")
    if name not in FAMILIES:
        return None
    return Q(**{f"in_{name}": code}) if colon else ~Q(**{f"in_{name}": ""})


def of(row: records.Row) -> Iterator[str]:
    """The sets that a record is in: beside sector:A, sector, which validators look for where they asked for it."""
    yield "kind"
    yield f"kind:{row.kind}"
    for name, code in (
        ("type", row.type),
        ("access", row.access),
        ("organisation", row.organisation),
        ("sector", row.sector),
        ("task", row.task),
    ):
        if code and _CODE.fullmatch(code):
            yield name
            yield f"{name}:{code}"
    if row.kind == "work" and row.access == Access.OPEN.value:
        yield "openaire_data" if row.type == WorkType.DATASET.value else "openaire"
    if row.demo:
        yield "demo"


def listed() -> Iterator[str]:
    """Each set that has a record in it, as XML."""
    for family in FAMILIES.values():
        found = records.harvested().order_by(family.column).values_list(family.column, flat=True).distinct()
        codes = [code for code in found if code and _CODE.fullmatch(code)]
        if codes:
            yield _set(family.name, family.title, family.said)
            names = _names(family.name, codes)
            for code in codes:
                yield _set(f"{family.name}:{code}", f"{family.title}: {names.get(code) or _spoken(code)}")
    for one in SPECIAL.values():
        if records.harvested().filter(one.condition).exists():
            yield _set(one.spec, one.title, one.said)


def expected() -> Iterator[str]:
    """The sets that there will be, for a catalogue that is still empty."""
    return (_set(family.name, family.title, family.said) for family in FAMILIES.values())


def _set(spec: str, name: str, said: str = "") -> str:
    about = f"<setDescription>{oai_dc.description(said)}</setDescription>" if said else ""
    return f"<set>{element('setSpec', spec)}{element('setName', name)}{about}</set>"


def _spoken(code: str) -> str:
    return code.replace("-", " ") if code.islower() else code


def _names(family: str, codes: list[str]) -> dict[str, str]:
    if family == "organisation":
        return dict(Organisation.objects.filter(key__in=codes).values_list("key", "name"))
    if family in ("sector", "task"):
        kind = Kind.SECTOR if family == "sector" else Kind.TASK
        return {
            one.key: f"{one.key} {first(one.title, 'en', 'nl')}" for one in agenda.elements(kind).filter(key__in=codes)
        }
    return {}
