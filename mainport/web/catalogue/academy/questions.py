# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The questionnaire, one screen a step: without scripts, without an account, back and forth."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mainport.catalogue.actions import academy as actions
from mainport.catalogue.queries import academy as queries
from mainport.catalogue.rules import places
from mainport.catalogue.rules.questionnaire import Answers, Kind, Question, Step, Trouble, asked, needed, open_step
from mainport.core.queries import actor_of
from mainport.web.agenda.views.parts import Crumb
from mainport.web.catalogue.academy import words as said
from mainport.web.catalogue.academy.visits import keeping, learner_of, learner_to_be, way
from mainport.web.limits import limited
from mainport.web.templatetags.mainport import words

#: A class in a library shares one address.
RATE = "1200/h/ip"


class StepForm(forms.Form):
    """The questions of one step. What is wrong is said by the rules, not here."""

    def __init__(self, *args: Any, step: Step, answers: Answers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in step.questions:
            self.fields[question.key] = _field(question, needed(question, answers))

    def tell(self, troubles: dict[str, Trouble]) -> None:
        """Put what is wrong at its question."""
        for key, trouble in troubles.items():
            text = str(said.TROUBLES[trouble])
            if trouble is Trouble.UNKNOWN_PLACE and (names := places.similar(self.data.get(key, ""))):
                text = _(
                    "We don’t know this place. Do you mean %(names)s? The digits of your postcode will do too."
                ) % {"names": _(" or ").join(names)}
            elif trouble is Trouble.MISSING and isinstance(self.fields[key].widget, forms.TextInput):
                text = _("Fill in your postcode or the place where you live.")
            self.add_error(key, text)


def _field(question: Question, required: bool) -> forms.Field:
    common: dict[str, Any] = {
        "label": words(question.text),
        "help_text": words(question.help),
        "required": required,
    }
    if question.kind is Kind.PLACE:
        return forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "postal-code"}), max_length=100, **common)
    choices = [(option.value, words(option.text)) for option in question.options]
    if question.kind is Kind.MULTI:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


@require_safe
@never_cache
def questions(request: HttpRequest) -> HttpResponse:
    """To the first step that lacks an answer; to the first of all where none does."""
    now = queries.asked()
    answers = queries.current(learner_of(request), now)
    step = open_step(now.questionnaire, answers) or asked(now.questionnaire, answers)[0]
    return redirect("question_step", step=step.key)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("academy", RATE)
def question_step(request: HttpRequest, step: str) -> HttpResponse:
    now = queries.asked()
    answers = queries.current(learner_of(request), now)
    steps = asked(now.questionnaire, answers)
    here = next((number for number, one in enumerate(steps) if one.key == step), None)
    if here is None:
        return redirect("questions")
    found = steps[here]
    form = StepForm(request.POST or None, step=found, answers=answers, initial=answers)
    if request.method == "POST":
        form = StepForm(request.POST, step=found, answers=answers)
        troubles = actions.answer(
            by=actor_of(request.user),
            learner=learner_to_be(request),
            step=found,
            given={question.key: request.POST.getlist(question.key) for question in found.questions},
            language=said.language(),
        )
        if not troubles:
            return _onward(request, found)
        form.is_valid()
        # Django's own words ("this field is required") say less than ours.
        form.errors.clear()
        form.tell(troubles)
    title = words(found.title)
    context = {
        "page_title": title,
        "breadcrumbs": way(Crumb(words(now.questionnaire.title))),
        "questionnaire": now.questionnaire,
        "step": found,
        "form": form,
        "number": here + 1,
        "count": len(steps),
        "percent": round(100 * here / len(steps)),
        "back_url": reverse("question_step", args=[steps[here - 1].key]) if here else reverse("learn"),
        "last": here == len(steps) - 1,
        "started": bool(answers),
        "keeping": keeping(request, learner_of(request)),
    }
    return render(request, "catalogue/academy/step.html", context)


def _onward(request: HttpRequest, done: Step) -> HttpResponse:
    """To the step after this one, as the answers now have it; after the last, to what is still open or the offer."""
    now = queries.asked()
    answers = queries.current(learner_of(request), now)
    steps = asked(now.questionnaire, answers)
    position = next(number for number, one in enumerate(steps) if one.key == done.key)
    if position + 1 < len(steps):
        return redirect("question_step", step=steps[position + 1].key)
    return redirect("questions" if open_step(now.questionnaire, answers) else "offer")


@require_POST
def questions_again(request: HttpRequest) -> HttpResponse:
    """Drop the answers and begin anew."""
    if learner := learner_of(request):
        actions.begin_again(by=actor_of(request.user), learner=learner)
    messages.success(request, _("Your answers are gone. You begin anew."))
    return redirect("questions")
