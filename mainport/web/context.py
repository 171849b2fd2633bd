# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What every page needs: the alliance's name, the navigation, the languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from mainport.agenda import queries
from mainport.agenda.rules.elements import Kind
from mainport.core.queries import actor_of
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import Permission


@dataclass(frozen=True)
class Item:
    """A link of the navigation, or a language; `current` where the reader is."""

    url: str
    label: str
    current: bool
    code: str = ""


def site(request: HttpRequest) -> dict[str, Any]:
    """One query, for the alliance's name."""
    language = get_language() or settings.LANGUAGE_CODE
    actor = actor_of(request.user)
    alliance = queries.elements(Kind.ALLIANCE).first()
    return {
        "alliance": alliance,
        "alliance_name": say(alliance.title, language) if alliance else "Mainport",
        "demo": bool(alliance) and queries.has_demo(),
        "actor": actor,
        "navigation": _navigation(request),
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
        "login_url": reverse("account_login"),
        "logout_url": reverse("account_logout"),
        "account_url": reverse("account"),
        "workspace_url": reverse("workspace") if actor.may(Permission.ENTER_WORKSPACE) else "",
        "search_url": reverse("search"),
        "theme_css": settings.THEME_CSS,
    }


def _navigation(request: HttpRequest) -> list[Item]:
    pages = [
        ("agenda_tree", _("Agenda")),
        ("flagship_list", _("Flagships")),
        ("partner_list", _("Partners")),
        ("place_list", _("Places")),
        ("money", _("Money")),
    ]
    return [
        Item(url=(url := reverse(name)), label=label, current=request.path.startswith(url)) for name, label in pages
    ]
