# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invented yearly papers (demo_papers.yaml), on top of the invented money: those of 2023 decided, one being made."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any

import yaml
from django.db import transaction

from mainport.core.models import Person
from mainport.core.rules.permissions import Actor, Permission
from mainport.cycle.actions import papers as actions
from mainport.cycle.models import Movement, Paper
from mainport.cycle.queries import papers as queries

Sketch = Mapping[str, Any]


def reports() -> dict[int, dict[str, Sketch]]:
    """What the leads of tasks said of whole years, for the demonstration of the agenda: by year and task."""
    found: dict[int, dict[str, Sketch]] = _read()["reports"]
    return found


@transaction.atomic
def load(*, by: Actor) -> dict[str, int]:
    """Make the papers that aren't there yet. Those of a year that is over are signed by the partners' invented
    coordinators, and decided where their figures tie. Without any money there is nothing to tell.

    Kinds and sections that this agenda doesn't have are passed over. How many papers were made.
    """
    if not Movement.objects.exists():
        return {"papers": 0}
    made = 0
    kinds = queries.frame().kinds
    for sketch in _read()["papers"]:
        there = Paper.objects.filter(kind=sketch["kind"], year=sketch["year"]).exists()
        if sketch["kind"] in kinds and not there:
            _make(by, sketch)
            made += 1
    return {"papers": made}


def _read() -> Any:
    return yaml.safe_load((resources.files("mainport.cycle") / "demo_papers.yaml").read_bytes())


def _make(by: Actor, sketch: Sketch) -> None:
    paper = actions.open(by=by, kind=sketch["kind"], year=sketch["year"], demo=True)
    languages = queries.languages()
    for section in paper.sections.all():
        text = sketch["texts"].get(section.key)
        if text:
            words = {language: text.get(language, text["en"]) for language in languages}
            section = actions.write(by=by, section=section, text=words, revision=section.revision)
        for said in sketch.get("comments", {}).get(section.key, ()):
            if person := _coordinator(said["organisation"]):
                comment = actions.comment(by=person, section=section, words=said["words"])
                if said.get("resolved"):
                    actions.resolve(by=by, comment=comment)
    if sketch.get("decided") and not queries.lacking(paper):
        _decide(by, paper, str(sketch.get("decision", "")))


def _decide(by: Actor, paper: Paper, decision: str) -> None:
    paper = actions.lay_before(by=by, paper=paper)
    for partner in queries.signatories():
        if person := _coordinator(partner):
            actions.sign(by=person, paper=paper, organisation=partner, agrees=True)
    if not queries.differences(paper) and not queries.unsigned(paper):
        actions.decide(by=by, paper=paper, decision=decision)


def _coordinator(organisation: str) -> Actor | None:
    """Somebody invented who may sign for this organisation."""
    people = Person.objects.filter(demo=True, is_active=True, memberships__organisation__key=organisation)
    actors = [person.actor for person in people.distinct().order_by("pk")]
    return next((actor for actor in actors if organisation in actor.organisations(Permission.SIGN_OFF)), None)
