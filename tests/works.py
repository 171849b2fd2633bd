# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Works and courses for tests."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from mainport.catalogue.actions import records
from mainport.catalogue.models import KeptFile, Record
from mainport.catalogue.rules.courses import Competence, Course, Mode, Offering, Place, Price, Programme
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Identifier,
    Organisation,
    Recommendation,
    Relation,
    Scheme,
    Subject,
    Work,
    WorkType,
)
from tests.conftest import BY

HANZE = Organisation("Hanzehogeschool Groningen")
RUG = Organisation("Rijksuniversiteit Groningen", ror="012p63287")

THESIS = Work(
    {"nl": "Warmte uit het riool", "en": "Heat from the sewer"},
    type=WorkType.THESIS,
    identifiers=(Identifier(Scheme.DOI, "10.5555/riool.1"),),
    authors=(
        Author("Alice de Vries", family="de Vries", given="Alice", orcid="0000-0002-1825-0097", organisations=(RUG,)),
        Author("Bob", role="supervisor"),
    ),
    organisations=(HANZE, Organisation("Waterschap Voorbeeld", role="client")),
    summaries={"nl": "Rioolwater is warm.\n\nDaar kunt u huizen mee verwarmen.", "en": "Sewage is warm."},
    abstracts={"nl": "Riothermie in drie wijken & de kosten <per woning>."},
    recommendations=(
        Recommendation(1, {"nl": "Meet een jaar lang de temperatuur.", "en": "Measure for a year."}, task="E1"),
        Recommendation(2, {"nl": "Begin in één wijk."}),
    ),
    questions=({"nl": "Wat gebeurt er in een strenge winter?", "en": "What happens in a hard winter?"},),
    licence="CC-BY-4.0",
    access=Access.OPEN,
    published=Day(2025, 6, 30),
    language="nl",
    subjects=(Subject("riothermie"), Subject("warmte")),
    sector="energy",
    task="E1",
)

COURSE = Course(
    "kennis-1",
    {"nl": "Veilig internetten", "en": "Safe on the internet"},
    code="VI1",
    programmes=("traject-1",),
    descriptions={
        "nl": "U leert hoe u veilig op het internet gaat.",
        "en": "You learn how to be safe on the internet.",
    },
    provider=Organisation("Bibliotheek Voorbeeld"),
    level="secondary vocational education 2",
    languages=("nl",),
    hours=Decimal("7.5"),
    competences=(Competence("4.2", 2), Competence("1.1", 1)),
    outcomes=({"nl": "U herkent nepberichten."},),
    admission={"nl": "U hoeft niets te weten."},
    mode=Mode.ON_SITE,
    url="https://example.org/veilig",
    offerings=(
        Offering(
            "kennis-1-a",
            of="kennis-1",
            starts=date(2099, 1, 12),
            ends=date(2099, 2, 16),
            places=(
                Place(
                    "Bibliotheek",
                    "Brink",
                    "1",
                    "9700 AA",
                    "Groningen",
                    latitude=53.2,
                    longitude=6.5,
                    phone="050 123 45 67",
                ),
            ),
            prices=(Price(Decimal(0)),),
            languages=("nl",),
            mode=Mode.ON_SITE,
            seats=12,
            enrolled=4,
            url="https://example.org/veilig/inschrijven",
        ),
        Offering("kennis-1-b", of="kennis-1", starts=date(2020, 1, 12), ends=date(2020, 2, 16)),
    ),
    task="D1",
)

PROGRAMME = Programme(
    "traject-1",
    {"nl": "Digitaal aan de slag", "en": "Start digitally"},
    descriptions={"nl": "Drie cursussen na elkaar.", "en": "Three courses in a row."},
    provider=Organisation("Bibliotheek Voorbeeld"),
    courses=("kennis-1",),
    type="course",
    url="https://example.org/traject",
)


def work(key: str = "riool", **changes: Any) -> Record:
    """A work that is public, or in the `state` that is given."""
    named = {name: changes.pop(name) for name in ("state", "made_by", "demo") if name in changes}
    if key != "riool" and "identifiers" not in changes:
        changes["identifiers"] = ()
    return records.put(by=BY, value=replace(THESIS, **changes), key=key, **named).record


def course(key: str = "veilig-internetten", **changes: Any) -> Record:
    named = {name: changes.pop(name) for name in ("state", "demo") if name in changes}
    return records.put(by=BY, value=replace(COURSE, **changes), key=key, **named).record


def programme(key: str = "digitaal-aan-de-slag") -> Record:
    return records.put(by=BY, value=PROGRAMME, key=key).record


def relate(record: Record, kind: str, other: str) -> None:
    """One work says how it is related to another of this catalogue."""
    said = replace(
        THESIS, identifiers=(), titles=dict(record.titles), relations=(Relation(kind, Identifier(Scheme.DOI, other)),)
    )
    records.put(by=BY, value=said, record=record, state=record.state)


def kept(record: Record, name: str = "verslag.pdf", body: bytes = b"%PDF-1.7 verslag", **said: Any) -> KeptFile:
    """A file of a work, open to everybody unless something else is said."""
    row = KeptFile(
        record=record,
        name=name,
        media_type=said.pop("media_type", "application/pdf"),
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        access=said.pop("access", "open"),
        licence=said.pop("licence", "CC-BY-4.0"),
        by_name="tests",
        at=timezone.now(),
        **said,
    )
    row.file.save(name, ContentFile(body), save=False)
    row.save()
    return row
