# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where somebody lives, and how far that is."""

from __future__ import annotations

import pytest

from mainport.catalogue.rules import places


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("9671", "Winschoten"),
        (" 9671ab ", "Winschoten"),
        ("winschoten", "Winschoten"),
        ("Gemeente Oldambt", "Oldambt"),
        ("TER APEL", "Ter Apel"),
        ("'s-Gravenhage", "'s-Gravenhage"),
        ("Súdwest-Fryslân", "Súdwest-Fryslân"),
        ("9999", "Warffum"),
    ],
)
def test_found(written: str, name: str) -> None:
    place = places.find(written)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize("written", ["", "Atlantis", "0123", "12345", "1", "9671AB9671"[:3]])
def test_not_found(written: str) -> None:
    assert places.find(written) is None


def test_what_it_looks_like() -> None:
    assert places.similar("Winschooten")[0] == "Winschoten"


def test_distance() -> None:
    groningen, assen = places.find("Groningen"), places.find("Assen")
    assert groningen is not None
    assert assen is not None
    assert round(places.kilometres(groningen, assen.latitude, assen.longitude)) == 24
    assert places.kilometres(assen, assen.latitude, assen.longitude) == 0
