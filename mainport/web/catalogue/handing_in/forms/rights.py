# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Files, rights, consent, and what sending asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainport.catalogue.queries.handing_in import HandedIn
from mainport.catalogue.rules.handing_in import LICENCES, Lack, embargo_is_right, last_embargo_day
from mainport.catalogue.rules.works import (
    Access,
)
from mainport.web.board.forms import long_text
from mainport.web.catalogue.handing_in import labels
from mainport.web.catalogue.handing_in.forms.base import StepForm
from mainport.web.templatetags.mainport import when


class NoFileForm(StepForm):
    """Why there is no file."""

    no_file_reason = forms.CharField(
        label=gettext_lazy("There is no file, because"),
        help_text=gettext_lazy("Fill this in only if you can’t add your work itself."),
        max_length=500,
        required=False,
    )

    @classmethod
    def initial_from(cls, handed: HandedIn) -> dict[str, Any]:
        return {"no_file_reason": handed.submission.no_file_reason}

    @property
    def beside(self) -> dict[str, Any]:
        return {"no_file_reason": self.cleaned_data["no_file_reason"]}


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"), max_length=200)

    def __init__(self, *args: Any, refused: str = "", **kwargs: Any) -> None:
        """`refused` is the name of a file that the door refused."""
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = labels.largest()
        self.fields["file"].error_messages["required"] = _("Choose a file first.")
        self.fields["file"].error_messages["empty"] = _("There is nothing in this file.")
        if refused:
            from mainport.web.uploads import too_large

            self.fields["file"].error_messages["required"] = too_large(refused)


class RightsForm(StepForm):
    """Who may read it and do what with it; whether the people in it agreed."""

    quiet = frozenset({"closed", "licence", "consent", "consent_note"})

    closed = forms.ChoiceField(
        label=gettext_lazy("Who may read the files?"),
        widget=forms.RadioSelect,
        choices=[
            ("", gettext_lazy("Everybody")),
            ("closed", gettext_lazy("Only the research office; others see the title and the summary")),
        ],
        required=False,
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("What may others do with them?"), widget=forms.RadioSelect, choices=(), required=False
    )
    embargo_until = forms.DateField(
        label=gettext_lazy("Keep the files closed until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("Are there persons in your work whom you spoke with or wrote about?"),
        widget=forms.RadioSelect,
        choices=(),
        required=False,
    )
    consent_note = forms.CharField(
        label=gettext_lazy("How did they agree, and where do you keep that?"),
        help_text=gettext_lazy("Only the research office sees this. Name nobody."),
        widget=long_text(3),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        self.fields["licence"].choices = [(one, labels.LICENCES[one]) for one in LICENCES]  # type: ignore[attr-defined]
        self.fields["consent"].choices = list(labels.CONSENT.items())  # type: ignore[attr-defined]
        self.fields["embargo_until"].help_text = _(
            "Only where somebody has a good reason, such as a patent. At most until %(day)s."
        ) % {"day": when(last_embargo_day(self.today))}

    @classmethod
    def initial_from(cls, handed: HandedIn) -> dict[str, Any]:
        return {
            "closed": "closed" if handed.work.access is Access.RESTRICTED else "",
            "licence": handed.work.licence,
            "embargo_until": handed.work.embargo_until,
            "consent": handed.submission.consent,
            "consent_note": handed.submission.consent_note,
        }

    def clean_embargo_until(self) -> Any:
        said = self.cleaned_data["embargo_until"]
        if said and said <= self.today:
            raise ValidationError(_("This day is past. Choose a later one, or leave it open."))
        if not embargo_is_right(said, self.today):
            raise ValidationError(
                _("This is too long. Choose %(day)s or an earlier day.") % {"day": when(last_embargo_day(self.today))}
            )
        return said

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("consent") == "given" and not said.get("consent_note", "").strip():
            self.add_error("consent_note", str(labels.LACKS[Lack.CONSENT_NOTE]))
        return said

    @property
    def work(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "closed": said["closed"] == "closed",
            "licence": said["licence"],
            "embargo_until": said["embargo_until"],
        }

    @property
    def beside(self) -> dict[str, Any]:
        return {"consent": self.cleaned_data["consent"], "consent_note": self.cleaned_data["consent_note"]}


class AcceptForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Why may these stay in your work?"),
        help_text=gettext_lazy("The research office reads this. Do not write the numbers or names here again."),
        widget=long_text(3),
        max_length=2000,
    )


class DepositForm(forms.Form):
    """What sending asks."""

    deposit = forms.BooleanField(
        label=gettext_lazy(
            "I made this work, alone or with the other authors, and they agree. I allow the alliance to keep it, and "
            "to show it as I chose under “Rights and consent”. I stay its owner."
        ),
        error_messages={"required": gettext_lazy("Without this we may not keep and show your work.")},
    )
