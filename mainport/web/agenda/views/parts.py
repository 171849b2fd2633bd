# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What several pages of the agenda share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.web.agenda import labels
from mainport.web.agenda.addresses import LISTS, url_of
from mainport.web.context import name_of
from mainport.web.templatetags.mainport import say, words


@dataclass(frozen=True)
class Crumb:
    label: str | SafeString
    url: str = ""


@dataclass(frozen=True)
class Card:
    """As `components/cards.html` shows it."""

    url: str
    title: str | SafeString
    text: str | SafeString = ""
    meta: str = ""
    demo: bool = False


def today() -> date:
    return timezone.localdate()


def crumbs(*after: Crumb) -> list[Crumb]:
    """The way from the home page to here; the last one is the page itself."""
    return [Crumb(_("Home"), reverse("home")), *after]


def crumbs_to(element: Element, above: Iterable[Element]) -> list[Crumb]:
    """The way to an element: by the agenda where it hangs in the tree of tasks, else by its kind's list."""
    kind = Kind(element.kind)
    between = [row for row in above if row.kind != Kind.ALLIANCE]
    if between or kind in (Kind.GOAL, Kind.SECTOR, Kind.CHAPTER):
        first = Crumb(_("Agenda"), reverse("agenda_tree"))
    elif kind == Kind.CONTRIBUTION:
        first = Crumb(_("Money"), reverse("money"))
    else:
        first = Crumb(labels.several(kind), reverse(LISTS[kind]))
    return crumbs(first, *(Crumb(short(row), url_of(row)) for row in between), Crumb(short(element)))


def short(element: Element) -> str | SafeString:
    """What an element is called where room is scarce: a task by its code."""
    return element.key if element.kind == Kind.TASK else say(element.title)


def site_of(alliance: Element) -> dict[str, Any]:
    """For a page that has read the alliance already, with `holds_demo` if it can: the context then asks nothing."""
    language = get_language() or "en"
    found = {"alliance": alliance, "alliance_name": name_of(alliance, language)}
    return found | {"demo": alliance.holds_demo} if hasattr(alliance, "holds_demo") else found


def title_of(element: Element) -> str:
    """For the title of a page: code and words."""
    title = words(element.title)
    return f"{element.key}: {title}" if element.kind == Kind.TASK else title
