# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What each method that draws regions can be told, in plain words, with its limits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainport.region.models import FlowTable
from mainport.region.rules.areas import LAST
from mainport.region.rules.methods import Method
from mainport.web.region.geography import name_of
from mainport.web.templatetags.mainport import words

METHODS: dict[str, Promise] = {
    Method.SHADING: gettext_lazy("City shading"),
    Method.FUA: gettext_lazy("Functional urban areas (EU and OECD)"),
    Method.COOMBES_BOND: gettext_lazy("Travel-to-work areas (Coombes and Bond)"),
    Method.TOLBERT_SIZER: gettext_lazy("Commuting zones (Tolbert and Sizer)"),
    Method.INTRAMAX: gettext_lazy("Intramax"),
    Method.LEIDEN: gettext_lazy("Leiden, to explore"),
}
ABOUT: dict[str, Promise] = {
    Method.SHADING: gettext_lazy(
        "Which municipalities send at least a certain share of their jobs to one city. The map of the agenda is drawn "
        "so. It sees one city only, and no municipality that is tied to two."
    ),
    Method.FUA: gettext_lazy(
        "Each city with the municipalities of which at least 15% work there. You name the cities. What belongs to no "
        "city stays outside. Source: Dijkstra, Poelman and Veneri 2019."
    ),
    Method.COOMBES_BOND: gettext_lazy(
        "Divides the whole map into areas in which most people live and work, each large enough. Statistical offices "
        "use it for labour-market areas. Sources: Coombes and Bond 2008; Franconi and others 2017."
    ),
    Method.TOLBERT_SIZER: gettext_lazy(
        "Takes together what sends most to each other, measured by the smaller of the two, and cuts where ties become "
        "weak. Sensitive to where it is cut. Source: Tolbert and Sizer 1996."
    ),
    Method.INTRAMAX: gettext_lazy(
        "Merges, step by step, the pair that exchanges more than its sizes explain, until enough stays inside. Early "
        "merges are never undone. Source: Masser and Brown 1975."
    ),
    Method.LEIDEN: gettext_lazy(
        "Finds communities in the network of flows, beginning from chance. Several beginnings are tried, and how far "
        "they agree is told: below 0.9, don't rely on it. Source: Traag, Waltman and Van Eck 2019."
    ),
}
_CODE = re.compile(r"(GM\d{4})(?:\s*[=:]\s*([^,;\n]{1,60}))?")


def _size(label: Any, initial: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=10_000_000, initial=initial, help_text=help_text)


class _Percent(forms.FloatField):
    """A share in percent."""


class MethodForm(forms.Form):
    """The table, the borders, and what the method can be told. `sent` tells a box that isn't ticked from no form."""

    sent = forms.CharField(widget=forms.HiddenInput, initial="yes", required=False)
    method = forms.CharField(widget=forms.HiddenInput, required=False)
    table = forms.ChoiceField(label=gettext_lazy("Flows"))
    borders = forms.TypedChoiceField(label=gettext_lazy("Borders of the year"), coerce=int)
    against = forms.ChoiceField(
        label=gettext_lazy("Compare with"),
        required=False,
        help_text=gettext_lazy("Shows what lies in another region there."),
    )

    #: Fields of Options, in the unit of the page.
    own: tuple[str, ...] = ()

    def __init__(
        self,
        *arguments: Any,
        method: str,
        tables: Sequence[FlowTable],
        table: FlowTable,
        towns: Sequence[str],
        others: Sequence[tuple[str, str]],
        has_borders: bool,
        **more: Any,
    ) -> None:
        super().__init__(*arguments, **more)
        first = min(table.borders, LAST)
        self.zones = frozenset(towns)
        self.fields["method"].initial = method
        self._choose("table", [(one.key, f"{words(one.title)}, {one.year}") for one in tables], table.key)
        self._choose("borders", [(year, str(year)) for year in range(first, LAST + 1)], first)
        self._choose("against", [("", _("nothing")), *others], "")
        if "city" in self.fields:
            named = sorted(((code, name_of(code)) for code in towns), key=lambda one: one[1])
            self._choose("city", named, towns[0] if towns else "")
        if "cities" in self.fields:
            self.fields["cities"].initial = f"{towns[0]}={name_of(towns[0])}" if towns else ""
        if "one_piece" in self.fields and not has_borders:
            del self.fields["one_piece"]
        self.order_fields(["sent", "method", "table", "borders", *self.own, "one_piece", "against"])

    def _choose(self, name: str, choices: Sequence[Any], initial: Any) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]
        field.initial = initial

    def options(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What was asked as rules.methods.Options says it."""
        return {
            name: asked[name] / 100 if isinstance(self.fields[name], _Percent) else asked[name] for name in self.own
        }


class ShadingMethod(MethodForm):
    city = forms.ChoiceField(label=gettext_lazy("City"))
    threshold = _Percent(label=gettext_lazy("At least, in percent"), min_value=0.1, max_value=99.9, initial=15)
    own = ("city", "threshold")


class FuaMethod(MethodForm):
    cities = forms.CharField(
        label=gettext_lazy("Cities"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Codes of municipalities with the name of the city, as GM0014=Groningen; several separated by commas. "
            "Two codes with one name are one city."
        ),
    )
    threshold = _Percent(label=gettext_lazy("At least, in percent"), min_value=0.1, max_value=99.9, initial=15)
    cores = forms.ChoiceField(
        label=gettext_lazy("Cities that work in each other"),
        choices=[
            ("merged", gettext_lazy("become one, where the threshold is reached")),
            ("single", gettext_lazy("stay apart")),
        ],
        initial="merged",
    )
    one_piece = forms.BooleanField(
        label=gettext_lazy("Keep each area in one piece"),
        required=False,
        initial=True,
        help_text=gettext_lazy("What an area surrounds comes in; what doesn't touch it falls out."),
    )
    own = ("cities", "threshold", "cores")

    def clean_cities(self) -> dict[str, str]:
        written: str = self.cleaned_data["cities"]
        found = {code: (name or "").strip() or name_of(code) for code, name in _CODE.findall(written)}
        rest = _CODE.sub("", written)
        if not found or re.search(r"[^\s,;]", rest):
            raise forms.ValidationError(
                _("Found “%(rest)s”. Expected codes such as GM0014, with a name if you like: GM0014=Groningen."),
                params={"rest": rest.strip(" ,;\n")[:60]},
            )
        return found


class CoombesBondMethod(MethodForm):
    mode = forms.ChoiceField(
        label=gettext_lazy("Way of reckoning"),
        choices=[
            ("strict", gettext_lazy("strict: as the papers have it")),
            ("istat34", gettext_lazy("istat34: as the R package LabourMarketAreas 3.4")),
        ],
        initial="strict",
    )
    min_size = _size(
        gettext_lazy("Smallest size"), 1000, gettext_lazy("Jobs of residents that an area must have, however closed.")
    )
    target_size = _size(
        gettext_lazy("Target size"), 10000, gettext_lazy("From here on, the smallest closedness is enough.")
    )
    min_containment = _Percent(
        label=gettext_lazy("Smallest closedness, in percent"),
        min_value=0.1,
        max_value=100,
        initial=66.67,
        help_text=gettext_lazy("The part of the people who work in their own area, of residents and of workers."),
    )
    target_containment = _Percent(
        label=gettext_lazy("Target closedness, in percent"),
        min_value=0.1,
        max_value=100,
        initial=75,
        help_text=gettext_lazy("A small area must be as closed as this."),
    )
    own = ("mode", "min_size", "target_size", "min_containment", "target_containment")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for least, target in (("min_size", "target_size"), ("min_containment", "target_containment")):
            if data.get(least) is not None and data.get(target) is not None and data[least] > data[target]:
                self.add_error(least, _("Give at most the target."))
        if data.get("min_size") is not None and data.get("min_size") == data.get("target_size"):
            self.add_error("min_size", _("Give less than the target."))
        return data


class TolbertSizerMethod(MethodForm):
    cut = forms.FloatField(
        label=gettext_lazy("Cut at a distance of"),
        min_value=0.01,
        max_value=1,
        initial=0.98,
        help_text=gettext_lazy("1 is no tie at all. A higher cut gives fewer, larger zones."),
    )
    own = ("cut",)


class IntramaxMethod(MethodForm):
    internal = _Percent(
        label=gettext_lazy("Until this part stays inside, in percent"), min_value=0.1, max_value=99.9, initial=75
    )
    one_piece = forms.BooleanField(label=gettext_lazy("Merge neighbours only"), required=False, initial=True)
    own = ("internal",)


class LeidenMethod(MethodForm):
    resolution = forms.FloatField(
        label=gettext_lazy("Resolution"),
        min_value=0.05,
        max_value=20,
        initial=1,
        help_text=gettext_lazy("Higher gives more, smaller communities."),
    )
    seed = forms.IntegerField(label=gettext_lazy("Where chance begins"), min_value=0, max_value=2**31 - 1, initial=1)
    seeds = forms.IntegerField(label=gettext_lazy("Beginnings to try"), min_value=1, max_value=20, initial=5)
    own = ("resolution", "seed", "seeds")


FORMS: dict[str, type[MethodForm]] = {
    Method.SHADING: ShadingMethod,
    Method.FUA: FuaMethod,
    Method.COOMBES_BOND: CoombesBondMethod,
    Method.TOLBERT_SIZER: TolbertSizerMethod,
    Method.INTRAMAX: IntramaxMethod,
    Method.LEIDEN: LeidenMethod,
}
