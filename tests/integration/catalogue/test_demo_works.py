# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The invented works: whole, marked, made once, with something of everything that a page can show."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Agenda, Kind
from mainport.catalogue import demo
from mainport.catalogue.models import Adoption, KeptFile, Record, Relation
from mainport.catalogue.queries.learnt import learnt
from mainport.core.actions import put_organisations
from tests.conftest import BY

pytestmark = pytest.mark.django_db


def sketches() -> dict[str, Any]:
    return dict(yaml.safe_load((resources.files("mainport.catalogue") / "demo_works.yaml").read_bytes()))


@pytest.fixture
def loaded(groningen: Agenda, settings: Any, tmp_path: Path) -> dict[str, int]:
    settings.MEDIA_ROOT = tmp_path
    names = {row.key: str(next(iter(row.title.values()))) for row in agenda.elements(Kind.PARTNER)}
    put_organisations(by=BY, names=names)
    return demo.load(by=BY)


def test_all_are_made_once_and_marked(loaded: dict[str, int]) -> None:
    assert loaded == {"works": 24, "adoptions": 2}
    files = KeptFile.objects.count()
    changed = dict(Record.objects.values_list("key", "changed_at"))
    assert demo.load(by=BY) == loaded
    assert KeptFile.objects.count() == files
    assert dict(Record.objects.values_list("key", "changed_at")) == changed
    assert not Record.objects.filter(demo=False).exists()
    assert not Adoption.objects.filter(demo=False).exists()


def test_there_is_something_of_everything(loaded: dict[str, int]) -> None:
    assert Record.objects.filter(state=Record.State.WITHDRAWN).count() == 1
    assert Record.objects.filter(type="dataset").count() == 2
    assert KeptFile.objects.filter(access="embargoed", embargo_until__isnull=False).count() == 1
    assert KeptFile.objects.filter(media_type="application/pdf", pages__gte=1).count() >= 5
    assert Relation.objects.filter(other=None).count() == 0
    assert {row.state for row in Adoption.objects.all()} == {"adopted", "done"}
    assert set(Record.objects.values_list("language", flat=True)) == {"nl", "en"}
    first = KeptFile.objects.filter(media_type="application/pdf").order_by("name").first()
    assert first
    assert "Verzonnen voorbeeld" in first.text or "Invented example" in first.text


def test_they_are_tied_to_what_the_agenda_has(loaded: dict[str, int]) -> None:
    known = {f"{row.kind}:{row.key}" for row in agenda.elements(Kind.TASK, Kind.SECTOR, Kind.GOAL, Kind.PARTNER)}
    for sketch in sketches()["works"]:
        wanted = {f"task:{sketch['task']}", f"partner:{sketch['by']}"}
        wanted |= {f"{name}:{sketch[name]}" for name in ("sector", "goal") if name in sketch}
        wanted |= {f"task:{one['task']}" for one in sketch.get("advice", ())}
        assert wanted <= known, sketch["key"]
    found = learnt(["E1"])
    assert found.works_count == 3
    assert [one.state for one in found.adopted] == ["done"]


def test_each_speaks_both_languages_and_promises_nothing() -> None:
    for sketch in sketches()["works"]:
        assert set(sketch["title"]) == set(sketch["summary"]) == {"nl", "en"}, sketch["key"]
        for one in (*sketch.get("advice", ()), *sketch.get("questions", ())):
            assert {"nl", "en"} <= set(one), sketch["key"]
        # Short sentences: at B1 hardly any is longer than twenty words.
        sentences = [part for part in sketch["summary"]["nl"].replace("?", ".").split(".") if part.strip()]
        assert max(len(part.split()) for part in sentences) <= 22, sketch["key"]
