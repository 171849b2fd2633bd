# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the research office: what waits, one work with what was found in it, approving and returning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.catalogue.actions import handing_in as actions
from mainport.catalogue.models import Review
from mainport.catalogue.queries import handing_in as queries
from mainport.catalogue.queries.handing_in import HandedIn
from mainport.catalogue.rules.faults import Refused as FaultsRefused
from mainport.catalogue.rules.files import BadFile
from mainport.catalogue.rules.handing_in import Deed, No, Refused, Step
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Actor
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.catalogue.handing_in import labels, show
from mainport.web.catalogue.handing_in.forms import ApproveForm, CorrectForm, ReturnForm, WhyForm
from mainport.web.catalogue.handing_in.shared import (
    ask,
    form_page,
    keeps_typing,
    posted,
    put_refusal,
    reviews,
    seen,
    sends,
    to_judge,
)
from mainport.web.limits import limited
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words
from mainport.web.uploads import refused_files, tells_refused_files


@require_safe
@reviews
def review_list(request: HttpRequest) -> Page:
    """What waits, what came first in front; and what was judged last."""
    by = actor_of(request.user)
    waiting, judged = queries.queue(by), queries.judged(by)
    data = {
        "waiting": [show.line_json(one) for one in waiting],
        "judged": [
            {"key": one.submission.record.key, "verdict": one.verdict, "by": one.by_name, "at": one.at}
            for one in judged
        ],
    }
    context = {
        "breadcrumbs": show.review_crumbs(),
        "waiting": [(one, sum(bool(told.get("sure")) for told in one.findings)) for one in waiting],
        "judged": [(one, *labels.VERDICTS[one.verdict]) for one in judged],
    }
    return Page("catalogue/handing_in/review_list.html", context, data, data["waiting"])


@require_safe
@reviews
@seen
def review(request: HttpRequest, key: str) -> Page:
    handed = to_judge(request, key)
    sure, others = show.findings(handed.submission)
    data = show.one_json(handed)
    context = {
        "breadcrumbs": show.review_crumbs(handed),
        "handed": handed,
        "state": show.state(handed.record.state),
        "parts": [
            (labels.STEPS[step], step.value, facts)
            for step in Step
            if step is not Step.CHECK and (facts := show.facts_of(handed, step))
        ],
        "sure": sure,
        "others": [one for one in others if not one.unread],
        "unread": [one for one in others if one.unread],
        "reviews": show.reviews(handed.reviews),
        "may": show.may(handed),
        "read": queries.mark_of(handed.submission),
        "work_url": url_or_nothing("work", key=key) if handed.record.published_at else "",
    }
    row = {name: value for name, value in data.items() if not isinstance(value, dict | list)}
    return Page("catalogue/handing_in/review.html", context, data, [row | {"title": words(handed.record.titles)}])


def _decide(
    request: HttpRequest,
    key: str,
    deed: Deed,
    form: forms.Form,
    action: Callable[..., Any],
    *,
    title: str,
    button: str,
    done: str,
    lead: str = "",
) -> HttpResponse:
    """Ask what the form asks, and do it."""
    handed, by = to_judge(request, key), actor_of(request.user)
    if not handed.may(deed):
        pressed_twice = request.method == "POST" and _did(handed, by, deed)
        messages.success(request, done) if pressed_twice else messages.error(request, _why_not(handed))
        return redirect("review", key=key)
    read = {"read": request.GET.get("read", "")} if deed in (Deed.APPROVE, Deed.RETURN) else {}
    if read.get("read") and read["read"] != queries.mark_of(handed.submission):
        messages.error(request, str(labels.REFUSALS[No.CHANGED]))
        return redirect("review", key=key)
    if sends(request, form):
        try:
            action(by=by, record=handed.record, **form.cleaned_data, **read)
        except (Refused, FaultsRefused) as error:
            put_refusal(form, error)
        except BadFile as error:
            form.add_error("file", labels.trouble(error))
        else:
            messages.success(request, done)
            return redirect("review", key=key)
    return ask(
        request,
        form,
        title=title,
        button=button,
        lead=lead,
        texts=handed.record.titles,
        back=show.url(handed, "review"),
        breadcrumbs=show.review_crumbs(handed, title),
    )


def _did(handed: HandedIn, by: Actor, deed: Deed) -> bool:
    """Whether this person judged it so last."""
    last = next(iter(handed.reviews), None)
    verdict = {Deed.APPROVE: Review.Verdict.APPROVED, Deed.RETURN: Review.Verdict.RETURNED}.get(deed)
    return last is not None and verdict == last.verdict and last.by_id == by.person_id


def _why_not(handed: HandedIn) -> str:
    no = No.OWN_WORK if handed.is_author else No.STATE
    return str(labels.REFUSALS[no])


@form_page
@keeps_typing
@reviews
@seen
def review_approve(request: HttpRequest, key: str) -> HttpResponse:
    return _decide(
        request,
        key,
        Deed.APPROVE,
        ApproveForm(posted(request)),
        actions.approve,
        title=_("Approve this work"),
        lead=_("Everybody can find and read it from then on, as its author chose."),
        button=_("Approve and make public"),
        done=_("The work is public, and its author gets an e-mail."),
    )


@form_page
@keeps_typing
@reviews
@seen
def review_return(request: HttpRequest, key: str) -> HttpResponse:
    return _decide(
        request,
        key,
        Deed.RETURN,
        ReturnForm(posted(request)),
        actions.return_,
        title=_("Return this work"),
        button=_("Return it to its author"),
        done=_("The work is returned, and its author gets an e-mail with your reasons."),
    )


@form_page
@keeps_typing
@reviews
@seen
def review_withdraw(request: HttpRequest, key: str) -> HttpResponse:
    return _decide(
        request,
        key,
        Deed.WITHDRAW,
        WhyForm(posted(request)),
        actions.withdraw,
        title=_("Withdraw this work"),
        lead=_("Its page then says that it is gone. This can’t be undone."),
        button=_("Withdraw it"),
        done=_("The work is withdrawn."),
    )


@form_page
@tells_refused_files
@reviews
@seen
@limited("work-file", "60/h/user")
def review_correct(request: HttpRequest, key: str) -> HttpResponse:
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    return _decide(
        request,
        key,
        Deed.CORRECT,
        CorrectForm(*bound, refused=refused_files(request).get("file", "")),
        actions.correct_file,
        title=_("Exchange a file"),
        lead=_("A file with the same name takes the place of the one that is there. Nobody else sees the old one."),
        button=_("Exchange it"),
        done=_("The file is exchanged."),
    )
