# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where each element of the agenda has its page."""

from __future__ import annotations

from typing import Protocol

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from mainport.agenda.rules.elements import Kind

#: The folder of each kind's pages. The alliance's page is the home page.
FOLDERS: dict[Kind, Promise] = {
    Kind.PARTNER: pgettext_lazy("route", "partners"),
    Kind.ORGANISATION: pgettext_lazy("route", "organisations"),
    Kind.CONTRIBUTION: pgettext_lazy("route", "contributions"),
    Kind.FUND: pgettext_lazy("route", "funds"),
    Kind.BODY: pgettext_lazy("route", "bodies"),
    Kind.FORUM: pgettext_lazy("route", "forums"),
    Kind.PAPER: pgettext_lazy("route", "papers"),
    Kind.GOAL: pgettext_lazy("route", "goals"),
    Kind.SECTOR: pgettext_lazy("route", "sectors"),
    Kind.CHAPTER: pgettext_lazy("route", "chapters"),
    Kind.THEME: pgettext_lazy("route", "themes"),
    Kind.TASK: pgettext_lazy("route", "tasks"),
    Kind.FLAGSHIP: pgettext_lazy("route", "flagships"),
    Kind.PROJECT: pgettext_lazy("route", "projects"),
    Kind.PLAN: pgettext_lazy("route", "plans"),
    Kind.MILESTONE: pgettext_lazy("route", "milestones"),
    Kind.INSTRUMENT: pgettext_lazy("route", "instruments"),
    Kind.MONITOR: pgettext_lazy("route", "monitors"),
    Kind.FIGURE: pgettext_lazy("route", "figures"),
    Kind.PLACE: pgettext_lazy("route", "places"),
}

#: Kinds that have a page listing all of them, by the name of its address.
LISTS: dict[Kind, str] = {
    kind: f"{kind}_list"
    for kind in (
        Kind.PARTNER,
        Kind.ORGANISATION,
        Kind.FUND,
        Kind.BODY,
        Kind.FORUM,
        Kind.PAPER,
        Kind.FLAGSHIP,
        Kind.PROJECT,
        Kind.INSTRUMENT,
        Kind.MONITOR,
        Kind.FIGURE,
        Kind.PLACE,
    )
}


class Named(Protocol):
    """What has a uid: a row or an element of the rules."""

    @property
    def uid(self) -> str: ...


def url_of(element: Named | str) -> str:
    """The page of an element, given itself or its uid. A plan stands on the page of what it plans."""
    uid = element if isinstance(element, str) else element.uid
    kind, _, key = uid.partition(":")
    if kind == Kind.ALLIANCE:
        return reverse("home")
    if kind == Kind.PLAN:
        planned, _, its_key = key.partition("-")
        return f"{reverse(planned, kwargs={'key': its_key})}#plan"
    return reverse(kind, kwargs={"key": key})


def url_or_nothing(name: str, **arguments: str) -> str:
    """The address by its name, or '' where this installation has no such page."""
    try:
        return reverse(name, kwargs=arguments or None)
    except NoReverseMatch:
        return ""
