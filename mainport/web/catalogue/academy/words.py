# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How an offer is said: the reasons for a course, when and where it is given, what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from mainport.catalogue.rules.courses import Course, Mode, Offering
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.offer import Limit, Reason, Why, price_of
from mainport.catalogue.rules.questionnaire import Trouble
from mainport.catalogue.rules.texts import UNKNOWN
from mainport.web.catalogue.records import labels
from mainport.web.templatetags.mainport import euro, when, words

MOMENTS = {
    "day": gettext_lazy("in the daytime"),
    "evening": gettext_lazy("in the evening"),
    "weekend": gettext_lazy("at the weekend"),
}

#: What was looked beyond, so that something could be offered.
LIMITS = {
    Limit.MODE: gettext_lazy("another way of learning than you chose"),
    Limit.DISTANCE: gettext_lazy("further away than you wanted to travel"),
    Limit.PRICE: gettext_lazy("more expensive than you wanted"),
}

TROUBLES = {
    Trouble.MISSING: gettext_lazy("Choose an answer, please."),
    Trouble.UNKNOWN: gettext_lazy("Choose one of the answers, please."),
    Trouble.UNKNOWN_PLACE: gettext_lazy("We don’t know this place. Fill in the four digits of your postcode."),
}

STATES = {
    "saved": pgettext_lazy("course", "Saved"),
    "enrolled": pgettext_lazy("course", "Enrolled"),
    "busy": pgettext_lazy("course", "Busy with it"),
    "completed": pgettext_lazy("course", "Completed"),
    "stopped": pgettext_lazy("course", "Stopped"),
}


#: Reasons that the price and the first day of a course tell too.
_FACTS = (Why.FREE, Why.IN_BUDGET, Why.SOON)


def competence(code: str) -> str:
    found = framework().competence(code)
    return words(found.label) if found else code


def reasons(found: Sequence[Reason], *, plain: bool = False) -> list[str]:
    """The reasons for a course as sentences: what one learns first, in the plain questions of the questionnaire.

    `plain`: without levels, and without what stands beside it as a fact, for who has enough to read already.
    """
    gaps = [one for one in found if one.why is Why.GAP]
    said = [_gaps(gaps)] if gaps else []
    level = max((one.level for one in gaps), default=0)
    if level and plain:
        said.append(_("It suits what you can do now."))
    elif level:
        said.append(_("It suits what you can do now. Afterwards you are at level %(level)d of 8.") % {"level": level})
    left_out = {Why.GAP, *(_FACTS if plain else ())}
    return said + [_SAID[one.why](one) for one in found if one.why not in left_out and not one.is_mind]


def minds(found: Sequence[Reason]) -> list[str]:
    """What to mind before choosing a course."""
    return [_SAID[one.why](one) for one in found if one.is_mind]


def _gaps(gaps: Sequence[Reason]) -> str:
    asked = [words(one.question) for gap in gaps if (one := framework().competence(gap.competence))]
    return _("Afterwards you say yes to: %(questions)s") % {"questions": " ".join(asked)}


def _near(said: Reason) -> str:
    if said.km < 1:
        return _("It is close to you, in %(town)s.") % {"town": said.town}
    text = ngettext(
        "It is in %(town)s, about %(km)d kilometre from you.",
        "It is in %(town)s, about %(km)d kilometres from you.",
        said.km,
    )
    return text % {"town": said.town, "km": said.km}


def _far(said: Reason) -> str:
    text = ngettext(
        "It is further than you wanted to travel: in %(town)s, about %(km)d kilometre from you.",
        "It is further than you wanted to travel: in %(town)s, about %(km)d kilometres from you.",
        said.km,
    )
    return text % {"town": said.town, "km": said.km}


_SAID: dict[Why, Callable[[Reason], str]] = {
    Why.LIBRARY: lambda said: _("It is in the library. There is time for all your questions."),
    Why.SAME_TOWN: lambda said: _("It is in %(town)s, where you live.") % {"town": said.town},
    Why.NEAR: _near,
    Why.ONLINE: lambda said: _("You can do it at home, online."),
    Why.MOMENT: lambda said: _("It is given when you can come: %(when)s.") % {"when": moments(said.words)},
    Why.GUIDANCE: lambda said: _("Somebody is there to help you."),
    Why.FREE: lambda said: _("It is free."),
    Why.IN_BUDGET: lambda said: (
        _("It costs %(amount)s. That is not more than you wanted.") % {"amount": euro(said.amount)}
    ),
    Why.LANGUAGE: lambda said: _("It is given in %(languages)s.") % {"languages": languages(said.words)},
    Why.SOON: lambda said: _("It starts soon: on %(day)s.") % {"day": when(said.day)},
    Why.ANY_TIME: lambda said: _("You can start at any moment."),
    Why.FAR: _far,
    Why.COSTS: lambda said: _("It costs %(amount)s.") % {"amount": euro(said.amount)},
    Why.PRICE_UNKNOWN: lambda said: _("We don’t know what it costs. Ask who gives it."),
    Why.OTHER_WAY: lambda said: _("It is given in another way, or at another time, than you asked for."),
    Why.NO_DATES: lambda said: _("We don’t know yet when it starts. Ask who gives it."),
}


def moments(found: Iterable[str]) -> str:
    return ", ".join(str(MOMENTS[one]) for one in found if one in MOMENTS)


def languages(found: Iterable[str]) -> str:
    return ", ".join(labels.language(code) for code in found if code != UNKNOWN)


def start(offering: Offering | None) -> str:
    """When it begins, in a few words."""
    if offering is None:
        return _("ask for the dates")
    if offering.flexible_start:
        return _("at any moment")
    return when(offering.starts) if offering.starts else _("ask for the dates")


def place(offering: Offering | None, course: Course) -> str:
    """Where it is given."""
    mode = offering.mode if offering and offering.mode is not Mode.UNKNOWN else course.mode
    spots = offering.places if offering else ()
    names = ", ".join(dict.fromkeys(spot.name or spot.town for spot in spots if spot.name or spot.town))
    if mode is Mode.ONLINE:
        return _("online")
    if mode is Mode.BLENDED and names:
        return _("%(place)s, and partly online") % {"place": names}
    return names or _("ask for the place")


def price(offering: Offering | None) -> str:
    amount = price_of(offering)
    if amount is None:
        return _("ask for the price")
    return euro(amount) if amount else _("free")


def language() -> str:
    return (get_language() or "nl")[:2]
