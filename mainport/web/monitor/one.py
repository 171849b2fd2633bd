# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One indicator: its page, and its chart for other sites."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from mainport.agenda.queries import with_alliance
from mainport.agenda.rules.elements import Kind
from mainport.monitor import queries
from mainport.monitor.models import Indicator
from mainport.monitor.queries import InFull
from mainport.monitor.queries.citing import sources_of
from mainport.web.agenda.history_forms import end_of
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.charts import standalone
from mainport.web.monitor.as_data import in_full, rows_of, site_context
from mainport.web.monitor.days import KnownForm
from mainport.web.monitor.downloads import downloads
from mainport.web.monitor.show import Shown
from mainport.web.monitor.subscriptions import follow_button
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words

View = TypeVar("View", bound=Callable[..., HttpResponse])


def _policy(directives: Mapping[str, Sequence[str]]) -> Callable[[View], View]:
    """These directives of the content security policy instead of the site's; csp's own types know no arguments."""
    return cast(Callable[[View], View], csp_replace({name: list(allowed) for name, allowed in directives.items()}))


@dataclass(frozen=True)
class _Asked:
    """An indicator as it was asked for: today's, or what was known at the end of a day."""

    full: InFull
    shown: Shown
    form: KnownForm
    known: date | None

    @property
    def query(self) -> str:
        return f"?known={self.known.isoformat()}" if self.known else ""


def _read(request: HttpRequest, key: str) -> _Asked:
    form = KnownForm(request.GET if request.GET.get("known") else None)
    known = form.cleaned_data["known"] if form.is_bound and form.is_valid() else None
    try:
        full = queries.in_full(key, end_of(known) if known else None)
    except Indicator.DoesNotExist:
        raise Http404(f"indicator:{key}") from None
    return _Asked(full, Shown(full.values, sources_of([full.values]), full.revisions), form, known)


@require_safe
def indicator(request: HttpRequest, key: str) -> Page:
    """One indicator: chart, table, comparison, progress with its method, sources, downloads.

    With `known`, a day, all of it as it was known at the end of that day.
    """
    asked = _read(request, key)
    shown, definition = asked.shown, asked.shown.definition
    title = words(definition.title)
    keys = {definition.owner, *(uid.partition(":")[2] for uid in definition.measures)}
    named = with_alliance(*(kind for kind in Kind if kind != Kind.ALLIANCE), keys=keys)
    embed = reverse("indicator_chart", kwargs={"key": key})
    return Page(
        template="monitor/indicator.html",
        context={
            **site_context(named),
            **follow_button(request, shown.one.indicator),
            "page_title": title,
            "breadcrumbs": crumbs(Crumb(_("Indicators"), reverse("indicator_list")), Crumb(title)),
            "shown": shown,
            "measures": named.all(definition.measures),
            "owner": named.one(f"partner:{definition.owner}", f"organisation:{definition.owner}"),
            "feed": shown.one.feed,
            "form": asked.form,
            "known": asked.known,
            "downloads": downloads(asked.full.tables),
            "embed_url": f"{settings.SITE_URL}{embed}",
            "embed_page": f"{embed}{asked.query}",
            "svg_url": f"{reverse('indicator_chart_svg', kwargs={'key': key})}{asked.query}",
        },
        data=in_full(shown) | {"known_on": asked.known, "errors": asked.form.errors.get_json_data()},
        rows=[] if asked.form.errors else list(rows_of(shown)),
        status=400 if asked.form.errors else 200,
    )


@xframe_options_exempt
@_policy({"frame-ancestors": ["*"]})
@require_safe
def indicator_chart(request: HttpRequest, key: str) -> HttpResponse:
    """The chart alone with its table and source, for a frame in any other site."""
    asked = _read(request, key)
    back = reverse("indicator", kwargs={"key": key})
    context = {"shown": asked.shown, "known": asked.known, "url": f"{settings.SITE_URL}{back}{asked.query}"}
    response = render(request, "monitor/chart_page.html", context, status=400 if asked.form.errors else 200)
    # What stands elsewhere is found there; search engines lead to the page itself.
    response["X-Robots-Tag"] = "noindex"
    return response


@_policy({"default-src": [NONE], "style-src": [standalone.STYLE_SOURCE], "frame-ancestors": ["*"]})
@xframe_options_exempt
@require_safe
def indicator_chart_svg(request: HttpRequest, key: str) -> HttpResponse:
    """The chart as a drawing of its own, with title and source in it."""
    asked = _read(request, key)
    if asked.form.errors or not asked.shown.drawings:
        raise Http404(f"chart of indicator:{key}")
    shown = asked.shown
    sheet = standalone.sheet(
        title=f"{words(shown.definition.title)}: {shown.seen}",
        foot=[shown.caption, f"{settings.SITE_URL}{reverse('indicator', kwargs={'key': key})}"],
        drawing=shown.drawings[0],
    )
    context = {"sheet": sheet, "shown": shown, "style": standalone.STYLE}
    response = render(request, "monitor/chart.svg", context, content_type="image/svg+xml; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response
