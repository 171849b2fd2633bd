# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What every page needs: the alliance's name, the navigation, the languages, the foot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

import mainport
from mainport.agenda import queries
from mainport.agenda.models import Element
from mainport.core.queries import actor_of
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import Actor, Permission
from mainport.web.agenda.addresses import url_or_nothing


@dataclass(frozen=True)
class Item:
    """A link of the navigation, or a language; `current` where the reader is."""

    url: str
    label: str
    current: bool = False
    code: str = ""


def site(request: HttpRequest) -> dict[str, Any]:
    """One query at most, for the alliance; none on a page that gives `alliance` and `demo` itself."""
    language = get_language() or settings.LANGUAGE_CODE
    actor = actor_of(request.user)

    @cache
    def alliance() -> Element | None:
        return queries.alliance()

    return {
        # Templates call what can be called, and only when they come to it.
        "alliance": alliance,
        "alliance_name": lambda: name_of(alliance(), language),
        "demo": lambda: bool(getattr(alliance(), "holds_demo", False)),
        "actor": actor,
        "navigation": _navigation(request),
        "own_links": _own(actor),
        "alliance_links": _of_the_alliance(),
        "footer_links": _footer(),
        "languages": [
            Item(
                url=translate_url(request.get_full_path(), code),
                label=get_language_info(code)["name_local"].capitalize(),
                current=code == language,
                code=code,
            )
            for code, _name in settings.LANGUAGES
        ],
        "home_url": reverse("home"),
        "login_url": url_or_nothing("account_login"),
        "logout_url": url_or_nothing("account_logout"),
        "account_url": url_or_nothing("account"),
        "workspace_url": url_or_nothing("workspace") if actor.may(Permission.ENTER_WORKSPACE) else "",
        "search_url": url_or_nothing("search"),
        "accessibility_url": reverse("accessibility"),
        "privacy_url": reverse("privacy"),
        "open_data_url": url_or_nothing("open_data"),
        "api_url": url_or_nothing("api_reference"),
        "version": mainport.__version__,
        "theme_css": settings.THEME_CSS,
    }


def name_of(alliance: Element | None, language: str) -> str:
    """What the site is called: after its alliance, or after the software where there is none yet."""
    return say(alliance.title, language) if alliance else "Mainport"


def _navigation(request: HttpRequest) -> list[Item]:
    """Eight ways in, for those who come to read; the foot has the rest."""
    pages = [
        ("agenda_tree", _("Agenda")),
        ("research", _("Research")),
        ("learn", _("Courses")),
        ("region", _("Region")),
        ("money", _("Money")),
        ("indicator_list", _("Indicators")),
        ("decision_list", _("Decisions")),
        ("search", _("Search")),
    ]
    return [Item(one.url, one.label, current=request.path.startswith(one.url)) for one in _links(pages)]


def _links(pages: Iterable[tuple[str, str]]) -> list[Item]:
    return [Item(url=url, label=label) for name, label in pages if (url := url_or_nothing(name))]


def _own(actor: Actor) -> list[Item]:
    """What somebody with an account has for themselves, in the menu of their account."""
    if actor.person_id is None:
        return []
    pages = [
        ("handing_in_list", _("My works"), actor.may(Permission.HAND_IN)),
        ("review_list", _("Works to judge"), actor.may(Permission.REVIEW_WORK)),
        ("harvest_list", _("Sources of the catalogue"), actor.may(Permission.MANAGE_CATALOGUE)),
        (
            "provider_courses",
            _("Our courses"),
            actor.may(Permission.MANAGE_COURSES) or bool(actor.organisations(Permission.MANAGE_COURSES)),
        ),
        ("my_courses", _("My courses"), True),
    ]
    return [Item(url=url, label=label) for name, label, may in pages if may and (url := url_or_nothing(name))]


def _footer() -> list[Item]:
    return _links(
        [
            ("about", _("About this site")),
            ("glossary", _("Glossary")),
            ("status_rule", _("How a state comes about")),
            ("changes", _("What changed")),
            ("feed_list", _("Where the figures come from")),
            ("gap_list", _("What can't be measured yet")),
        ]
    )


def _of_the_alliance() -> list[Item]:
    return _links(
        [
            ("flagship_list", _("Flagships")),
            ("partner_list", _("Partners")),
            ("place_list", _("Places")),
            ("meeting_list", _("Meetings")),
            ("yearly_paper_list", _("Yearly papers")),
        ]
    )
