# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Sub-totals by anything: a reader chooses what money is told apart by, and what is added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.cycle.queries import money as queries
from mainport.cycle.queries.money import Measure, Row, Sheet
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.money import labels
from mainport.web.money.show import ZERO, Name, Names, RowShown, Table, amount, ledger, measured, when_of
from mainport.web.pages import Page

#: What can be told apart by, with the key of a row for it.
SIDES: dict[str, Promise] = {
    "goal": gettext_lazy("Goal or sector"),
    "element": gettext_lazy("Task, flagship or project"),
    "fund": pgettext_lazy("money", "Fund"),
    "party": gettext_lazy("Partner or other party"),
    "cost": gettext_lazy("Type of cost"),
    "year": pgettext_lazy("money", "Year"),
}
_ALL = "all"


class Choices(forms.Form):
    """What is chosen; what is not, or is nonsense, is as if nothing was."""

    by = forms.ChoiceField(label=gettext_lazy("By"), required=False)
    then = forms.ChoiceField(label=gettext_lazy("And then by"), required=False)
    year = forms.ChoiceField(label=pgettext_lazy("money", "Year"), required=False)
    what = forms.MultipleChoiceField(
        label=gettext_lazy("What"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(measure.value, label) for measure, label in labels.MEASURES.items()],
    )

    def __init__(self, data: Any, years: Sequence[int]) -> None:
        super().__init__(data)
        sides = list(SIDES.items())
        self.fields["by"].choices = sides  # type: ignore[attr-defined]
        self.fields["then"].choices = [("", gettext_lazy("nothing more")), *sides]  # type: ignore[attr-defined]
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (_ALL, gettext_lazy("All years")),
            *((str(year), str(year)) for year in years),
        ]


@dataclass(frozen=True)
class Asked:
    by: str
    then: str
    year: int | None
    measures: tuple[Measure, ...]  # empty: all of which there is anything


@dataclass(frozen=True)
class Part:
    """A sub-total: its key and name, and its amounts by measure; under it what it is told apart by further."""

    key: str
    name: Name
    amounts: dict[Measure, Decimal]
    parts: tuple[Part, ...] = ()


@require_safe
def money_totals(request: HttpRequest) -> Page:
    """For who may read money the names of suppliers too; for others those are one line."""
    all_names = actor_of(request.user).may(Permission.READ_MONEY)
    tree, origin = queries.tree(), queries.origin()
    names = Names(tree, queries.all_parties() if all_names else queries.payers())
    form = Choices(_with_defaults(request), queries.years())
    asked = _asked(form)
    sides = ["element" if one == "goal" else one for one in (asked.by, asked.then)]
    part = queries.read(year=asked.year, by=sides, named=None if all_names else names.parties)
    measures = asked.measures or tuple(measure for measure in Measure if part.sum(measure))
    parts = split(part, asked, measures, names)
    whole = {measure: part.sum(measure) for measure in measures}
    when = when_of(asked.year)
    return Page(
        template="money/totals.html",
        context={
            "page_title": _("Sub-totals"),
            "breadcrumbs": crumbs(Crumb(_("Money"), reverse("money")), Crumb(_("Sub-totals"))),
            "form": form,
            "filtered": bool(request.GET),
            "table": _table(parts, measures, whole, asked, when) if parts else None,
            "meanings": [(labels.MEASURES[measure], labels.MEANINGS[measure]) for measure in measures],
            "source": ledger(origin),
            "invented": origin.demo,
        },
        data={
            "by": asked.by,
            "then": asked.then,
            "year": asked.year,
            "currency": "EUR",
            "ledger_through": origin.through,
            "demo": origin.demo,
            "parts": [_json(one) for one in parts],
            "total": {measure.value: whole[measure] for measure in measures},
        },
        rows=_rows(parts, asked),
    )


def _with_defaults(request: HttpRequest) -> Any:
    data = request.GET.copy()
    for name, value in (("by", "goal"), ("then", ""), ("year", _ALL)):
        data.setdefault(name, value)
    return data


def _asked(form: Choices) -> Asked:
    form.is_valid()
    given = form.cleaned_data
    year = given.get("year") or _ALL
    by, then = given.get("by") or "goal", given.get("then") or ""
    chosen = given.get("what") or []
    return Asked(
        by=by,
        then="" if then == by else then,
        year=None if year == _ALL else int(year),
        measures=tuple(measure for measure in Measure if measure in chosen),
    )


# --- Adding up ---


def split(sheet: Sheet, asked: Asked, measures: Sequence[Measure], names: Names) -> list[Part]:
    """Sub-totals that add up to the whole, each as far as wanted told apart again."""
    rows = [row for row in sheet.rows if row.measure in measures]
    return _split(rows, [asked.by, asked.then] if asked.then else [asked.by], measures, names)


def _split(rows: Sequence[Row], sides: Sequence[str], measures: Sequence[Measure], names: Names) -> list[Part]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[_key(row, sides[0], names)].append(row)
    parts = []
    for key in _ordered(found, sides[0], names):
        amounts = dict.fromkeys(measures, ZERO)
        for row in found[key]:
            amounts[row.measure] += row.amount
        below = _split(found[key], sides[1:], measures, names) if sides[1:] else []
        if any(amounts.values()):
            parts.append(Part(key, _name(key, sides[0], names), amounts, tuple(below)))
    return parts


def _key(row: Row, side: str, names: Names) -> str:
    if side == "goal":
        return names.tree.pillar_of(row.element)
    if side == "party":
        return row.party if not row.party or row.party in names.parties else queries.OTHERS
    return str(getattr(row, side))


def _ordered(keys: dict[str, list[Row]], side: str, names: Names) -> list[str]:
    """In the agenda's order, or by name; what belongs to nothing comes last."""
    if side in ("goal", "element"):
        return sorted(names.tree.in_order(keys), key=lambda key: not key)
    return sorted(keys, key=lambda key: (not key, key != queries.BASE, _name(key, side, names).words.casefold()))


def _name(key: str, side: str, names: Names) -> Name:
    if side == "goal":
        return names.group(key)
    if side == "element":
        return names.element(key)
    if side == "fund":
        return names.fund(key)
    if side == "party":
        return names.party(key)
    if side == "cost":
        return Name(str(labels.COSTS[key]) if key in labels.COSTS else _("Not told apart"))
    return Name(key)


# --- Showing ---


def _table(
    parts: Sequence[Part], measures: Sequence[Measure], whole: dict[Measure, Decimal], asked: Asked, when: str
) -> Table:
    rows: list[RowShown] = []
    for part in parts:
        rows.append(RowShown(part.name, [amount(part.amounts[m]) for m in measures], head=bool(part.parts)))
        rows += [RowShown(one.name, [amount(one.amounts[m]) for m in measures], sub=True) for one in part.parts]
    return Table(
        caption=_("By %(side)s, %(when)s, in euro") % {"side": str(SIDES[asked.by]).lower(), "when": when},
        first=str(SIDES[asked.by]),
        columns=measured(*measures),
        rows=rows,
        total=[amount(whole[m]) for m in measures],
    )


def _json(part: Part) -> dict[str, Any]:
    found: dict[str, Any] = {"key": part.key, "name": part.name.words}
    found |= {measure.value: value for measure, value in part.amounts.items()}
    return found | ({"parts": [_json(one) for one in part.parts]} if part.parts else {})


def _rows(parts: Sequence[Part], asked: Asked) -> list[dict[str, Any]]:
    """The finest sub-totals, one a row: a spreadsheet adds them up itself."""
    found = []
    for part in parts:
        for one in part.parts or (part,):
            row = {asked.by: part.key, f"{asked.by}_name": part.name.words}
            if asked.then:
                row |= {asked.then: one.key, f"{asked.then}_name": one.name.words}
            found.append(row | {measure.value: value for measure, value in one.amounts.items()})
    return found
