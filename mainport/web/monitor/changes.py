# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What changed in the monitor since a day: values, verdicts, targets, and sources that can't be read any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.agenda.queries import with_alliance
from mainport.core.models import Source
from mainport.monitor import queries
from mainport.monitor.models import Indicator, Target
from mainport.monitor.queries import IndicatorChanges, Stale
from mainport.monitor.queries.citing import sources_of
from mainport.monitor.rules.changes import Change, Said
from mainport.monitor.rules.formula import Point
from mainport.monitor.rules.progress import Assessment
from mainport.web.agenda.history_forms import MONTH, end_of
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.monitor.as_data import said_json, site_context
from mainport.web.monitor.days import SinceForm
from mainport.web.monitor.words import GLYPHS, period_words, value_words, verdict
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words

#: Of one indicator so many revised values are named on the page; the data have all.
_NAMED = 8


@dataclass(frozen=True)
class Shown:
    """The changes of one indicator in words."""

    one: IndicatorChanges
    sources: Mapping[str, Source]

    @property
    def key(self) -> str:
        return self.one.values.indicator.key

    @property
    def title(self) -> Mapping[str, str]:
        return self.one.values.definition.title

    @property
    def verdict(self) -> dict[str, Any] | None:
        """That of then and that of now, each with its glyph."""
        if self.one.difference.verdict is None:
            return None
        then, now = self.one.difference.verdict
        return {"then": self._judged(then), "now": self._judged(now)}

    @staticmethod
    def _judged(found: Assessment) -> dict[str, str]:
        return {"state": GLYPHS[found.status], "label": verdict(found)}

    @property
    def new(self) -> list[dict[str, Any]]:
        """Of each area or source the newest value that came, and how many others did."""
        first: dict[str, dict[str, Any]] = {}
        for change in self.one.difference.new:
            place = self.where(change)
            if place in first:
                first[place]["others"] += 1
            else:
                told = {"where": place, "period": period_words(change.span), "value": self._said(change.new)}
                first[place] = {**told, "others": 0}
        return list(first.values())

    @property
    def revised(self) -> list[dict[str, Any]]:
        return [
            {
                "where": self.where(change),
                "period": period_words(change.span),
                "was": self._said(change.old, unit=False),
                "now": self._said(change.new),
            }
            for change in self.one.difference.revised[:_NAMED]
        ]

    @property
    def more_revised(self) -> int:
        return max(0, len(self.one.difference.revised) - _NAMED)

    @property
    def gone(self) -> list[dict[str, Any]]:
        return [
            {"where": self.where(change), "period": period_words(change.span), "was": self._said(change.old)}
            for change in self.one.difference.gone[:_NAMED]
        ]

    @property
    def more_gone(self) -> int:
        return max(0, len(self.one.difference.gone) - _NAMED)

    @property
    def targets(self) -> list[dict[str, str]]:
        return [
            {
                "period": (change.new or change.old or Target()).period,
                "was": self._aimed(change.old),
                "now": self._aimed(change.new),
            }
            for change in self.one.targets
        ]

    def _aimed(self, target: Target | None) -> str:
        if target is None:
            return ""
        said = words(target.words).rstrip(".") if target.words else ""
        value = value_words(target.value, self.one.values.definition) if target.value is not None else ""
        return f"{said} ({value})" if said and value else said or value

    @cached_property
    def _places(self) -> dict[str, str]:
        return {place.id: words(place.title) for place in self.one.values.definition.places}

    def where(self, change: Change) -> str:
        """The area, or the source of a published figure."""
        if change.is_area:
            return self._places.get(change.where, change.where)
        source = self.sources.get(change.where)
        return words(source.title) if source else change.where

    def _said(self, said: Said, *, unit: bool = True) -> str:
        if not isinstance(said, Point):
            return words(said)
        return value_words(said.value, self.one.values.definition, unit=unit)


@require_safe
def changes(request: HttpRequest) -> Page:
    """Everything that changed since a day, thirty days ago by itself; with `indicator`, of that one."""
    month_ago = (timezone.localdate() - timedelta(days=MONTH)).isoformat()
    key = request.GET.get("indicator", "").replace("\0", "")
    form = SinceForm({"since": request.GET.get("since") or month_ago, "indicator": key})
    only = _indicator(key) if key else None
    since = form.cleaned_data["since"] if form.is_valid() else None
    moment = end_of(since - timedelta(days=1)) if since else None
    found = queries.changed_since(moment, indicator=key or None) if moment else []
    # A source is of many indicators: it is told where all are looked at.
    stale = queries.newly_stale(moment) if moment and not only else []
    named = with_alliance()
    sources = sources_of(one.values for one in found)
    title = _("What changed: %(indicator)s") % {"indicator": words(only.title)} if only else _("What changed")
    return Page(
        template="monitor/changes.html",
        context={
            **site_context(named),
            "page_title": title,
            "breadcrumbs": _crumbs(only),
            "form": form,
            "since": since,
            "only": only,
            "shown": [Shown(one, sources) for one in found],
            "stale": stale,
        },
        data={
            "since": since,
            "errors": form.errors.get_json_data(),
            "indicators": [_json(one) for one in found],
            "stale_feeds": [_stale_json(one) for one in stale],
        },
        rows=[*_rows(found), *_stale_rows(stale)],
        status=200 if since else 400,
    )


def _indicator(key: str) -> Indicator:
    found = Indicator.objects.filter(key=key).first()
    if found is None:
        raise Http404(f"indicator:{key}")
    return found


def _crumbs(only: Indicator | None) -> list[Crumb]:
    every = Crumb(_("Indicators"), reverse("indicator_list"))
    if only is None:
        return crumbs(every, Crumb(_("What changed")))
    own = Crumb(words(only.title), reverse("indicator", kwargs={"key": only.key}))
    return crumbs(every, own, Crumb(_("What changed")))


# --- As data ---


def _json(one: IndicatorChanges) -> dict[str, Any]:
    found = one.difference
    return {
        "indicator": one.values.indicator.key,
        "title": dict(one.values.definition.title),
        "unit": dict(one.values.definition.unit),
        "new": [_place(change) | {"value": said_json(change.new)} for change in found.new],
        "revised": [
            _place(change) | {"was": said_json(change.old), "now": said_json(change.new)} for change in found.revised
        ],
        "gone": [_place(change) | {"was": said_json(change.old)} for change in found.gone],
        "status": found.verdict and {"was": found.verdict[0].status.value, "now": found.verdict[1].status.value},
        "targets": [{"was": _target_json(change.old), "now": _target_json(change.new)} for change in one.targets],
    }


def _place(change: Change) -> dict[str, Any]:
    return {
        "area" if change.is_area else "source": change.where,
        "period": period_words(change.span),
        "start": change.span.start,
        "end": change.span.end,
    }


def _target_json(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    return {
        "period": target.period,
        "value": target.value,
        "words": target.words,
        "interim": target.interim,
        "source": target.source,
        "set_at": target.at,
    }


def _stale_json(one: Stale) -> dict[str, Any]:
    return {"feed": one.key, "title": one.title, "since": one.since, "good_at": one.good_at, "problem": one.problem}


def _rows(found: Iterable[IndicatorChanges]) -> Iterator[dict[str, Any]]:
    for one in found:
        whose = {"indicator": one.values.indicator.key, "title": words(one.values.definition.title)}
        told = one.difference
        for kind, several in (("new", told.new), ("revised", told.revised), ("gone", told.gone)):
            for change in several:
                place = {"where": change.where, "period": period_words(change.span)}
                yield {"kind": kind, **whose, **place, "was": _cell(change.old), "now": _cell(change.new)}
        if told.verdict:
            was, now = (assessment.status.value for assessment in told.verdict)
            yield {"kind": "status", **whose, "where": "", "period": "", "was": was, "now": now}
        for aim in one.targets:
            period = (aim.new or aim.old or Target()).period
            place = {"where": "", "period": period}
            yield {"kind": "target", **whose, **place, "was": _target_cell(aim.old), "now": _target_cell(aim.new)}


def _stale_rows(found: Iterable[Stale]) -> Iterator[dict[str, Any]]:
    for one in found:
        whose = {"indicator": "", "title": words(one.title), "where": one.key, "period": one.since}
        yield {"kind": "stale feed", **whose, "was": one.good_at, "now": one.problem}


def _cell(said: Said) -> Any:
    return said.value if isinstance(said, Point) else words(said)


def _target_cell(target: Target | None) -> Any:
    return "" if target is None else target.value if target.value is not None else words(target.words)
