# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a work is, who made it and for whom."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainport.agenda.models import Element
from mainport.catalogue.queries.handing_in import HandedIn
from mainport.catalogue.rules import identifiers, written_days
from mainport.catalogue.rules.handing_in import TYPES
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import (
    Author,
    Organisation,
    Subject,
)
from mainport.web.board.forms import InTwoLanguages, long_text
from mainport.web.catalogue.handing_in.forms.base import BOTH, StepForm, task_choices, tasks
from mainport.web.catalogue.records.labels import LANGUAGES, type_of


class StartForm(InTwoLanguages):
    """How a work begins."""

    #: One of the two titles is needed, so neither is said to be not required.
    quiet: ClassVar[frozenset[str]] = frozenset({"title_nl", "title_en"})

    type = forms.ChoiceField(label=gettext_lazy("What kind of work is it?"), choices=())
    title_nl = forms.CharField(label=gettext_lazy("Title in Dutch"), max_length=300, required=False)
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Give at least one of the two."),
    )
    language = forms.ChoiceField(label=gettext_lazy("In which language is the work itself written?"), choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [(one.value, type_of(one)) for one in TYPES]  # type: ignore[attr-defined]
        self.fields["language"].choices = list(LANGUAGES.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(said.get(f"title_{language}") for language in BOTH) and not {"title_nl", "title_en"} & set(
            self.errors
        ):
            self.add_error("title_nl", _("Give a title, in Dutch or in English."))
        return said


class DetailsForm(StartForm, StepForm):
    """What it is."""

    subtitle_nl = forms.CharField(label=gettext_lazy("Subtitle in Dutch"), max_length=300, required=False)
    subtitle_en = forms.CharField(label=gettext_lazy("Subtitle in English"), max_length=300, required=False)
    programme = forms.CharField(
        label=gettext_lazy("Programme or course for which you made it"), max_length=200, required=False
    )
    task = forms.ChoiceField(
        label=gettext_lazy("With which task of the agenda can it help?"), choices=(), required=False
    )
    written = forms.CharField(
        label=gettext_lazy("When did you finish it?"),
        help_text=gettext_lazy("A year, a month or a day, such as 2026, June 2026 or 30-6-2026."),
        max_length=30,
        required=False,
    )
    subjects = forms.CharField(
        label=gettext_lazy("Words by which others can find it"),
        help_text=gettext_lazy("With commas between, such as: hydrogen, port, safety."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks = tasks()
        self.fields["task"].choices = task_choices(self.tasks)  # type: ignore[attr-defined]

    @classmethod
    def initial_from(cls, handed: HandedIn) -> dict[str, Any]:
        work = handed.work
        return {
            **cls.initial_of("title", work.titles),
            **cls.initial_of("subtitle", work.subtitles),
            "type": work.type.value,
            "language": work.language,
            "task": work.task,
            "programme": handed.submission.programme,
            "written": str(work.published or ""),
            "subjects": ", ".join(one.label for one in work.subjects if not one.scheme),
        }

    def clean_written(self) -> Day | None:
        said: str = self.cleaned_data["written"].strip()
        if not said:
            return None
        day = written_days.read(said)
        if day is None or day.year < 1950:
            raise ValidationError(_("We can’t read this day. Write it as 2026, June 2026 or 30-6-2026."))
        if day.earliest > timezone.localdate():
            raise ValidationError(_("This day is still to come. Leave it open, or give an earlier one."))
        return day

    @property
    def work(self) -> dict[str, Any]:
        said, before = self.cleaned_data, self.handed.work
        task = next((one for one in self.tasks if one.key == said["task"]), None)
        words = dict.fromkeys(word.strip() for word in said["subjects"].split(",") if word.strip())
        return {
            "titles": self.merged("title", before.titles),
            "subtitles": self.merged("subtitle", before.subtitles),
            "type": type(before.type)(said["type"]),
            "language": said["language"],
            "task": said["task"],
            **_over(task),
            "published": said["written"],
            "subjects": (
                *(Subject(word[:100], language=said["language"]) for word in words),
                *(one for one in before.subjects if one.scheme),
            ),
        }

    @property
    def beside(self) -> dict[str, Any]:
        return {"programme": self.cleaned_data["programme"]}


def _over(task: Element | None) -> dict[str, str]:
    """The goal or sector under which a task hangs."""
    found = {"goal": "", "sector": ""}
    above = task.parent if task else None
    while above is not None:
        if above.kind in found:
            found[above.kind] = above.key
        above = above.parent
    return found


_ORCID_BEHIND = re.compile(r"(?:https?://orcid\.org/)?\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx](?=\)?\s*$)")


class PeopleForm(StepForm):
    """Who made it, with whom and for whom."""

    given = forms.CharField(
        label=gettext_lazy("Your given name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Fill in your given name.")},
    )
    family = forms.CharField(
        label=gettext_lazy("Your family name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Fill in your family name.")},
    )
    orcid = forms.CharField(
        label=gettext_lazy("Your ORCID number"),
        help_text=gettext_lazy("A number for researchers, such as 0000-0002-1825-0097. You need none."),
        max_length=60,
        required=False,
    )
    others = forms.CharField(
        label=gettext_lazy("Other authors"),
        help_text=gettext_lazy("One a line, with their ORCID behind it if they have one."),
        widget=long_text(3),
        max_length=5000,
        required=False,
    )
    institution = forms.CharField(label=gettext_lazy("Your school or university"), max_length=200, required=False)
    ror = forms.CharField(
        label=gettext_lazy("ROR number of your school"),
        help_text=gettext_lazy("A number for organisations, such as 012p63287. Leave this open if you don’t know it."),
        max_length=60,
        required=False,
    )
    supervisor_name = forms.CharField(
        label=gettext_lazy("Name of your supervisor"),
        max_length=200,
        error_messages={"required": gettext_lazy("Fill in who supervised you.")},
    )
    supervisor_email = forms.EmailField(label=gettext_lazy("E-mail address of your supervisor"), required=False)
    client = forms.CharField(
        label=gettext_lazy("For whom did you do it?"),
        help_text=gettext_lazy("The company, municipality or other organisation that asked. Everybody sees this."),
        max_length=200,
        required=False,
    )

    @classmethod
    def initial_from(cls, handed: HandedIn) -> dict[str, Any]:
        work, submission = handed.work, handed.submission
        first, *others = work.authors or (Author(name=""),)
        given, _space, family = first.name.partition(" ")
        school = next((one for one in work.organisations if one.role == "grantor"), Organisation(name=""))
        return {
            "given": first.given or given,
            "family": first.family or family,
            "orcid": first.orcid,
            "others": "\n".join(f"{one.name} {one.orcid}".strip() for one in others),
            "institution": school.name,
            "ror": school.ror,
            "supervisor_name": submission.supervisor_name,
            "supervisor_email": submission.supervisor_email,
            "client": submission.client,
        }

    def clean_orcid(self) -> str:
        said: str = self.cleaned_data["orcid"].strip()
        found = identifiers.orcid(said) or ""
        if said and not found:
            raise ValidationError(_("This is not an ORCID: a digit is wrong or missing. Copy it from orcid.org."))
        return found

    def clean_ror(self) -> str:
        said: str = self.cleaned_data["ror"].strip()
        found = identifiers.ror(said) or ""
        if said and not found:
            raise ValidationError(_("This is not a ROR: a sign is wrong or missing. Copy it from ror.org."))
        return found

    def clean_others(self) -> tuple[Author, ...]:
        found = []
        for number, line in enumerate(self.cleaned_data["others"].splitlines(), 1):
            match = _ORCID_BEHIND.search(line)
            orcid = match[0] if match else ""
            name = (line[: match.start()] if match else line).strip(" \t,;(")
            if orcid and not identifiers.orcid(orcid):
                raise ValidationError(_("Line %(number)s: this is not an ORCID.") % {"number": number})
            if orcid and not name:
                raise ValidationError(_("Line %(number)s: give the name too.") % {"number": number})
            if name:
                found.append(Author(name=name[:200], orcid=identifiers.orcid(orcid) or "" if orcid else ""))
        return tuple(found)

    @property
    def work(self) -> dict[str, Any]:
        said = self.cleaned_data
        school = Organisation(said["institution"].strip(), said["ror"])
        at = (school,) if school.name or school.ror else ()
        author = Author(
            name=f"{said['given']} {said['family']}",
            family=said["family"],
            given=said["given"],
            orcid=said["orcid"],
            organisations=at,
        )
        parties = [Organisation(school.name, school.ror, "grantor")] if at else []
        if said["client"].strip():
            parties.append(Organisation(said["client"].strip(), role="client"))
        kept = [one for one in self.handed.work.organisations if one.role not in ("grantor", "client")]
        return {"authors": (author, *said["others"]), "organisations": (*parties, *kept)}

    @property
    def beside(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("supervisor_name", "supervisor_email", "client")}
