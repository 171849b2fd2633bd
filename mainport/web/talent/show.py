# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What several pages about talent share: the way here, words for what files call by a code, charts, what-if."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mainport.talent.models import Scenario
from mainport.talent.queries import kept
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.charts import bands
from mainport.web.charts.bands import Drawing, Scale, Series
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import number

#: Codes that files use and that have a word on both languages' pages; others are shown as they are written.
WORDS: dict[str, Promise] = {
    "care": gettext_lazy("Care"),
    "energy": gettext_lazy("Energy"),
    "digital": gettext_lazy("Digital"),
    "food": gettext_lazy("Food"),
    "education": gettext_lazy("Education"),
    "industry": gettext_lazy("Industry"),
    "nursing": gettext_lazy("Nursing"),
    "installation": gettext_lazy("Installation"),
    "engineering": gettext_lazy("Engineering"),
    "software": gettext_lazy("Software"),
    "science": gettext_lazy("Science"),
    "steady": gettext_lazy("Steady growth"),
    "transition": gettext_lazy("Energy and care transition"),
    "roa": gettext_lazy("As ROA expects"),
    "mbo": gettext_lazy("Vocational (mbo)"),
    "hbo": gettext_lazy("Applied sciences (hbo)"),
    "wo": gettext_lazy("University (wo)"),
    "NL": gettext_lazy("The Netherlands"),
    "EER": gettext_lazy("European Economic Area"),
    "Niet-EER": gettext_lazy("Outside the European Economic Area"),
    "exchange": gettext_lazy("Exchange students"),
    "peak shelter": gettext_lazy("Peak shelter"),
    "short-stay hotel": gettext_lazy("Short-stay hotel"),
}


def word(code: str) -> str:
    """What a sector, level, field, group or layer is called."""
    return str(WORDS[code]) if code in WORDS else code


def way(*after: Crumb) -> list[Crumb]:
    """The way from the home page by that of talent."""
    return crumbs(Crumb(_("Talent"), reverse("talent")), *after)


def whole(value: float | None) -> str:
    """A count of people or rooms: no more exact than they come."""
    return "" if value is None else number(round(value))


def signed(value: float) -> str:
    """With a sign before it, a true minus where it's below zero."""
    said = number(abs(round(value)))
    return said if said == "0" else f"+{said}" if value > 0 else f"\N{MINUS SIGN}{said}"


def hundredths(value: float) -> str:
    """A ratio, always with two decimals, so that a column of them reads as one."""
    language = (get_language() or "en").partition("-")[0]
    return str(format_decimal(value, format="#,##0.00", locale="nl" if language == "nl" else "en"))


def about(low: float, high: float) -> str:
    """From low to high, both whole; with signs where one is below zero."""
    say = signed if low < 0 else whole
    return _("%(low)s to %(high)s") % {"low": say(low), "high": say(high)}


@dataclass(frozen=True)
class Chart:
    """A drawing for a wide screen and one for a narrow; `title` says what is seen, `about` all that it shows."""

    id: str
    title: str
    about: str
    wide: Drawing
    narrow: Drawing

    @property
    def drawings(self) -> list[tuple[str, Drawing]]:
        return [("wide", self.wide), ("narrow", self.narrow)]


def chart(id: str, title: str, about: str, series: Sequence[Series], scale: Scale) -> Chart:
    """Raises ValueError where there is nothing to draw."""
    return Chart(
        id,
        title,
        about,
        bands.draw(series, scale, width=760, height=340),
        bands.draw(series, scale, width=360, height=300),
    )


def scenario_or_404(kind: str, key: str) -> Scenario:
    found = kept.scenarios(kind).filter(key=key).first()
    if found is None:
        raise Http404(f"scenario:{key}")
    return found


def what_if(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    data: dict[str, Any],
    rows: Iterable[dict[str, Any]],
    *,
    wrong: bool,
) -> Page:
    """The whole page; or, for htmx, only what the levers change, which is the template beside it with _outcome.

    What can't be reckoned is told with 400; htmx wouldn't show that, so it gets its piece with 200.
    """
    if request.headers.get("HX-Request"):
        piece = {**context, "piece": True}
        return Page(template.replace(".html", "_outcome.html"), piece, data, rows, headers={"Vary": "HX-Request"})
    return Page(template, context, data, rows, status=400 if wrong else 200, headers={"Vary": "HX-Request"})
