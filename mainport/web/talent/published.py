# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What others published of who stays in the North: each figure with its source, and its indicator where one exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from mainport.monitor.queries import titles_of
from mainport.talent.feeds.told import Rate, rates_of_the_north
from mainport.web.region.show import percent

_WHAT: dict[str, Promise] = {
    "left-rug-2": gettext_lazy("Graduates of the University of Groningen who left the North within 2 years"),
    "left-rug-6": gettext_lazy("Graduates of the University of Groningen who left the North within 6 years"),
    "left-hanze-2": gettext_lazy("Graduates of Hanze who left the North within 2 years"),
    "left-hanze-6": gettext_lazy("Graduates of Hanze who left the North within 6 years"),
    "outside-rug": gettext_lazy("Students of the University of Groningen from outside the North"),
    "outside-hanze": gettext_lazy("Students of Hanze from outside the North"),
    "in-city": gettext_lazy("Graduates who live in the city 10 to 15 years later"),
    "north-at-28": gettext_lazy("Raised in Groningen and in the North at 28"),
    "returned-wo": gettext_lazy("Back in the home municipality with a university degree"),
    "returned-hbo": gettext_lazy("Back in the home municipality with a degree of applied sciences"),
    "returned-mbo": gettext_lazy("Back in the home municipality with a vocational diploma"),
}
_NOTES: dict[str, Promise] = {
    "about half": gettext_lazy("about half"),
    "just under": gettext_lazy("just under"),
    "more than half": gettext_lazy("more than half"),
    "about a quarter": gettext_lazy("about a quarter"),
    "less than": gettext_lazy("less than"),
    "about": gettext_lazy("about"),
    "more than": gettext_lazy("more than"),
    "3 of 10; of those, 1 lived there before": gettext_lazy("3 of 10; 1 of those 3 lived there before"),
}


@dataclass(frozen=True)
class Published:
    """A published rate as pages show it; `url` leads to its indicator."""

    rate: Rate
    url: str

    @property
    def what(self) -> str:
        return str(_WHAT.get(self.rate.what, self.rate.what))

    @property
    def value(self) -> str:
        return percent(self.rate.value / 100, 0 if self.rate.value == int(self.rate.value) else 1)

    @property
    def note(self) -> str:
        return str(_NOTES.get(self.rate.note, self.rate.note))

    @property
    def year(self) -> str:
        return str(self.rate.year)

    def to_json(self) -> dict[str, Any]:
        return self.rate.as_data() | {"url": self.url}


def rates() -> list[Published]:
    """All of them, in the order of their file. One query."""
    found = rates_of_the_north()
    known = titles_of({one.indicator for one in found if one.indicator})
    return [
        Published(one, reverse("indicator", kwargs={"key": one.indicator}) if one.indicator in known else "")
        for one in found
    ]
