# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The days that a reader of the monitor looks back on, or from which on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PastDay(forms.DateField):
    """A day that has come; where the years of a calendar end, so do those of a moment."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Choose today or an earlier day."))
        if day and day.year < 2000:
            raise forms.ValidationError(_("Nothing was kept that long ago. Choose a day from 2000 on."))
        return day


class KnownForm(forms.Form):
    """The day of which a reader wants to see what was known."""

    known = PastDay(label=_("What was known on"))


class SinceForm(forms.Form):
    """The day after which changes count, and the indicator that they are of, if it is one."""

    since = PastDay(label=_("Since"))
    indicator = forms.CharField(required=False, widget=forms.HiddenInput)
