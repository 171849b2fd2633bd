# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A catalogue to harvest, and the schemas of the protocol to hold the answers against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from lxml import etree

from mainport.catalogue.actions import records
from mainport.catalogue.models import Record
from mainport.catalogue.rules.courses import Competence, Course, Mode, Offering, Place, Price, Programme
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Funding,
    Identifier,
    Organisation,
    Recommendation,
    Relation,
    Scheme,
    Subject,
    Work,
    WorkFile,
    WorkType,
)
from mainport.core.rules.permissions import system
from tests.conftest import SHARED

BY = system("tests")
OAI = "{http://www.openarchives.org/OAI/2.0/}"

UG = Organisation("Rijksuniversiteit Groningen", "012p63287")
WORK = Work(
    {"nl": "Wonen & leven na de bevingen", "en": "Living after the <quakes>"},
    type=WorkType.THESIS,
    identifiers=(Identifier(Scheme.DOI, "10.1000/x"), Identifier(Scheme.URL, "https://ug.example/1")),
    authors=(
        Author("Anna van der Veen", "Veen", "Anna van der", "0000-0002-1825-0097", (UG,)),
        Author("Lectoraat Noord", is_organisation=True),
        Author("J. de Boer", "Boer", "J. de", role="supervisor"),
    ),
    organisations=(Organisation("Hanze", role="publisher"),),
    subtitles={"nl": "Een casus"},
    abstracts={"nl": "Eerste regel.\nTweede regel met \u0002 erin."},
    summaries={"nl": "In gewone taal.", "en": "In plain words."},
    recommendations=(Recommendation(1, {"nl": "Isoleer eerst."}, "A1"),),
    questions=({"nl": "Wat doet het met kinderen?"},),
    files=(WorkFile("these.pdf", media_type="application/pdf", size=12, sha256="0" * 64, access=Access.OPEN),),
    licence="CC-BY-4.0",
    access=Access.OPEN,
    published=Day(2024, 6),
    dates={"Submitted": Day(2024, 5, 3)},
    language="nl",
    subjects=(Subject("aardbeving", "NBC", "38.38", "nl"),),
    sector="E",
    task="E3",
    funding=(Funding("NWO", "12.3"),),
    relations=(Relation("Continues", Identifier(Scheme.DOI, "10.1000/w")),),
)
COURSE = Course(
    "c-1",
    {"nl": "Mailen voor beginners"},
    descriptions={"nl": "Leer mailen."},
    provider=Organisation("Forum Groningen"),
    languages=("nl",),
    hours=Decimal("6.0"),
    competences=(Competence("2.1", 2),),
    url="https://forum.example/mailen",
    mode=Mode.ON_SITE,
    offerings=(
        Offering(
            "o-1",
            of="c-1",
            starts=date(2027, 1, 5),
            ends=date(2027, 2, 5),
            places=(Place("Forum", "Nieuwe Markt", "1", "9712 KN", "Groningen", latitude=53.2187, longitude=6.5705),),
            prices=(Price(Decimal("0.00")),),
            languages=("nl",),
            mode=Mode.ON_SITE,
            seats=12,
        ),
    ),
)
PROGRAMME = Programme("p-1", {"nl": "Digitaal vaardig"}, courses=("c-1",), provider=Organisation("Alfa-college"))


@pytest.fixture
def catalogue(db: None) -> dict[str, Record]:
    """A work, a course and a programme; a work that was withdrawn, and one that was merged into the first."""
    made = {
        "work": records.put(by=BY, value=WORK, key="wonen").record,
        "course": records.put(by=BY, value=COURSE, key="mailen").record,
        "programme": records.put(by=BY, value=PROGRAMME, key="digitaal").record,
        "gone": records.put(by=BY, value=Work({"nl": "Weg"}), key="weg").record,
        "double": records.put(by=BY, value=Work({"nl": "Wonen"}), key="dubbel").record,
        "draft": records.put(by=BY, value=Work({"nl": "Kladje"}), key="klad", state=Record.State.DRAFT).record,
    }
    records.withdraw(by=BY, record=made["gone"], why="tests")
    Record.objects.filter(pk=made["double"].pk).update(merged_into=made["work"])
    return made


Ask = Callable[..., etree._Element]


@pytest.fixture
def ask(client: Client, oai_schema: etree.XMLSchema) -> Ask:
    """Asks the provider, and holds each answer against the schemas of the protocol."""

    def asked(**arguments: str) -> etree._Element:
        response = client.get("/oai", {name.rstrip("_"): words for name, words in arguments.items()})
        assert response.status_code == 200
        root = etree.fromstring(response.content)
        oai_schema.assertValid(root)
        return root

    return asked


@pytest.fixture(scope="session")
def oai_schema() -> etree.XMLSchema:
    """OAI-PMH with all that an answer of ours can hold; each element must be valid by its own schema."""
    standards = SHARED / "standards"
    if not standards.exists():
        pytest.skip("the standards aren't here")
    own = Path(__file__).parents[3] / "mainport" / "catalogue" / "exports" / "mainport.xsd"
    imports = {
        "http://www.openarchives.org/OAI/2.0/": standards / "oai-pmh" / "OAI-PMH.xsd",
        "http://www.openarchives.org/OAI/2.0/oai_dc/": standards / "oai-pmh" / "oai_dc.xsd",
        "http://www.openarchives.org/OAI/2.0/oai-identifier": standards / "oai-pmh" / "oai-identifier.xsd",
        "http://datacite.org/schema/kernel-4": standards / "datacite/source/meta/kernel-4.7/metadata.xsd",
        "urn:x-mainport:record:1": own,
    }
    lines = "".join(f'<import namespace="{name}" schemaLocation="{path}"/>' for name, path in imports.items())
    parser = etree.XMLParser(no_network=True)
    return etree.XMLSchema(
        etree.fromstring(f'<schema xmlns="http://www.w3.org/2001/XMLSchema">{lines}</schema>', parser)
    )


def errors(root: etree._Element) -> list[str]:
    return [str(node.get("code")) for node in root.findall(f"{OAI}error")]


def keys(root: etree._Element) -> list[str]:
    """The keys of the records in a list, deleted ones with a minus before."""
    return [
        ("-" if header.get("status") == "deleted" else "") + str(header.findtext(f"{OAI}identifier")).rpartition(":")[2]
        for header in root.iter(f"{OAI}header")
    ]
