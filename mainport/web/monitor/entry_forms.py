# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What people fill in to enter a value by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mainport.core.rules.languages import Text
from mainport.monitor.actions.entry import Proposal
from mainport.monitor.queries.entry import Place
from mainport.monitor.rules.entry import EntryRefused, No
from mainport.monitor.rules.numbers import Notation
from mainport.monitor.rules.tables import Missing
from mainport.web.templatetags.mainport import words

REASONS: dict[int, Promise] = {
    Missing.NOT_AVAILABLE: _("Not available"),
    Missing.CONFIDENTIAL: _("Confidential"),
    Missing.IMPOSSIBLE: _("Can't exist"),
}
FAULTS: dict[No, Promise] = {
    No.NO_PERIOD: _("Write a period such as 2021, 2021-Q2 or 2021-04."),
    No.VALUE_OR_REASON: _("Give a value, or say why there is none: one of the two."),
    No.TOO_LOW: _("The value is lower than this indicator can be."),
    No.TOO_HIGH: _("The value is higher than this indicator can be."),
    No.NO_SOURCE: _("Say where the value comes from."),
    No.NO_SUCH_CELL: _("Choose one of the list."),
    No.WAITS_ALREADY: _("A value for this period and source waits already. Let it be decided first, or withdraw it."),
    No.NOT_WAITING: _("Somebody has decided about this value already."),
    No.OWN_ENTRY: _("You entered this value yourself: another person must look at it."),
    No.NOT_OWN_ENTRY: _("Only who entered a value can withdraw it."),
    No.NO_REASON: _("Say what is wrong with it."),
}


def put_faults(form: forms.Form, error: EntryRefused) -> None:
    """Each fault at its field."""
    for field, fault in error.faults.items():
        form.add_error(field if field in form.fields else None, str(FAULTS[fault]))


class EntryForm(forms.Form):
    """A value for a place: for an indicator its area, for a table its measure and a code of each side."""

    period = forms.CharField(label=_("Period"), max_length=40, help_text=_("For example 2021, 2021-Q2 or 2021-04."))
    value = forms.CharField(label=_("Value"), max_length=40, required=False)
    missing = forms.TypedChoiceField(
        label=_("Why there is no value"), coerce=int, empty_value="0", required=False, choices=()
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The document with its page, or the web address, where the other person can find the value."),
    )
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, place: Place, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.place = place
        unit = words(place.definition.unit) if place.definition else ""
        if place.in_words:
            self.fields["value"] = forms.CharField(
                label=_("Answer in words"),
                max_length=2000,
                required=False,
                help_text=_("One or two sentences, as they may stand on the page of the indicator."),
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        elif unit:
            self.fields["value"].help_text = _("In %(unit)s.") % {"unit": unit}
        reasons = [("", pgettext_lazy("reason for no value", "There is a value")), *REASONS.items()]
        self.fields["missing"].choices = reasons  # type: ignore[attr-defined]
        self.sides = list(self._sides())
        for name, label, choices in self.sides:
            self.fields[name] = forms.ChoiceField(label=label, choices=choices)
        self.order_fields([*(name for name, _label, _choices in self.sides), *self.base_fields])

    def _sides(self) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
        if self.place.definition:
            yield "side_0", gettext("Area"), [(area.id, words(area.title)) for area in self.place.definition.places]
            return
        yield "measure", gettext("Measure"), [(measure.key, measure.title) for measure in self.place.measures]
        for number, side in enumerate(self.place.sides):
            yield f"side_{number}", side.title, [(code.key, code.title) for code in side.codes]

    def clean_value(self) -> float | str | None:
        written: str = self.cleaned_data["value"].strip()
        if self.place.in_words or not written:
            return written or None
        dutch = (get_language() or "nl").startswith("nl")
        notation = Notation(",", ".") if dutch else Notation(".", ",")
        try:
            return notation.read(written)
        except ValueError as error:
            told = {"example": notation.example}
            raise forms.ValidationError(_("Write a number such as %(example)s."), params=told) from error

    @property
    def proposal(self) -> Proposal:
        data = self.cleaned_data
        sides = [name for name, _label, _choices in self.sides if name != "measure"]
        return Proposal(
            at=tuple(data[name] for name in sides),
            period=data["period"],
            value=None if self.place.in_words else data["value"],
            text=(data["value"] or "") if self.place.in_words else "",
            missing=int(data["missing"]),
            source=data["source"],
            note=data["note"],
            measure=data.get("measure", ""),
        )


class WhyForm(forms.Form):
    """Why a value is returned."""

    why = forms.CharField(
        label=_("What is wrong with it"),
        max_length=2000,
        help_text=_("Whoever entered the value reads this. It stays in the history."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def title_of(place: Place) -> str:
    title: Text = place.indicator.title if place.indicator else {"mul": place.dataset.title if place.dataset else ""}
    return words(title)
