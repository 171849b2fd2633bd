# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The audit log: who did what to which thing, when and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mainport.core import queries
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import Permission
from mainport.web.access import needs
from mainport.web.accounts.forms import AuditFilter
from mainport.web.pages import Page

PER_PAGE = 50

#: As many events as one CSV file holds; with the filters, the rest can be had too.
MOST_ROWS = 10_000


@needs(Permission.READ_AUDIT)
def audit(request: HttpRequest) -> Page:
    by = queries.actor_of(request.user)
    form = AuditFilter(request.GET, actions=queries.event_actions(by=by))
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.events(
        by=by,
        subject=chosen.get("subject", "").strip() or None,
        person=chosen.get("person", "").strip(),
        action=chosen.get("action", ""),
    )
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return Page(
        template="accounts/audit.html",
        context={
            "form": form,
            "page_obj": page_obj,
            "filtered": any(chosen.values()),
            "events": [(event, _as_text(event.data)) for event in page_obj],
            "breadcrumbs": [
                {"label": _("Workspace"), "url": reverse("workspace")},
                {"label": _("Audit log"), "url": ""},
            ],
        },
        data={"count": page_obj.paginator.count, "page": page_obj.number, "events": [_as_data(e) for e in page_obj]},
        rows=_rows(found),
    )


def _as_data(event: AuditEvent) -> dict[str, Any]:
    return {
        "id": event.pk,
        "at": event.at,
        "by": event.by_name,
        "by_id": event.by_id,
        "action": event.action,
        "subject": event.subject,
        "why": event.why,
        "data": event.data,
        "request_id": event.request_id,
    }


def _as_text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, default=str) if data else ""


def _rows(found: Any) -> Iterator[dict[str, Any]]:
    for event in found[:MOST_ROWS]:
        yield {**_as_data(event), "data": _as_text(event.data)}
