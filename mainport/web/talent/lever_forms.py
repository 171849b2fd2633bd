# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a reader can move: of a human-capital agenda and of an autumn. The address holds what was moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainport.talent.rules.human_capital import Kind, Lever, Plan
from mainport.talent.rules.peak import WEEKS, Group, Layer, Peak
from mainport.web.talent.show import word

#: Sectors can be reckoned on this far past where the scenario ends.
BEYOND = 10
_MOST_PEOPLE = 100_000

LEVERS: dict[Kind, Promise] = {
    Kind.RETENTION: gettext_lazy("Graduates who stay: points more"),
    Kind.EXIT: gettext_lazy("People who leave the field: points more"),
    Kind.INFLOW: gettext_lazy("More people from elsewhere, a year"),
    Kind.RETRAINED: gettext_lazy("More people retrained, a year"),
}


@dataclass(frozen=True)
class Fields:
    """Fields that stand together under a heading."""

    heading: str
    fields: list[BoundField]
    open: bool


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A part of a field's name for each name: readable, and no two the same."""
    found: dict[str, str] = {}
    for at, name in enumerate(names):
        slug = slugify(name) or str(at)
        found[name] = slug if slug not in found.values() else f"{slug}-{at}"
    return found


class PlanForm(forms.Form):
    """Levers for all sectors together and for each; `sent` tells a box that isn't ticked from no form."""

    sent = forms.CharField(widget=forms.HiddenInput, initial="yes", required=False)
    sector = forms.ChoiceField(label=gettext_lazy("Show"))
    demand = forms.ChoiceField(label=gettext_lazy("If demand follows"))
    end = forms.TypedChoiceField(label=gettext_lazy("Until"), coerce=int)
    own = forms.BooleanField(label=gettext_lazy("With what the scenario itself moves"), required=False, initial=True)

    def __init__(self, *arguments: Any, plan: Plan, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.sectors = list(dict.fromkeys(cell.sector for cell in plan.cells))
        self.slugs = slugs(self.sectors)
        self._choose("sector", [("*", _("All sectors")), *((one, word(one)) for one in self.sectors)], "*")
        self._choose("demand", [(one, word(one)) for one in plan.growth], next(iter(plan.growth)))
        years = range(plan.start + 1, plan.end + BEYOND + 1)
        self._choose("end", [(year, str(year)) for year in years], plan.end)
        if not plan.levers:
            del self.fields["own"]
        for sector in (None, *self.sectors):
            for kind, label in LEVERS.items():
                points = kind in (Kind.RETENTION, Kind.EXIT)
                self.fields[self.name_of(kind, sector)] = forms.FloatField(
                    label=str(label),
                    required=False,
                    initial=0,
                    min_value=-100 if points else -_MOST_PEOPLE,
                    max_value=100 if points else _MOST_PEOPLE,
                    widget=forms.NumberInput(attrs={"step": "any"}),
                )

    def _choose(self, name: str, choices: list[tuple[Any, str]], initial: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields[name].initial = initial

    def name_of(self, kind: Kind, sector: str | None) -> str:
        return f"{kind}-{self.slugs[sector]}" if sector else str(kind)

    @property
    def first(self) -> list[BoundField]:
        return [self[name] for name in ("sector", "demand", "end", "own") if name in self.fields]

    @property
    def groups(self) -> list[Fields]:
        found = []
        for sector in (None, *self.sectors):
            fields = [self[self.name_of(kind, sector)] for kind in LEVERS]
            moved = any(field.errors or _moved(field.value()) for field in fields)
            found.append(Fields(word(sector) if sector else _("All sectors"), fields, sector is None or moved))
        return found

    def levers(self, said: Mapping[str, Any]) -> tuple[Lever, ...]:
        """What was moved."""
        return tuple(
            Lever(kind, float(amount), sector=sector)
            for sector in (None, *self.sectors)
            for kind in LEVERS
            if (amount := said.get(self.name_of(kind, sector)))
        )


def _moved(value: Any) -> bool:
    return value not in (None, "", 0, "0")


class PeakForm(forms.Form):
    """Who comes, the rooms that there are, and how certain one wants to be."""

    certainty = forms.FloatField(
        label=gettext_lazy("How certain that nobody is without, in percent"), min_value=50, max_value=99.9
    )
    regular = forms.FloatField(label=gettext_lazy("Regular rooms that stand free"), min_value=0, max_value=1e6)
    leavers = forms.FloatField(label=gettext_lazy("Rooms that leavers give back"), min_value=0, max_value=1e6)

    def __init__(self, *arguments: Any, peak: Peak, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.peak = peak
        self.group_slugs = slugs(group.name for group in peak.groups)
        self.layer_slugs = slugs(layer.name for layer in peak.flexible)
        certainty = round(100 * peak.certainty, 1)
        self.fields["certainty"].initial = int(certainty) if certainty == int(certainty) else certainty
        self.fields["regular"].initial = round(peak.regular)
        self.fields["leavers"].initial = round(peak.leavers.rooms)
        for group in peak.groups:
            self.fields[f"enrolments-{self.group_slugs[group.name]}"] = forms.FloatField(
                label=word(group.name), min_value=0, max_value=1e6, initial=round(group.enrolments)
            )
        for layer in peak.flexible:
            slug = self.layer_slugs[layer.name]
            self.fields[f"capacity-{slug}"] = forms.FloatField(
                label=_("Rooms"), min_value=0, max_value=1e6, initial=round(layer.capacity)
            )
            self.fields[f"start-{slug}"] = forms.IntegerField(
                label=_("From week"), min_value=1, max_value=WEEKS, initial=layer.start
            )
            self.fields[f"end-{slug}"] = forms.IntegerField(
                label=_("Up to and with week"), min_value=1, max_value=WEEKS, initial=layer.end
            )
        for field in self.fields.values():
            field.widget.attrs.setdefault("step", "any" if isinstance(field, forms.FloatField) else "1")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for layer, slug in self.layer_slugs.items():
            start, end = said.get(f"start-{slug}"), said.get(f"end-{slug}")
            if start and end and end < start:
                self.add_error(
                    f"end-{slug}",
                    _("%(layer)s ends in week %(end)s, before it starts in week %(start)s.")
                    % {"layer": word(layer), "end": end, "start": start},
                )
        return said

    @property
    def first(self) -> list[BoundField]:
        return [self[name] for name in ("certainty", "regular", "leavers")]

    @property
    def groups(self) -> list[Fields]:
        who = [self[f"enrolments-{slug}"] for slug in self.group_slugs.values()]
        found = [Fields(_("How many come, by group"), who, True)]
        for layer, slug in self.layer_slugs.items():
            fields = [self[f"{one}-{slug}"] for one in ("capacity", "start", "end")]
            moved = any(field.errors or str(field.value()) != str(field.initial) for field in fields)
            found.append(Fields(word(layer), fields, moved))
        return found

    def moved(self, said: Mapping[str, Any]) -> Peak:
        """The autumn as it was asked. What wasn't touched is the scenario's own, exact to the fraction."""
        peak = self.peak
        return replace(
            peak,
            certainty=self._own("certainty", said, peak.certainty, 0.01),
            regular=self._own("regular", said, peak.regular),
            leavers=replace(peak.leavers, rooms=self._own("leavers", said, peak.leavers.rooms)),
            groups=tuple(self._group(group, said) for group in peak.groups),
            flexible=tuple(self._layer(layer, said) for layer in peak.flexible),
        )

    def _own(self, name: str, said: Mapping[str, Any], own: float, times: float = 1.0) -> float:
        asked = said.get(name)
        return own if asked is None or asked == self.fields[name].initial else float(asked) * times

    def _group(self, group: Group, said: Mapping[str, Any]) -> Group:
        name = f"enrolments-{self.group_slugs[group.name]}"
        return replace(group, enrolments=self._own(name, said, group.enrolments))

    def _layer(self, layer: Layer, said: Mapping[str, Any]) -> Layer:
        slug = self.layer_slugs[layer.name]
        start, end = said[f"start-{slug}"], said[f"end-{slug}"]
        if end < start:
            return layer
        return replace(layer, capacity=self._own(f"capacity-{slug}", said, layer.capacity), start=start, end=end)
