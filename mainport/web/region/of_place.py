# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the page of a place adds: who and what is there, and near."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.queries import Neighbourhood
from mainport.agenda.rules.elements import Kind
from mainport.catalogue.queries.places import towns
from mainport.catalogue.rules.places import Place
from mainport.web.agenda.views.parts import today
from mainport.web.region.network import at_place, courses_near, nearest, students_at
from mainport.web.region.places import Spot, within_km
from mainport.web.templatetags.mainport import words

#: How far is near, and how many places are named.
KM, NEAREST = 5, 3


def of_place(around: Neighbourhood) -> dict[str, Any]:
    """Two queries: the elements that may belong to it, and where courses are given."""
    element = around.element
    sector = next(iter(around.targets("sector")), None)
    wanted = Q(kind__in=[Kind.PARTNER, Kind.ORGANISATION, Kind.FIGURE])
    if sector:
        wanted |= Q(kind=Kind.FLAGSHIP, tree_key__startswith=sector.tree_key)
    others = list(agenda.elements().filter(wanted))
    spot = _spot(element)
    parties = [one for one in others if one.kind in (Kind.PARTNER, Kind.ORGANISATION)]
    near = []
    if spot.latitude is not None and spot.longitude is not None:
        beside = [_spot(one) for one in around.beside if one.pk != element.pk]
        near = nearest(beside, Place("", spot.latitude, spot.longitude))[:NEAREST]
    return {
        "sector": sector,
        "organisations": at_place(spot, parties),
        "flagships": [one for one in others if one.kind == Kind.FLAGSHIP],
        "students": students_at(spot, [one for one in others if one.kind == Kind.FIGURE]),
        "courses": courses_near(spot, towns(today()), KM),
        "near": near,
        "km": KM,
    }


def as_data(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "organisations": [one.uid for one in found["organisations"]],
        "flagships": [one.uid for one in found["flagships"]],
        "courses_within_5_km": found["courses"],
        "nearest": [{"place": one.spot.element.uid, "km": round(one.km, 1)} for one in found["near"]],
    }


def _spot(element: Element) -> Spot:
    return Spot(0, element, "", "", 0, within_km(words(element.attributes.get("precision"))))
