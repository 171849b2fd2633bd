# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The board of the integration tests, asked in English, and what its pages show as HTML, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mainport.board.actions.decisions import decide
from mainport.board.models import Decision, Item
from tests.integration.board.conftest import Board
from tests.integration.board.conftest import board as board
from tests.integration.board.conftest import media as media


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def everywhere(client: Client, name: str, **kwargs: Any) -> str:
    """All that this page says, in its three forms."""
    found = []
    for address in (name, f"{name}_json", f"{name}_csv"):
        response = client.get(reverse(address, kwargs=kwargs))
        assert response.status_code == 200, address
        found.append(response.text)
    return "\n".join(found)


def take(board: Board, item: Item, **fields: Any) -> Decision:
    values = {"title": {"nl": "Een besluit", "en": "A decision"}, "text": {"nl": "We doen het.", "en": "We do it."}}
    return decide(by=board.office, item=item, **(values | fields))


def errors_of(response: Any) -> dict[str, list[str]]:
    """What is wrong in the form of a page, by field."""
    assert response.status_code == 200
    return {name: list(found) for name, found in response.context["form"].errors.items()}
