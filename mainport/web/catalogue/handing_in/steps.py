# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The steps of a work: a page each, which can be left and taken up again."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mainport.catalogue.actions import handing_in as actions
from mainport.catalogue.models import KeptFile
from mainport.catalogue.queries.handing_in import HandedIn, mark_of
from mainport.catalogue.rules.checking import UNREAD
from mainport.catalogue.rules.faults import Refused as FaultsRefused
from mainport.catalogue.rules.files import BadFile
from mainport.catalogue.rules.handing_in import Deed, No, Refused, Step
from mainport.catalogue.rules.plain_words import Hints, hints
from mainport.core.queries import actor_of
from mainport.web.catalogue.handing_in import labels, show
from mainport.web.catalogue.handing_in.forms import (
    AcceptForm,
    DetailsForm,
    FileForm,
    NoFileForm,
    PeopleForm,
    QuestionsForm,
    RecommendationsForm,
    RightsForm,
    RowsForm,
    SourcesForm,
    StepForm,
    SummaryForm,
)
from mainport.web.catalogue.handing_in.shared import (
    form_page,
    hands_in,
    keeps_typing,
    own,
    posted,
    put_refusal,
    remember_kept,
    say_refusal,
    seen,
    seen_by,
    sends,
)
from mainport.web.limits import limited
from mainport.web.uploads import refused_files, tells_refused_files

FORMS: dict[Step, type[StepForm]] = {
    Step.DETAILS: DetailsForm,
    Step.PEOPLE: PeopleForm,
    Step.SUMMARY: SummaryForm,
    Step.RECOMMENDATIONS: RecommendationsForm,
    Step.QUESTIONS: QuestionsForm,
    Step.SOURCES: SourcesForm,
    Step.RIGHTS: RightsForm,
}


def _editable(request: HttpRequest, key: str) -> HandedIn:
    handed = own(request, key)
    if not handed.may(Deed.EDIT):
        raise PermissionDenied(str(labels.REFUSALS[No.STATE]))
    return handed


def view_of(step: Step) -> Callable[..., HttpResponse]:
    """The page of a step that is a form."""

    @form_page
    @keeps_typing
    @hands_in
    @seen
    @limited("work-step", "300/h/user")
    def view(request: HttpRequest, key: str) -> HttpResponse:
        handed = _editable(request, key)
        form = FORMS[step](posted(request), initial=FORMS[step].initial_from(handed), handed=handed)
        if sends(request, form) and not form.clashes(*seen_by(request)):
            try:
                actions.save(by=actor_of(request.user), record=handed.record, work=form.work, beside=form.beside)
            except (Refused, FaultsRefused) as error:
                put_refusal(form, error)
            else:
                remember_kept(request, FORMS[step].mark_of(own(request, key)))
                return _kept(request, handed, step)
        return _page(request, handed, step, form)

    return view


def _kept(request: HttpRequest, handed: HandedIn, step: Step) -> HttpResponse:
    messages.success(request, _("Kept."))
    following = show.following(step)
    if request.POST.get("verb") == "stay":
        return redirect(show.step_url(handed, step))
    if request.POST.get("verb") == "later" or following is None:
        return redirect(show.url(handed))
    return redirect(show.step_url(handed, following))


def _page(request: HttpRequest, handed: HandedIn, step: Step, form: Any, **more: Any) -> HttpResponse:
    steps = list(Step)
    context = {
        "breadcrumbs": show.crumbs(handed, str(labels.STEPS[step])),
        "handed": handed,
        "step": step.value,
        "number": steps.index(step) + 1,
        "count": len(steps),
        "title": labels.STEPS[step],
        "lead": labels.LEADS[step],
        "form": form,
        "steps": show.steps(handed),
        # What was typed before the log-in ran out still knows what it was made with.
        "mark": (getattr(request, "typed", None) or {}).get("seen")
        or f"{getattr(form, 'mark', '')}.{secrets.token_hex(8)}",
        "rows": form.rows if isinstance(form, RowsForm) else None,
        "hints": _hints(handed) if step is Step.SUMMARY else [],
        "returned": handed.returned,
        **more,
    }
    return render(request, "catalogue/handing_in/step.html", context)


def _hints(handed: HandedIn) -> list[tuple[str, Hints]]:
    """Of each summary that is kept, what could be plainer."""
    named = {"nl": _("Summary in plain Dutch"), "en": _("Summary in plain English")}
    return [
        (named[language], hints(text))
        for language, text in handed.work.summaries.items()
        if language in named and text.strip()
    ]


@form_page
@tells_refused_files
@hands_in
@seen
@limited("work-file", "60/h/user")
def files(request: HttpRequest, key: str) -> HttpResponse:
    """Add a file, or say why there is none."""
    handed = _editable(request, key)
    adds = request.POST.get("verb") == "add" or "file" in request.FILES or "file" in refused_files(request)
    reason = NoFileForm(None if adds else posted(request), initial=NoFileForm.initial_from(handed), handed=handed)
    form = FileForm(
        posted(request) if adds else None,
        request.FILES if adds else None,
        refused=refused_files(request).get("file", ""),
    )
    if form.is_bound and form.is_valid():
        try:
            kept = actions.add_file(by=actor_of(request.user), record=handed.record, file=form.cleaned_data["file"])
        except BadFile as error:
            form.add_error("file", labels.trouble(error))
        except Refused as error:
            put_refusal(form, error)
        else:
            _say_kept(request, kept)
            return redirect(show.step_url(handed, Step.FILES))
    elif reason.is_bound and reason.is_valid():
        try:
            actions.save(by=actor_of(request.user), record=handed.record, work={}, beside=reason.beside)
        except Refused as error:
            put_refusal(reason, error)
        else:
            return _kept(request, handed, Step.FILES)
    kept_files = [(one, show.file_label(one), show.file_url(handed, one)) for one in handed.files]
    return _page(request, handed, Step.FILES, form, reason=reason, files=kept_files)


def _say_kept(request: HttpRequest, kept: KeptFile) -> None:
    """That a file is kept; and if there are no words in it, what that means."""
    messages.success(request, _("“%(name)s” is kept.") % {"name": kept.name})
    if kept.pages and not kept.text.strip():
        messages.warning(
            request,
            _(
                "“%(name)s” holds no words that we can read: is it a scan? Then nobody can search in it, we can’t "
                "check it, and it can’t be read aloud. Add the PDF that your writing program makes, if you have it."
            )
            % {"name": kept.name},
        )


@require_POST
@hands_in
@seen
def file_remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    handed = own(request, key)
    file = next((one for one in handed.files if one.pk == pk), None)
    if file is None:
        raise Http404
    try:
        actions.remove_file(by=actor_of(request.user), file=file)
    except Refused as error:
        say_refusal(request, error)
    else:
        messages.success(request, _("“%(name)s” is gone.") % {"name": file.name})
    return redirect(show.step_url(handed, Step.FILES) if handed.may(Deed.EDIT) else show.url(handed))


@form_page
@hands_in
@seen
@limited("work-check", "120/h/user")
def check(request: HttpRequest, key: str) -> HttpResponse:
    """Have it checked, look at what was found, and say why it may stay."""
    by, handed = actor_of(request.user), _editable(request, key)
    accepts = request.POST.get("verb") == "accept"
    form = AcceptForm(request.POST if accepts else None, initial={"note": handed.submission.accepted_note})
    try:
        if form.is_bound and form.is_valid():
            read = request.POST.get("read", "")
            actions.accept_findings(by=by, record=handed.record, note=form.cleaned_data["note"], read=read)
            messages.success(request, _("Kept."))
            return redirect(show.url(handed))
        if request.method == "POST" and not accepts:
            found = actions.check(by=by, record=handed.record)
            if any(one.sure for one in found):
                messages.warning(request, _("We found personal data. Look at them before you send your work."))
            elif any(one.kind == UNREAD for one in found):
                messages.warning(request, _("Checked, but we couldn’t read everything. Look below."))
            else:
                messages.success(request, _("Checked: nothing that must go out."))
            return redirect(show.step_url(handed, Step.CHECK))
    except Refused as error:
        put_refusal(form, error) if form.is_bound else say_refusal(request, error)
    sure, others = show.findings(handed.submission)
    return _page(
        request,
        handed,
        Step.CHECK,
        form,
        sure=sure,
        others=[one for one in others if not one.unread],
        unread=[one for one in others if one.unread],
        checked=handed.checked,
        read=mark_of(handed.submission),
        files_url=show.step_url(handed, Step.FILES),
    )
