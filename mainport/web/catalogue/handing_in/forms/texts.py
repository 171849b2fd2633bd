# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Summaries, recommendations, questions, and what a work builds on."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainport.catalogue.queries.handing_in import HandedIn
from mainport.catalogue.queries.records import published
from mainport.catalogue.rules.works import (
    Identifier,
    Recommendation,
    Relation,
    Scheme,
    identify,
)
from mainport.web.board.forms import long_text
from mainport.web.catalogue.handing_in.forms.base import BOTH, BUILDS_ON, MOST, StepForm, task_choices, tasks


class SummaryForm(StepForm):
    """What it says, for everybody, and for who knows the subject."""

    quiet = frozenset({"summary_nl", "summary_en"})

    summary_nl = forms.CharField(
        label=gettext_lazy("Summary in plain Dutch"), widget=long_text(8), max_length=5000, required=False
    )
    summary_en = forms.CharField(
        label=gettext_lazy("Summary in plain English"), widget=long_text(8), max_length=5000, required=False
    )
    abstract_nl = forms.CharField(
        label=gettext_lazy("Abstract in Dutch, for who knows the subject"),
        widget=long_text(5),
        max_length=10_000,
        required=False,
    )
    abstract_en = forms.CharField(
        label=gettext_lazy("Abstract in English, for who knows the subject"),
        widget=long_text(5),
        max_length=10_000,
        required=False,
    )

    @classmethod
    def initial_from(cls, handed: HandedIn) -> dict[str, Any]:
        work = handed.work
        return {**cls.initial_of("summary", work.summaries), **cls.initial_of("abstract", work.abstracts)}

    @property
    def work(self) -> dict[str, Any]:
        before = self.handed.work
        return {
            "summaries": self.merged("summary", before.summaries),
            "abstracts": self.merged("abstract", before.abstracts),
        }


class RowsForm(StepForm):
    """Texts in two languages, so many as there are and a few more: saving gives new empty ones."""

    spare = 2

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = min(MOST, max(3, self.there(self.handed) + self.spare))
        for row in range(self.count):
            self.add_row(row)

    @staticmethod
    def there(handed: HandedIn) -> int:
        raise NotImplementedError

    def add_row(self, row: int) -> None:
        raise NotImplementedError

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each row, for the template."""
        return [
            [self[name] for name in self.fields if name.rsplit("_", 1)[-1] == str(row)] for row in range(self.count)
        ]

    def said(self, row: int) -> dict[str, str]:
        found = {language: self.cleaned_data[f"{language}_{row}"].strip() for language in BOTH}
        return {language: text for language, text in found.items() if text}


class RecommendationsForm(RowsForm):
    """Each with the task for which it is meant."""

    @staticmethod
    def there(handed: HandedIn) -> int:
        return len(handed.work.recommendations)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.choices = task_choices(tasks())
        super().__init__(*args, **kwargs)

    def add_row(self, row: int) -> None:
        number = {"number": row + 1}
        self.fields[f"nl_{row}"] = forms.CharField(
            label=_("Recommendation %(number)s in Dutch") % number,
            widget=long_text(3),
            max_length=2000,
            required=False,
        )
        self.fields[f"en_{row}"] = forms.CharField(
            label=_("Recommendation %(number)s in English") % number,
            widget=long_text(3),
            max_length=2000,
            required=False,
        )
        self.fields[f"task_{row}"] = forms.ChoiceField(
            label=_("Task for which recommendation %(number)s is meant") % number,
            choices=self.choices,
            required=False,
        )

    @classmethod
    def initial_from(cls, handed: HandedIn) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row, one in enumerate(handed.work.recommendations):
            found |= {f"{language}_{row}": one.text.get(language, "") for language in BOTH}
            found[f"task_{row}"] = one.task
        for row in range(len(handed.work.recommendations), MOST):
            found[f"task_{row}"] = handed.work.task
        return found

    @property
    def work(self) -> dict[str, Any]:
        before = self.handed.work.recommendations
        free = max((one.number for one in before), default=0)
        found = []
        for row in range(self.count):
            if not (text := self.said(row)):
                continue
            free += row >= len(before)
            # One that was adopted in an earlier version keeps its number.
            number = before[row].number if row < len(before) else free
            found.append(Recommendation(number, text, self.cleaned_data[f"task_{row}"]))
        return {"recommendations": tuple(found)}


class QuestionsForm(RowsForm):
    """What it leaves open."""

    @staticmethod
    def there(handed: HandedIn) -> int:
        return len(handed.work.questions)

    def add_row(self, row: int) -> None:
        for language, label in (("nl", _("Question %(number)s in Dutch")), ("en", _("Question %(number)s in English"))):
            self.fields[f"{language}_{row}"] = forms.CharField(
                label=label % {"number": row + 1}, widget=long_text(2), max_length=1000, required=False
            )

    @classmethod
    def initial_from(cls, handed: HandedIn) -> dict[str, Any]:
        return {
            f"{language}_{row}": question.get(language, "")
            for row, question in enumerate(handed.work.questions)
            for language in BOTH
        }

    @property
    def work(self) -> dict[str, Any]:
        return {"questions": tuple(text for row in range(self.count) if (text := self.said(row)))}


class SourcesForm(StepForm):
    """What it builds on."""

    builds_on = forms.CharField(
        label=gettext_lazy("Works that yours builds on"),
        help_text=gettext_lazy(
            "One a line: a DOI, an address, or the address of a work on this site. Not your whole list of sources: "
            "only what yours really goes on with."
        ),
        widget=long_text(6),
        max_length=20_000,
        required=False,
    )

    @classmethod
    def initial_from(cls, handed: HandedIn) -> dict[str, Any]:
        return {"builds_on": "\n".join(one.identifier.value for one in handed.work.relations if one.kind == BUILDS_ON)}

    def clean_builds_on(self) -> tuple[Identifier, ...]:
        lines = [line.strip() for line in self.cleaned_data["builds_on"].splitlines()]
        found = [(number, line, _number(line)) for number, line in enumerate(lines, 1) if line]
        keys = {one.value for _row, _line, one in found if one and one.scheme is Scheme.LOCAL}
        known = set(published().filter(key__in=keys).values_list("key", flat=True)) if keys else set()
        wrong = [
            _("Line %(number)s: “%(line)s” is not a DOI, an address or a work on this site.")
            % {"number": number, "line": line[:80]}
            for number, line, one in found
            if one is None or len(one.value) > 500 or (one.scheme is Scheme.LOCAL and one.value not in known)
        ]
        if wrong:
            raise ValidationError(wrong)
        return tuple(dict.fromkeys(one for _row, _line, one in found if one))

    @property
    def work(self) -> dict[str, Any]:
        others = tuple(one for one in self.handed.work.relations if one.kind != BUILDS_ON)
        return {"relations": (*others, *(Relation(BUILDS_ON, one) for one in self.cleaned_data["builds_on"]))}


def _number(line: str) -> Identifier | None:
    """What a line names; the address of a work on this site by its key."""
    from django.conf import settings

    if own := re.fullmatch(rf"{re.escape(settings.SITE_URL)}/(?:[a-z]{{2}}/[\w-]+|record)/([\w-]+)/?", line):
        return Identifier(Scheme.LOCAL, own[1])
    return identify(line)
