# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What people fill in in the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mainport.agenda.actions import Content, EvidenceFile, EvidenceLink, Reached
from mainport.agenda.models import Evidence, MilestoneReport, Report
from mainport.agenda.queries import MilestoneView
from mainport.agenda.rules import evidence as evidence_rules
from mainport.agenda.rules.status import Status
from mainport.web.templatetags.mainport import when, words
from mainport.web.workspace import labels


def day(**attributes: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attributes}, format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """A new period."""

    start = forms.DateField(label=_("First day on which the reports look back"), widget=day())
    end = forms.DateField(label=_("Last day on which the reports look back"), widget=day())
    due = forms.DateField(
        label=_("Last day for approved reports"),
        help_text=_("From the day after, whoever has no approved report counts as late."),
        widget=day(),
    )


class DueForm(forms.Form):
    """Another last day for a period."""

    due = forms.DateField(
        label=_("Last day for approved reports"),
        help_text=_("From the day after, whoever has no approved report counts as late."),
        widget=day(),
    )
    why = forms.CharField(
        label=_("Why the day moves"), max_length=500, required=False, help_text=_("Is kept in the history.")
    )


class AgainForm(forms.Form):
    """That people are to be reminded once more within a day."""

    again = forms.BooleanField(label=_("Remind them again all the same"))


class ReturnForm(forms.Form):
    """Why a report goes back."""

    reason = forms.CharField(
        label=_("What must be mended"),
        help_text=_("Say what is missing and what the writer can do about it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class RevisionForm(forms.Form):
    """Which version of the report somebody looked at."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class ReportForm(forms.Form):
    """A report. Only what is handed in must be whole: a draft may be kept with anything missing."""

    status = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=[
            (Status.ON_TRACK.value, _("On track: it goes as planned")),
            (Status.AT_RISK.value, _("At risk: it may become late or may not succeed")),
            (Status.BEHIND.value, _("Behind: it is late, or doesn't succeed as planned")),
            (Status.DONE.value, _("Done: what was promised is there")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label=_("What happened, what goes otherwise than planned, what is needed?"),
        help_text=_(
            "Everybody can read this once it is approved. Write for somebody from outside; "
            "name no people and nothing confidential."
        ),
        widget=forms.Textarea(attrs={"rows": 9}),
        max_length=10_000,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language in which you wrote this"), choices=settings.LANGUAGES)
    link = forms.URLField(
        label=pgettext_lazy("evidence", "Address of a page or document"),
        help_text=_("For example https://www.example.org/report. Anybody must be able to open it."),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    link_title = forms.CharField(label=_("What does this address show?"), max_length=200, required=False)
    file = forms.FileField(label=pgettext_lazy("evidence", "File"), required=False)
    file_title = forms.CharField(label=_("What does this file show?"), max_length=200, required=False)
    removed = forms.MultipleChoiceField(
        label=_("Take away"), widget=forms.CheckboxSelectMultiple, required=False, choices=()
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, milestones: Sequence[MilestoneView], evidence: Iterable[Evidence], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.milestones = [milestone for milestone in milestones if milestone.reached_on is None]
        self.fields["removed"].choices = [(str(item.pk), item.title) for item in evidence]  # type: ignore[attr-defined]
        self.fields["file"].help_text = gettext("At most 10 MB: %(types)s.") % {"types": labels.evidence_types()}
        for milestone in self.milestones:
            title = words(milestone.element.title)
            self.fields[f"reached-{milestone.element.key}"] = forms.DateField(
                label=gettext("Reached on: %(milestone)s") % {"milestone": title},
                help_text=gettext("Due on %(day)s. Leave it open as long as it isn't reached.")
                % {"day": when(milestone.due)},
                widget=day(max=today.isoformat()),
                required=False,
            )
            self.fields[f"about-{milestone.element.key}"] = forms.CharField(
                label=gettext("About this milestone: %(milestone)s") % {"milestone": title},
                max_length=500,
                required=False,
            )

    @staticmethod
    def initial_of(report: Report | None, milestones: Iterable[MilestoneReport], language: str) -> dict[str, Any]:
        """What the form shows at first."""
        if report is None:
            return {"language": language}
        shown: dict[str, Any] = {
            "status": report.status,
            "words": report.words,
            "language": report.language,
            "revision": report.revision,
        }
        for said in milestones:
            shown[f"reached-{said.milestone.key}"] = said.reached_on
            shown[f"about-{said.milestone.key}"] = said.words
        return shown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for milestone in self.milestones:
            name = f"reached-{milestone.element.key}"
            reached = cleaned.get(name)
            if reached and reached > self.today:
                self.add_error(name, _("This day has yet to come. Give the day on which it was reached."))
        if cleaned.get("link_title") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("link", _("Give the address too."))
        if cleaned.get("file_title") and not cleaned.get("file") and "file" not in self.errors:
            self.add_error("file", _("Choose the file too."))
        return cleaned

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file:
            try:
                evidence_rules.media_type(file.name or "", file, size=file.size or 0, limit=settings.UPLOAD_LIMIT)
            except evidence_rules.BadEvidence as error:
                raise ValidationError(labels.evidence_trouble(error.trouble)) from error
        return file

    @property
    def content(self) -> Content:
        """What was filled in, as the action takes it."""
        said = self.cleaned_data
        return Content(
            status=Status(said["status"]) if said["status"] else None,
            words=said["words"],
            language=said["language"],
            milestones={
                m.element.key: Reached(said[f"reached-{m.element.key}"], said[f"about-{m.element.key}"])
                for m in self.milestones
            },
            links=[EvidenceLink(said["link_title"], said["link"])] if said["link"] else [],
            files=[EvidenceFile(said["file_title"], said["file"])] if said["file"] else [],
            removed=[int(pk) for pk in said["removed"]],
        )

    def lacks(self, missing: Iterable[str]) -> None:
        """Say at each field what a report needs to be handed in."""
        reasons = {
            "status": _("Choose how it stands."),
            "words": _("Write what happened, what goes otherwise and what is needed."),
        }
        for name in missing:
            self.add_error(name, reasons[name])
