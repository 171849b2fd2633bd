# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a provider fills in about a course and its dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainport.catalogue.rules import places
from mainport.catalogue.rules.courses import Competence, Course, Mode, Moment, Offering, Place, Price
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.faults import Fault
from mainport.core.models import Organisation
from mainport.web.catalogue.academy.words import MOMENTS
from mainport.web.catalogue.records import labels
from mainport.web.templatetags.mainport import words
from mainport.web.workspace.forms import day

MODES = [(mode.value, labels.MODES[mode]) for mode in (Mode.ON_SITE, Mode.ONLINE, Mode.BLENDED)]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class FaultsForm(forms.Form):
    """A form that tells what the rules found wrong at the field where it was filled in."""

    #: By the beginning of the rules' field: ours.
    FIELDS: ClassVar[dict[str, str]] = {}

    def tell(self, faults: Sequence[Fault]) -> None:
        for fault in faults:
            found = next((name for start, name in self.FIELDS.items() if start in fault.field), None)
            text = _("found %(found)s, expected %(expected)s") % {
                "found": fault.found or _("nothing"),
                "expected": fault.expected,
            }
            self.add_error(found if found in self.fields else None, text)


class CourseForm(FaultsForm):
    """A course, with a field for each competence of DigComp 2.2."""

    FIELDS: ClassVar = {"titles": "title_nl", "url": "url", "hours": "hours", "languages": "languages"}

    organisation = forms.ChoiceField(label=gettext_lazy("Given by"), choices=())
    title_nl = forms.CharField(label=gettext_lazy("Title in Dutch"), max_length=200)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200, required=False)
    about_nl = forms.CharField(
        label=gettext_lazy("What one learns, in Dutch"),
        help_text=gettext_lazy("Two or three short sentences, for somebody who reads with difficulty."),
        widget=_area(4),
        max_length=5000,
    )
    about_en = forms.CharField(
        label=gettext_lazy("What one learns, in English"), widget=_area(3), max_length=5000, required=False
    )
    mode = forms.ChoiceField(label=gettext_lazy("How the course is given"), choices=MODES, widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Language"), choices=list(labels.LANGUAGES.items()), widget=forms.CheckboxSelectMultiple
    )
    hours = forms.DecimalField(
        label=gettext_lazy("Hours it takes in all"), min_value=0, max_digits=6, decimal_places=1, required=False
    )
    url = forms.URLField(
        label=gettext_lazy("Page where one can enrol"), max_length=500, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisations:
            choices = [(one.key, one.name) for one in organisations]
            self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["organisation"]
        levels = [("", _("Not taught"))]
        levels += [(str(level.number), f"{level.number}. {words(level.label)}") for level in framework().levels]
        for area in framework().areas:
            for one in area.competences:
                self.fields[_name(one.code)] = forms.ChoiceField(
                    label=f"{one.code} {words(one.label)}", choices=levels, required=False
                )

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("level-")]

    @property
    def areas(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields of competences, area by area."""
        for area in framework().areas:
            yield words(area.label), [self[_name(one.code)] for one in area.competences]

    @staticmethod
    def initial_of(course: Course) -> dict[str, Any]:
        said: dict[str, Any] = {
            "mode": course.mode.value,
            "languages": list(course.languages),
            "hours": course.hours,
            "url": course.url,
        }
        for language in ("nl", "en"):
            said[f"title_{language}"] = course.titles.get(language, "")
            said[f"about_{language}"] = course.descriptions.get(language, "")
        return said | {_name(one.code): str(one.level or "") for one in course.competences}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not any(said.get(_name(one.code)) for area in framework().areas for one in area.competences):
            self.add_error(None, _("Choose a level for at least one competence: by it people find this course."))
        return said

    def course(self, old: Course | None = None) -> Course:
        """The course as it was filled in; what the form doesn't ask for is that of `old`."""
        said = self.cleaned_data
        levels = {
            one.code: said[_name(one.code)]
            for area in framework().areas
            for one in area.competences
            if said[_name(one.code)]
        }
        return Course(
            identifier=old.identifier if old else "",
            code=old.code if old else "",
            titles=_texts(said, "title"),
            descriptions=_texts(said, "about"),
            languages=tuple(said["languages"]),
            hours=said["hours"],
            competences=tuple(Competence(code, int(level)) for code, level in levels.items()),
            mode=Mode(said["mode"]),
            url=said["url"],
            sector=old.sector if old else "",
            goal=old.goal if old else "",
            task=old.task if old else "",
        )


def _name(code: str) -> str:
    return f"level-{code.replace('.', '-')}"


def _texts(said: dict[str, Any], name: str) -> dict[str, str]:
    found = {language: said[f"{name}_{language}"].strip() for language in ("nl", "en")}
    return {language: text for language, text in found.items() if text}


class OfferingForm(FaultsForm):
    """One time and place at which a course is given."""

    FIELDS: ClassVar = {
        "ends": "ends",
        "postcode": "postcode",
        "phone": "phone",
        "url": "url",
        "seats": "seats",
        "amount": "price",
    }

    any_time = forms.BooleanField(label=gettext_lazy("One can start at any moment"), required=False)
    starts = forms.DateField(label=gettext_lazy("First day"), widget=day(), required=False)
    ends = forms.DateField(label=gettext_lazy("Last day"), widget=day(), required=False)
    enrol_until = forms.DateField(label=gettext_lazy("Last day to enrol"), widget=day(), required=False)
    moments = forms.MultipleChoiceField(
        label=gettext_lazy("When in the week"),
        choices=list(MOMENTS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    mode = forms.ChoiceField(label=gettext_lazy("How the course is given"), choices=MODES, widget=forms.RadioSelect)
    place = forms.CharField(label=gettext_lazy("Name of the place"), max_length=100, required=False)
    street = forms.CharField(label=gettext_lazy("Street and number"), max_length=100, required=False)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=10, required=False)
    town = forms.CharField(
        label=gettext_lazy("Town"),
        help_text=gettext_lazy("By the town people find what is near them."),
        max_length=100,
        required=False,
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone number"),
        help_text=gettext_lazy("For people who would rather call than fill in a form."),
        max_length=25,
        required=False,
    )
    price = forms.DecimalField(
        label=gettext_lazy("Price in euros"),
        help_text=gettext_lazy("Fill in 0 where it is free. Leave it open where you don’t know."),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
    )
    seats = forms.IntegerField(label=gettext_lazy("Places in the group"), min_value=0, required=False)
    url = forms.URLField(
        label=gettext_lazy("Page where one can enrol"), max_length=500, required=False, assume_scheme="https"
    )

    @staticmethod
    def initial_of(offering: Offering) -> dict[str, Any]:
        spot = next(iter(offering.places), Place())
        return {
            "any_time": offering.flexible_start,
            "starts": offering.starts,
            "ends": offering.ends,
            "enrol_until": offering.enrol_until,
            "moments": [moment.value for moment in offering.moments],
            "mode": offering.mode.value,
            "place": spot.name,
            "street": " ".join(filter(None, [spot.street, spot.number])),
            "postcode": spot.postcode,
            "town": spot.town,
            "phone": spot.phone,
            "price": next((one.amount for one in offering.prices), None),
            "seats": offering.seats,
            "url": offering.url,
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("any_time") and not said.get("starts") and "starts" not in self.errors:
            self.add_error("starts", _("Give the first day, or say that one can start at any moment."))
        if said.get("mode") in (Mode.ON_SITE, Mode.BLENDED) and not said.get("town"):
            self.add_error("town", _("Give the town."))
        return said

    def offering(self, course: Course, old: Offering | None = None) -> Offering:
        said = self.cleaned_data
        spots: tuple[Place, ...] = ()
        if said["town"] or said["place"] or said["phone"]:
            known = places.find(said["town"]) if said["town"] else None
            spots = (
                Place(
                    name=said["place"],
                    street=said["street"],
                    postcode=said["postcode"].upper(),
                    town=said["town"] or (known.town if known else ""),
                    phone=said["phone"],
                ),
            )
        return Offering(
            identifier=old.identifier if old else "",
            starts=said["starts"],
            ends=said["ends"],
            enrol_until=said["enrol_until"],
            flexible_start=said["any_time"],
            places=spots,
            prices=(Price(Decimal(said["price"])),) if said["price"] is not None else (),
            languages=course.languages,
            mode=Mode(said["mode"]),
            seats=said["seats"],
            enrolled=old.enrolled if old else None,
            url=said["url"],
            cancelled=old.cancelled if old else False,
            moments=tuple(Moment(one) for one in said["moments"]),
        )
