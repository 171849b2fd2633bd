# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One report: read it, write it, hand it in, approve or return it, fetch its evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mainport.agenda import actions, queries
from mainport.agenda.models import Evidence, Report
from mainport.agenda.queries import Place
from mainport.agenda.rules.reporting import No, Verb
from mainport.core.queries import actor_of, history
from mainport.core.rules.permissions import Actor, Permission
from mainport.web.access import needs
from mainport.web.agenda.addresses import url_of
from mainport.web.limits import limited
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import is_code, words
from mainport.web.workspace import labels, show
from mainport.web.workspace.forms import ReportForm, ReturnForm, RevisionForm

enter = needs(Permission.ENTER_WORKSPACE)


def _place(by: Actor, period: str, kind: str, key: str, organisation: str) -> Place:
    try:
        return queries.place(by, period=period, uid=f"{kind}:{key}", organisation=organisation)
    except queries.NoSuchReport as error:
        raise Http404 from error


def _to(name: str, place: Place) -> HttpResponse:
    return HttpResponseRedirect(_url(name, place))


# --- Reading ---


@require_safe
def report(request: HttpRequest, **where: str) -> Page | HttpResponse:
    """Approved, it is anybody's to read; until then a visitor must log in first, whether there is one or not."""
    by = actor_of(request.user)
    try:
        place = _place(by, **where)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    if place.report is None:
        return _to("report_write", place)
    return _report_page(by, place, place.report)


def _report_page(by: Actor, place: Place, report: Report, return_form: ReturnForm | None = None) -> Page:
    milestones = list(report.milestones.select_related("milestone"))
    evidence = list(report.evidence.all())
    own = place.organisation in by.organisations(Permission.READ_SUBMITTED_REPORT)
    can = {verb.value: place.refusal(by, verb) is None for verb in Verb}
    if return_form is None:
        return_form = ReturnForm(initial={"revision": report.revision})
    context = {
        "place": place,
        "report": report,
        "title": _title(place),
        "organisation": words(place.organisation_title),
        "milestones": milestones,
        "evidence": evidence,
        "own": own,
        "names": own or by.may(Permission.READ_SUBMITTED_REPORT),
        "can": can,
        "own_report": place.refusal(by, Verb.APPROVE) is No.OWN_REPORT,
        "revision_form": RevisionForm(initial={"revision": report.revision}),
        "return_form": return_form,
        "events": history(actions.subject_of(report))[:50] if own else [],
        "breadcrumbs": _crumbs(by, place),
        "arguments": show.report_arguments(place.period.key, place.element.uid, place.organisation),
        "page_url": _url("report", place),
    }
    data = _data(place, report, milestones, evidence)
    return Page("workspace/report.html", context, data, [_flat(data)])


def _data(place: Place, report: Report, milestones: list[Any], evidence: list[Evidence]) -> dict[str, Any]:
    return {
        "period": place.period.key,
        "element": place.element.uid,
        "organisation": place.organisation,
        "state": report.state,
        "status": report.status,
        "words": report.words,
        "language": report.language,
        "milestones": [
            {
                "milestone": said.milestone.uid,
                "reached_on": said.reached_on.isoformat() if said.reached_on else None,
                "words": said.words,
            }
            for said in milestones
        ],
        "evidence": [
            {"title": item.title, "url": item.url or reverse("report_evidence", kwargs={"pk": item.pk})}
            for item in evidence
        ],
        "reviewed_at": report.reviewed_at.isoformat() if report.reviewed_at else None,
        "demo": report.demo,
    }


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    """The same as one row of a table."""
    return data | {
        "milestones": "; ".join(f"{m['milestone']} {m['reached_on'] or ''}".strip() for m in data["milestones"]),
        "evidence": "; ".join(item["url"] for item in data["evidence"]),
    }


def _title(place: Place) -> str:
    title = words(place.element.title)
    return f"{place.element.key} {title}" if is_code(place.element.key) else title


def _url(name: str, place: Place) -> str:
    return reverse(name, kwargs=show.report_arguments(place.period.key, place.element.uid, place.organisation))


def _crumbs(by: Actor, place: Place) -> list[show.Crumb]:
    """The way back: through the workspace for who works there, through the element for who doesn't."""
    here = _url("report", place)
    if not by.may(Permission.ENTER_WORKSPACE):
        return [show.Crumb(_title(place), url_of(place.element)), show.Crumb(_("Report"), here)]
    return [
        show.Crumb(_("Workspace"), reverse("workspace")),
        show.Crumb(
            labels.period_label(place.period.start, place.period.end),
            reverse("period", kwargs={"key": place.period.key}),
        ),
        show.Crumb(_title(place), here),
    ]


@require_safe
def report_evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file, to who may read its report. It is kept from doing anything inside our pages."""
    try:
        found = queries.evidence(actor_of(request.user), pk)
    except Evidence.DoesNotExist as error:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404 from error
    name = found.file.name
    if not name or not found.file.storage.exists(name):
        raise Http404
    ending = PurePath(name).suffix
    kind = f"{found.media_type}; charset=utf-8" if found.media_type.startswith("text/") else found.media_type
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=f"{slugify(found.title) or 'evidence'}{ending}",
        content_type=kind,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


# --- Writing ---


@require_http_methods(["GET", "HEAD", "POST"])
@enter
@limited("report", "120/h/user")
def report_write(request: HttpRequest, **where: str) -> HttpResponse:
    by = actor_of(request.user)
    place = _place(by, **where)
    no = place.refusal(by, Verb.SAVE)
    if no is No.NOT_ALLOWED:
        raise PermissionDenied
    if no and request.method != "POST":
        messages.warning(request, str(labels.REFUSALS[no]))
        return _to("report", place) if place.report else redirect("workspace")
    if request.method != "POST":
        return _show_form(request, place, _form(place))
    form = _form(place, request.POST, request.FILES)
    return _write(request, by, place, form) if form.is_valid() else _show_form(request, place, form)


def _form(
    place: Place, data: QueryDict | None = None, files: MultiValueDict[str, UploadedFile[Any]] | None = None
) -> ReportForm:
    report = place.report
    today = timezone.localdate()
    said = list(report.milestones.select_related("milestone")) if report else []
    return ReportForm(
        data,
        files,
        initial=ReportForm.initial_of(report, said, labels.language()),
        milestones=queries.milestones_of(place.element, today),
        evidence=list(report.evidence.all()) if report else [],
        today=today,
    )


def _show_form(request: HttpRequest, place: Place, form: ReportForm, theirs: Report | None = None) -> HttpResponse:
    """`theirs` is the report as somebody else left it in the meantime."""
    milestones = [(form[f"reached-{m.element.key}"], form[f"about-{m.element.key}"]) for m in form.milestones]
    context = {
        "form": form,
        "place": place,
        "title": _title(place),
        "organisation": words(place.organisation_title),
        "milestone_fields": milestones,
        "theirs": theirs,
        # A browser doesn't send a file back to the form; all else is still there.
        "file_again": form.is_bound and bool(form.errors) and bool(form.files.get("file")),
        "breadcrumbs": [
            show.Crumb(_("Workspace"), reverse("workspace")),
            show.Crumb(_title(place), _url("report", place)),
            show.Crumb(_("Write")),
        ],
    }
    return render(request, "workspace/report_write.html", context)


def _write(request: HttpRequest, by: Actor, place: Place, form: ReportForm) -> HttpResponse:
    """Keep what was written and, where that was asked, hand it in."""
    try:
        saved = actions.save_report(by=by, place=place, content=form.content, revision=form.cleaned_data["revision"])
    except actions.Stale as error:
        return _both_texts(request, place, error.report)
    except actions.ReportRefused as error:
        form.add_error(None, str(labels.REFUSALS[error.no]))
        return _show_form(request, place, form)
    except actions.Incomplete as error:
        form.lacks(error.missing)
        return _show_form(request, place, form)
    except actions.NotAllowed as error:
        raise PermissionDenied from error
    place = queries.place(by, period=place.period.key, uid=place.element.uid, organisation=place.organisation)
    if request.POST.get("verb") != Verb.SUBMIT:
        messages.success(request, _("Your report is kept. You haven't handed it in yet."))
        return _to("report_write", place)
    try:
        actions.submit_report(by=by, place=place, revision=saved.revision)
    except actions.Incomplete as error:
        return _kept_but_incomplete(request, place, saved.revision, error)
    messages.success(request, _("You handed the report in. Your coordinator can approve it now."))
    return _to("report", place)


def _kept_but_incomplete(request: HttpRequest, place: Place, revision: int, error: actions.Incomplete) -> HttpResponse:
    """What was filled in is stored, files too; the form comes back with what is missing."""
    data = request.POST.copy()
    data["revision"] = str(revision)
    for name in ("link", "link_title", "file_title", "removed"):
        data.pop(name, None)
    form = _form(place, data)
    form.full_clean()
    form.lacks(error.missing)
    messages.info(request, _("What you wrote is kept, but the report isn't handed in yet."))
    return _show_form(request, place, form)


def _both_texts(request: HttpRequest, place: Place, theirs: Report) -> HttpResponse:
    """Two people wrote at once: show both, and let who sends again knowingly replace the other's."""
    data = request.POST.copy()
    data["revision"] = str(theirs.revision)
    form = _form(place, data, request.FILES)
    form.full_clean()
    form.add_error(
        None,
        _(
            "%(name)s changed this report after you opened it. Nothing of yours is lost: it stands below. "
            "Take over what you want to keep of the other text, and save again."
        )
        % {"name": theirs.author.name},
    )
    return _show_form(request, place, form, theirs)


# --- Deciding ---


def _decide(request: HttpRequest, place: Place, act: Callable[..., Any], done: str) -> HttpResponse:
    """One press of a button on the page of a report."""
    form = RevisionForm(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else 0
    try:
        act(by=actor_of(request.user), place=place, revision=revision)
    except actions.NotAllowed as error:
        raise PermissionDenied from error
    except actions.ReportRefused as error:
        messages.error(request, str(labels.REFUSALS[error.no]))
    except actions.Stale:
        messages.error(request, _("The report changed after you opened it. Read it again, then decide."))
    else:
        messages.success(request, done)
    return _to("report", place)


@require_POST
@enter
def report_withdraw(request: HttpRequest, **where: str) -> HttpResponse:
    place = _place(actor_of(request.user), **where)
    return _decide(request, place, actions.withdraw_report, _("You took the report back. It is a draft again."))


@require_POST
@enter
def report_approve(request: HttpRequest, **where: str) -> HttpResponse:
    place = _place(actor_of(request.user), **where)
    return _decide(request, place, actions.approve_report, _("You approved the report. It counts now, and is public."))


@require_http_methods(["GET", "HEAD", "POST"])
@enter
def report_return(request: HttpRequest, **where: str) -> HttpResponse:
    by = actor_of(request.user)
    place = _place(by, **where)
    if place.report is None or place.refusal(by, Verb.RETURN) is No.NOT_ALLOWED:
        raise PermissionDenied
    if request.method != "POST":
        return _to("report", place)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        page = _report_page(by, place, place.report, form)
        return render(request, page.template, dict(page.context))

    def act(**arguments: Any) -> Report:
        return actions.return_report(**arguments, reason=form.cleaned_data["reason"])

    return _decide(request, place, act, _("You returned the report, with your reason."))
