# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How the alliance, its activities and others are known in IATI.

The organisation: as registered (setting MAINPORT_IATI_ORGANISATION); else `NL-KVK-` and the KvK number of who keeps
the books; else `XI-MAINPORT-` and the alliance's key, a scheme of our own that the validator warns of and that is
meant to be replaced before anybody publishes. An activity: the organisation, a hyphen, kind, hyphen and key of the
element, so `NL-KVK-12345678-task-K1`. Another organisation: by its KvK number where that is known, else by name alone,
since an identifier that nobody else uses identifies nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from mainport.agenda.rules.elements import Agenda, Element, Kind
from mainport.core.rules.languages import EVERY_LANGUAGE

#: Books in the Netherlands: the country of all activities.
COUNTRY = "NL"
#: Multisector aid, where nothing more exact is known.
DEFAULT_SECTOR = "43010"
#: OrganisationType of partners, by the agenda's word for what they are.
PARTNER_TYPES = {
    "ministry": "10",
    "municipality": "11",
    "province": "11",
    "water-board": "11",
    "hospital": "15",
    "university-hospital": "15",
    "foundation": "60",
    "company": "70",
    "university": "80",
    "university-of-applied-sciences": "80",
    "vocational-college": "80",
}


@dataclass(frozen=True)
class Org:
    """An organisation as a transaction or participation names it; '' where something isn't known."""

    name: Mapping[str, str]
    ref: str = ""
    type: str = ""


class Names:
    """What everything is called, for one agenda."""

    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.alliance = agenda.alliance
        self.codes = _codes(self.alliance.key)
        self.organisation = _organisation(self.alliance.key)
        self.us = Org(self.alliance.title, self.organisation, self.codes.get("type", "90"))

    def activity(self, uid: str) -> str:
        return f"{self.organisation}-{uid.replace(':', '-', 1)}"

    def sector(self, uid: str) -> str:
        """The code of the element, or of the nearest above it that has one."""
        sectors: Mapping[str, str] = self.codes.get("sectors", {})
        return next((sectors[above.uid] for above in self.upwards(uid) if above.uid in sectors), DEFAULT_SECTOR)

    def pillar(self, uid: str) -> Element | None:
        """The goal, sector or chapter that the element belongs to."""
        pillars = (Kind.GOAL, Kind.SECTOR, Kind.CHAPTER)
        return next((above for above in self.upwards(uid) if above.kind in pillars), None)

    def upwards(self, uid: str) -> list[Element]:
        """The element and all above it."""
        found = []
        here: str | None = uid
        while here is not None and here in self.agenda.elements:
            found.append(self.agenda.elements[here])
            here = found[-1].parent
        return found

    def org(self, uid: str) -> Org:
        """A partner or organisation of the agenda."""
        element = self.agenda.elements[uid]
        return Org(element.title, type=PARTNER_TYPES.get(element.attributes.get("sort", ""), ""))

    def page(self, element: Element, language: str) -> str:
        """The address of its page; '' where it has none."""
        with translation.override(language):
            try:
                path = (
                    reverse("home")
                    if element.kind is Kind.ALLIANCE
                    else reverse(element.kind.value, args=[element.key])
                )
            except NoReverseMatch:
                return ""
        return f"{settings.SITE_URL}{path}"

    @property
    def languages(self) -> tuple[str, ...]:
        return self.agenda.languages


def kvk(number: str) -> str:
    return f"NL-KVK-{number}" if number else ""


def every(words: str) -> dict[str, str]:
    """A name that is the same in every language."""
    return {EVERY_LANGUAGE: words}


def _organisation(key: str) -> str:
    return settings.IATI_ORGANISATION or kvk(settings.BOOKS["kvk"]) or f"XI-MAINPORT-{key}"


@cache
def _codes(key: str) -> Mapping[str, Any]:
    import yaml

    file = resources.files("mainport.cycle") / "data" / "iati" / f"{key}.yaml"
    found: Mapping[str, Any] = yaml.safe_load(file.read_bytes()) if file.is_file() else {}
    return found
