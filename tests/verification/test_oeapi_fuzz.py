# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The Open Education API asked for whatever its specification allows, of things that are there and that aren't.

MAINPORT_FUZZ_EXAMPLES says how many made-up requests all operations get together, at random; without it they are few
and the same each time.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainport.api.catalogue.oeapi.views import _PATHS
from mainport.catalogue.actions import records
from mainport.catalogue.rules.contents import Value
from mainport.config.wsgi import application
from tests.conftest import SHARED
from tests.functional.oeapi.conftest import BY, DIGITAL, INNER, MAIL, ROOT, SHEETS

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
ASKED = os.environ.get("MAINPORT_FUZZ_EXAMPLES")
FILE = SHARED / "standards" / "ooapi" / "oeapi-6.0.json"


def _operations() -> list[Any]:
    """Those of the specification that are on offer here."""
    if not FILE.exists():
        return []
    whole = json.loads(FILE.read_bytes())
    whole["paths"] = {
        path: {method: said for method, said in whole["paths"][path].items() if method.upper() in methods}
        for path, methods in _PATHS.items()
    }
    whole["servers"] = [{"url": f"http://localhost{ROOT}"}]
    schema = schemathesis.openapi.from_dict(whole)
    schema.app = application
    found: list[Any] = list(schema.get_all_operations())
    return [result.ok() for result in found]


@pytest.fixture(scope="module")
def numbers(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The number of one thing of each kind, made once and undone after the last request."""
    with (
        django_db_blocker.unblock(),
        override_settings(API_RATE=10**9, OEAPI_KEYS={"tests": "k"}),
        transaction.atomic(),
    ):
        made: dict[str, Value] = {"mail": MAIL, "sheets": SHEETS, "digital": DIGITAL, "inner": INNER}
        for key, value in made.items():
            records.put(by=BY, value=value, key=f"fuzz-{key}")
        course, programme = _first("/courses")["courseId"], _first("/programmes")["programmeId"]
        found = {
            "courseId": course,
            "programmeId": programme,
            "organisationId": _first("/organisations")["organisationId"],
            "courseOfferingId": _first(f"/courses/{course}/course-offerings")["courseOfferingId"],
            "programmeOfferingId": _first(f"/programmes/{programme}/programme-offerings")["programmeOfferingId"],
        }
        # Only now: Django's own client, which asked for these, connects them again after each request. A request
        # would close the connection that is in a transaction.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield found
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _first(path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Client().get(f"{ROOT}{path}").content)["items"][0]
    return found


OPERATIONS = _operations()
EXAMPLES = math.ceil(int(ASKED) / len(OPERATIONS)) if ASKED and OPERATIONS else 15


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_every_operation_answers_by_the_specification(operation: Any, numbers: dict[str, str]) -> None:
    @given(case=operation.as_strategy(), known=st.booleans())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=ASKED is None,
        suppress_health_check=list(HealthCheck),
    )
    def run(case: Any, known: bool) -> None:
        if known:
            case.path_parameters = {
                **case.path_parameters,
                **{name: numbers[name] for name in case.path_parameters if name in numbers},
            }
        response = case.call(headers={"Authorization": "Bearer k"})
        case.validate_response(response)

    run()
