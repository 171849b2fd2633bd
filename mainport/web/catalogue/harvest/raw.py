# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The records of a source as they came, each with what was wrong with it and what it became."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.catalogue.models import RawRecord
from mainport.catalogue.queries import harvests as queries
from mainport.core.queries import actor_of
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb
from mainport.web.catalogue.harvest.forms import RecordsForm
from mainport.web.catalogue.harvest.sources import manages, trail
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words

SIZE = 50


@require_safe
@manages
def harvest_records(request: HttpRequest, key: str) -> Page:
    """The records of a source, all or only those with faults."""
    by = actor_of(request.user)
    one = queries.find(by=by, key=key)
    if one is None:
        raise Http404
    form = RecordsForm(request.GET or None)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.raw_records(by=by, key=key, only_faulty=said.get("faulty", False), words=said.get("words", ""))
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    data = [_line(raw) for raw in page]
    context = {
        "breadcrumbs": trail(Crumb(words(one.title), reverse("harvest_source", args=[key])), Crumb(_("Records"))),
        "one": one,
        "form": form,
        "page_obj": page,
        "rows": list(page),
    }
    whole = {"repository": key, "count": page.paginator.count, "page": page.number, "records": data}
    return Page(
        "catalogue/harvest/records.html", context, whole, [{**row, "faults": len(row["faults"])} for row in data]
    )


@require_safe
@manages
def harvest_record(request: HttpRequest, key: str, number: int) -> Page:
    """One record as it came."""
    raw = queries.raw_record(by=actor_of(request.user), key=key, number=number)
    if raw is None:
        raise Http404
    body = queries.body(raw)
    source = reverse("harvest_source", args=[key])
    context = {
        "breadcrumbs": trail(
            Crumb(words(raw.repository.title), source),
            Crumb(_("Records"), reverse("harvest_records", args=[key])),
            Crumb(raw.identifier),
        ),
        "raw": raw,
        "body": body,
        "is_cut": len(body) >= queries.SHOWN,
        "record_url": url_or_nothing(raw.record.kind, key=raw.record.key) if raw.record else "",
    }
    return Page("catalogue/harvest/record.html", context, {**_line(raw), "body": body}, raw.faults)


def _line(raw: RawRecord) -> dict[str, Any]:
    return {
        "number": raw.pk,
        "identifier": raw.identifier,
        "datestamp": raw.datestamp,
        "sets": raw.sets,
        "deleted": raw.deleted,
        "fetched_at": raw.fetched_at,
        "record": raw.record.key if raw.record else None,
        "faults": raw.faults,
    }
