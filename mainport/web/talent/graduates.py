# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""For companies: who is graduating here, when, in what; and graduates beside open jobs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainport.talent.feeds.graduates import Graduates
from mainport.talent.models import Scenario, Table
from mainport.talent.queries import kept
from mainport.talent.queries.staying import graduates as rows_of
from mainport.talent.queries.staying import vacancies
from mainport.talent.rules.disclosure import THRESHOLD
from mainport.talent.rules.human_capital import Plan
from mainport.talent.rules.mismatch import Mismatch, mismatch
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb
from mainport.web.charts import rows as charts_rows
from mainport.web.pages import Page
from mainport.web.region.show import filled, percent, refused, wants_data
from mainport.web.talent.show import signed, way, whole, word
from mainport.web.templatetags.mainport import number, words


class GraduatesForm(forms.Form):
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    month = forms.ChoiceField(label=gettext_lazy("Month"), required=False)

    def __init__(self, *arguments: Any, rows: Sequence[Graduates], **more: Any) -> None:
        super().__init__(*arguments, **more)
        for name in ("sector", "level", "field"):
            values = sorted({getattr(one, name) for one in rows} - {""})
            self._choose(name, [(value, word(value)) for value in values])
        self._choose("month", [(one, month_words(one)) for one in sorted({row.month for row in rows})])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]
        self.fields[name].initial = ""


def month_words(month: str) -> str:
    """July 2027."""
    return date_format(date.fromisoformat(f"{month}-01"), "F Y")


@require_safe
def graduates(request: HttpRequest) -> Page | HttpResponse:
    """The rows that the filters leave; small numbers are told as such and stand in no sum."""
    tables = sorted(kept.tables(), key=lambda one: one.demo)
    table = next((one for one in tables if one.kind == Table.Kind.GRADUATES), None)
    rows = rows_of(table) if table else ()
    form, said = filled(GraduatesForm, request.GET, rows=rows)
    if form.errors and wants_data(request):
        return refused(request, form)
    chosen = [one for one in rows if all(said.get(name) in ("", getattr(one, name)) for name in form.fields)]
    found = _balance(rows, tables)
    title = _("Who is graduating here")
    context = {
        "page_title": title,
        "breadcrumbs": way(Crumb(title)),
        "table": table,
        "form": form,
        "reset_url": request.path,
        "seen": _seen(chosen),
        "rows": [_shown(one) for one in sorted(chosen, key=lambda one: (one.month, one.institution, one.programme))],
        "fields": _fields(chosen),
        "balance": found,
    }
    data_rows = [_data(one) for one in chosen]
    data = {
        "table": table.key if table else None,
        "source": table.source if table else None,
        "demo": table.demo if table else None,
        "least": THRESHOLD,
        "graduates": data_rows,
        "mismatch": found["data"] if found else None,
    }
    return Page("talent/graduates.html", context, data, data_rows, status=400 if form.errors else 200)


def _is_small(one: Graduates) -> bool:
    return 0 < one.number < THRESHOLD


def _told(rows: Sequence[Graduates]) -> int:
    """The sum of the numbers that are shown: what is kept back is in no sum, so no sum gives it away."""
    return sum(one.number for one in rows if not _is_small(one))


def _data(one: Graduates) -> dict[str, Any]:
    return one.as_data() | {"number": None if _is_small(one) else one.number, "kept_back": _is_small(one)}


def _seen(chosen: Sequence[Graduates]) -> str:
    small = sum(map(_is_small, chosen))
    if not chosen:
        return _("Nobody, as far as the table goes")
    said = _("%(count)s graduates of %(programmes)s programmes") % {
        "count": whole(_told(chosen)),
        "programmes": len({(one.institution, one.programme, one.level) for one in chosen}),
    }
    if small:
        said += _("; besides, %(small)s groups of fewer than 10") % {"small": small}
    return said


def _shown(one: Graduates) -> dict[str, Any]:
    return {
        "month": month_words(one.month),
        "programme": one.programme,
        "institution": one.institution,
        "level": word(one.level),
        "field": word(one.field),
        "sector": word(one.sector),
        "number": _("fewer than 10") if _is_small(one) else whole(one.number),
    }


def _fields(chosen: Sequence[Graduates]) -> list[dict[str, str]]:
    """Each field with the way to what its students wrote."""
    search = url_or_nothing("search")
    found = []
    for field in sorted({one.field for one in chosen}):
        query = QueryDict(mutable=True)
        query.update({"q": word(field), "tab": "research", "type": "thesis"})
        of = [one for one in chosen if one.field == field]
        found.append(
            {
                "field": word(field),
                "number": whole(_told(of)),
                "url": f"{search}?{query.urlencode()}" if search else "",
            }
        )
    return found


# --- Beside open jobs ---


def _balance(rows: Sequence[Graduates], tables: Sequence[Table]) -> dict[str, Any] | None:
    """Graduates who stay, of the last twelve months of the table, against the jobs that are open."""
    labour, jobs = next(
        ((one, open_jobs) for one in tables if one.kind == Table.Kind.LABOUR and (open_jobs := vacancies(one))),
        (None, {}),
    )
    if not rows or labour is None:
        return None
    last = max(one.month for one in rows)
    first = f"{int(last[:4]) - 1}{last[4:]}"
    year = [one for one in rows if first < one.month <= last]
    scenario = kept.scenarios(Scenario.Kind.HUMAN_CAPITAL).first()
    stays = _stays(kept.plan(scenario).plan) if scenario else {}
    comes: dict[str, float] = {}
    goes: dict[str, dict[str, float]] = {}
    for field in dict.fromkeys(one.field for one in year):
        of = [one for one in year if one.field == field]
        comes[field] = _told(of)
        known = {one.sector for one in of} - {""}
        if comes[field]:
            goes[field] = {s: _told([one for one in of if one.sector == s]) / comes[field] for s in sorted(known)}
    found = mismatch(comes, {field: stays[field] for field in comes if field in stays}, goes, jobs)
    return _balanced(found, labour, scenario, stays, (first, last))


def _stays(plan: Plan) -> dict[str, float]:
    """Of each field the share of graduates who stay, over its cells by their graduates."""
    found: dict[str, tuple[float, float]] = {}
    for cell in plan.cells:
        stay, all_ = found.get(cell.field, (0.0, 0.0))
        found[cell.field] = (stay + cell.graduates * cell.retention, all_ + cell.graduates)
    return {field: stay / all_ for field, (stay, all_) in found.items() if all_}


def _balanced(
    found: Mismatch, labour: Table, scenario: Scenario | None, stays: Mapping[str, float], months: tuple[str, str]
) -> dict[str, Any]:
    sides = sorted(found.sectors, key=lambda one: one.balance)
    tightest = sides[0]
    if tightest.balance < 0:
        title = _("Tightest is %(sector)s: %(jobs)s open jobs for %(people)s graduates who stay")
    else:
        title = _(
            "Every sector has more graduates who stay than open jobs; tightest is %(sector)s, %(people)s for %(jobs)s"
        )
    title = title % {
        "sector": word(tightest.sector),
        "jobs": whole(tightest.vacancies),
        "people": whole(tightest.graduates),
    }
    things = [(word(one.sector), [charts_rows.Bar(one.graduates), charts_rows.Bar(one.vacancies)]) for one in sides]
    return {
        "title": title,
        "drawings": [
            (size, charts_rows.draw(things, whole, width=width)) for size, width in (("wide", 760), ("narrow", 340))
        ],
        "rows": [
            {
                "sector": word(one.sector),
                "graduates": whole(one.graduates),
                "vacancies": whole(one.vacancies),
                "balance": signed(one.balance),
                "ratio": "" if one.ratio is None else number(round(one.ratio, 2)),
                "fields": ", ".join(f"{word(field)} {whole(count)}" for field, count in one.by_field.items() if count),
            }
            for one in sides
        ],
        "index": percent(found.index) if found.index is not None else "",
        "elsewhere": whole(found.elsewhere) if round(found.elsewhere) else "",
        "labour": labour,
        "scenario": scenario,
        "scenario_title": words(scenario.title) if scenario else "",
        "stays": ", ".join(f"{word(field)} {percent(share, 0)}" for field, share in stays.items()),
        "until": month_words(months[1]),
        "data": {
            "from_after": months[0],
            "until": months[1],
            "index": found.index,
            "elsewhere": round(found.elsewhere, 2),
            "vacancies_from": labour.source,
            "sectors": [
                {
                    "sector": one.sector,
                    "graduates": round(one.graduates, 2),
                    "vacancies": one.vacancies,
                    "balance": round(one.balance, 2),
                }
                for one in sides
            ],
        },
    }
