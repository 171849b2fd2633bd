# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the reader of a page may edit from there. The actions themselves ask again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.nodes import SHAPES
from mainport.core.rules.permissions import Actor, Permission
from mainport.web.agenda import labels


@dataclass(frozen=True)
class Way:
    """A link to where something is edited or added."""

    url: str
    label: str


@dataclass(frozen=True)
class Editing:
    """What may be edited: the element, its plan, and what may be added under it."""

    element: Way | None = None
    plan: Way | None = None
    add: tuple[Way, ...] = ()


def editing(actor: Actor, element: Element, plan: Element | None = None, leads: Iterable[Element] = ()) -> Editing:
    """The programme office edits all; who may edit plans for one of the leads of this plan, edits the plan."""
    kind = Kind(element.kind)
    all_of_it = actor.may(Permission.EDIT_AGENDA)
    may_plan = all_of_it or any(actor.may(Permission.EDIT_PLAN, lead.key) for lead in leads)
    kinds = SHAPES[kind].children.values()
    return Editing(
        element=_edit(element, _("Edit")) if all_of_it else None,
        plan=_plan(element, plan) if may_plan and Kind.PLAN in kinds else None,
        add=tuple(add(child, element.uid) for child in kinds if all_of_it and child is not Kind.PLAN),
    )


def _edit(element: Element, label: str) -> Way:
    return Way(reverse("element_edit", kwargs={"kind": element.kind, "key": element.key}), label)


def _plan(element: Element, plan: Element | None) -> Way:
    if plan:
        return _edit(plan, _("Edit the plan"))
    return Way(add(Kind.PLAN, element.uid).url, _("Lay down a plan"))


def add(kind: Kind, parent: str) -> Way:
    """Where an element of this kind is added under that parent (a uid)."""
    return Way(reverse("element_add", kwargs={"kind": kind, "parent": parent}), labels.one(kind))
