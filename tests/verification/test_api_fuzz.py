# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The API asked for whatever its document allows, and for what it doesn't, in this process.

MAINPORT_FUZZ_EXAMPLES says how many made-up requests each group of operations gets, at random;
without it they are few and the same each time.
"""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from mainport.agenda import actions
from mainport.agenda.models import Element, Report, ReportingPeriod
from mainport.api.document import document
from mainport.config.wsgi import application
from mainport.core.models import Organisation
from tests.conftest import BY, groningen_file, make_cast

ASKED = os.environ.get("MAINPORT_FUZZ_EXAMPLES")
EXAMPLES = int(ASKED or 60)

SCHEMA = schemathesis.openapi.from_dict(document("http://localhost"), config=SchemathesisConfig())
SCHEMA.app = application
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]
IN_GROUP = Counter(operation.tags[0] for operation in OPERATIONS)

QUICK = settings(
    deadline=None,
    database=None,
    derandomize=ASKED is None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module", autouse=True)
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The agenda with one approved report, made once and undone after the last request."""
    # A request would close the connection that is in a transaction; Django's own test client does the same.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), override_settings(API_RATE=10**9), transaction.atomic():
        actions.load(by=BY, agenda=groningen_file(), why="tests")
        cast = make_cast()
        day = date(2026, 6, 30)
        Report.objects.create(
            period=ReportingPeriod.objects.create(key="2026-1", start=date(2026, 1, 1), end=day, due=day),
            element=Element.objects.get(kind="task", key="E3"),
            organisation=Organisation.objects.get(key="hanze"),
            state=Report.State.APPROVED,
            status="on-track",
            words="Twee groepen zijn begonnen.",
            language="nl",
            author=cast.alice,
            changed_at=datetime(2026, 7, 1, tzinfo=UTC),
            reviewer=cast.bob,
            reviewed_at=datetime(2026, 7, 2, tzinfo=UTC),
        )
        yield
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


CASES = [
    pytest.param(operation, mode, id=f"{operation.label} {mode}")
    for operation in OPERATIONS
    for mode in GenerationMode
    if mode.is_positive or list(operation.iter_parameters())
]

#: What the document can't say, and what may be refused therefore: the parameter at fault.
REFUSED = {"getExport": {"language"}, "listChanges": {"to"}}


def ask_and_check(case: Any) -> None:
    response = case.call()
    excluded = []
    if response.status_code == 400 and case.operation.definition.raw["operationId"] in REFUSED:
        fields = {error["field"] for error in response.json().get("errors", [])}
        if fields and fields <= REFUSED[case.operation.definition.raw["operationId"]]:
            excluded = [positive_data_acceptance]
    case.validate_response(response, excluded_checks=excluded)


@pytest.mark.parametrize(("operation", "mode"), CASES)
def test_requests_made_up(operation: Any, mode: GenerationMode) -> None:
    """Half of a group's requests as the document allows, half as it doesn't."""

    @settings(QUICK, max_examples=math.ceil(EXAMPLES / IN_GROUP[operation.tags[0]] / 2))
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        ask_and_check(case)

    ask()


@SCHEMA.parametrize()
@settings(QUICK, phases=[Phase.explicit])
def test_examples_and_edges(case: Any) -> None:
    """The document's own examples, and every parameter at the edges of what it may be, and past them."""
    ask_and_check(case)
