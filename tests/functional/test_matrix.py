# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Asks every address of the matrix as every role; an address without a row fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from mainport.agenda import actions
from tests.conftest import BY, groningen_file, make_cast
from tests.functional.matrix import (
    ROLES,
    Given,
    Row,
    Stage,
    accounts,
    api,
    board,
    catalogue_academy,
    catalogue_api,
    catalogue_handing_in,
    catalogue_harvest,
    catalogue_records,
    catalogue_search,
    cycle,
    editing,
    entry,
    monitor,
    odata,
    papers,
    portal,
    region,
    region_companies,
    talent,
    workspace,
)

pytestmark = pytest.mark.django_db

ROWS = [
    *portal.ROWS,
    *editing.ROWS,
    *monitor.ROWS,
    *entry.ROWS,
    *workspace.ROWS,
    *accounts.ROWS,
    *api.ROWS,
    *odata.ROWS,
    *board.ROWS,
    *cycle.ROWS,
    *papers.ROWS,
    *catalogue_academy.ROWS,
    *catalogue_api.ROWS,
    *catalogue_handing_in.ROWS,
    *catalogue_harvest.ROWS,
    *catalogue_records.ROWS,
    *catalogue_search.ROWS,
    *talent.ROWS,
    *region.ROWS,
    *region_companies.ROWS,
]

#: Addresses that others made and that are asked as one group, by the prefix of their names.
GROUPS = ("admin:",)


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """The agenda and the cast, made once; undone after the last row."""
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load(by=BY, agenda=groningen_file(), why="tests")
        yield Stage(cast=make_cast())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def cookies(stage: Stage) -> dict[str, SimpleCookie]:
    """The session of each role, logged in once."""
    found = {}
    for role in ROLES:
        client = Client()
        if role != "visitor":
            client.force_login(getattr(stage.cast, role), backend=settings.AUTHENTICATION_BACKENDS[0])
        found[role] = client.cookies
    return found


def _given(value: Given, stage: Stage) -> Any:
    return value(stage) if callable(value) else value


def given_values(values: Any, stage: Stage) -> dict[str, Any]:
    whole: Mapping[str, Any] = _given(values, stage) or {}
    return {name: _given(value, stage) for name, value in whole.items()}


def _answers(row: Row, method: str, stage: Stage, cookies: dict[str, SimpleCookie]) -> dict[str, int]:
    """The status that each role gets; what a request changes is undone before the next."""
    answers = {}
    for role in ROLES:
        with transaction.atomic(), translation.override("en"):
            url = reverse(row.name, kwargs=given_values(row.arguments, stage))
            client = Client()
            client.cookies = SimpleCookie({name: morsel.value for name, morsel in cookies[role].items()})
            answer = client.post(url, given_values(row.data, stage)) if method == "post" else client.get(url)
            answers[role] = answer.status_code
            # A file that is handed out in pieces is closed behind its last one.
            for _piece in answer.streaming_content if answer.streaming else ():
                pass
            transaction.set_rollback(True)
    return answers


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_reading(row: Row, stage: Stage, cookies: dict[str, SimpleCookie]) -> None:
    assert _answers(row, "get", stage, cookies) == dict(zip(ROLES, row.get, strict=True))


@pytest.mark.parametrize("row", [row for row in ROWS if row.post], ids=lambda row: row.name)
def test_writing(row: Row, stage: Stage, cookies: dict[str, SimpleCookie]) -> None:
    assert _answers(row, "post", stage, cookies) == dict(zip(ROLES, row.post, strict=True))


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Each address of the site by its name, with its namespace; one without a name by its route."""
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            inner = f"{namespace}{found.namespace}:" if found.namespace else namespace
            yield from _names(found, inner)
        elif isinstance(found, URLPattern):
            yield f"{namespace}{found.name}" if found.name else f"{namespace}{found.pattern} (has no name)"


def test_every_address_has_a_row() -> None:
    named = {row.name for row in ROWS}
    missing = sorted({name for name in _names(get_resolver()) if not name.startswith(GROUPS)} - named)
    assert not missing, f"addresses without a row in tests/functional/matrix: {', '.join(missing)}"
