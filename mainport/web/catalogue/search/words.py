# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What facets, their values and sorts are called on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from babel import Locale, UnknownLocaleError
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mainport.agenda.queries import history
from mainport.catalogue.rules import digcomp
from mainport.catalogue.search.answers import Sort
from mainport.catalogue.search.asking import Place
from mainport.core.rules.languages import say
from mainport.web.catalogue.records import labels
from mainport.web.templatetags.mainport import words

Label = str | Promise

TABS: dict[Place, Label] = {
    Place.EVERYTHING: pgettext_lazy("search tab", "Everything"),
    Place.AGENDA: pgettext_lazy("search tab", "Agenda"),
    Place.RESEARCH: pgettext_lazy("search tab", "Research"),
    Place.COURSES: pgettext_lazy("search tab", "Courses"),
}

FACETS: dict[str, Label] = {
    "type": _("Kind of work"),
    "year": _("Year"),
    "language": _("Language"),
    "provider": _("Given by"),
    "organisation": _("Organisation"),
    "source": _("Source"),
    "sector": _("Sector"),
    "goal": _("Goal"),
    "task": _("Task of the agenda"),
    "access": _("Who may read it"),
    "licence": _("Licence"),
    "level": _("Level"),
    "mode": _("How it is given"),
    "town": _("Place"),
    "price": _("Price"),
    "competence": _("What you learn"),
    "subject": _("Subject"),
    "author": _("Author"),
}

_LEARNT: dict[str, Label] = {"course": _("Course"), "programme": _("Programme of courses")}

_VALUES: dict[str, Mapping[str, Label]] = {
    "access": {
        "open": _("Everybody, now"),
        "embargoed": _("Everybody, later"),
        "restricted": _("On request"),
        "metadata-only": _("Only the description"),
        "unknown": _("Not known"),
    },
    "price": {"free": _("Free"), "paid": _("Paid"), "unknown": _("Price not known")},
    "source": {"own": _("Handed in here")},
}

SORTS: dict[Sort, Label] = {
    Sort.BEST: _("Best match first"),
    Sort.NEWEST: _("Newest first"),
    Sort.OLDEST: _("Oldest first"),
    Sort.START: _("Starting first"),
}

#: Why words and meaning counted as they did, by the codes of fusion.reasons.
REASONS: dict[str, Label] = {
    "words-known": _("Your words stand in the catalogue, so they count in full."),
    "some-words-known": _("Some of your words hardly stand in the catalogue, so meaning counts more."),
    "few-words-known": _("Few of your words stand in the catalogue, so meaning counts most."),
    "rankings-agree": _("Words and meaning point to the same results."),
    "rankings-differ": _("Words and meaning point to different results."),
}

#: Facets of which the values are keys of the agenda.
_OF_AGENDA = ("sector", "goal", "task")


def labeller(chosen: Iterable[tuple[str, str]]) -> Callable[[str, str], str]:
    """What these values of facets are called, and any other; one query where some are of the agenda."""
    uids = [f"{facet}:{value}" for facet, value in chosen if facet in _OF_AGENDA]
    elements = history.named(uids) if uids else {}

    def label(facet: str, value: str) -> str:
        if facet in _OF_AGENDA:
            found = elements.get(f"{facet}:{value}")
            title = words(found.title) if found else value
            return f"{value}: {title}" if facet == "task" and found else title
        return value_label(facet, value)

    return label


def value_label(facet: str, value: str) -> str:
    """A value of a facet in the reader's language, without asking the database."""
    if facet == "language":
        return language_name(value)
    if facet == "competence":
        known = digcomp.framework().competence(value)
        return say(dict(known.label), get_language() or "en") if known else value
    if facet == "type":
        return type_name(value)
    if facet == "level":
        return labels.level(value) or value
    if facet == "mode":
        return str(labels.MODES.get(value, value))
    return str(_VALUES.get(facet, {}).get(value, value))


def type_name(code: str) -> str:
    """What kind of record it is."""
    if code in _LEARNT:
        return str(_LEARNT[code])
    return labels.type_of(code)


def language_name(code: str) -> str:
    """A language in the reader's language, with a capital."""
    try:
        name = Locale.parse(get_language() or "en", sep="-").languages.get(code, code)
    except (UnknownLocaleError, ValueError):
        name = code
    return str(name[:1].upper() + name[1:])
