# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What people fill in about meetings, items and follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import PILLARS, Kind
from mainport.board.models import Item
from mainport.board.queries import InvitationView
from mainport.board.rules.seats import Role
from mainport.core.models import Organisation, Person
from mainport.web.agenda.labels import several
from mainport.web.board import labels
from mainport.web.templatetags.mainport import is_code, words
from mainport.web.workspace.forms import day


def moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def long_text(rows: int = 5) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class InTwoLanguages(forms.Form):
    """A form with texts of which each has a field for Dutch and one for English: `name_nl`, `name_en`."""

    def text(self, name: str) -> dict[str, str]:
        """What was filled in, by language."""
        found = {language: self.cleaned_data.get(f"{name}_{language}", "") for language in ("nl", "en")}
        return {language: said for language, said in found.items() if said}

    @staticmethod
    def initial_of(name: str, text: Any) -> dict[str, str]:
        said = text or {}
        return {f"{name}_{language}": said.get(language, said.get("mul", "")) for language in ("nl", "en")}


class MeetingForm(InTwoLanguages):
    """A meeting as it is planned."""

    body = forms.ChoiceField(label=_("Body"))
    title_nl = forms.CharField(label=_("Title in Dutch"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    start = forms.DateTimeField(label=_("Begins"), widget=moment())
    end = forms.DateTimeField(label=_("Ends"), widget=moment())
    papers_due = forms.DateTimeField(
        label=_("Papers must be in by"),
        help_text=_("From then on only the programme office puts something on the agenda."),
        widget=moment(),
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    url = forms.URLField(
        label=_("Address where it is held online"),
        help_text=_("Only those who are invited see it."),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    quorum = forms.IntegerField(
        label=_("Organisations that must be present to decide"),
        help_text=_("Leave this open for more than half of those with a vote."),
        min_value=1,
        required=False,
    )

    def __init__(self, *args: Any, bodies: Sequence[Element], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [(body.key, words(body.title)) for body in bodies]  # type: ignore[attr-defined]


class ChangeMeetingForm(MeetingForm):
    """The same for a meeting that is planned already: its body stays."""

    why = forms.CharField(
        label=_("Why it changes"), max_length=500, required=False, help_text=_("Is kept in the history.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, bodies=(), **kwargs)
        del self.fields["body"]


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=500, widget=long_text(3))


class AttendanceForm(forms.Form):
    """Who came."""

    attended = forms.MultipleChoiceField(
        label=_("Who was present?"), widget=forms.CheckboxSelectMultiple, required=False, choices=()
    )

    def __init__(self, *args: Any, invitations: Sequence[InvitationView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attended"].choices = [  # type: ignore[attr-defined]
            (
                str(one.person_id),
                ", ".join(filter(None, [one.person, one.organisation_name, str(labels.ROLES[one.role])])),
            )
            for one in invitations
        ]

    @property
    def people(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["attended"]]


class MinutesForm(InTwoLanguages):
    minutes_nl = forms.CharField(label=_("Minutes in Dutch"), widget=long_text(14), max_length=50_000)
    minutes_en = forms.CharField(label=_("Minutes in English"), widget=long_text(8), max_length=50_000, required=False)


class CloseForm(forms.Form):
    adopted_in = forms.ChoiceField(label=_("Meeting in which the minutes were adopted"), required=False, choices=())

    def __init__(self, *args: Any, later: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adopted_in"].choices = [("", _("Adopted in writing")), *later]  # type: ignore[attr-defined]


class ItemForm(InTwoLanguages):
    """A point for the agenda."""

    organisation = forms.ChoiceField(label=_("On behalf of"), choices=(), required=False)
    title_nl = forms.CharField(label=_("Subject in Dutch"), max_length=200)
    title_en = forms.CharField(label=_("Subject in English"), max_length=200, required=False)
    summary_nl = forms.CharField(
        label=_("What it is about, in Dutch"),
        help_text=_("What do you ask of the meeting, and why now? A few sentences are enough."),
        widget=long_text(),
        max_length=5000,
        required=False,
    )
    summary_en = forms.CharField(
        label=_("What it is about, in English"), widget=long_text(3), max_length=5000, required=False
    )
    purpose = forms.ChoiceField(
        label=_("What is asked of the meeting?"),
        choices=list(labels.PURPOSES.items()),
        widget=forms.RadioSelect,
        initial=Item.Purpose.DISCUSS,
    )
    minutes = forms.IntegerField(label=_("How many minutes it may take"), min_value=1, max_value=480, initial=10)
    elements = forms.MultipleChoiceField(
        label=_("What of the agenda it is about"),
        help_text=_("Hold Ctrl (on a Mac: Command) to choose more than one."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        required=False,
        choices=(),
    )
    confidential = forms.CharField(
        label=_("Why it is confidential"),
        help_text=_("Leave this open for what everybody may read. The reason itself is public."),
        max_length=300,
        required=False,
    )

    def __init__(
        self, *args: Any, organisations: Sequence[Organisation], for_itself: bool = False, **kwargs: Any
    ) -> None:
        """`for_itself`: the programme office also puts something on the agenda for nobody else."""
        super().__init__(*args, **kwargs)
        self.fields["elements"].choices = element_choices(list(agenda.elements(*ABOUT)))  # type: ignore[attr-defined]
        if organisations:
            none = [("", _("The programme office itself"))] if for_itself else []
            choices = [*none, *((o.key, o.name) for o in organisations)]
            self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
            self.fields["organisation"].required = not for_itself
        else:
            del self.fields["organisation"]

    @property
    def given(self) -> dict[str, Any]:
        """As the actions take it."""
        said = self.cleaned_data
        return {
            "title": self.text("title"),
            "summary": self.text("summary") or None,
            "purpose": said["purpose"],
            "minutes": said["minutes"],
            "elements": said["elements"],
            "confidential": said["confidential"],
        }


#: What something on an agenda may be about, in the order in which it can be chosen.
ABOUT = (Kind.TASK, Kind.PROJECT, Kind.FLAGSHIP, Kind.THEME, *PILLARS, Kind.FUND)


def element_choices(found: Sequence[Element]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What of the agenda something may be about, kind by kind."""
    groups = [(several(kind), [(e.uid, named(e)) for e in found if e.kind == kind]) for kind in ABOUT]
    return [(label, choices) for label, choices in groups if choices]


def named(element: Element) -> str:
    """Its code, where it has one, and its title."""
    return f"{element.key} {words(element.title)}" if is_code(element.key) else words(element.title)


class NotesForm(InTwoLanguages):
    notes_nl = forms.CharField(
        label=_("What was said, in Dutch"), widget=long_text(), max_length=10_000, required=False
    )
    notes_en = forms.CharField(
        label=_("What was said, in English"), widget=long_text(3), max_length=10_000, required=False
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it isn't taken up"),
        help_text=_("Whoever proposed it reads this."),
        widget=long_text(3),
        max_length=2000,
    )


class DocumentForm(forms.Form):
    file = forms.FileField(label=pgettext_lazy("paper", "File"), help_text=_("PDF reads best; at most 10 MB."))
    title = forms.CharField(label=_("What is this paper?"), max_length=200, required=False)
    confidential = forms.CharField(
        label=_("Why it is confidential"),
        help_text=_("Leave this open for what everybody may read. The reason itself is public."),
        max_length=300,
        required=False,
    )


class CloseFollowUpForm(forms.Form):
    note = forms.CharField(label=_("What was done?"), widget=long_text(3), max_length=2000)


class DropFollowUpForm(forms.Form):
    reason = forms.CharField(label=_("Why it is no longer needed"), widget=long_text(3), max_length=2000)


class DueFollowUpForm(forms.Form):
    due = forms.DateField(label=_("New last day"), widget=day())
    why = forms.CharField(label=_("Why the day moves"), max_length=500)


class OwnerForm(forms.Form):
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False, choices=())

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Nobody in person")), *((str(person.pk), str(person)) for person in people)]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """A seat in a body."""

    person = forms.ChoiceField(label=_("Who"), choices=())
    role = forms.ChoiceField(label=_("As"), choices=[(role.value, label) for role, label in labels.ROLES.items()])
    organisation = forms.ChoiceField(
        label=_("For"), choices=(), required=False, help_text=_("Chair and members vote for an organisation.")
    )
    start = forms.DateField(label=_("First day"), widget=day())
    end = forms.DateField(label=_("Last day"), widget=day(), required=False)

    def __init__(
        self, *args: Any, people: Sequence[Person], organisations: Sequence[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(p.pk), f"{p} ({p.email})") for p in people]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [("", "-"), *((o.key, o.name) for o in organisations)]  # type: ignore[attr-defined]
        self.fields["role"].initial = Role.MEMBER


class LeaveForm(forms.Form):
    end = forms.DateField(label=_("Last day"), widget=day())
    why = forms.CharField(label=_("Why"), max_length=500, required=False)


class PublishForm(forms.Form):
    why = forms.CharField(label=_("Why it needs to be confidential no longer"), max_length=500, widget=long_text(3))
    public_from = forms.DateField(
        label=_("Public from"), help_text=_("Leave this open for today."), widget=day(), required=False
    )
