# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The invented tables and scenarios that come with Mainport, to look around with."""

from __future__ import annotations

from importlib import resources

from mainport.core.rules.permissions import Actor
from mainport.talent.actions.keeping import About, put_scenario, put_table
from mainport.talent.models import Scenario, Table

_TABLES = {
    "flows-demo.csv": (Table.Kind.PATHS, "Afgestudeerden, verzonnen", "Graduates, invented"),
    "registrations-demo.csv": (Table.Kind.REGISTRATIONS, "Vooraanmeldingen, verzonnen", "Registrations, invented"),
    "enrolled-demo.csv": (Table.Kind.ENROLLED, "Inschrijvingen, verzonnen", "Enrolments, invented"),
    "uwv-demo.csv": (Table.Kind.LABOUR, "Vacatures, verzonnen", "Open jobs, invented"),
    "yearly-demo.csv": (Table.Kind.YEARLY, "Mensen per jaar, verzonnen", "People year by year, invented"),
    "graduates-demo.csv": (Table.Kind.GRADUATES, "Wie er afstudeert, verzonnen", "Who is graduating, invented"),
    "human-capital-history-demo.csv": (Table.Kind.HISTORY, "Eerdere jaren, verzonnen", "Past years, invented"),
}
_SCENARIOS = {
    "human-capital-demo": (
        Scenario.Kind.HUMAN_CAPITAL,
        "Human-capitalagenda, voorbeeld",
        "Human-capital agenda, example",
    ),
    "peak-demo": (Scenario.Kind.PEAK, "Najaarspiek, voorbeeld", "Autumn peak, example"),
}
_SOURCE = "Invented, to show how it works"


def load(*, by: Actor) -> dict[str, int]:
    """Make what is missing; how many tables and scenarios there are."""
    folder = resources.files("mainport.talent.data")
    for name, (kind, nl, en) in _TABLES.items():
        key = name.removesuffix(".csv")
        about = About(key, kind, {"nl": nl, "en": en}, _SOURCE, public=True, demo=True)
        put_table(by=by, about=about, body=folder.joinpath(name).read_bytes(), file_name=name)
    for key, (of, nl, en) in _SCENARIOS.items():
        body = folder.joinpath(f"{key}.yaml").read_text("utf-8")
        tables = {name: name.removesuffix(".csv") for name in _TABLES if name in body}
        put_scenario(by=by, about=About(key, of, {"nl": nl, "en": en}, demo=True), body=body, tables=tables)
    return {"talent tables": len(_TABLES), "talent scenarios": len(_SCENARIOS)}
