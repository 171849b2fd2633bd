# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the research office fills in, and who takes a recommendation up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainport.web.board.forms import long_text
from mainport.web.catalogue.handing_in.forms.base import task_choices, tasks
from mainport.web.catalogue.handing_in.forms.rights import FileForm


class ApproveForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("A few words for the author"), widget=long_text(3), max_length=2000, required=False
    )


class ReturnForm(forms.Form):
    reasons = forms.CharField(
        label=gettext_lazy("What must change, and why?"),
        help_text=gettext_lazy("The author reads this in an e-mail and on the site."),
        widget=long_text(6),
        max_length=5000,
        error_messages={
            "required": gettext_lazy("Write what must change. Without reasons the author can’t do anything.")
        },
    )


class CorrectForm(FileForm):
    why = forms.CharField(label=gettext_lazy("Why the file changes"), max_length=500, widget=long_text(3))


class WhyForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=long_text(3),
        error_messages={"required": gettext_lazy("Say why, in a few words.")},
    )


class AdoptForm(forms.Form):
    organisation = forms.ChoiceField(label=gettext_lazy("Who takes it up?"), choices=(), required=False)
    task = forms.ChoiceField(label=gettext_lazy("For which task of the agenda?"), choices=())
    note = forms.CharField(
        label=gettext_lazy("What will you do with it?"),
        help_text=gettext_lazy("Everybody reads this, on the page of the work and of the task."),
        widget=long_text(4),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, organisations: Sequence[Any], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = [("", _("The alliance as a whole"))] if everywhere else []
        choices = [*whole, *((one.key, one.name) for one in organisations)]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        self.fields["organisation"].required = not everywhere
        self.fields["task"].choices = task_choices(tasks(), _("Choose a task"))  # type: ignore[attr-defined]


class EndForm(forms.Form):
    note = forms.CharField(label="", widget=long_text(3), max_length=2000)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = label
