# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The English pages, since their words stand in the code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from mainport.core.models import Person

PASSWORD = "four quiet winter boats"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def with_password(cast):
    """Gives somebody of the cast a password."""

    def give(person: Person) -> str:
        person.set_password(PASSWORD)
        person.save()
        return PASSWORD

    return give
