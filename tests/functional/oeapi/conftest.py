# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What can be learnt, to ask after by the Open Education API; and its specification to hold the answers against."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from mainport.catalogue.actions import records
from mainport.catalogue.models import Record
from mainport.catalogue.rules.courses import Competence, Course, Mode, Offering, Place, Price, Programme
from mainport.catalogue.rules.works import Organisation, Work
from mainport.core.models import Organisation as OrganisationRow
from mainport.core.rules.permissions import system
from tests.conftest import SHARED

BY = system("tests")
ROOT = "/api/oeapi/v6"
SOON = date.today() + timedelta(days=30)

HERE = "https://specification.example/oeapi"
FORMATS = FormatChecker()


@FORMATS.checks("date-time", raises=ValueError)  # type: ignore[untyped-decorator]
def _is_moment(value: object) -> bool:
    """RFC 3339: a moment has its distance to UTC."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("uri")  # type: ignore[untyped-decorator]
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"[a-z][a-z0-9+.-]*:[\w\-._~:/?#\[\]@!$&'()*+,;=%]+", value))


@FORMATS.checks("uri-reference")  # type: ignore[untyped-decorator]
def _is_reference(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"[\w\-._~:/?#\[\]@!$&'()*+,;=%]+", value))


FORUM = Organisation("Forum Groningen", "012p63287")
MAIL = Course(
    "c-1",
    {"nl": "Mailen voor beginners", "en": "E-mail for beginners"},
    code="MAIL-1",
    descriptions={"nl": "Leer mailen, stap voor stap."},
    provider=FORUM,
    programmes=("p-1",),
    level="undefined",
    languages=("nl",),
    hours=Decimal("6.5"),
    credits=Decimal(1),
    competences=(Competence("2.1", 2), Competence("4.2")),
    outcomes=({"nl": "U stuurt een mail."},),
    admission={"nl": "Geen."},
    url="https://forum.example/mailen",
    mode=Mode.ON_SITE,
    offerings=(
        Offering(
            "o-1",
            of="c-1",
            starts=SOON,
            ends=SOON + timedelta(days=30),
            enrol_from=date.today() - timedelta(days=9),
            enrol_until=SOON,
            places=(Place("Forum", "Nieuwe Markt", "1", "9712 KN", "Groningen", latitude=53.2187, longitude=6.5705),),
            prices=(Price(Decimal("12.50"), vat_included=True, note="Met koffie"),),
            languages=("nl",),
            mode=Mode.ON_SITE,
            seats=12,
            enrolled=3,
            url="https://forum.example/mailen/1",
        ),
        Offering("o-2", of="c-1", flexible_start=True, mode=Mode.ONLINE),
        Offering("o-old", of="c-1", starts=date(2020, 1, 1), ends=date(2020, 2, 1)),
    ),
)
SHEETS = Course("c-2", {"nl": "Rekenen met een rekenblad"}, provider=Organisation("Noorderpoort"), mode=Mode.ONLINE)
DIGITAL = Programme(
    "p-1", {"nl": "Digitaal vaardig"}, courses=("c-1", "c-2"), provider=FORUM, offerings=(Offering("po-1", of="p-1"),)
)
INNER = Programme("p-2", {"nl": "Veilig"}, parent="p-1", provider=FORUM)


@pytest.fixture
def education(db: None) -> dict[str, Record]:
    """Courses and programmes, of which the first course is given by an organisation here; a draft; a work."""
    forum = OrganisationRow.objects.create(key="forum", name="Forum Groningen")
    made = {
        "mail": records.put(by=BY, value=MAIL, key="mailen", organisation=forum).record,
        "sheets": records.put(by=BY, value=SHEETS, key="rekenblad").record,
        "digital": records.put(by=BY, value=DIGITAL, key="digitaal").record,
        "inner": records.put(by=BY, value=INNER, key="veilig", demo=True).record,
    }
    records.put(by=BY, value=Course("c-3", {"nl": "Concept"}), key="concept", state=Record.State.DRAFT)
    records.put(by=BY, value=Work({"nl": "Wonen"}), key="wonen")
    return made


@pytest.fixture(scope="session")
def specification() -> dict[str, Any]:
    file = SHARED / "standards" / "ooapi" / "oeapi-6.0.json"
    if not file.exists():
        pytest.skip("the standards aren't here")
    found: dict[str, Any] = json.loads(file.read_bytes())
    return found


Check = Callable[[str, str, int, Any], None]


@pytest.fixture(scope="session")
def check(specification: dict[str, Any]) -> Check:
    """Holds an answer against what the specification says of its address, method and status."""
    registry: Any = Registry().with_resource(HERE, Resource.from_contents(specification, DRAFT202012))

    def checked(method: str, path: str, status: int, content: Any) -> None:
        bare = path.removeprefix(ROOT).partition("?")[0] or "/"
        known = next(one for one in _most_exact(specification["paths"]) if re.fullmatch(_pattern(one), bare))
        response = specification["paths"][known][method]["responses"][str(status)]
        place = ["paths", known, method, "responses", str(status)]
        if "$ref" in response:
            place = response["$ref"].removeprefix("#/").split("/")
            response = specification["components"]["responses"][place[-1]]
        (media,) = response["content"]
        pointer = "/".join(one.replace("~", "~0").replace("/", "~1") for one in [*place, "content", media, "schema"])
        schema = {"$ref": f"{HERE}#/{pointer}"}
        Draft202012Validator(schema, registry=registry, format_checker=FORMATS).validate(content)

    return checked


def _most_exact(paths: dict[str, Any]) -> list[str]:
    return sorted(paths, key=lambda path: path.count("{"))


def _pattern(path: str) -> str:
    return re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))


Ask = Callable[..., Any]


@pytest.fixture
def ask(client: Client, check: Check) -> Ask:
    """Asks, and holds the answer against the specification."""

    def asked(path: str, status: int = 200, **parameters: str) -> Any:
        response = client.get(f"{ROOT}{path}", {name.rstrip("_"): words for name, words in parameters.items()})
        assert response.status_code == status, response.content
        content = json.loads(response.content)
        check("get", path, status, content)
        return content

    return asked


def names(page: Any) -> list[str]:
    return [one["name"][0]["value"] for one in page["items"]]
