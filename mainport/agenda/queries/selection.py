# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A choice out of the agenda, for those who ask for a list by what it should have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from mainport.agenda.models import Element, Link
from mainport.agenda.queries.elements import elements
from mainport.agenda.rules.elements import Kind
from mainport.core.rules.languages import EVERY_LANGUAGE


@dataclass(frozen=True)
class Selection:
    """What the elements of a list have in common; None or empty where it doesn't matter."""

    kinds: tuple[Kind, ...] = ()
    parent: str | None = None  # uid
    below: tuple[str, ...] = ()  # uids: at any depth below each of them
    partner: str | None = None  # key of a partner or organisation that has a part in it, or in its plan
    demo: bool | None = None
    words: str = ""


def select(selection: Selection, languages: Iterable[str]) -> QuerySet[Element]:
    """The elements of this selection, from the top of the agenda to the bottom."""
    found = elements(*selection.kinds)
    if selection.parent is not None:
        kind, _, key = selection.parent.partition(":")
        found = found.filter(parent__kind=kind, parent__key=key)
    for uid in selection.below:
        kind, _, key = uid.partition(":")
        above = elements().filter(kind=kind, key=key).first()
        if above is None:
            return found.none()
        found = found.filter(tree_key__startswith=above.tree_key).exclude(pk=above.pk)
    if selection.partner is not None:
        found = found.filter(_takes_part(selection.partner))
    if selection.demo is not None:
        found = found.filter(demo=selection.demo)
    for word in selection.words.split():
        found = found.filter(_says(word, languages))
    return found


def _takes_part(key: str) -> Q:
    links = Link.objects.filter(target__key=key, target__kind__in=[Kind.PARTNER, Kind.ORGANISATION])
    in_plan = links.filter(element__kind=Kind.PLAN, element__parent=OuterRef("pk"), element__removed_at__isnull=True)
    return Q(Exists(links.filter(element=OuterRef("pk")))) | Q(Exists(in_plan))


def _says(word: str, languages: Iterable[str]) -> Q:
    found = Q()
    for language in (*languages, EVERY_LANGUAGE):
        found |= Q(**{f"title__{language}__icontains": word}) | Q(**{f"summary__{language}__icontains": word})
    return found
