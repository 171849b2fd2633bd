# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Forms of harvesting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainport.catalogue.feeds import FORMATS
from mainport.core.models import Organisation


class SourceForm(forms.Form):
    """A source that is new."""

    title = forms.CharField(label=_("Name of the source"), max_length=200)
    url = forms.CharField(
        label=_("Address"), max_length=500, help_text=_("For example https://repository.example.nl/oai")
    )
    format = forms.ChoiceField(
        label=_("Format"), choices=[(name, kind.name) for name, kind in FORMATS.items() if name != "sheet"]
    )
    metadata_prefix = forms.CharField(
        label=_("Metadata format (OAI-PMH)"),
        required=False,
        max_length=50,
        help_text=_("Leave this empty to take the richest format that the source offers."),
    )
    set = forms.CharField(label=_("Set (OAI-PMH)"), required=False, max_length=200)
    match = forms.CharField(
        label=_("Part of the address (sites)"),
        required=False,
        max_length=200,
        help_text=_("Only pages with this in their address are read, such as /courses/"),
    )
    every = forms.IntegerField(
        label=_("Hours between harvests"),
        min_value=0,
        max_value=24 * 366,
        initial=24,
        help_text=_("0: only when somebody asks for it."),
    )
    preference = forms.IntegerField(
        label=_("Preference"),
        min_value=0,
        max_value=10000,
        initial=100,
        help_text=_("Where two sources tell of one work, the one with the lower number is believed first."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation whose records these are"), queryset=Organisation.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.order_by("name")

    def settings(self) -> dict[str, Any]:
        """What the format needs."""
        said = {**self.cleaned_data, "prefix": self.cleaned_data["metadata_prefix"]}
        return {name: value for name in FORMATS[said["format"]].settings if (value := said.get(name))}


class RecordsForm(forms.Form):
    """Which records of a source are shown."""

    words = forms.CharField(label=_("Identifier"), required=False, max_length=200)
    faulty = forms.BooleanField(label=_("Only those with faults"), required=False)
