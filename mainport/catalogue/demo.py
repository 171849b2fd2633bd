# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invented works of invented people, out of demo_works.yaml; each marked as invented. Comes after the agenda."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

import typst
import yaml
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from mainport.catalogue import models
from mainport.catalogue.actions import adopting, files, records
from mainport.catalogue.models import Adoption, Record
from mainport.catalogue.rules.texts import Day, first
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Identifier,
    Organisation,
    Recommendation,
    Relation,
    Scheme,
    Subject,
    Work,
    WorkType,
)
from mainport.core.models import Organisation as Partner
from mainport.core.rules.permissions import Actor

Sketch = Mapping[str, Any]

#: Before the key of each work, so that nothing real gets its address.
PREFIX = "demo-"
_RELATIONS = {"follows": "Continues", "with": "IsSupplementedBy", "cites": "Cites"}
_LICENCE = "CC-BY-4.0"


def load(*, by: Actor) -> dict[str, int]:
    """Make what is missing: works with their files, and two adoptions. How many works there are, and adoptions."""
    data = yaml.safe_load((resources.files("mainport.catalogue") / "demo_works.yaml").read_bytes())
    partners = {one.key: one for one in Partner.objects.all()}
    known = set(Record.objects.filter(key__startswith=PREFIX).values_list("key", flat=True))
    today = timezone.localdate()
    for sketch in data["works"]:
        if f"{PREFIX}{sketch['key']}" not in known:
            _make(by, sketch, partners, today)
    _tie(known)
    with transaction.atomic():
        for sketch in data["adoptions"]:
            _adopt(by, sketch, partners)
    works = Record.objects.filter(key__startswith=PREFIX, kind=Record.Kind.WORK, demo=True)
    return {"works": works.count(), "adoptions": Adoption.objects.filter(demo=True).count()}


def work(sketch: Sketch, partner: str, today: date) -> Work:
    """What a work says, as its lines do."""
    published = today - timedelta(days=sketch["days"])
    embargo = today + timedelta(days=sketch["embargo_days"]) if sketch.get("embargo_days") else None
    authors = [_author(name, partner) for name in sketch["authors"]]
    if supervisor := sketch.get("supervisor"):
        authors.append(_author(supervisor, partner, role="supervisor"))
    client = [Organisation(sketch["client"], role="client")] if sketch.get("client") else []
    return Work(
        titles=sketch["title"],
        subtitles=sketch.get("subtitle", {}),
        type=WorkType(sketch["type"]),
        authors=tuple(authors),
        organisations=(Organisation(partner, role="publisher"), *client),
        summaries=sketch["summary"],
        abstracts=sketch.get("abstract", {}),
        recommendations=tuple(
            Recommendation(number, {code: one[code] for code in ("nl", "en")}, one["task"])
            for number, one in enumerate(sketch.get("advice", ()), start=1)
        ),
        questions=tuple(sketch.get("questions", ())),
        licence=sketch.get("licence", _LICENCE),
        access=Access.EMBARGOED if embargo else _access(sketch),
        embargo_until=embargo,
        published=Day(published.year, published.month, published.day),
        language=sketch["language"],
        subjects=tuple(Subject(word, language=sketch["language"]) for word in sketch["subjects"]),
        sector=sketch.get("sector", ""),
        goal=sketch.get("goal", ""),
        task=sketch["task"],
        relations=tuple(
            Relation(kind, Identifier(Scheme.LOCAL, f"{PREFIX}{other}"))
            for name, kind in _RELATIONS.items()
            for other in sketch.get(name, ())
        ),
    )


def _access(sketch: Sketch) -> Access:
    return Access.OPEN if sketch.get("pdf") or sketch.get("data") else Access.METADATA_ONLY


def _author(name: str, partner: str, role: str = "author") -> Author:
    given, _, family = name.partition(" ")
    return Author(name, family=family, given=given, organisations=(Organisation(partner),), role=role)


def _make(by: Actor, sketch: Sketch, partners: Mapping[str, Partner], today: date) -> None:
    partner = partners.get(sketch["by"])
    said = work(sketch, partner.name if partner else sketch["by"], today)
    # A file is looked through before anything is locked.
    taken = [files.take(file) for file in _files(sketch, said)]
    with transaction.atomic():
        record = records.put(
            by=by,
            value=said,
            key=f"{PREFIX}{sketch['key']}",
            organisation=partner,
            demo=True,
            why="demonstration",
        ).record
        for one in taken:
            kept = files.keep(by=by, record=record, taken=one, why="demonstration")
            kept.access, kept.licence, kept.embargo_until = said.access, said.licence, said.embargo_until
            kept.save(update_fields=["access", "licence", "embargo_until"])
        # It came in on the day on which it came out.
        day = said.published.earliest if said.published else today
        record.published_at = timezone.make_aware(datetime.combine(day, time(12)))
        record.save(update_fields=["published_at"])
        if sketch.get("withdrawn"):
            records.withdraw(by=by, record=record, why="demonstration")


def _files(sketch: Sketch, said: Work) -> list[File[bytes]]:
    """A small paper and a small table, made here."""
    found: list[File[bytes]] = []
    if sketch.get("pdf"):
        found.append(File(BytesIO(paper(said)), name=f"{sketch['key']}.pdf"))
    if sketch.get("data"):
        found.append(File(BytesIO(sketch["data"].encode()), name=f"{sketch['key']}.csv"))
    return found


def paper(said: Work) -> bytes:
    """The work as a PDF of a page or so, in its own language."""
    own, dutch = said.language, said.language == "nl"
    words = {
        "invented": "Verzonnen voorbeeld" if dutch else "Invented example",
        "summary": "In gewone woorden" if dutch else "In plain words",
        "abstract": "Samenvatting" if dutch else "Summary",
        "advice": "Aanbevelingen" if dutch else "Recommendations",
        "questions": "Open vragen" if dutch else "Open questions",
    }
    lines = [
        f'#set document(title: {_quoted(first(said.titles, own))})\n#set text(lang: "{own}", size: 11pt)',
        f"#set page(margin: 2.5cm, header: text(size: 9pt, {_quoted(words['invented'])}))",
        f"#text(size: 20pt, weight: 700, {_quoted(first(said.titles, own))})",
        f"#text({_quoted(', '.join(one.name for one in said.authors if one.role == 'author'))})",
        f"#text({_quoted(f'{said.organisations[0].name}, {said.published}')})",
    ]
    for name, texts in (("summary", said.summaries), ("abstract", said.abstracts)):
        if text := first(texts, own):
            lines += [f"#heading({_quoted(words[name])})", f"#par(justify: false, {_quoted(text)})"]
    lists: list[tuple[str, Sequence[Mapping[str, str]]]] = [
        ("advice", [one.text for one in said.recommendations]),
        ("questions", said.questions),
    ]
    for name, items in lists:
        if items:
            shown = ", ".join(_quoted(first(one, own)) for one in items)
            lines += [f"#heading({_quoted(words[name])})", f"#enum({shown})"]
    made = _compiler().compile("\n\n".join(lines).encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> Any:
    """Typst, with its fonts loaded once."""
    return typst.Compiler(ignore_system_fonts=True)


def _quoted(text: str) -> str:
    """A string of typst, in which nothing is a command."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _tie(known: set[str]) -> None:
    """Works that name one that comes after them in the file are tied to it now."""
    made = {one.key: one for one in Record.objects.filter(key__startswith=PREFIX, kind=Record.Kind.WORK)}
    waiting = models.Relation.objects.filter(
        record__in=[one.pk for key, one in made.items() if key not in known], other=None
    )
    for relation in waiting.filter(scheme=Scheme.LOCAL.value, value__in=made):
        relation.other = made[relation.value]
        relation.save(update_fields=["other"])


def _adopt(by: Actor, sketch: Sketch, partners: Mapping[str, Partner]) -> None:
    record = Record.objects.filter(key=f"{PREFIX}{sketch['work']}", state=Record.State.PUBLISHED).first()
    partner = partners.get(sketch["by"])
    if record is None or partner is None:
        return
    advice = record.recommendations.filter(number=sketch["number"]).first()
    if advice is None or advice.adoptions.exists():
        return
    made = adopting.adopt(by=by, recommendation=advice, task=sketch["task"], organisation=partner)
    if sketch.get("done"):
        adopting.done(by=by, adoption=made, note=sketch["note"])
