# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Periods: who is how far, opening and locking, and reminding who is late."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mainport.agenda import actions, queries
from mainport.agenda.models import ReportingPeriod
from mainport.agenda.rules.reporting import ReportState, next_period
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.web.access import needs
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import when
from mainport.web.workspace import labels, show
from mainport.web.workspace.forms import AgainForm, DueForm, PeriodForm
from mainport.web.workspace.progress import by_organisation

#: More reports than this don't make a matrix that shows anything at a glance.
MATRIX_LIMIT = 400

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _period(key: str) -> ReportingPeriod:
    found = queries.reporting_periods().filter(key=key).first()
    if found is None:
        raise Http404
    return found


@require_safe
@needs(Permission.ENTER_WORKSPACE)
def period_list(request: HttpRequest) -> Page:
    periods = queries.periods_with_counts()
    data = [
        {
            "key": period.key,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "due": period.due.isoformat(),
            "locked_at": period.locked_at.isoformat() if period.locked_at else None,
            "approved": approved,
            "demo": period.demo,
        }
        for period, approved in periods
    ]
    return Page(
        "workspace/period_list.html",
        {"periods": periods, "manages": actor_of(request.user).may(Permission.MANAGE_PERIODS)},
        {"periods": data},
        data,
    )


@require_safe
@needs(Permission.ENTER_WORKSPACE)
def period(request: HttpRequest, key: str) -> Page:
    """All its reports: of every organisation for the programme office, of one's own for others."""
    by = actor_of(request.user)
    found = _period(key)
    slots = queries.slots(by, timezone.localdate(), of=[found])
    shown = [slot for slot in slots if slot.must or slot.state is not ReportState.MISSING]
    organisations = by_organisation(shown)
    chosen = request.GET.get("organisation", "")
    if chosen:
        shown = [slot for slot in shown if slot.organisation.key == chosen]
    rows = show.rows(shown, by)
    context = {
        "period": found,
        "rows": rows if chosen or not by.may(Permission.MANAGE_PERIODS) else [],
        "chosen": next((o for o in organisations if o.key == chosen), None),
        "organisations": organisations,
        "matrix": _matrix(rows) if not chosen and len(rows) <= MATRIX_LIMIT else [],
        "legend": _legend(rows),
        "manages": by.may(Permission.MANAGE_PERIODS),
        "late_count": sum(slot.late for slot in shown),
        "breadcrumbs": _crumbs(found),
    }
    data = {
        "period": found.key,
        "due": found.due.isoformat(),
        "locked": found.is_locked,
        "organisations": [progress.to_json() for progress in organisations],
        "reports": [row.to_json() for row in rows],
    }
    return Page("workspace/period.html", context, data, [row.to_json() for row in rows])


def _matrix(rows: list[show.Row]) -> list[dict[str, Any]]:
    """Organisations down, their reports across, as `components/matrix.html` takes it."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        line = found.setdefault(row.slot.organisation.key, {"label": row.organisation, "tasks": []})
        line["tasks"].append(
            {
                "code": row.code or row.title,
                "title": row.title,
                "url": row.url,
                "state": row.glyph,
                "state_label": row.state,
            }
        )
    return sorted(found.values(), key=lambda line: str(line["label"]))


def _legend(rows: list[show.Row]) -> list[dict[str, Any]]:
    """How many reports are where, with the words that go with the matrix's glyphs."""
    tally = Counter((row.glyph, row.state) for row in rows)
    return [{"state": glyph, "label": state, "count": count} for (glyph, state), count in sorted(tally.items())]


def _crumbs(found: ReportingPeriod | None = None, *more: str) -> list[show.Crumb]:
    crumbs = [
        show.Crumb(_("Workspace"), reverse("workspace")),
        show.Crumb(_("Reporting periods"), reverse("period_list")),
    ]
    if found:
        name = labels.period_label(found.start, found.end)
        crumbs.append(show.Crumb(name, reverse("period", kwargs={"key": found.key})))
    return [*crumbs, *(show.Crumb(label) for label in more)]


@form_page
@needs(Permission.MANAGE_PERIODS)
def period_open(request: HttpRequest) -> HttpResponse:
    by = actor_of(request.user)
    views = queries.periods()
    proposed = next_period(views[-1] if views else None, timezone.localdate())
    first = {"start": proposed.start, "end": proposed.end, "due": proposed.due}
    form = PeriodForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_period(by=by, **form.cleaned_data)
        except actions.PeriodRefused as error:
            form.add_error(None, str(labels.PERIOD_TROUBLES[error.trouble]))
        else:
            name = labels.period_label(opened.start, opened.end)
            messages.success(request, _("Open for reports: %(period)s.") % {"period": name})
            return redirect("period", key=opened.key)
    return render(
        request,
        "workspace/period_form.html",
        {
            "form": form,
            "title": _("Open a period"),
            "lead": _("From then on reporters and coordinators see which reports are expected of them."),
            "button": _("Open this period"),
            "breadcrumbs": _crumbs(None, _("Open a period")),
        },
    )


@form_page
@needs(Permission.MANAGE_PERIODS)
def period_due(request: HttpRequest, key: str) -> HttpResponse:
    found = _period(key)
    form = DueForm(request.POST or None, initial={"due": found.due})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_due(by=actor_of(request.user), period=found, **form.cleaned_data)
        except actions.PeriodRefused as error:
            form.add_error("due", str(labels.PERIOD_TROUBLES[error.trouble]))
        else:
            day = when(form.cleaned_data["due"])
            messages.success(request, _("The reports are now due on %(day)s.") % {"day": day})
            return redirect("period", key=key)
    return render(
        request,
        "workspace/period_form.html",
        {
            "form": form,
            "title": _("Move the last day"),
            "lead": labels.period_label(found.start, found.end),
            "button": _("Move the last day"),
            "breadcrumbs": _crumbs(found, _("Move the last day")),
        },
    )


@form_page
@needs(Permission.MANAGE_PERIODS)
def period_lock(request: HttpRequest, key: str) -> HttpResponse:
    """Asks first: it can't be undone."""
    found = _period(key)
    if request.method == "POST":
        name = labels.period_label(found.start, found.end)
        try:
            actions.lock_period(by=actor_of(request.user), period=found)
        except actions.PeriodRefused as error:
            messages.error(request, str(labels.PERIOD_TROUBLES[error.trouble]))
        else:
            messages.success(request, _("Locked: %(period)s.") % {"period": name})
        return redirect("period", key=key)
    slots = queries.slots(actor_of(request.user), timezone.localdate(), of=[found])
    begun = [slot for slot in slots if slot.state not in (ReportState.MISSING, ReportState.APPROVED)]
    missing = [slot for slot in slots if slot.must and slot.state is ReportState.MISSING]
    return render(
        request,
        "workspace/period_lock.html",
        {
            "period": found,
            "begun": len(begun),
            "missing": len(missing),
            "breadcrumbs": _crumbs(found, _("Lock this period")),
        },
    )


@form_page
@needs(Permission.SEND_REMINDERS)
def reminders(request: HttpRequest) -> HttpResponse:
    """Shows whom it would reach, and reaches them by one press."""
    by = actor_of(request.user)
    today = timezone.localdate()
    last = queries.last_round()
    rested = last is None or timezone.now() - last.asked_at >= actions.REST
    form = None if rested else AgainForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            sent = actions.send_reminders(by=by, today=today, again=form is not None)
        except actions.RemindedAlready:  # Somebody else pressed just before.
            return redirect("reminders")
        if sent:
            words = ngettext("%(count)s e-mail is on its way.", "%(count)s e-mails are on their way.", len(sent)) % {
                "count": len(sent)
            }
            messages.success(request, words)
        else:
            messages.info(request, _("Nobody is late: no e-mail was sent."))
        return redirect("workspace")
    return render(
        request,
        "workspace/reminders.html",
        {
            "letters": queries.letters(by, today),
            "last": last,
            "form": form,
            "breadcrumbs": [*_crumbs()[:1], show.Crumb(_("Remind who is late"))],
        },
    )
