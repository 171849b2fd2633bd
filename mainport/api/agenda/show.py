# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""From what the agenda's queries give to what the API answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mainport.agenda import models
from mainport.agenda.exports.texts import TEXTS, as_text
from mainport.agenda.rules import elements as rules
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.nodes import SHAPES
from mainport.agenda.rules.status import Standing
from mainport.api.answers import address


def element_address(uid: str) -> str:
    return address(f"elements/{uid}")


def attributes(kind: Kind, written: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes, each text by language."""
    return {name: as_text(value) if name in TEXTS[kind] else value for name, value in written.items()}


def snapshot(element: rules.Element) -> dict[str, Any]:
    return {
        "id": element.uid,
        "kind": element.kind,
        "key": element.key,
        "parent": element.parent,
        "position": element.position,
        "title": element.title,
        "summary": element.summary,
        "source": element.source,
        "demo": element.demo,
        "attributes": attributes(element.kind, element.attributes),
        "links": [{"role": link.role, "id": link.target} for link in element.links],
    }


def element(row: models.Element) -> dict[str, Any]:
    """A row with its parent, source and links (with their targets) at hand."""
    kind = Kind(row.kind)
    order = list(SHAPES[kind].relations)
    links = sorted(row.links.all(), key=lambda link: (order.index(link.role), link.position))
    return {
        "id": row.uid,
        "kind": kind,
        "key": row.key,
        "parent": row.parent.uid if row.parent else None,
        "position": row.position,
        "title": row.title,
        "summary": row.summary,
        "source": row.source.key if row.source else None,
        "demo": row.demo,
        "attributes": attributes(kind, row.attributes),
        "links": [{"role": link.role, "id": link.target.uid} for link in links],
        "due": row.due,
        "url": element_address(row.uid),
    }


def reference(row: models.Element) -> dict[str, Any]:
    return {"id": row.uid, "kind": row.kind, "title": row.title, "url": element_address(row.uid)}


def standing(uid: str, found: Standing) -> dict[str, Any]:
    return {
        "id": uid,
        "state": found.state,
        "reason": found.reason,
        "because_of": found.because_of,
        "as_of": found.as_of,
        "counts": found.counts,
    }


def report(found: models.Report) -> dict[str, Any]:
    return {
        "id": found.pk,
        "period": found.period.key,
        "element": found.element.uid,
        "organisation": found.organisation.key,
        "status": found.status,
        "words": found.words,
        "language": found.language,
        "approved_at": found.reviewed_at,
        "demo": found.demo,
        "milestones": [
            {"id": one.milestone.uid, "reached_on": one.reached_on, "words": one.words}
            for one in found.milestones.all()
        ],
        "evidence": [
            {
                "title": one.title,
                "url": one.url or None,
                "media_type": one.media_type or None,
                "size": one.size,
            }
            for one in found.evidence.all()
        ],
        "url": address(f"reports/{found.pk}"),
    }


def sources(found: Iterable[rules.Source]) -> list[dict[str, Any]]:
    return [
        {
            "id": source.key,
            "title": source.title,
            "document": source.document,
            "url": source.url or None,
            "published": source.published or None,
        }
        for source in found
    ]
